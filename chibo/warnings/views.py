"""The board of what is short: mine to mend by name, others' by count after their grace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.http import export, page, submit
from chibo.core.mailing import may_mail
from chibo.core.registry import Column
from chibo.core.tables import Table
from chibo.meetings.selectors.mailing import address_of
from chibo.units.selectors import home_unit, unit_choices, unit_for
from chibo.warnings.actions import choose_digest
from chibo.warnings.forms import DigestForm
from chibo.warnings.selectors import shown_to
from chibo.warnings.selectors.checks import Told, checks_by_place, checks_told
from chibo.warnings.selectors.digests import digest_of, put_off_lately

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.warnings.selectors import Group

SHOWN = 7
"""How many lines of a check stand on the page of all; the rest stands behind its count (look.md)."""
CALM = 8
"""So many kinds of shortcomings stand open on the page, each with its own chip; of more, only their subjects do."""
CHECK = (Column(_("Việc"), "check.label", 40), Column(_("Căn cứ"), "check.article", 40))
MINE = (
    Column(_("Đối tượng"), "found.subject", 28),
    Column(_("Chi bộ"), "unit_name", 24),
    Column(_("Còn thiếu"), "found.detail", 50),
    Column(_("Từ ngày"), "found.since", 12, "date"),
    Column(_("Nên làm"), "found.remedy", 40, link=lambda warned: warned.found.url),
)
COUNTS = (Column(_("Chi bộ"), "unit_name", 24), Column(_("Số lượng"), "number", 10, "number"))
CHECKS = (
    Column(_("Phần mềm rà điều gì"), "check.label", 44),
    Column(_("Căn cứ"), "check.article", 44),
    Column(_("Ai khắc phục được"), "menders", 44),
    Column(_("Ngày chờ"), "check.grace_days", 14, "number"),
    Column(_("Từ thiếu sót số"), "seeds", 14),
    Column(_("Mã"), "check.code", 22),
)


def start(request: Request) -> HttpResponse:
    unit = home_unit(request.actor, Can.MEND_WARNINGS)
    if unit is None:
        raise Http404
    return redirect("warnings:index", unit.pk)


def index(request: Request, unit: int) -> HttpResponse:
    """What is short today, all or of one check; for the desk only how many of each."""
    here, today = unit_for(request.actor, unit, Can.MEND_WARNINGS), localdate()
    groups = shown_to(request.actor, here, today)
    asked = next((g for g in groups if g.check.code == request.GET.get("check")), None)
    places = _places(groups)
    place = next((p for p in places if (asked in p.groups if asked else p.key == request.GET.get("place"))), None)
    shown = [asked] if asked else place.groups if place else groups
    many = len(groups) > CALM
    if request.GET.get("format") == "xlsx":
        return _workbook(request, shown)
    context = {
        "unit": here,
        "unit_choices": unit_choices(request.actor, here, Can.MEND_WARNINGS, reverse("warnings:index", args=[0])),
        "today": today,
        "groups": groups,
        "mine": [
            (g, Told(g.check).menders, g.mine if asked else g.mine[:SHOWN], max(0, len(g.mine) - SHOWN))
            for g in shown if g.mine
        ],
        "counts": [g for g in shown if g.counts],
        "asked": asked,
        "place": place,
        "places": places if many else [],
        "kinds": place.groups if many and place else [] if many else groups,
        "folded": len(shown) > CALM,
        "here": f"check={asked.check.code}" if asked else f"place={place.key}" if place else "",
    }  # fmt: skip
    return page(request, "warnings/index.html", context, partial="brief")


def checks(request: Request) -> HttpResponse:
    """All that is looked for, on what ground, and who mends it: nothing about any unit, so everybody may read it."""
    if request.GET.get("format") == "xlsx":
        return export(gettext("Các điều phần mềm rà"), CHECKS, checks_told())
    places = [(door, Table(CHECKS, told)) for door, told in checks_by_place()]
    count, sees = sum(1 for _told in checks_told()), request.actor.holds(Can.MEND_WARNINGS)
    return page(request, "warnings/checks.html", {"places": places, "count": count, "sees": sees})


def letter(request: Request) -> HttpResponse:
    """One's weekly letter: wanted or not, where it goes, when the last one went."""
    user, form = request.actor.user, DigestForm(request.POST or None)
    if submit(form, choose_digest, user, actor=request.actor):
        messages.success(request, gettext("Đã lưu."))
        return redirect("warnings:letter")
    context = {
        "digest": digest_of(user),
        "to": address_of(user),
        "served": may_mail(),
        "sees": request.actor.holds(Can.MEND_WARNINGS),
        "office": request.actor.holds(Can.SET_RULES),
        "put_off": put_off_lately(localdate()),
    }
    return page(request, "warnings/letter.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True)
class Place:
    """What is short behind one door of the rail."""

    key: str
    label: str
    groups: list[Group]

    @property
    def number(self) -> int:
        return sum(group.number for group in self.groups)


def _places(groups: list[Group]) -> list[Place]:
    """Those that have something, in the order of the house."""
    by_code = {group.check.code: group for group in groups}
    found = []
    for label, told in checks_by_place():
        here = [by_code[one.check.code] for one in told if one.check.code in by_code]
        if here:
            found.append(Place(here[0].check.code.partition(".")[0], label, here))
    return found


def _workbook(request: Request, groups: list[Group]) -> HttpResponse:
    """The lists as they stand; ``part=counts`` that of the numbers."""
    rows: list[Any]
    if request.GET.get("part") == "counts":
        rows = [count for group in groups for count in group.counts]
        return export(gettext("Việc cấp dưới chưa khắc phục"), (*CHECK, *COUNTS), rows)
    rows = [warned for group in groups for warned in group.mine]
    return export(gettext("Việc còn thiếu"), (*CHECK, *MINE), rows)
