"""What the register offers to the desk and to the search of the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.core.registry import MOST_HITS, Errand, Hit
from chibo.core.values import same_day_after
from chibo.core.vietnamese import rank
from chibo.members.models import Membership
from chibo.members.rules import Standing
from chibo.members.selectors import named, visible_members
from chibo.members.selectors.record import cells_left_behind
from chibo.units.models import Lineage, Unit
from chibo.units.rules import Level
from chibo.units.selectors import home_unit, setting_on


def errands_of(actor: Actor, today: date) -> Iterator[Errand]:
    """For who keeps the register: an empty one, probations that are over, and members of cells that have ended."""
    home = home_unit(actor, Can.KEEP_MEMBERS)
    if home is None:
        return
    if _awaits_members(home):
        yield Errand(
            _("Sổ đảng viên chưa có ai: lấy từ tệp Excel văn phòng đang dùng"), _("Nhập từ Excel"),
            reverse("imports:index", args=[home.pk]),
        )  # fmt: skip
    months = int(setting_on("members.probation_months", home, today))
    waiting = Membership.objects.filter(in_force(today), member=OuterRef("pk"), standing=Standing.PROBATIONARY)
    on_probation = visible_members(actor).filter(Exists(waiting), admitted_on__lte=today)
    for member in on_probation:
        if not actor.may(Can.KEEP_MEMBERS, member.unit):
            continue
        ready = same_day_after(member.admitted_on, months)  # type: ignore[arg-type]
        yield Errand(
            _("%(name)s hết thời gian dự bị") % {"name": member.full_name},
            _("Công nhận"),
            reverse("members:recognise", args=[member.pk]),
            due=ready,
        )
    for cell in cells_left_behind(actor, today):
        line = Lineage.objects.filter(predecessor=cell).first()
        yield Errand(
            _("%(cell)s đã kết thúc nhưng còn đảng viên ghi ở đó") % {"cell": cell.name},
            _("Chuyển sinh hoạt"),
            reverse("members:take_over", args=[line.successor_id if line else home.pk]),
            due=cell.valid_to,
        )


def _awaits_members(home: Unit) -> bool:
    """A ward with cells and nobody in them."""
    below = Unit.objects.filter(path__startswith=home.path)
    if home.level != Level.WARD or Membership.objects.filter(unit__in=below).exists():
        return False
    return below.filter(level=Level.CELL).exists()


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Members by name, typed with or without accents."""
    rows = visible_members(actor).filter(named(words))[: MOST_HITS * 4]
    today = localdate()
    ranked = sorted(rows, key=lambda member: (rank(words, member.full_name), member.sort_key))
    standing = set(
        Membership.objects.filter(in_force(today), member__in=[m.pk for m in ranked[:MOST_HITS]]).values_list(
            "member", flat=True
        )
    )
    for member in ranked[:MOST_HITS]:
        detail = member.unit.name if member.pk in standing else _("%(unit)s, đã rời") % {"unit": member.unit.name}
        url = reverse("members:member", args=[member.pk])
        yield Hit(_("Đảng viên"), member.full_name, detail, url, rank(words, member.full_name))
