"""A programme with its theme, a document, classes with rolls, and something made known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from chibo.meetings.actions import call_roll
from chibo.members.models import Member
from chibo.papers.actions import register_paper
from chibo.papers.models import Paper
from chibo.programmes.actions import launch_programme, set_theme
from chibo.programmes.models import Theme
from chibo.study.actions import ask_for_essays, disseminate, hand_in_essay, open_class
from chibo.study.models import Dissemination, Essay, StudyClass
from tests.world import World

HELD, OPENED = date(2026, 3, 10), date(2026, 2, 1)
DUE = date(2026, 3, 31)
TEXT = "Qua học tập tôi nhận thấy phải gần dân hơn.\nTôi sẽ đến từng nhà trong ngõ mỗi tháng một lần."


def theme(world: World, year: int = 2026) -> Theme:
    programme = launch_programme(
        world.ward, actor=world.clerk, code=f"ct{year}", name="Chỉ thị 05", valid_from=date(2016, 5, 15)
    )
    return set_theme(programme, actor=world.clerk, year=year, title="Nêu gương, gần dân")


def paper(world: World, **more: Any) -> Paper:
    asked = {"kind": "Chỉ thị", "issuer": "Ban Bí thư", "subject": "Về đại hội", "symbol": "35-CT/TW", **more}
    return register_paper(world.ward, actor=world.clerk, issued_on=date(2026, 1, 15), **asked)


def held_class(world: World, present: Iterable[Member], absent: Iterable[Member] = (), **more: Any) -> StudyClass:
    """A class of the ward with its roll; ``absent`` are excused."""
    made = open_class(world.ward, actor=world.clerk, **{"title": "Học chuyên đề", "held_on": HELD, **more})
    presences = {m.pk: ("present", "") for m in present} | {m.pk: ("excused", "ốm") for m in absent}
    call_roll(made.meeting, actor=world.clerk, presences=presences)
    return made


def asked(world: World, study_class: StudyClass, due_on: date = DUE) -> StudyClass:
    return ask_for_essays(study_class, actor=world.clerk, due_on=due_on)


def handed_in(world: World, study_class: StudyClass, member: Member, text: str = TEXT) -> Essay:
    essay = study_class.essays.get(member=member)
    return hand_in_essay(essay, actor=world.secretary, text=text, handed_in_on=date(2026, 3, 20))


def spread(world: World, **more: Any) -> Dissemination:
    told = {"opened_on": OPENED, "due_on": DUE, **more}
    if not {"theme", "paper"} & more.keys():
        told["paper"] = paper(world)
    return disseminate(world.ward, actor=world.clerk, **told)
