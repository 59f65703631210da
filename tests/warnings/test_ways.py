"""Every check's button, over one told ward: whoever its warning names can open the place, finds there what it is about,
and has something to press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

from django.urls import resolve

from chibo.core.registry import registry
from chibo.warnings.selectors import Warned, warnings_on
from tests.house.stage import Stage
from tests.journeys.conftest import standing_clock
from tests.warnings.cast import DAY, Cast
from tests.world import World

LATER = tuple(DAY + timedelta(days=days) for days in (0, 40, 110, 190, 350))
"""What is in order on the day falls short by itself when nobody does anything for a year."""
PRESSED = r'<form[^>]*method="post"|class="button'
"""What there must be to press, for one at least of those whom the warning names."""


def found_in(world: World) -> dict[tuple[str, str], tuple[date, Warned]]:
    """One shortcoming for each check and kind of page it leads to, on the first day that shows it."""
    first: dict[tuple[str, str], tuple[date, Warned]] = {}
    for day in LATER:
        for warned in warnings_on(world.ward, day):
            page = resolve(warned.found.url.partition("?")[0]).view_name
            first.setdefault((warned.check.code, page), (day, warned))
    return first


def test_each_warning_leads_those_it_names_to_what_it_is_about(left_alone: Stage, monkeypatch) -> None:
    stand, faults = standing_clock(monkeypatch), []
    casts = {day: Cast(left_alone.world) for day in LATER}  # a log-in does not last until the next of them
    for (code, page), (day, warned) in found_in(left_alone.world).items():
        stand(day)
        shown = {one.actor.user.name: one.opened(warned.found.url) for one in casts[day].menders_of(warned)}
        assert shown, code
        faults += [
            f"{code} → {page} as {name}: {fault}" for name, main in shown.items() for fault in faults_of(warned, main)
        ]
        if not any(re.search(PRESSED, main or "") for main in shown.values()):
            faults.append(f"{code} → {page}: a dead end")
    assert not faults, "\n".join(faults)


def faults_of(warned: Warned, main: str | None) -> Iterator[str]:
    if main is None:
        yield "shut"
        return
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
    about = (warned.found.subject, warned.unit.name, f"{warned.found.since:%d/%m/%Y}")
    if not any(" ".join(one.split()) in words for one in about):
        yield f"nothing there of {about}"


def test_every_check_is_set_off_here_and_told_the_level_above_when_its_grace_is_over(left_alone: Stage) -> None:
    found = [(one, day) for day in LATER for one in warnings_on(left_alone.world.ward, day)]
    every = {check.code for check in registry.each("checks")}
    assert {one.check.code for one, _day in found} == every
    assert {one.check.code for one, day in found if one.is_late(day)} == every
