"""Meetings are convened, called, written and closed: one test per outcome."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from chibo.access.charter import Post
from chibo.core.refusal import Conflict
from chibo.core.values import Period
from chibo.figures.selectors import answer, figure_named
from chibo.meetings.actions import (
    arrange_meeting,
    call_off_meeting,
    call_roll,
    close_meeting,
    convene_meeting,
    correct_minutes,
    mark_presence,
    note_item,
    write_minutes,
)
from chibo.meetings.models import Attendance, Correction, Meeting
from chibo.meetings.selectors import cautions_of, composed_minutes, months_without_meeting, roll_of
from chibo.members.models import Membership
from chibo.members.rules import Condition
from chibo.units.selectors import scope_of
from tests.world import World

HELD = date(2026, 11, 5)
PRESENT = ("present", "")


def convene(world: World, **asked: object) -> Meeting:
    return convene_meeting(world.cell5, actor=world.secretary, **{"held_on": HELD, **asked})


def messages(refused: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(refused.value.messages)


# ------------------------------------------------------------------------------------------ convening


def test_a_convened_meeting_has_its_agenda_and_counts_for_its_month(world: World) -> None:
    meeting = convene(world, starts_at=time(19, 30), place="Nhà văn hóa số 5")
    assert (meeting.month, meeting.state) == (date(2026, 11, 1), "convened")
    assert list(meeting.agenda.values_list("kind", flat=True))[3:6] == ["local", "rota", "evaluations"]


def test_s2_05_a_second_regular_meeting_in_a_month_is_refused(world: World) -> None:
    convene(world)
    with pytest.raises(ValidationError) as refused:
        convene(world, held_on=date(2026, 11, 20))
    assert refused.value.error_dict["month"][0].code == "Điều lệ Đảng, Điều 24"
    assert Meeting.objects.count() == 1
    convene(world, held_on=date(2026, 11, 20), kind="topical")


def test_a_ward_does_not_hold_a_cell_meeting(world: World) -> None:
    from chibo.access.actor import SETUP

    with pytest.raises(ValidationError):
        convene_meeting(world.ward, actor=SETUP, held_on=HELD)


def test_a_chair_from_another_cell_is_refused_beside_the_field(world: World) -> None:
    outsider = world.member(world.cell7)
    with pytest.raises(ValidationError) as refused:
        convene(world, chair=outsider)
    assert list(refused.value.error_dict) == ["chair"]
    assert not Meeting.objects.exists()


def test_a_follower_sees_meetings_and_convenes_none(world: World) -> None:
    follower = world.actor(Post.FOLLOWER, world.cell5)
    with pytest.raises(PermissionDenied):
        convene_meeting(world.cell5, actor=follower, held_on=HELD)


def test_the_place_and_day_change_until_closing(world: World) -> None:
    meeting = convene(world)
    arrange_meeting(meeting, actor=world.secretary, held_on=date(2026, 11, 6), place="Hội trường")
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.place, meeting.version) == (date(2026, 11, 6), "Hội trường", 1)


def test_a_meeting_is_not_moved_to_a_day_when_somebody_on_its_roll_was_not_yet_in_the_cell(world: World) -> None:
    newcomer = world.member(world.cell5, since=HELD)
    meeting = convene(world)
    call_roll(meeting, actor=world.secretary, presences={newcomer.pk: PRESENT})
    with pytest.raises(ValidationError, match="không sinh hoạt ở chi bộ"):
        arrange_meeting(meeting, actor=world.secretary, held_on=date(2026, 11, 3))
    meeting.refresh_from_db()
    assert meeting.held_on == HELD


def test_a_meeting_convened_by_mistake_is_called_off_unless_something_is_recorded(world: World) -> None:
    member = world.member(world.cell5)
    call_off_meeting(convene(world), actor=world.secretary)
    assert not Meeting.objects.exists()
    meeting = convene(world)
    call_roll(meeting, actor=world.secretary, presences={member.pk: PRESENT})
    with pytest.raises(ValidationError):
        call_off_meeting(meeting, actor=world.secretary)
    assert Meeting.objects.exists()


# ----------------------------------------------------------------------------------------------- roll


def test_the_roll_is_prefilled_from_the_register_of_that_day(world: World) -> None:
    an = world.member(world.cell5, "Nguyễn Văn An")
    old = world.member(world.cell5, "Trần Thị Cúc", condition=Condition.EXEMPT)
    away = world.member(world.cell5, "Lê Văn Dũng", condition=Condition.TEMPORARY_ELSEWHERE)
    gone = world.member(world.cell5, "Đỗ Văn Ba")
    Membership.objects.filter(member=gone).update(valid_to=date(2026, 10, 31))
    world.member(world.cell5, "Vũ Thị Kim", condition=Condition.SUSPENDED)
    meeting = convene(world)
    assert [(line.member, line.shown) for line in roll_of(meeting)] == [
        (an, ""),
        (old, "exempt"),
        (away, "elsewhere"),
    ]
    call_roll(meeting, actor=world.secretary, presences={an.pk: PRESENT})
    assert {a.member_id: a.presence for a in Attendance.objects.all()} == {
        an.pk: "present",
        old.pk: "exempt",
        away.pk: "elsewhere",
    }


def test_s3_12_attendance_is_present_of_those_who_count(world: World) -> None:
    people = world.members(world.cell5, 20)
    world.member(world.cell5, "Trần Thị Cúc", condition=Condition.EXEMPT)
    meeting = convene(world)
    roll = {m.pk: PRESENT for m in people[:17]} | {m.pk: ("excused", "Ốm") for m in people[17:]}
    call_roll(meeting, actor=world.secretary, presences=roll)
    scope = scope_of(world.ward, Period.parse("2026-11"), HELD)
    assert answer(figure_named("meetings.attendance"), scope).text == "85 % (17/20)"


def test_calling_again_changes_the_lines_and_counts_their_versions(world: World) -> None:
    an, ba = world.members(world.cell5, 2)
    meeting = convene(world)
    call_roll(meeting, actor=world.secretary, presences={an.pk: PRESENT, ba.pk: PRESENT})
    call_roll(meeting, actor=world.secretary, presences={an.pk: PRESENT, ba.pk: ("excused", "Đi viện")})
    lines = {a.member_id: a for a in Attendance.objects.all()}
    assert (lines[an.pk].version, lines[ba.pk].version) == (1, 2)
    assert lines[ba.pk].reason == "Đi viện"


def test_a_roll_with_one_stranger_is_refused_whole_and_names_them(world: World) -> None:
    an = world.member(world.cell5)
    outsider = world.member(world.cell7, "Phạm Văn Lạ")
    meeting = convene(world)
    with pytest.raises(ValidationError, match="Phạm Văn Lạ"):
        call_roll(meeting, actor=world.secretary, presences={an.pk: PRESENT, outsider.pk: PRESENT})
    assert not Attendance.objects.exists()


def test_one_is_marked_and_the_mark_is_taken_back(world: World) -> None:
    an = world.member(world.cell5)
    meeting = convene(world)
    line = mark_presence(meeting, actor=world.secretary, member=an, presence="unexcused", seen=0)
    assert line is not None
    assert line.version == 1
    assert mark_presence(meeting, actor=world.secretary, member=an, presence="", seen=1) is None
    assert not Attendance.objects.exists()


def test_two_people_call_the_same_name_and_the_second_is_told(world: World) -> None:
    an = world.member(world.cell5)
    meeting = convene(world)
    mark_presence(meeting, actor=world.secretary, member=an, presence="excused", reason="Ốm", seen=0)
    with pytest.raises(Conflict, match="Nguyễn Thị Hoa"):
        mark_presence(meeting, actor=world.secretary, member=an, presence="present", seen=0)
    with pytest.raises(Conflict):
        call_roll(meeting, actor=world.secretary, presences={an.pk: PRESENT}, seen={an.pk: 0})
    assert Attendance.objects.get().reason == "Ốm"


def test_who_is_present_is_not_called_the_day_before(world: World) -> None:
    an = world.member(world.cell5)
    meeting = convene(world)
    with pytest.raises(ValidationError, match="chưa diễn ra"):
        mark_presence(meeting, actor=world.secretary, member=an, presence="present", today=date(2026, 11, 4))
    assert not Attendance.objects.exists()


# -------------------------------------------------------------------------------------------- closing


def ready(world: World) -> Meeting:
    hoa, minh = world.member(world.cell5, "Nguyễn Thị Hoa"), world.member(world.cell5, "Trần Văn Ghi")
    meeting = convene(world, chair=hoa, recorder=minh, starts_at=time(19), ends_at=time(20, 35), place="Nhà văn hóa")
    call_roll(meeting, actor=world.secretary, presences={hoa.pk: PRESENT, minh.pk: PRESENT})
    return meeting


def test_a_meeting_is_closed_with_its_minutes(world: World) -> None:
    old = world.member(world.cell5, "Trần Thị Cúc", condition=Condition.EXEMPT)
    meeting = ready(world)
    Attendance.objects.filter(member=old).delete()
    close_meeting(meeting, actor=world.secretary, minutes="Đã họp", closed_on=HELD)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.closed_on, meeting.minutes) == ("closed", HELD, "Đã họp")
    assert Attendance.objects.get(member=old).presence == "exempt"


def test_s2_18_a_meeting_is_not_closed_while_minutes_lack_a_part(world: World) -> None:
    world.member(world.cell5, "Lê Văn Chưa Gọi")
    meeting = convene(world)
    with pytest.raises(ValidationError) as refused:
        close_meeting(meeting, actor=world.secretary, minutes="", closed_on=date(2026, 11, 4))
    for said in ("Lê Văn Chưa Gọi", "còn trống", "chủ trì", "thư ký", "chưa diễn ra", "HD 12-HD/BTCTW 2018"):
        assert said in messages(refused)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.minutes) == ("convened", "")


def test_a_committee_member_keeps_the_roll_and_does_not_close(world: World) -> None:
    keeper = world.actor(Post.CELL_COMMITTEE, world.cell5)
    with pytest.raises(PermissionDenied):
        close_meeting(ready(world), actor=keeper, minutes="Đã họp", closed_on=HELD)
    assert Meeting.objects.get().state == "convened"


def test_nothing_of_a_closed_meeting_changes(world: World) -> None:
    meeting = ready(world)
    secretary, member = world.secretary, meeting.chair
    close_meeting(meeting, actor=secretary, minutes="Đã họp", closed_on=HELD)
    for change in (
        lambda: mark_presence(meeting, actor=secretary, member=member, presence="excused"),
        lambda: call_roll(meeting, actor=secretary, presences={member.pk: ("excused", "")}),
        lambda: note_item(meeting.agenda.first(), actor=secretary, notes="Thêm"),
        lambda: write_minutes(meeting, actor=secretary, minutes="Khác"),
        lambda: arrange_meeting(meeting, actor=secretary, held_on=HELD),
        lambda: call_off_meeting(meeting, actor=secretary),
        lambda: close_meeting(meeting, actor=secretary, minutes="Khác", closed_on=HELD),
    ):
        with pytest.raises(ValidationError, match="đã bế mạc"):
            change()
    assert Meeting.objects.get().minutes == "Đã họp"


def test_closed_minutes_take_a_dated_correction_and_stay_as_they_were(world: World) -> None:
    meeting = ready(world)
    close_meeting(meeting, actor=world.secretary, minutes="Đã họp", closed_on=HELD)
    correct_minutes(meeting, actor=world.secretary, text="Địa điểm là hội trường.", corrected_on=date(2026, 11, 9))
    meeting.refresh_from_db()
    assert meeting.minutes == "Đã họp"
    assert Correction.objects.get().entered_by == world.secretary.user


def test_an_open_meeting_takes_no_correction(world: World) -> None:
    with pytest.raises(ValidationError, match="chưa bế mạc"):
        correct_minutes(ready(world), actor=world.secretary, text="Sửa", corrected_on=HELD)
    assert not Correction.objects.exists()


def test_two_people_write_the_minutes_and_the_second_is_told(world: World) -> None:
    meeting = ready(world)
    seen = meeting.version
    write_minutes(meeting, actor=world.secretary, minutes="Bản một", seen_version=seen)
    with pytest.raises(Conflict):
        write_minutes(meeting, actor=world.secretary, minutes="Bản hai", seen_version=seen)
    assert Meeting.objects.get().minutes == "Bản một"


def test_minutes_are_composed_from_what_happened(world: World) -> None:
    meeting = ready(world)
    away = world.member(world.cell5, "Phạm Thị Xa")
    call_roll(meeting, actor=world.secretary, presences={away.pk: ("excused", "đi công tác")})
    note_item(meeting.agenda.get(kind="information"), actor=world.secretary, notes="Quán triệt Chỉ thị 07.")
    text = composed_minutes(meeting)
    for part in (
        "từ 19 giờ 00 đến 20 giờ 35, ngày 05 tháng 11 năm 2026",
        "Chủ trì: đồng chí Nguyễn Thị Hoa.",
        "Vắng có lý do: 1 (Phạm Thị Xa: đi công tác).",
        "Tỷ lệ dự họp: 2/3 (66,7 %).",
        "2. Thông tin thời sự, văn bản mới\nQuán triệt Chỉ thị 07.",
    ):
        assert part in text


def test_what_is_only_said_before_closing(world: World) -> None:
    meeting = ready(world)
    assert cautions_of(meeting) == []
    arrange_meeting(
        meeting, actor=world.secretary, held_on=HELD, starts_at=time(19), ends_at=time(19, 50),
        chair=meeting.chair, recorder=meeting.recorder,
    )  # fmt: skip
    meeting.refresh_from_db()
    (said,) = cautions_of(meeting)
    assert said.params == {"lasted": 50, "least": 60}, "a cell of two members may meet for an hour"


def test_s2_05_months_without_a_meeting_are_found(world: World) -> None:
    convene(world)
    cells = [world.cell5.pk, world.cell7.pk]
    found = months_without_meeting(cells, Period.parse("2026-10..2026-12"), date(2026, 12, 15))
    assert found == [
        (world.cell5.pk, date(2026, 10, 1)),
        (world.cell7.pk, date(2026, 10, 1)),
        (world.cell7.pk, date(2026, 11, 1)),
    ]
