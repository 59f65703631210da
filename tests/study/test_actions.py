"""Every action with each of its outcomes; a refusal leaves everything as it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from chibo.access.charter import Post
from chibo.core.refusal import Conflict
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting, mark_presence
from chibo.meetings.models import Attendance, Meeting
from chibo.members.actions import appoint
from chibo.members.rules import Condition
from chibo.study.actions import (
    amend_class,
    amend_dissemination,
    ask_for_essays,
    confirm_reading,
    disseminate,
    hand_in_essay,
    mark_essay,
    note_reached,
    open_class,
    record_class,
    waive_essays,
)
from chibo.study.models import Dissemination, Essay, Reach, StudyClass
from chibo.study.rules import EssayState, Way
from tests.study.cast import DUE, HELD, OPENED, TEXT, asked, handed_in, held_class, paper, spread, theme
from tests.world import World

# ------------------------------------------------------------------------------------------------ classes


def test_s1_02_a_ward_class_calls_all_members_and_each_cell_keeps_its_own_lines(world: World) -> None:
    five, seven = world.members(world.cell5, 3), world.members(world.cell7, 2)
    stranger = world.member(world.other_cell)
    made = open_class(world.ward, actor=world.clerk, title="Chuyên đề", held_on=HELD, theme=theme(world))
    assert made.programme == made.theme.programme
    with pytest.raises(ValidationError):
        call_roll(made.meeting, actor=world.clerk, presences={stranger.pk: ("present", "")})
    call_roll(made.meeting, actor=world.clerk, presences={m.pk: ("present", "") for m in (*five, seven[0])})
    mark_presence(made.meeting, actor=world.clerk, member=seven[1], presence="excused", reason="ốm")
    lines = Attendance.objects.filter(meeting=made.meeting).values_list("member_id", "unit_id")
    assert dict(lines) == {m.pk: m.unit_id for m in (*five, *seven)}
    assert not Attendance.objects.visible_to(world.secretary7).filter(member=five[0]).exists()


def test_who_is_on_leave_stands_with_their_cell_when_the_class_is_closed(world: World) -> None:
    chair = world.member(world.cell7, "Lê Văn Chủ Trì")
    appoint(world.ward, actor=world.clerk, member=chair, post=Post.WARD_DEPUTY, valid_from=date(2020, 1, 1))
    exempt = world.member(world.cell5, "Cụ Già", condition=Condition.EXEMPT)
    made = held_class(world, [chair], chair=chair, recorder=chair)
    made.meeting.attendances.filter(member=exempt).delete()
    close_meeting(made.meeting, actor=world.clerk, minutes="Biên bản", closed_on=HELD)
    assert made.meeting.attendances.get(member=exempt).unit == world.cell5


def test_a_class_for_a_group_calls_those_of_it_and_those_named(world: World) -> None:
    group = world.group("Báo cáo viên")
    inside, named, other = world.members(world.cell5, 3)
    inside.groups.add(group)
    made = held_class(world, [inside, named], group=group, members=[named])
    assert set(made.meeting.called.all()) == {inside, named}
    with pytest.raises(ValidationError):
        call_roll(made.meeting, actor=world.clerk, presences={other.pk: ("present", "")})
    assert made.meeting.attendances.count() == 2


def test_a_class_for_a_group_without_members_is_refused_and_nothing_is_left(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        open_class(world.ward, actor=world.clerk, title="x", held_on=HELD, group=world.group("Trống"))
    assert list(refused.value.error_dict) == ["group"]
    assert not Meeting.objects.exists()
    assert not StudyClass.objects.exists()


def test_a_cell_holds_classes_of_its_own_and_nobody_elses(world: World) -> None:
    made = open_class(world.cell5, actor=world.secretary, title="Học nghị quyết", held_on=HELD)
    assert made.meeting.kind == "class"
    for unit in (world.ward, world.cell7):
        with pytest.raises(PermissionDenied):
            open_class(unit, actor=world.secretary, title="x", held_on=HELD)
    assert StudyClass.objects.get() == made


def test_a_class_convened_among_the_meetings_gets_its_record_once(world: World) -> None:
    bare = convene_meeting(world.cell5, actor=world.secretary, kind="class", held_on=HELD)
    record_class(bare, actor=world.secretary, title="Học nghị quyết")
    for meeting in (bare, convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)):
        with pytest.raises(ValidationError):
            record_class(meeting, actor=world.secretary, title="Nữa")
    assert StudyClass.objects.get().title == "Học nghị quyết"


def test_a_record_is_amended_and_two_editors_are_told(world: World) -> None:
    made = held_class(world, [])
    amended = amend_class(made, actor=world.clerk, title="Học chuyên đề năm", theme=theme(world), seen_version=0)
    assert amended.programme == amended.theme.programme
    with pytest.raises(Conflict):
        amend_class(made, actor=world.clerk, title="Khác", seen_version=0)
    with pytest.raises(ValidationError):
        amend_class(made, actor=world.clerk, title=" ")
    assert StudyClass.objects.get().title == "Học chuyên đề năm"


# ------------------------------------------------------------------------------------------------- essays


def test_s1_13_essays_are_asked_of_who_attended_and_again_of_who_is_added(world: World) -> None:
    came, missed = world.members(world.cell5, 2)
    made = held_class(world, [came], [missed])
    asked(world, made)
    assert [(e.member, e.unit, e.state) for e in made.essays.all()] == [(came, world.cell5, EssayState.DUE)]
    mark_presence(made.meeting, actor=world.clerk, member=missed, presence="present")
    again = asked(world, made, date(2026, 4, 15))
    assert made.essays.count() == 2
    assert again.essays_due_on == date(2026, 4, 15)


def test_essays_are_not_asked_before_the_roll_nor_after_it_was_said_why_not(world: World) -> None:
    made = held_class(world, [])
    with pytest.raises(ValidationError):
        asked(world, made)
    waive_essays(made, actor=world.clerk, reason="Lớp chỉ nghe thời sự")
    with pytest.raises(ValidationError):
        asked(world, made)
    assert not Essay.objects.exists()


def test_that_no_essay_is_asked_needs_a_reason_and_no_essay(world: World) -> None:
    made = held_class(world, world.members(world.cell5, 1))
    with pytest.raises(ValidationError) as refused:
        waive_essays(made, actor=world.clerk, reason=" ")
    assert list(refused.value.error_dict) == ["reason"]
    asked(world, made)
    with pytest.raises(ValidationError):
        waive_essays(made, actor=world.clerk, reason="Thôi")
    assert StudyClass.objects.get().waived == ""


def test_a_member_hands_in_their_own_and_the_cell_enters_what_is_on_paper(world: World) -> None:
    writer, old = (world.member(world.cell5, name, account=True) for name in ("Trần Văn Viết", "Cụ Tay"))
    made = asked(world, held_class(world, [writer, old]))
    own = hand_in_essay(
        made.essays.get(member=writer), actor=world.own(writer), text=TEXT, handed_in_on=HELD,
        file=SimpleUploadedFile("Bài của tôi.pdf", b"%PDF-1.4 x"),
    )  # fmt: skip
    entered = handed_in(world, made, old)
    assert (own.on_behalf, own.state, own.file_name) == (False, EssayState.HANDED_IN, "Bài của tôi.pdf")
    assert (entered.on_behalf, entered.text) == (True, TEXT)
    assert own.file.name.startswith("study/")
    assert "Bài" not in own.file.name


def test_nobody_hands_in_for_a_member_of_another_cell_nor_for_a_colleague(world: World) -> None:
    writer, colleague = (world.member(world.cell5, name, account=True) for name in ("Trần Văn Viết", "Cao Thị Bạn"))
    essay = asked(world, held_class(world, [writer])).essays.get()
    for actor in (world.secretary7, world.own(colleague), world.clerk):
        with pytest.raises(PermissionDenied):
            hand_in_essay(essay, actor=actor, text=TEXT, handed_in_on=HELD)
    assert Essay.objects.get().state == EssayState.DUE


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x", "handed_in_on": date(2026, 3, 1)}, "handed_in_on"),
        ({"file": SimpleUploadedFile("x.exe", b"MZ")}, "file"),
    ],
)
def test_an_empty_essay_a_wrong_day_or_a_strange_file_is_refused(world: World, told, field: str) -> None:
    essay = asked(world, held_class(world, world.members(world.cell5, 1))).essays.get()
    with pytest.raises(ValidationError) as refused:
        hand_in_essay(essay, actor=world.secretary, **{"handed_in_on": HELD, **told})
    assert list(refused.value.error_dict) == [field]
    assert Essay.objects.get().state == EssayState.DUE


def test_what_lacks_is_written_again_and_what_is_done_stays(world: World) -> None:
    (member,) = world.members(world.cell5, 1)
    made = asked(world, held_class(world, [member]))
    essay = made.essays.get()
    with pytest.raises(ValidationError):
        mark_essay(essay, actor=world.secretary, mark="passed")
    handed_in(world, made, member)
    mark_essay(essay, actor=world.secretary, mark="not_passed", comment="Chưa liên hệ bản thân", marked_on=DUE)
    again = handed_in(world, made, member, "Viết lại có liên hệ")
    mark_essay(again, actor=world.secretary, mark="passed", marked_on=DUE)
    with pytest.raises(ValidationError):
        handed_in(world, made, member, "Muốn sửa nữa")
    stored = Essay.objects.get()
    assert (stored.state, stored.text, stored.marked_on) == (EssayState.PASSED, "Viết lại có liên hệ", DUE)


def test_only_the_cell_marks(world: World) -> None:
    member = world.member(world.cell5, account=True)
    made = asked(world, held_class(world, [member]))
    essay = handed_in(world, made, member)
    for actor in (world.own(member), world.clerk, world.ward_secretary, world.secretary7):
        with pytest.raises(PermissionDenied):
            mark_essay(essay, actor=actor, mark="passed")
    assert Essay.objects.get().state == EssayState.HANDED_IN


# ----------------------------------------------------------------------------------------- dissemination


def test_s0_03_a_document_or_theme_gives_every_member_below_a_line(world: World) -> None:
    five, seven = world.members(world.cell5, 2), world.members(world.cell7, 1)
    world.member(world.cell5, "Cụ Già", condition=Condition.EXEMPT)
    world.member(world.other_cell)
    for made in (spread(world), spread(world, theme=theme(world))):
        assert dict(made.reaches.values_list("member_id", "unit_id")) == {m.pk: m.unit_id for m in (*five, *seven)}


def test_it_is_made_known_once_by_who_leads_programmes(world: World) -> None:
    world.members(world.cell5, 1)
    made = spread(world)
    told = {"opened_on": OPENED, "due_on": DUE}
    with pytest.raises(ValidationError):
        disseminate(world.ward, actor=world.clerk, paper=made.paper, **told)
    with pytest.raises(ValidationError):
        disseminate(world.ward, actor=world.clerk, **told)
    with pytest.raises(PermissionDenied):
        disseminate(world.cell5, actor=world.secretary, paper=made.paper, **told)
    theirs = paper(world, symbol="1-CT/TW")
    theirs.unit = world.other_ward
    theirs.save()
    with pytest.raises(PermissionDenied):
        disseminate(world.ward, actor=world.clerk, paper=theirs, **told)
    assert Dissemination.objects.get() == made


def test_the_digest_is_worded_anew_and_its_day_not_put_before_its_beginning(world: World) -> None:
    world.members(world.cell5, 1)
    made = spread(world)
    amend_dissemination(made, actor=world.clerk, due_on=DUE, digest="Ba ý chính", asks="Mỗi chi bộ 1 việc")
    with pytest.raises(ValidationError):
        amend_dissemination(made, actor=world.clerk, due_on=date(2026, 1, 1), digest="Khác")
    assert Dissemination.objects.get().digest == "Ba ý chính"


def noted(world: World, made: Dissemination, members, **more) -> Dissemination:
    told = {"way": Way.MEETING, "reached_on": date(2026, 2, 5), **more}
    return note_reached(
        world.cell5, actor=world.secretary, dissemination=made, members={m.pk for m in members}, **told
    )


def test_s4_03_the_cell_says_who_was_reached_and_the_rest_stay_due(world: World) -> None:
    came, missed = world.members(world.cell5, 2)
    made = spread(world)
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 2, 5))
    call_roll(meeting, actor=world.secretary, presences={came.pk: ("present", "")})
    noted(world, made, [came], meeting=meeting)
    line = made.reaches.get(member=came)
    assert (line.reached_on, line.way, line.meeting) == (date(2026, 2, 5), Way.MEETING, meeting)
    assert made.reaches.get(member=missed).reached_on is None
    noted(world, made, [came, missed], way=Way.PAPER, reached_on=date(2026, 2, 9))
    assert [r.way for r in made.reaches.order_by("reached_on")] == [Way.MEETING, Way.PAPER]


def test_who_is_no_more_ticked_is_due_again_but_not_whom_somebody_else_added(world: World) -> None:
    one, two = world.members(world.cell5, 2)
    made = spread(world)
    noted(world, made, [one])
    noted(world, made, [two], seen=[])  # a page that was shown before ``one`` was added
    assert made.reaches.filter(reached_on__isnull=False).count() == 2
    noted(world, made, [two], seen=[one.pk, two.pk])
    assert [r.member for r in made.reaches.filter(reached_on__isnull=True)] == [one]


def test_who_came_to_the_cell_since_gets_a_line_and_strangers_are_named(world: World) -> None:
    world.members(world.cell5, 1)
    made = spread(world)
    fresh = world.member(world.cell5, "Người Mới", since=date(2026, 2, 3))
    noted(world, made, [fresh])
    assert made.reaches.get(member=fresh).way == Way.MEETING
    stranger = world.member(world.cell7, "Người Lạ")
    with pytest.raises(ValidationError) as refused:
        noted(world, made, [fresh, stranger])
    assert "Người Lạ" in str(refused.value)
    assert not made.reaches.filter(member=stranger).exists()


def test_a_meeting_of_elsewhere_and_a_day_to_come_are_refused(world: World) -> None:
    (member,) = world.members(world.cell5, 1)
    made = spread(world)
    elsewhere = convene_meeting(world.cell7, actor=world.secretary7, held_on=date(2026, 2, 5))
    for told in ({"meeting": elsewhere}, {"reached_on": date(2026, 2, 9), "today": date(2026, 2, 5)}, {"way": "x"}):
        with pytest.raises(ValidationError):
            noted(world, made, [member], **told)
    with pytest.raises(PermissionDenied):
        note_reached(
            world.cell5, actor=world.clerk, dissemination=made, members=[], way="paper", reached_on=date(2026, 2, 5)
        )
    assert not made.reaches.filter(reached_on__isnull=False).exists()


def test_a_member_says_that_they_have_read_it_and_nobody_says_it_for_a_stranger(world: World) -> None:
    member = world.member(world.cell5, account=True)
    made = spread(world)
    line = made.reaches.get()
    with pytest.raises(PermissionDenied):
        confirm_reading(line, actor=world.secretary7)
    confirm_reading(line, actor=world.own(member), today=date(2026, 2, 5))
    confirm_reading(line, actor=world.own(member), today=date(2026, 2, 20))
    stored = Reach.objects.get()
    assert (stored.way, stored.reached_on) == (Way.PORTAL, date(2026, 2, 5))


def test_a_double_submit_asks_and_opens_once(world: World) -> None:
    told = {"actor": world.clerk, "title": "Chuyên đề", "held_on": HELD, "once": "a" * 32}
    assert open_class(world.ward, **told) == open_class(world.ward, **told)
    assert Meeting.objects.count() == 1
    (member,) = world.members(world.cell5, 1)
    made = StudyClass.objects.get()
    call_roll(made.meeting, actor=world.clerk, presences={member.pk: ("present", "")})
    for _time in range(2):
        ask_for_essays(made, actor=world.clerk, due_on=DUE, once="b" * 32)
    assert Essay.objects.count() == 1
