"""The two lines at the head of a paper and who signs it, as tree and posts stood on its day (rulebook §6.2)."""

from __future__ import annotations

import re
from datetime import date

from chibo.access.charter import Post
from chibo.members.models import Member
from chibo.members.selectors import holder_of
from chibo.papers.rules import Signature, SignAuthority
from chibo.papers.rules.register import PLACES
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import name_on, parent_on

_PLACE = re.compile(rf"^(?:{'|'.join(PLACES)})\b")
NAMED_ALREADY = ("đảng", "quận ủy", "huyện ủy", "thành ủy", "tỉnh ủy")


def committee_of(unit: Unit, on: date) -> str:
    """The committee that leads a unit: "Đảng ủy phường Sao Mai", "Quận ủy Sông Xanh"; a cell is itself."""
    name = name_on(unit, on)
    if unit.level == Level.CELL or name.casefold().startswith(NAMED_ALREADY):
        return name
    if unit.level == Level.DISTRICT:
        return name.replace("Quận", "Quận ủy", 1).replace("Huyện", "Huyện ủy", 1)
    return f"Đảng ủy {_of_place(name)}"


def _of_place(name: str) -> str:
    return _PLACE.sub(lambda found: found[0].lower(), name)


def heads_of(unit: Unit, on: date) -> tuple[str, str]:
    """(superior, issuer): a cell under its committee, a committee under the Party organisation of the level above."""
    above = parent_on(unit, on)
    if unit.level == Level.CELL:
        return committee_of(above, on) if above else "", name_on(unit, on)
    return f"Đảng bộ {_of_place(name_on(above, on).removeprefix('Đảng bộ '))}" if above else "", committee_of(
        unit, on
    )


def signer_on(unit: Unit, on: date, chair: Member | None = None) -> tuple[str, str]:
    """(position, name) of who signs for a cell or a committee: secretary or deputy, whichever was in the chair; else the
    secretary, else the deputy; "" where the register knows neither."""
    is_cell = unit.level == Level.CELL
    posts = (Post.CELL_SECRETARY, Post.CELL_DEPUTY) if is_cell else (Post.WARD_SECRETARY, Post.WARD_DEPUTY)
    found = [
        (words, holder_of(post, unit.pk, on)) for post, words in zip(posts, ("BÍ THƯ", "PHÓ BÍ THƯ"), strict=True)
    ]
    held = [(words, holder) for words, holder in found if holder is not None]
    if not held:
        return "BÍ THƯ", ""
    words, holder = min(held, key=lambda one: chair is None or one[1].pk != chair.pk)
    return words, holder.full_name


def signature_of(unit: Unit, on: date) -> Signature:
    """On behalf of the cell or of the committee."""
    body = "CHI BỘ" if unit.level == Level.CELL else "ĐẢNG ỦY"
    return Signature(SignAuthority.ON_BEHALF, body, *signer_on(unit, on))
