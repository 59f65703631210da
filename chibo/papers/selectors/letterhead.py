"""The two lines at the head of a paper, as the tree stood on its day (rulebook §6.2): who stands above, who issues."""

from __future__ import annotations

from datetime import date

from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import name_on, parent_on

NAMED_ALREADY = ("đảng", "quận ủy", "huyện ủy", "thành ủy", "tỉnh ủy")


def committee_of(unit: Unit, on: date) -> str:
    """The committee that leads a unit: "Đảng ủy phường Sao Mai", "Quận ủy Sông Xanh"; a cell is itself."""
    name = name_on(unit, on)
    if unit.level == Level.CELL or name.casefold().startswith(NAMED_ALREADY):
        return name
    if unit.level == Level.DISTRICT:
        return name.replace("Quận", "Quận ủy", 1).replace("Huyện", "Huyện ủy", 1)
    return f"Đảng ủy {name}"


def heads_of(unit: Unit, on: date) -> tuple[str, str]:
    """(superior, issuer): a cell under its committee, a committee under the Party organisation of the level above."""
    above = parent_on(unit, on)
    if unit.level == Level.CELL:
        return committee_of(above, on) if above else "", name_on(unit, on)
    return f"Đảng bộ {name_on(above, on).removeprefix('Đảng bộ ')}" if above else "", committee_of(unit, on)
