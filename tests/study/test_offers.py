"""Figures, checks, the desk, the book, the search, and the programme's page: what study tells the whole."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.core.registry import Scope
from chibo.core.values import Period
from chibo.figures.selectors import answer, by_cell
from chibo.meetings.actions import convene_meeting
from chibo.members.rules import Condition
from chibo.plans.actions import open_campaign
from chibo.programmes.actions import attach_paper
from chibo.programmes.selectors import FIGURES as PROGRAMME_FIGURES
from chibo.programmes.selectors import years_of
from chibo.study.actions import mark_essay, note_reached, waive_essays
from chibo.study.selectors import years_attended
from chibo.study.selectors.checks import (
    class_without_essays,
    essays_missing,
    not_reached,
    spread_without_deed,
    theme_not_studied,
)
from chibo.study.selectors.figures import FIGURES
from chibo.study.selectors.offers import errands_of_cells, errands_of_own, events_of, found_by
from chibo.tasks.actions import assign_task
from chibo.units.models import Unit
from chibo.units.selectors import scope_of
from tests.study.cast import DUE, HELD, asked, handed_in, held_class, paper, spread, theme
from tests.world import World

BY_CODE = {figure.code: figure for figure in (*FIGURES, *PROGRAMME_FIGURES)}
LATE = date(2026, 12, 1)


def year(unit: Unit, today: date = LATE) -> Scope:
    return scope_of(unit, Period.of_year(2026), today)


def text(code: str, unit: Unit) -> str:
    return answer(BY_CODE[code], year(unit)).text


def reached(world: World, made, members) -> None:
    note_reached(
        world.cell5, actor=world.secretary, dissemination=made, members={m.pk for m in members}, way="meeting",
        reached_on=date(2026, 2, 10),
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------- figures


def test_s1_02_attendance_is_counted_by_cell_and_by_year_without_the_exempt(world: World) -> None:
    five, seven = world.members(world.cell5, 3), world.members(world.cell7, 1)
    world.member(world.cell5, "Cụ Già", condition=Condition.EXEMPT)
    held_class(world, [*five[:2], *seven], [five[2]])
    assert text("study.attendance", world.ward) == "75 % (3/4)"
    lines = {line.label: line.answer.text for line in by_cell(BY_CODE["study.attendance"], year(world.ward))}
    assert lines == {"Chi bộ 5": "66,66 % (2/3)", "Chi bộ 7": "100 % (1/1)"}
    assert years_attended(year(world.ward)) == [(2026, "75 %", 1)]
    assert text("study.classes", world.ward) == "1"


def test_s1_13_essays_handed_in_and_found_done_are_counted(world: World) -> None:
    one, two = world.members(world.cell5, 2)
    made = asked(world, held_class(world, [one, two]))
    mark_essay(handed_in(world, made, one), actor=world.secretary, mark="passed")
    assert text("study.essays", world.ward) == "50 % (1/2)"
    assert text("study.essays_passed", world.cell5) == "100 % (1/1)"
    assert text("study.essays", world.cell7) == "–"


def test_s0_03_people_and_cells_reached_are_counted(world: World) -> None:
    one, two = world.members(world.cell5, 2)
    world.members(world.cell7, 1)
    made = spread(world)
    reached(world, made, [one])
    assert (text("study.reached", world.ward), text("study.cells_reached", world.ward)) == (
        "33,3 % (1/3)",
        "0 % (0/2)",
    )
    reached(world, made, [one, two])
    assert text("study.cells_reached", world.ward) == "50 % (1/2)"


def test_s1_03_documents_under_programmes_are_counted_once(world: World) -> None:
    programme = theme(world).programme
    issued = paper(world)
    attach_paper(programme, actor=world.clerk, paper=issued)
    attach_paper(theme(world, 2027).programme, actor=world.clerk, paper=issued)
    paper(world, symbol="36-CT/TW")
    assert text("programmes.papers", world.ward) == "1"
    assert text("programmes.papers", world.cell5) == "0"


# ------------------------------------------------------------------------------------------------ checks


def test_s4_03_who_was_not_reached_is_named_after_the_day(world: World) -> None:
    one, _two = world.members(world.cell5, 2)
    made = spread(world)
    reached(world, made, [one])
    assert list(not_reached(year(world.ward, DUE))) == []
    (found,) = not_reached(year(world.ward))
    assert (found.unit_id, found.since) == (world.cell5.pk, DUE)
    assert "Đảng Viên Số 2" in found.detail
    assert "Đảng Viên Số 1" not in found.detail
    reached(world, made, [one, _two])
    assert list(not_reached(year(world.ward))) == []


def test_s1_13_missing_essays_are_named_once_a_cell_and_class(world: World) -> None:
    members = world.members(world.cell5, 7)
    made = asked(world, held_class(world, members))
    assert list(essays_missing(year(world.ward, DUE))) == []
    (found,) = essays_missing(year(world.ward))
    assert "và 2 đồng chí khác" in found.detail
    handed_in(world, made, members[0])
    assert "còn 6 bài" in next(essays_missing(year(world.ward))).detail


def test_s1_13_a_class_without_essays_is_found_until_it_is_said_why(world: World) -> None:
    made = held_class(world, world.members(world.cell5, 1))
    assert list(class_without_essays(year(world.ward, date(2026, 3, 20)))) == []
    assert [s.subject for s in class_without_essays(year(world.ward))] == ["Học chuyên đề"]
    waive_essays(made, actor=world.clerk, reason="Chỉ nghe thời sự")
    assert list(class_without_essays(year(world.ward))) == []


def test_s0_10_a_theme_that_nobody_in_the_cell_was_told_of_or_studied_is_found(world: World) -> None:
    (five,), _seven = world.members(world.cell5, 1), world.members(world.cell7, 1)
    the = theme(world)
    assert list(theme_not_studied(year(world.ward, date(2026, 3, 31)))) == []
    assert {s.unit_id for s in theme_not_studied(year(world.ward))} == {world.cell5.pk, world.cell7.pk}
    held_class(world, [five], theme=the)
    assert {s.unit_id for s in theme_not_studied(year(world.ward))} == {world.cell7.pk}
    note_reached(
        world.cell7, actor=world.secretary7, dissemination=spread(world, theme=the), members={_seven[0].pk},
        way="paper", reached_on=HELD,
    )  # fmt: skip
    assert list(theme_not_studied(year(world.ward))) == []


def test_s3_04_what_was_made_known_and_asks_for_something_needs_a_duty(world: World) -> None:
    (member,) = world.members(world.cell5, 1)
    made = spread(world, asks="Mỗi chi bộ giúp 1 hộ")
    reached(world, made, [member])
    assert list(spread_without_deed(year(world.ward, date(2026, 3, 1)))) == []
    (found,) = spread_without_deed(year(world.ward))
    assert found.url.endswith(f"?directive={made.paper_id}")
    assign_task(
        world.cell5, actor=world.secretary, title="Giúp 1 hộ nghèo sửa nhà", measure="1 nhà", doer=member,
        due_on=date(2026, 6, 1), assigned_on=HELD, directive=made.paper,
    )  # fmt: skip
    assert list(spread_without_deed(year(world.ward))) == []


def test_what_is_only_to_be_known_needs_no_duty(world: World) -> None:
    (member,) = world.members(world.cell5, 1)
    reached(world, spread(world), [member])
    assert list(spread_without_deed(year(world.ward))) == []


# ---------------------------------------------------------------------------------- desk, book, search


def test_only_those_missing_are_reminded(world: World) -> None:
    one, two = (world.member(world.cell5, name, account=True) for name in ("Trần Văn Một", "Trần Văn Hai"))
    made = asked(world, held_class(world, [one, two]))
    handed_in(world, made, one)
    known = spread(world)
    reached(world, known, [one])
    assert list(errands_of_own(world.own(one), LATE)) == []
    due = {errand.url: errand.due for errand in errands_of_own(world.own(two), LATE)}
    essay = made.essays.get(member=two)
    assert due == {reverse("study:essay", args=[essay.pk]): DUE, reverse("study:spread", args=[known.pk]): DUE}
    assert [(e.verb, e.count) for e in errands_of_cells(world.secretary, LATE)] == [
        ("Nhận xét", 1), ("Đôn đốc", 1), ("Ghi phổ biến", 1),
    ]  # fmt: skip
    assert list(errands_of_cells(world.secretary7, LATE)) == []
    assert list(errands_of_cells(world.clerk, LATE)) == []


def test_the_book_the_search_and_the_programme_tell_of_it(world: World) -> None:
    the = theme(world)
    (member,) = world.members(world.cell5, 1)
    made = held_class(world, [member], theme=the)
    known = spread(world, theme=the)
    open_campaign(
        world.ward, actor=world.clerk, programme=the.programme, theme=the, year=2026, opened_on=date(2026, 1, 5),
        deadline=DUE,
    )  # fmt: skip
    attach_paper(the.programme, actor=world.clerk, paper=paper(world))
    assert [(e.day, e.detail) for e in events_of(year(world.cell5))] == [(HELD, "1/1 đồng chí dự")]
    assert list(events_of(year(world.cell7))) == []
    urls = {hit.url for hit in [*found_by(world.secretary, "chuyên đề"), *found_by(world.secretary, "gương")]}
    assert urls == {reverse("study:class", args=[made.pk]), reverse("study:spread", args=[known.pk])}
    assert list(found_by(world.stranger, "chuyên đề")) == []
    (row,) = years_of(world.clerk, the.programme)
    assert (row.year, row.theme, len(row.papers)) == (2026, the, 1)
    assert [event.detail for event in row.told] == [
        "0 kế hoạch đã đăng ký", "0 % (0/1) được phổ biến", "100 % (1/1) dự",
    ]  # fmt: skip
    (plain,) = years_of(world.own(world.member(world.cell5, account=True)), the.programme)
    assert [event.detail for event in plain.told] == ["", "", ""]


def test_a_programme_of_many_years_asks_as_many_queries_as_of_one(world: World) -> None:
    the = theme(world)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            years_of(world.clerk, the.programme)
        return len(asked_for)

    (member,) = world.members(world.cell5, 1)
    held_class(world, [member], theme=the)
    spread(world, theme=the)
    before = queries()
    for held_on in (date(2024, 3, 1), date(2025, 3, 1)):
        held_class(world, [member], theme=the, held_on=held_on)
    assert queries() == before


def test_checks_and_errands_ask_equally_many_queries_for_one_and_for_many(world: World) -> None:
    secretary = world.secretary

    def queries() -> list[int]:
        counts = []
        for ask in (not_reached, essays_missing, class_without_essays, theme_not_studied, spread_without_deed):
            with CaptureQueriesContext(connection) as asked_for:
                list(ask(year(world.ward)))
            counts.append(len(asked_for))
        with CaptureQueriesContext(connection) as asked_for:
            list(errands_of_cells(secretary, LATE))
        return [*counts, len(asked_for)]

    the = theme(world)
    world.members(world.cell5, 1)
    spread(world, asks="Việc")
    asked(world, held_class(world, world.members(world.cell5, 1), theme=the))
    held_class(world, world.members(world.cell5, 1))
    before = queries()
    world.members(world.cell7, 5)
    spread(world, paper=paper(world, symbol="2-CT/TW"), asks="Việc")
    asked(world, held_class(world, world.members(world.cell5, 9), held_on=date(2026, 3, 11)))
    convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)
    assert queries() == before
