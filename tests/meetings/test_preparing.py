"""Preparing a meeting: rules with literals, then the actions and pages of one cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from chibo.access.actor import SETUP
from chibo.access.charter import Can, Post
from chibo.core.calendar import days_off
from chibo.core.refusal import Conflict
from chibo.core.registry import Shortcoming
from chibo.core.values import Period
from chibo.meetings.actions import arrange_meeting, call_roll, close_meeting, convene_meeting, note_item
from chibo.meetings.actions.preparing import (
    arrange_agenda,
    choose_topic,
    notify_members,
    open_feed,
    publish_papers,
    revoke_feed,
    set_schedule,
)
from chibo.meetings.models import AgendaItem, Feed, Meeting, Schedule
from chibo.meetings.rules import ItemKind, MeetingKind
from chibo.meetings.rules.calendar import Appointment, calendar, escaped, folded
from chibo.meetings.rules.kinds import (
    CONVENED_BY,
    RULE_SETS,
    Least,
    Occasion,
    assembled,
    business_of,
    items_missing,
    least_minutes,
    needs_preparing,
    objections_to_calling,
    objections_to_preparing,
    programmes_now,
    rule_set_on,
)
from chibo.meetings.rules.preparing import (
    Arranged,
    Fixed,
    Preparation,
    cautions_on_preparing,
    fixed_day,
    objections_to_arranging,
    objections_to_scheduling,
    objections_to_telling,
    planned_day,
)
from chibo.meetings.selectors.agenda import (
    due_at,
    lacking_before,
    least_minutes_of,
    papers_for,
    preparation_of,
    topics_for,
)
from chibo.meetings.selectors.feeds import text_of
from chibo.meetings.selectors.invitations import digest_of, invitation_of, presence_token, slips_of, who_is
from chibo.meetings.selectors.minutes import cautions_of, composed_minutes
from chibo.meetings.selectors.preparing_checks import (
    agenda_lacking,
    errands_of_preparing,
    programme_unassessed,
    topic_missing,
    unprepared,
)
from chibo.meetings.selectors.schedule import next_planned, year_of
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.papers.actions import register_paper
from chibo.programmes.actions import launch_programme, set_theme
from chibo.tasks.actions import assign_task, finish_task
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from chibo.units.selectors import scope_of
from tests.world import LONG_AGO, World

HELD = date(2026, 11, 5)
YEAR = Period.of_year(2026)


# --------------------------------------------------------------------------------------- kinds of meeting


def test_every_rule_set_has_an_agenda_for_every_kind_and_the_day_chooses() -> None:
    for rules in RULE_SETS:
        assert set(rules.agendas) == set(MeetingKind)
    assert "2012" in rule_set_on(date(2016, 1, 1)).source
    assert "2018" in rule_set_on(date(2018, 7, 6)).source
    assert "2025" in rule_set_on(HELD).source
    assert rule_set_on(date(1999, 1, 1)) is RULE_SETS[0]


@pytest.mark.parametrize("cell", list(CellKind))
def test_a_regular_meeting_of_every_kind_of_cell_is_long_enough_and_in_order(cell: CellKind) -> None:
    business = [item for item in business_of("regular", cell, HELD) if item.required]
    assert sum(item.minutes for item in business) >= 90
    kinds = [item.kind for item in business]
    assert (kinds[0], kinds[-1]) == (ItemKind.OPENING, ItemKind.CLOSING)
    assert kinds.index(ItemKind.ROTA) < kinds.index(ItemKind.EVALUATIONS) < kinds.index(ItemKind.DIRECTION)


def test_s2_09_each_kind_of_cell_has_items_of_its_own() -> None:
    def own(cell: str) -> set[str]:
        return {item.kind for item in items_missing("regular", cell, HELD, set())} & {
            ItemKind.LOCAL,
            ItemKind.PARTY_WORK,
        }

    assert own(CellKind.RESIDENTIAL) == {ItemKind.LOCAL}
    assert own(CellKind.SCHOOL) == own(CellKind.POLICE) == {ItemKind.LOCAL, ItemKind.PARTY_WORK}
    titles = {
        item.title for cell in CellKind for item in business_of("regular", cell, HELD) if item.kind == ItemKind.LOCAL
    }
    assert len(titles) == len(CellKind)
    assert own("") == set()
    assert items_missing("regular", CellKind.SCHOOL, date(2016, 1, 1), {k.value for k in ItemKind}) == []
    before = {item.kind for item in items_missing("regular", CellKind.SCHOOL, date(2016, 1, 1), set())}
    assert ItemKind.LOCAL not in before, "no guidance asked for it then"


def test_each_level_calls_its_own_kinds() -> None:
    assert list(objections_to_calling("regular", Level.CELL)) == []
    assert list(objections_to_calling("class", Level.WARD)) == []
    assert [o.field for o in objections_to_calling("regular", Level.WARD)] == [""]
    assert [o.field for o in objections_to_calling("contact", Level.CELL)] == ["kind"]
    assert [o.field for o in objections_to_calling("briefing", Level.WARD)] == ["kind"]
    assert list(objections_to_calling("class", Level.CELL)) == []
    called = {kind for kinds in CONVENED_BY.values() for kind in kinds}
    assert called == set(MeetingKind) - {MeetingKind.BRIEFING, MeetingKind.CONGRESS}


def kinds(occasion: Occasion) -> list[str]:
    return [item.kind for item in assembled(occasion)]


def test_an_agenda_holds_what_is_due_and_leaves_out_what_is_not() -> None:
    plain = Occasion("regular", CellKind.RESIDENTIAL, HELD)
    due = {ItemKind.LAST_MINUTES, ItemKind.DOCUMENTS, ItemKind.TASKS, ItemKind.COMMITMENTS, ItemKind.TOPIC}
    assert not due & set(kinds(plain))
    full = Occasion(
        "regular", CellKind.RESIDENTIAL, HELD, "Xây dựng khu phố văn minh", last_closed=True, papers=3, tasks=2,
        commitments=1, programmes=((7, "Chỉ thị 05"),), minutes={"rota": 22},
    )  # fmt: skip
    assert due < set(kinds(full))
    by_kind = {item.kind: item for item in assembled(full)}
    assert by_kind[ItemKind.TOPIC].title == "Chuyên đề: Xây dựng khu phố văn minh"
    assert by_kind[ItemKind.ROTA].minutes == 22, "as planned last time"
    assert by_kind[ItemKind.PROGRAMME].programme == 7
    assert by_kind[ItemKind.PROGRAMME].title.endswith("Chỉ thị 05")


def test_a_topic_that_is_owed_comes_by_itself_only_at_the_end_of_the_quarter() -> None:
    assert ItemKind.TOPIC not in kinds(Occasion("regular", "", date(2026, 11, 5), topic_due=True))
    assert ItemKind.TOPIC in kinds(Occasion("regular", "", date(2026, 12, 5), topic_due=True))
    assert ItemKind.TOPIC in kinds(Occasion("topical", "", date(2026, 11, 5)))


def test_s2_14_waiting_programmes_are_spread_over_the_meetings_of_a_quarter() -> None:
    five = tuple((n, f"CT {n}") for n in range(5))
    assert len(programmes_now(five, date(2026, 10, 5))) == 2
    assert len(programmes_now(five[2:], date(2026, 11, 5))) == 2
    assert len(programmes_now(five[4:], date(2026, 12, 5))) == 1
    assert programmes_now((), HELD) == ()


LEAST = Least(usual=90, with_topic=120, large=121, small=60, large_from=30, small_below=9)


@pytest.mark.parametrize(
    ("kind", "members", "topic", "minutes"),
    [
        ("regular", 20, False, 90),
        ("regular", 20, True, 120),
        ("regular", 30, False, 121),
        ("regular", 29, False, 90),
        ("regular", 8, True, 60),
        ("regular", 9, False, 90),
        ("topical", 20, True, 90),
        ("committee", 20, False, 0),
        ("extraordinary", 20, False, 0),
    ],
)
def test_how_long_a_meeting_must_be(kind: str, members: int, topic: bool, minutes: int) -> None:
    assert least_minutes(kind, members, LEAST, with_topic=topic) == minutes


def test_s2_06_a_regular_meeting_is_prepared_unless_one_person_leads() -> None:
    assert needs_preparing("regular", HELD, 2)
    assert not needs_preparing("regular", HELD, 1)
    assert not needs_preparing("topical", HELD, 3)
    assert not needs_preparing("regular", date(2016, 1, 1), 3)


def test_a_preparation_is_the_same_cells_and_not_after_its_meeting() -> None:
    def said(kind: str = "committee", day: date = HELD, prepared: str = "regular", *, same: bool = True) -> list[str]:
        found = objections_to_preparing(kind, day, prepared_kind=prepared, prepared_on=HELD, same_unit=same)
        return [o.field for o in found]

    assert said() == said("conferral") == []
    assert said(day=HELD + timedelta(days=1)) == ["held_on"]
    assert said("regular") == said(prepared="committee") == said(same=False) == ["prepares"]


# ------------------------------------------------------------------------------------------------ the day


def test_a_fixed_day_is_found_in_every_month() -> None:
    assert fixed_day(Fixed(day_of_month=31), date(2026, 2, 1)) == date(2026, 2, 28)
    assert fixed_day(Fixed(nth=1, weekday=5), date(2026, 11, 1)) == date(2026, 11, 7)
    assert fixed_day(Fixed(nth=1, weekday=6), date(2026, 11, 1)) == date(2026, 11, 1)
    assert fixed_day(Fixed(nth=4, weekday=0), date(2026, 11, 1)) == date(2026, 11, 23)


def test_a_day_off_moves_the_meeting_to_the_next_working_day_and_says_why() -> None:
    off = {date(2026, 2, 20): "Mùng bốn Tết"}
    moved = planned_day(Fixed(day_of_month=20), date(2026, 2, 1), off)
    assert (moved.day, moved.why, moved.is_moved) == (date(2026, 2, 23), "Mùng bốn Tết", True), "over the weekend"
    worked = planned_day(Fixed(day_of_month=20), date(2026, 2, 1), off, {date(2026, 2, 21)})
    assert worked.day == date(2026, 2, 21), "a Saturday that is worked"
    sunday = planned_day(Fixed(day_of_month=1), date(2026, 11, 1), off)
    assert (sunday.day, sunday.is_moved) == (date(2026, 11, 1), False), "an ordinary Sunday stays"


@pytest.mark.parametrize(
    ("year", "first"),
    [
        (2010, date(2010, 2, 14)), (2016, date(2016, 2, 8)), (2020, date(2020, 1, 25)), (2023, date(2023, 1, 22)),
        (2025, date(2025, 1, 29)), (2026, date(2026, 2, 17)), (2027, date(2027, 2, 6)), (2030, date(2030, 2, 2)),
    ],
)  # fmt: skip
def test_the_first_day_of_the_lunar_year_is_known(year: int, first: date) -> None:
    names, _working = days_off(year)
    assert "Tết Nguyên Đán" in names[first]
    assert date(year, 9, 2) in names


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        (Fixed(day_of_month=3), []),
        (Fixed(nth=1, weekday=5), []),
        (Fixed(), ["day_of_month"]),
        (Fixed(day_of_month=3, nth=1, weekday=5), ["day_of_month"]),
        (Fixed(day_of_month=32), ["day_of_month"]),
        (Fixed(nth=5, weekday=5), ["nth"]),
    ],
)
def test_a_cell_fixes_one_day(asked: Fixed, fields: list[str]) -> None:
    said = objections_to_scheduling(asked, is_cell=True, valid_from=HELD, since=None)
    assert [o.field for o in said] == fields


def test_a_new_fixed_day_begins_after_the_one_before() -> None:
    asked = Fixed(day_of_month=3)
    assert [o.field for o in objections_to_scheduling(asked, is_cell=True, valid_from=HELD, since=HELD)] == [
        "valid_from"
    ]
    assert [o.field for o in objections_to_scheduling(asked, is_cell=False, valid_from=HELD, since=None)] == [""]


# --------------------------------------------------------------------------------------------- the agenda


def test_an_agenda_keeps_what_is_written_and_names_every_item() -> None:
    line = Arranged(1, "opening", "Mở đầu", 5)

    def said(*lines: Arranged, begun: tuple[int, ...] = (), belong: tuple[int, ...] = ()) -> int:
        standing = {1: "Mở đầu", 2: "Thảo luận"}
        return len(list(objections_to_arranging(lines, standing=standing, begun=begun, belong=belong)))

    assert said(line) == 0
    assert said() == 1
    assert said(line, begun=(2,)) == 1
    assert said(line, Arranged(None, "other", " ", 5)) == 1
    assert said(line, Arranged(9, "other", "Việc khác", 5)) == 1
    assert said(line, Arranged(None, "nonsense", "Việc khác", 5)) == 1
    assert said(line, Arranged(None, "other", "Việc khác", 481)) == 1
    assert said(line, Arranged(None, "other", "Việc khác", 5, presenter=7)) == 1
    assert said(line, Arranged(None, "other", "Việc khác", 5, presenter=7), belong=(7,)) == 0


def test_members_are_told_before_the_meeting_on_a_day_that_has_come() -> None:
    def said(told: date, today: date = HELD) -> list[str]:
        return [o.field for o in objections_to_telling(told, held_on=HELD, today=today, field="notified_on")]

    assert said(HELD - timedelta(days=3)) == said(HELD) == []
    assert said(HELD + timedelta(days=1), HELD + timedelta(days=9)) == ["notified_on"]
    assert said(HELD, HELD - timedelta(days=1)) == ["notified_on"]


def test_what_is_still_to_do_is_said_in_order() -> None:
    done = Preparation("HD 42", notified_on=HELD, planned=95, least=90, held_on=HELD)
    assert list(cautions_on_preparing(done)) == []
    bare = Preparation(
        "HD 42", missing=("Thảo luận",), has_chair=False, has_recorder=False, has_place=False, needs_preparing=True,
        is_prepared=False, topic_open=True, planned=80, least=90, papers=2, held_on=HELD,
    )  # fmt: skip
    fields = [o.field for o in cautions_on_preparing(bare)]
    assert fields == ["agenda", "prepare", "topic", "agenda", "arrange", "arrange", "arrange", "notify", "papers"]
    late = Preparation("HD 42", notified_on=HELD, papers=1, papers_ready_on=HELD, held_on=HELD)
    assert [o.field for o in cautions_on_preparing(late)] == ["papers"], "a day before, at least"


# --------------------------------------------------------------------------------------------- calendars


def test_a_calendar_is_written_as_rfc_5545_wants() -> None:
    at = datetime(2026, 11, 1, 8, tzinfo=UTC)
    text = calendar(
        "Lịch của tôi",
        [
            Appointment(
                "a@chibo", "Sinh hoạt; thường kỳ, 5", HELD, time(19, 30), None, "Nhà văn hóa\nsố 5", at, sequence=2
            ),
            Appointment("b@chibo", "Hội nghị", HELD, None, None, "", at, certain=False),
        ],
    )
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART:20261105T123000Z" in lines, "half past seven in the evening in Vietnam"
    assert "DTEND:20261105T140000Z" in lines
    assert "SUMMARY:Sinh hoạt\\; thường kỳ\\, 5" in lines
    assert "LOCATION:Nhà văn hóa\\nsố 5" in lines
    assert "DTSTART;VALUE=DATE:20261105" in lines
    assert lines.count("STATUS:CONFIRMED") == lines.count("STATUS:TENTATIVE") == 1
    assert "SEQUENCE:2" in lines


def test_long_lines_are_folded_without_tearing_a_letter() -> None:
    line = "SUMMARY:" + "Sinh hoạt chi bộ thường kỳ tháng mười một " * 5
    parts = folded(line).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line
    assert escaped("a\\b;c,d\r\ne") == "a\\\\b\\;c\\,d\\ne"


# ------------------------------------------------------------------------------------------------ actions


@pytest.fixture
def meeting(world: World) -> Meeting:
    return convene_meeting(
        world.cell5, actor=world.secretary, held_on=HELD, starts_at=time(19, 30), place="Nhà văn hóa"
    )


@pytest.fixture
def an(world: World) -> Member:
    return world.member(world.cell5, "Nguyễn Văn An")


def lines_of(meeting: Meeting) -> list[Arranged]:
    return [Arranged(i.pk, i.kind, i.title, i.minutes_planned, i.presenter_id) for i in meeting.agenda.all()]


def close(world: World, meeting: Meeting, who: Member) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(chair=who, recorder=who)
    meeting.refresh_from_db()
    call_roll(meeting, actor=world.secretary, presences={who.pk: ("present", "")})
    close_meeting(meeting, actor=world.secretary, minutes="Đã họp.", closed_on=meeting.held_on)
    meeting.refresh_from_db()


def refusals(error: pytest.ExceptionInfo[ValidationError]) -> list[str | None]:
    return [one.code for errors in error.value.error_dict.values() for one in errors]


def task(world: World, doer: Member, **more: object):
    asked = {
        "title": "Vận động 12 hộ hiến đất", "measure": "12 hộ ký", "due_on": date(2026, 10, 31),
        "assigned_on": date(2026, 9, 5), "origin": "resolution", **more,
    }  # fmt: skip
    return assign_task(world.cell5, actor=world.secretary, doer=doer, **asked)


def test_what_is_open_comes_back_to_the_next_meeting_until_it_is_done(world: World, an: Member) -> None:
    duty, promise = task(world, an), task(world, an, origin="commitment", title="Đọc 4 tài liệu theo kế hoạch")
    first = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 10, 5))
    assert {"tasks", "commitments"} <= set(first.agenda.values_list("kind", flat=True))
    assert (due_at(first).tasks, due_at(first).commitments) == ([duty], [promise])
    finish_task(duty, actor=world.secretary, result="Đủ 12 hộ", done_on=date(2026, 10, 20))
    second = convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)
    text = composed_minutes(second)
    assert "đã hoàn thành ngày 20/10/2026" in text
    assert "Đọc 4 tài liệu theo kế hoạch (đồng chí Nguyễn Văn An; thời hạn 31/10/2026): quá hạn 5 ngày." in text
    third = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 12, 5))
    assert due_at(third).tasks == []
    assert due_at(third).commitments == [promise], "never lost"


def test_what_the_records_tell_is_frozen_when_the_meeting_closes(world: World, an: Member) -> None:
    duty = task(world, an)
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)
    close(world, meeting, an)
    item = meeting.agenda.get(kind="tasks")
    assert "quá hạn 5 ngày" in item.notes
    duty.refresh_from_db()
    finish_task(duty, actor=world.secretary, result="Đủ", done_on=date(2026, 11, 6))
    item.refresh_from_db()
    assert "quá hạn 5 ngày" in item.notes


def test_the_last_minutes_are_to_be_approved_and_the_last_plan_of_minutes_is_kept(world: World, an: Member) -> None:
    first = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 10, 5))
    lines = [*lines_of(first)]
    arrange_agenda(first, actor=world.secretary, lines=[Arranged(x.item, x.kind, x.title, 7) for x in lines])
    assert not first.agenda.filter(kind="last_minutes")
    close(world, first, an)
    second = convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)
    assert second.agenda.get(kind="last_minutes").title == "Thông qua biên bản kỳ trước"
    assert second.agenda.get(kind="rota").minutes_planned == 7
    assert "Biên bản sinh hoạt thường kỳ ngày 05/10/2026." in composed_minutes(second)


def test_documents_received_since_the_last_meeting_are_listed_once_and_only_those_for_members(world: World) -> None:
    convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 10, 5))

    def paper(kind: str, symbol: str, day: date, unit: Unit | None = None) -> None:
        register_paper(
            unit or world.ward,
            actor=SETUP,
            kind=kind,
            symbol=symbol,
            issuer="Đảng ủy",
            subject=f"Về {symbol}",
            issued_on=day,
        )

    paper("Hướng dẫn", "1-HD/ĐU", date(2026, 10, 5))
    paper("Hướng dẫn", "2-HD/ĐU", date(2026, 10, 20))
    paper("Quyết định", "3-QĐ/ĐU", date(2026, 10, 21))
    paper("Nghị quyết", "4-NQ/CB", date(2026, 10, 22), world.cell5)
    paper("Chỉ thị", "5-CT/ĐU", date(2026, 11, 6))
    paper("Chỉ thị", "6-CT/ĐU", date(2026, 10, 22), world.other_ward)
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)
    assert [paper.symbol for paper in papers_for(meeting)] == ["2-HD/ĐU"]
    assert meeting.agenda.filter(kind="documents").exists()
    assert "Về 2-HD/ĐU" in composed_minutes(meeting)


def test_s2_14_programmes_come_up_each_quarter_and_the_check_vanishes(world: World) -> None:
    launch_programme(world.ward, actor=world.clerk, code="ct05", name="Chỉ thị 05", valid_from=date(2016, 5, 15))
    scope = scope_of(world.cell5, Period.parse("2026-q4"), date(2027, 1, 5))
    convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)
    AgendaItem.objects.filter(kind="programme").delete()
    (found,) = programme_unassessed(scope)
    assert (found.unit_id, found.subject) == (world.cell5.pk, "Chỉ thị 05")
    second = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 12, 5))
    assert second.agenda.get(kind="programme").programme.code == "ct05"
    assert list(programme_unassessed(scope)) == []
    third = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 12, 28), month=date(2027, 1, 1))
    assert not third.agenda.filter(kind="programme").exists(), "once a quarter"


def test_s2_17_a_quarter_without_a_topic_is_found_and_subjects_are_suggested(world: World) -> None:
    programme = launch_programme(
        world.ward, actor=world.clerk, code="ct05", name="Chỉ thị 05", valid_from=date(2016, 5, 15)
    )
    set_theme(programme, actor=world.clerk, year=2026, title="Nêu gương của người đứng đầu")
    scope = scope_of(world.cell5, Period.parse("2026-q4"), date(2027, 1, 5))
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)
    assert [(s.unit_id, s.subject) for s in topic_missing(scope)] == [(world.cell5.pk, "Quý 4/2026")]
    assert topics_for(world.cell5, HELD) == ["Nêu gương của người đứng đầu", "Chỉ thị 05"]
    choose_topic(meeting, actor=world.secretary, topic="Nêu gương của người đứng đầu")
    assert list(topic_missing(scope)) == []
    orders = list(meeting.agenda.values_list("order", "kind"))
    assert [order for order, _kind in orders] == list(range(1, len(orders) + 1))
    at = [kind for _order, kind in orders].index("topic")
    assert orders[at + 1][1] == "direction"
    assert topics_for(world.cell5, HELD) == ["Chỉ thị 05"], "not twice a year"


def test_a_topic_is_chosen_again_without_a_second_item(world: World, meeting: Meeting) -> None:
    for topic in ("Một", "Hai"):
        choose_topic(meeting, actor=world.secretary, topic=topic)
        meeting.refresh_from_db()
    assert meeting.agenda.get(kind="topic").title == "Chuyên đề: Hai"
    with pytest.raises(ValidationError):
        choose_topic(meeting, actor=world.secretary, topic=" ")


def test_s2_09_an_agenda_that_lacks_an_item_is_found_until_it_is_put_back(world: World, meeting: Meeting) -> None:
    scope = scope_of(world.cell5, YEAR, date(2026, 11, 1))
    assert list(agenda_lacking(scope)) == [], "assembled by itself, it lacks nothing"
    kept = [line for line in lines_of(meeting) if line.kind != ItemKind.LOCAL]
    arrange_agenda(meeting, actor=world.secretary, lines=kept)
    (found,) = agenda_lacking(scope)
    assert "Tình hình khu dân cư" in found.detail
    assert found.url == reverse("meetings:prepare", args=[meeting.pk])
    assert [o.field for o in lacking_before(meeting)][0] == "agenda"
    arrange_agenda(meeting, actor=world.secretary, lines=[*kept, Arranged(None, "local", "Việc khu phố", 10)])
    assert list(agenda_lacking(scope)) == []


def test_s2_09_a_school_cell_speaks_of_teaching_and_of_party_work(world: World) -> None:
    school = found_unit(
        world.ward,
        actor=SETUP,
        name="Chi bộ trường",
        level=Level.CELL,
        key="sm-t",
        on=LONG_AGO,
        cell_kind=CellKind.SCHOOL,
    )
    meeting = convene_meeting(school, actor=SETUP, held_on=HELD)
    assert meeting.agenda.get(kind="local").title == "Nhiệm vụ chuyên môn: dạy và học"
    assert meeting.agenda.filter(kind="party_work").exists()


def leaders(world: World, *posts: Post) -> list[Member]:
    people = [world.member(world.cell5, f"Người Lãnh Đạo {n}") for n, _post in enumerate(posts)]
    for person, post in zip(people, posts, strict=True):
        appoint(world.cell5, actor=world.clerk, member=person, post=post, valid_from=date(2020, 1, 1))
    return people


def test_s2_06_a_meeting_that_nobody_prepared_is_found_until_the_preparation_is_entered(world: World) -> None:
    leaders(world, Post.CELL_SECRETARY, Post.CELL_DEPUTY)
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)
    scope = scope_of(world.cell5, YEAR, date(2026, 11, 20))
    (found,) = unprepared(scope)
    assert found.url.endswith(f"?prepares={meeting.pk}")
    said = [str(o.text) for o in cautions_of(meeting)]
    assert "Bí thư và phó bí thư chưa hội ý chuẩn bị." in said
    made = convene_meeting(
        world.cell5, actor=world.secretary, kind="conferral", held_on=date(2026, 11, 1), prepares=meeting
    )
    assert list(meeting.preparations.all()) == [made]
    assert list(unprepared(scope)) == []
    assert preparation_of(meeting).is_prepared


def test_s2_06_who_leads_alone_need_not_confer(world: World) -> None:
    leaders(world, Post.CELL_SECRETARY)
    convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)
    assert list(unprepared(scope_of(world.cell5, YEAR, date(2026, 11, 20)))) == []


def test_a_preparation_after_its_meeting_or_of_another_cell_is_refused(world: World, meeting: Meeting) -> None:
    by = {"actor": world.secretary, "kind": "committee", "prepares": meeting}
    with pytest.raises(ValidationError) as late:
        convene_meeting(world.cell5, held_on=HELD + timedelta(days=1), **by)
    assert list(late.value.error_dict) == ["held_on"]
    with pytest.raises(ValidationError) as strange:
        convene_meeting(world.cell7, **{**by, "actor": world.secretary7}, held_on=HELD)
    assert list(strange.value.error_dict) == ["prepares"]
    assert Meeting.objects.count() == 1


def test_the_agenda_is_arranged_moved_added_to_and_kept(world: World, meeting: Meeting, an: Member) -> None:
    lines = lines_of(meeting)
    lines[0], lines[1] = lines[1], lines[0]
    moved = Arranged(lines[2].item, lines[2].kind, "Kết quả tháng 10", 25, an.pk)
    arrange_agenda(
        meeting, actor=world.secretary, lines=[*lines[:2], moved, *lines[3:], Arranged(None, "fees", "Đảng phí", 3)]
    )
    found = list(meeting.agenda.all())
    assert [item.order for item in found] == list(range(1, len(found) + 1))
    assert [item.kind for item in found[:2]] == ["information", "opening"]
    assert (found[2].title, found[2].minutes_planned, found[2].presenter) == ("Kết quả tháng 10", 25, an)
    assert (found[-1].kind, found[-1].title) == ("fees", "Đảng phí")


def test_an_item_that_holds_something_is_not_dropped(world: World, meeting: Meeting) -> None:
    item = meeting.agenda.get(kind="discussion")
    note_item(item, actor=world.secretary, notes="Ba ý kiến")
    before = lines_of(meeting)
    with pytest.raises(ValidationError):
        arrange_agenda(meeting, actor=world.secretary, lines=[x for x in before if x.item != item.pk])
    assert lines_of(meeting) == before


def test_a_closed_meeting_is_not_prepared_any_more(world: World, meeting: Meeting, an: Member) -> None:
    close(world, meeting, an)
    by = {"actor": world.secretary}
    for act, facts in (
        (arrange_agenda, {"lines": lines_of(meeting)}),
        (choose_topic, {"topic": "Nêu gương"}),
        (notify_members, {"notified_on": HELD, "today": HELD}),
        (publish_papers, {"papers_ready_on": HELD, "today": HELD}),
    ):
        with pytest.raises(ValidationError) as refused:
            act(meeting, **by, **facts)
        assert "HD 42-HD/BTCTW" in str(refusals(refused)[0])


def test_two_who_arrange_at_once_are_told(world: World, meeting: Meeting) -> None:
    seen = meeting.version
    arrange_agenda(meeting, actor=world.secretary, lines=lines_of(meeting), seen_version=seen)
    with pytest.raises(Conflict):
        arrange_agenda(meeting, actor=world.secretary, lines=lines_of(meeting)[:1], seen_version=seen)
    assert meeting.agenda.count() > 1


def test_who_was_told_and_when_is_kept(world: World, meeting: Meeting) -> None:
    notify_members(meeting, actor=world.secretary, notified_on=date(2026, 11, 2), today=date(2026, 11, 3))
    publish_papers(meeting, actor=world.secretary, papers_ready_on=date(2026, 11, 3), today=date(2026, 11, 3))
    meeting.refresh_from_db()
    assert (meeting.notified_on, meeting.papers_ready_on) == (date(2026, 11, 2), date(2026, 11, 3))
    with pytest.raises(ValidationError) as late:
        notify_members(meeting, actor=world.secretary, notified_on=date(2026, 11, 6), today=date(2026, 11, 9))
    assert "HD 42-HD/BTCTW 2025" in str(refusals(late)[0])
    meeting.refresh_from_db()
    assert meeting.notified_on == date(2026, 11, 2)


def test_topic_online_and_preparation_are_part_of_how_a_meeting_is_arranged(world: World, meeting: Meeting) -> None:
    arrange_meeting(meeting, actor=world.secretary, held_on=HELD, topic="Nêu gương", online=True)
    meeting.refresh_from_db()
    assert (meeting.topic, meeting.online) == ("Nêu gương", True)


def test_a_large_cell_and_a_topic_make_the_meeting_longer(world: World, meeting: Meeting) -> None:
    world.members(world.cell5, 10)
    assert least_minutes_of(meeting) == 90
    choose_topic(meeting, actor=world.secretary, topic="Nêu gương")
    meeting.refresh_from_db()
    assert least_minutes_of(meeting) == 120


def test_the_ward_calls_its_own_conferences_and_keeps_no_meeting_of_a_cell(world: World, meeting: Meeting) -> None:
    held = convene_meeting(world.ward, actor=world.clerk, kind="class", held_on=HELD, topic="")
    assert held.agenda.filter(kind="documents").exists()
    with pytest.raises(ValidationError):
        convene_meeting(world.ward, actor=world.clerk, kind="regular", held_on=HELD)
    with pytest.raises(PermissionDenied):
        convene_meeting(world.cell5, actor=world.clerk, kind="extraordinary", held_on=HELD)
    with pytest.raises(PermissionDenied):
        notify_members(meeting, actor=world.clerk, notified_on=HELD, today=HELD)
    assert world.clerk.may(Can.KEEP_MEETINGS, world.ward)
    assert not world.clerk.may(Can.KEEP_MEETINGS, world.cell5)


# --------------------------------------------------------------------------------------------- the year


def test_a_cell_fixes_its_day_and_the_year_moves_off_tet(world: World) -> None:
    by = {"actor": world.secretary, "starts_at": time(19, 30), "place": "Nhà văn hóa"}
    set_schedule(world.cell5, day_of_month=17, valid_from=date(2026, 1, 1), **by)
    months = year_of(world.cell5, 2026)
    assert len(months) == 12
    february = months[1].planned
    assert february is not None
    assert (february.fixed, february.day) == (date(2026, 2, 17), date(2026, 2, 23))
    assert "Tết Nguyên Đán" in february.why
    assert [m.month for m in months if m.planned and m.planned.is_moved] == [date(2026, 2, 1)]
    set_schedule(world.cell5, nth=1, weekday=5, valid_from=date(2026, 7, 1), **by)
    assert [s.valid_to for s in Schedule.objects.order_by("valid_from")] == [date(2026, 6, 30), None]
    planned = [m.planned.day for m in year_of(world.cell5, 2026) if m.planned]
    assert planned[5:7] == [date(2026, 6, 17), date(2026, 7, 4)]


def test_a_schedule_is_refused_where_it_says_two_things(world: World) -> None:
    with pytest.raises(ValidationError):
        set_schedule(
            world.cell5, actor=world.secretary, day_of_month=3, nth=1, weekday=1, valid_from=HELD, starts_at=time(19)
        )
    assert not Schedule.objects.exists()


def test_the_next_month_without_a_meeting_is_proposed(world: World) -> None:
    set_schedule(world.cell5, actor=world.secretary, day_of_month=3, valid_from=date(2026, 1, 1), starts_at=time(19))
    convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 11, 3))
    found = next_planned(world.cell5, date(2026, 11, 10))
    assert found is not None
    assert found[1].day == date(2026, 12, 3)


# ------------------------------------------------------------------------------------------ invitations


def test_the_code_of_a_slip_names_one_person_at_one_meeting_and_cannot_be_made_up(
    meeting: Meeting, an: Member
) -> None:
    token = presence_token(meeting, an)
    assert who_is(token) == (meeting.pk, an.pk)
    assert who_is(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert who_is(f"{meeting.pk}.{an.pk + 1}:{token.partition(':')[2]}") is None
    assert who_is("") is who_is("x:y") is None


def test_an_invitation_tells_when_where_and_what_and_its_slips_whom(
    world: World, meeting: Meeting, an: Member
) -> None:
    world.member(world.cell5, "Phạm Thị Miễn", condition="exempt")
    words = str(invitation_of(meeting))
    for part in ("19 giờ 30, ngày 05/11/2026", "Nhà văn hóa", "Phương hướng, nhiệm vụ tháng tới"):
        assert part in words
    slips = slips_of(meeting, lambda token: f"https://x.vn/{token}")
    assert [slip.member for slip in slips] == [an], "who is exempt need not come"
    assert slips[0].qr.startswith("<svg")


def test_the_digest_is_one_table_with_where_to_read(world: World, meeting: Meeting) -> None:
    register_paper(
        world.ward, actor=SETUP, kind="Hướng dẫn", symbol="2-HD/ĐU", issuer="Đảng ủy", subject="Về việc",
        issued_on=date(2026, 10, 20),
    )  # fmt: skip
    assert "Bản giấy" in str(digest_of(meeting, lambda _paper: ""))


# ------------------------------------------------------------------------------------------------ feeds


@pytest.fixture
def today() -> date:
    return localdate()


def test_a_feed_shows_when_and_where_and_no_name_no_agenda(world: World, today: date) -> None:
    member = world.member(world.cell5, "Nguyễn Văn An", account=True)
    own = world.own(member)
    feed = open_feed(own.user, actor=own)
    set_schedule(
        world.cell5,
        actor=world.secretary,
        day_of_month=3,
        valid_from=date(2020, 1, 1),
        starts_at=time(19),
        place="Nhà 5",
    )
    held = convene_meeting(
        world.cell5, actor=world.secretary, held_on=today, starts_at=time(19, 30), place="Hội trường", chair=member,
        topic="Chuyện kín",
    )  # fmt: skip
    convene_meeting(world.cell5, actor=world.secretary, kind="committee", held_on=today)
    convene_meeting(world.cell7, actor=world.secretary7, held_on=today, place="Nơi khác")
    text = text_of(feed, today)
    assert "LOCATION:Hội trường" in text
    assert f"UID:regular-{world.cell5.pk}-{held.month:%Y-%m}@chibo" in text
    assert text.count("STATUS:CONFIRMED") == 1, "the committee meets without them"
    assert text.count("STATUS:TENTATIVE") >= 10, "the months ahead, as planned"
    for hidden in ("Chuyện kín", "Nguyễn Văn An", "Thảo luận", "Nơi khác"):
        assert hidden not in text
    assert Feed.objects.get().key_hash not in feed.printed_key


def test_a_feed_of_a_cell_is_for_who_belongs_there_or_sees_it(world: World, today: date) -> None:
    own = world.own(world.member(world.cell5, "Nguyễn Văn An", account=True))
    with pytest.raises(ValidationError):
        open_feed(own.user, actor=own, unit=world.cell7)
    assert not Feed.objects.exists()
    feed = open_feed(world.clerk.user, actor=world.clerk, unit=world.cell7)
    convene_meeting(world.cell7, actor=world.secretary7, held_on=today, place="Nhà 7")
    assert "Nhà 7" in text_of(feed, today)
    world.clerk.user.grants.all().delete()
    feed.refresh_from_db()
    assert "Nhà 7" not in text_of(feed, today), "who lost the post finds it empty"


def test_nobody_makes_or_closes_the_feed_of_another(world: World) -> None:
    own = world.own(world.member(world.cell5, "Nguyễn Văn An", account=True))
    feed = open_feed(own.user, actor=own)
    with pytest.raises(PermissionDenied):
        open_feed(own.user, actor=world.clerk)
    with pytest.raises(PermissionDenied):
        revoke_feed(own.user, actor=world.clerk, feed=feed)
    revoke_feed(own.user, actor=own, feed=feed)
    assert not Feed.objects.exists()


def test_the_address_of_a_feed_needs_no_log_in_and_closes_when_revoked(world: World, client: Client) -> None:
    own = world.own(world.member(world.cell5, "Nguyễn Văn An", account=True))
    client.force_login(own.user)
    page = client.post(reverse("meetings:feeds"), {"unit": ""}).content.decode()
    start = page.index("http://testserver/meetings/feeds/")
    address = page[start : page.index(".ics", start) + 4]
    assert address not in client.get(reverse("meetings:feeds")).content.decode(), "shown once"
    stranger = Client()
    answer = stranger.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert stranger.get(address.replace(".ics", "x.ics")).status_code == 404
    assert stranger.post(address).status_code == 405
    client.post(reverse("meetings:revoke", args=[Feed.objects.get().pk]))
    assert stranger.get(address).status_code == 404


def test_the_feed_of_an_account_out_of_use_is_gone(world: World, client: Client) -> None:
    own = world.own(world.member(world.cell5, "Nguyễn Văn An", account=True))
    feed = open_feed(own.user, actor=own)
    own.user.is_active = False
    own.user.save()
    assert client.get(reverse("meetings:feed", args=[feed.printed_key])).status_code == 404


# ------------------------------------------------------------------------------------------------- pages


@pytest.fixture
def page(world: World, browser_of) -> Client:
    return browser_of(world.secretary)


def sent(meeting: Meeting, **more: object) -> dict[str, object]:
    data: dict[str, object] = {"seen_version": Meeting.objects.get(pk=meeting.pk).version}
    for order, item in enumerate(meeting.agenda.all(), 1):
        data |= {
            f"{item.pk}-order": order, f"{item.pk}-title": item.title, f"{item.pk}-minutes_planned": item.minutes_planned,
        }  # fmt: skip
    return data | more


def test_the_page_of_preparing_says_what_is_missing_and_lets_one_mend_it(
    world: World, page: Client, meeting: Meeting
) -> None:
    there = reverse("meetings:prepare", args=[meeting.pk])
    body = page.get(there).content.decode()
    for part in ("Chưa ghi ai chủ trì", "Chưa báo đảng viên", "Tình hình khu dân cư", "Ghi ngày báo họp"):
        assert part in body
    page.post(reverse("meetings:notify", args=[meeting.pk]), {"notified_on": f"{localdate():%d/%m/%Y}"})
    page.post(reverse("meetings:topic", args=[meeting.pk]), {"topic": "Nêu gương"})
    body = page.get(there).content.decode()
    assert "Chuyên đề: Nêu gương" in body


def test_buttons_move_drop_and_add_with_what_is_typed(world: World, page: Client, meeting: Meeting) -> None:
    there = reverse("meetings:prepare", args=[meeting.pk])
    first, second, *_rest, last = list(meeting.agenda.all())
    typed = sent(meeting, down=first.pk)
    typed[f"{second.pk}-title"] = "Thông tin thời sự tháng 11"
    answer = page.post(there, typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert '<div id="prepare"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    found = list(meeting.agenda.all())
    assert [item.pk for item in found[:2]] == [second.pk, first.pk]
    assert found[0].title == "Thông tin thời sự tháng 11"
    page.post(there, sent(meeting, **{"new-kind": "fees", "new-minutes_planned": 5}))
    assert meeting.agenda.last().title == "Đảng phí"
    answer = page.post(there, sent(meeting, drop=last.pk), follow=True)
    assert not meeting.agenda.filter(pk=last.pk).exists()
    assert "Đã bỏ nội dung bắt buộc: Kết luận, thông qua nghị quyết" in answer.content.decode()


def test_a_number_typed_between_two_others_puts_an_item_there(world: World, page: Client, meeting: Meeting) -> None:
    items = list(meeting.agenda.all())
    typed = sent(meeting) | {f"{items[-1].pk}-order": "1.5"}
    page.post(reverse("meetings:prepare", args=[meeting.pk]), typed)
    assert [item.pk for item in meeting.agenda.all()][:3] == [items[0].pk, items[-1].pk, items[1].pk]


def test_bad_minutes_are_refused_and_what_was_typed_stays(page: Client, meeting: Meeting) -> None:
    first = meeting.agenda.first()
    assert first is not None
    typed = sent(meeting) | {f"{first.pk}-minutes_planned": "999", f"{first.pk}-title": "Mở đầu trang trọng"}
    answer = page.post(reverse("meetings:prepare", args=[meeting.pk]), typed)
    assert answer.status_code == 422
    assert "Xem lại dòng 1." in answer.content.decode()
    assert "Mở đầu trang trọng" in answer.content.decode()
    first.refresh_from_db()
    assert first.title != "Mở đầu trang trọng"


def test_a_late_notice_is_refused_by_its_field(page: Client, meeting: Meeting) -> None:
    answer = page.post(reverse("meetings:notify", args=[meeting.pk]), {"notified_on": "1/1/2099"})
    assert answer.status_code == 422
    assert "sau ngày họp" in answer.content.decode()


@pytest.mark.parametrize("name", ["prepare", "invitations", "digest"])
def test_preparing_costs_as_many_queries_for_thirty_members_as_for_one(
    world: World, page: Client, meeting: Meeting, name: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert page.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 200
        return len(found)

    world.member(world.cell5, "Người Đầu")
    few = queries()
    world.members(world.cell5, 30)
    assert queries() == few


def test_the_year_shows_twelve_months_and_where_to_convene(world: World, page: Client, meeting: Meeting) -> None:
    there = reverse("meetings:calendar", args=[world.cell5.pk, "2026"])
    assert "Ấn định ngày sinh hoạt" in page.get(there).content.decode()
    answer = page.post(
        reverse("meetings:schedule", args=[world.cell5.pk]),
        {"day_of_month": 17, "starts_at": "19h30", "place": "Nhà văn hóa", "valid_from": "1/1/2026"},
    )
    assert answer.status_code == 302
    body = page.get(there).content.decode()
    assert "Chuyển từ 17/02/2026: Tết Nguyên Đán" in body
    assert body.count("Triệu tập") >= 11
    assert reverse("meetings:meeting", args=[meeting.pk]) in body


def test_convening_proposes_the_planned_day_and_the_last_place(world: World, page: Client, an: Member) -> None:
    convene_meeting(
        world.cell5, actor=world.secretary, held_on=date(2025, 1, 5), place="Nhà 5", chair=an, recorder=an
    )
    set_schedule(
        world.cell5, actor=world.secretary, day_of_month=4, valid_from=date(2020, 1, 1), starts_at=time(8, 15)
    )
    form = page.get(reverse("meetings:convene", args=[world.cell5.pk]), {"month": "2027-03"}).context["form"]
    assert form.initial["held_on"] == date(2027, 3, 4)
    assert (form.initial["starts_at"], form.initial["place"], form.initial["chair"]) == (time(8, 15), "Nhà 5", an.pk)


def test_a_preparation_is_convened_from_the_meeting_it_prepares(world: World, page: Client) -> None:
    leaders(world, Post.CELL_SECRETARY, Post.CELL_COMMITTEE)
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=localdate() + timedelta(days=9))
    there = reverse("meetings:convene", args=[world.cell5.pk])
    assert (
        f"{there}?prepares={meeting.pk}" in page.get(reverse("meetings:prepare", args=[meeting.pk])).content.decode()
    )
    form = page.get(there, {"prepares": meeting.pk}).context["form"]
    assert (form.initial["kind"], form.initial["prepares"]) == ("committee", meeting.pk)
    page.post(there, {"kind": "committee", "held_on": f"{localdate():%d/%m/%Y}", "prepares": meeting.pk})
    assert meeting.preparations.count() == 1
    assert page.get(there, {"prepares": "x", "month": "nonsense"}).status_code == 200


def test_the_desk_reminds_of_the_next_meeting_until_the_members_are_told(world: World) -> None:
    today = localdate()
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=today + timedelta(days=6))
    (errand,) = errands_of_preparing(world.secretary, today)
    assert errand.url == reverse("meetings:prepare", args=[meeting.pk])
    assert errand.due == today + timedelta(days=5)
    assert list(errands_of_preparing(world.secretary7, today)) == []
    assert list(errands_of_preparing(world.clerk, today)) == []
    notify_members(meeting, actor=world.secretary, notified_on=today, today=today)
    assert list(errands_of_preparing(world.secretary, today)) == []


def test_invitations_come_as_page_word_and_pdf(page: Client, meeting: Meeting, an: Member) -> None:
    there = reverse("meetings:invitations", args=[meeting.pk])
    body = page.get(there).content.decode()
    assert "Nguyễn Văn An" in body
    assert "<svg" in body
    for name, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = page.get(there, {"format": name})
        assert answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]


def every(check, scope) -> Iterator[Shortcoming]:
    yield from check(scope)


@pytest.mark.parametrize("check", [unprepared, agenda_lacking, topic_missing, programme_unassessed])
def test_checks_cost_as_many_queries_for_many_cells_as_for_one(world: World, check) -> None:
    def queries() -> int:
        scope = scope_of(world.ward, YEAR, date(2026, 12, 31))
        with CaptureQueriesContext(connection) as found:
            list(every(check, scope))
        return len(found)

    launch_programme(world.ward, actor=world.clerk, code="ct05", name="Chỉ thị 05", valid_from=date(2016, 5, 15))
    convene_meeting(world.cell5, actor=SETUP, held_on=HELD)
    few = queries()
    for n in range(9):
        cell = found_unit(
            world.ward, actor=SETUP, name=f"Chi bộ {n + 20}", level=Level.CELL, key=f"x-{n}", on=LONG_AGO,
            cell_kind=CellKind.RESIDENTIAL,
        )  # fmt: skip
        convene_meeting(cell, actor=SETUP, held_on=HELD)
    assert queries() == few
