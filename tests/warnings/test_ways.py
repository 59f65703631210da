"""Every check's button, over one told ward: whoever its warning names can open the place, finds there what it is about,
and has something to press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import resolve

from chibo.access.actor import Actor
from chibo.access.charter import CELL_POSTS, POWERS, WARD_POSTS, Can
from chibo.core.registry import registry
from chibo.units.rules import Level
from chibo.warnings.selectors import Warned, warnings_on
from tests.conftest import told_once
from tests.house.stage import Stage, build_stage
from tests.journeys.conftest import standing_clock
from tests.warnings.neglect import let_slide
from tests.world import World

DAY = date(2026, 6, 15)
LATER = tuple(DAY + timedelta(days=days) for days in (0, 40, 110, 190, 350))
"""What is in order on the day falls short by itself when nobody does anything for a year."""
NOT_TOLD = [
    "briefings.sketchy",
    "briefings.unexamined",
    "congresses.approval",
    "congresses.handover",
    "congresses.posts",
    "congresses.preparation",
    "congresses.report",
    "congresses.sealed",
    "meetings.commitments",
    "meetings.reading",
    "meetings.unresolved",
    "meetings.unspoken",
    "plans.quiet",
    "reviews.ceiling",
    "reviews.moved",
    "study.class_essays",
]
"""Checks that nothing told here sets off: what stands here is not looked at, and may only grow fewer."""
PRESSED = r'<form[^>]*method="post"|class="button'
"""What there must be to press, for one at least of those whom the warning names."""


@told_once
def left_alone(world: World) -> Stage:
    """One of everything, much let slide, and from then on nobody does a thing."""
    with pytest.MonkeyPatch.context() as patch:
        standing_clock(patch)(DAY)
        stage = build_stage(world)
        let_slide(stage, DAY)
    return stage


def found_in(world: World) -> dict[tuple[str, str], tuple[date, Warned]]:
    """One shortcoming for each check and kind of page it leads to, on the first day that shows it."""
    first: dict[tuple[str, str], tuple[date, Warned]] = {}
    for day in LATER:
        for warned in warnings_on(world.ward, day):
            page = resolve(warned.found.url.partition("?")[0]).view_name
            first.setdefault((warned.check.code, page), (day, warned))
    return first


def menders_of(world: World, warned: Warned) -> Iterator[Actor]:
    """Somebody in each post that the warning names: of the cell it stands in, and of the ward."""
    can = Can(warned.check.can)
    places = [(post, world.ward) for post in WARD_POSTS]
    if warned.unit.level == Level.CELL:
        places += [(post, warned.unit) for post in CELL_POSTS]
    for post, unit in places:
        if can in POWERS[post]:
            actor = world.actor(post, unit)
            assert actor.may(can, warned.unit), (warned.check.code, post)
            yield actor


def test_each_warning_leads_those_it_names_to_what_it_is_about(left_alone: Stage, monkeypatch) -> None:
    stand, faults = standing_clock(monkeypatch), []
    for (code, page), (day, warned) in found_in(left_alone.world).items():
        stand(day)
        menders = list(menders_of(left_alone.world, warned))
        assert menders, code
        shown = {actor.user.name: opened(warned, actor) for actor in menders}
        faults += [
            f"{code} → {page} as {name}: {fault}" for name, main in shown.items() for fault in faults_of(warned, main)
        ]
        if not any(re.search(PRESSED, main or "") for main in shown.values()):
            faults.append(f"{code} → {page}: a dead end")
    assert not faults, "\n".join(faults)


def opened(warned: Warned, actor: Actor) -> str | None:
    """What the page shows in its main part; None if it does not open."""
    client = Client()
    client.force_login(actor.user)
    answer = client.get(warned.found.url)
    return (
        answer.content.decode().partition("<main")[2].partition("</main>")[0] if answer.status_code == 200 else None
    )


def faults_of(warned: Warned, main: str | None) -> Iterator[str]:
    if main is None:
        yield "shut"
        return
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
    about = (warned.found.subject, warned.unit.name, f"{warned.found.since:%d/%m/%Y}")
    if not any(" ".join(one.split()) in words for one in about):
        yield f"nothing there of {about}"


def test_which_checks_nothing_told_here_sets_off(left_alone: Stage) -> None:
    told = {code for code, _page in found_in(left_alone.world)}
    assert sorted({check.code for check in registry.each("checks")} - told) == NOT_TOLD
