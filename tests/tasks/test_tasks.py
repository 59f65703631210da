"""Duties through their actions, figures, checks and pages (seeds S2-15, S2-16, S3-05, S3-14)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.charter import Post
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer
from chibo.journal.models import Entry
from chibo.members.models import Member, Membership
from chibo.tasks.actions import (
    assign_task,
    drop_task,
    escalate_task,
    extend_task,
    finish_task,
    hand_over_task,
    note_progress,
    reopen_task,
)
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskState
from chibo.tasks.selectors import open_tasks_due
from chibo.units.selectors import scope_of
from tests.world import World

GIVEN, DUE = date(2026, 8, 5), date(2026, 9, 30)
CLEAR = "Vận động 12 hộ ngõ 5 ký cam kết bàn giao mặt bằng"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def doer(world: World) -> Member:
    return world.member(world.cell5, "Bùi Văn Được", account=True)


def given(world: World, doer: Member, **changes: Any) -> Task:
    usual = {"title": CLEAR, "measure": "12/12 hộ ký", "doer": doer, "assigned_on": GIVEN, "due_on": DUE}
    return assign_task(world.cell5, actor=world.secretary, **{**usual, **changes})


def shortcomings(world: World, code: str, day: date) -> list[str]:
    scope = scope_of(world.cell5, Period.of_year(day.year), day)
    return [found.detail for found in registry.named("checks", code).run(scope)]


def test_a_duty_is_given_and_kept_with_who_has_it(world: World, doer: Member) -> None:
    task = given(world, doer)
    assert (task.first_due_on, task.due_on, task.state) == (DUE, DUE, TaskState.OPEN)
    assert [(h.doer, h.valid_from, h.valid_to) for h in task.holdings.all()] == [(doer, GIVEN, None)]


def test_s2_16_a_vague_duty_is_refused_with_its_article_and_nothing_is_kept(world: World, doer: Member) -> None:
    assert world.secretary
    before = Entry.objects.count()
    with pytest.raises(ValidationError) as refused:
        given(world, doer, title="Tăng cường công tác tuyên truyền", measure="")
    assert set(refused.value.error_dict) == {"title", "measure"}
    assert (Task.objects.count(), Entry.objects.count()) == (0, before)


def test_s2_16_a_reason_lets_it_pass_and_the_check_names_it_until_it_is_mended(world: World, doer: Member) -> None:
    task = given(world, doer, title="Tăng cường tuyên truyền trong tổ", override_reason="chờ phường hướng dẫn")
    scope = scope_of(world.cell5, Period.of_year(2026), date(2026, 8, 10))
    told = answer(registry.named("figures", "tasks.clear"), scope)
    assert (told.part, told.base) == (0, 1)
    assert shortcomings(world, "tasks.vague", date(2026, 8, 10)) == ["giao chưa rõ; lý do: chờ phường hướng dẫn"]
    drop_task(task, actor=world.secretary, reason="giao lại cho rõ", on=date(2026, 8, 11))
    given(world, doer)
    assert shortcomings(world, "tasks.vague", date(2026, 8, 12)) == []


def test_a_duty_goes_only_to_who_stands_in_the_unit_on_that_day(world: World) -> None:
    stranger = world.member(world.cell7, "Đào Văn Lạ")
    with pytest.raises(ValidationError, match="không thuộc"):
        given(world, stranger)


def test_the_doer_tells_progress_and_nobody_else_below_the_committee(world: World, doer: Member) -> None:
    task = given(world, doer)
    note_progress(task, actor=world.own(doer), text="Đã gặp 4 hộ", noted_on=date(2026, 8, 20), percent=30)
    colleague = world.member(world.cell5, "Cao Thị Bạn", account=True)
    with pytest.raises(PermissionDenied):
        note_progress(task, actor=world.own(colleague), text="x", noted_on=date(2026, 8, 20))
    assert [note.text for note in task.progress.all()] == ["Đã gặp 4 hộ"]


def test_evidence_keeps_its_own_name_and_is_only_ever_downloaded(world: World, doer: Member, browser_of) -> None:
    task = given(world, doer)
    file = SimpleUploadedFile("Biên bản ký cam kết – ngõ 5.pdf", PDF)
    note = note_progress(task, actor=world.own(doer), text="Kèm biên bản", noted_on=GIVEN, evidence=file)
    answer_ = browser_of(world.own(doer)).get(reverse("tasks:evidence", args=[note.pk]))
    assert answer_.content == PDF
    assert answer_["Content-Disposition"].startswith("attachment")
    assert "Bi%C3%AAn%20b%E1%BA%A3n" in answer_["Content-Disposition"]
    assert answer_["X-Content-Type-Options"] == "nosniff"
    assert browser_of(world.secretary7).get(reverse("tasks:evidence", args=[note.pk])).status_code == 404


@pytest.mark.parametrize("content", [b"MZ\x90\x00 this is a program", b"<svg onload=alert(1)>", b"<html>"])
def test_a_file_is_what_it_holds_and_not_what_it_is_called(world: World, doer: Member, content: bytes) -> None:
    task = given(world, doer)
    with pytest.raises(ValidationError):
        note_progress(
            task,
            actor=world.own(doer),
            text="Kèm tệp",
            noted_on=GIVEN,
            evidence=SimpleUploadedFile("anh.pdf", content),
        )
    assert task.progress.count() == 0


def test_more_time_leaves_the_first_deadline_on_record(world: World, doer: Member) -> None:
    task = extend_task(
        given(world, doer), actor=world.secretary, new_due_on=date(2026, 10, 31), reason="Mưa lũ", noted_on=DUE
    )
    assert (task.first_due_on, task.due_on) == (DUE, date(2026, 10, 31))
    finish_task(task, actor=world.own(doer), result="12/12 hộ đã ký", done_on=date(2026, 10, 20))
    told = answer(registry.named("figures", "tasks.done_on_time"), scope_of(world.cell5, Period.of_year(2026)))
    assert (told.part, told.base) == (0, 1)


def test_handing_over_loses_nothing_and_the_next_meeting_still_sees_it(world: World, doer: Member) -> None:
    other = world.member(world.cell5, "Cao Thị Bạn")
    task = hand_over_task(given(world, doer), actor=world.secretary, doer=other, on=date(2026, 9, 1))
    assert [(h.doer, h.valid_to) for h in task.holdings.all()] == [(doer, date(2026, 8, 31)), (other, None)]
    assert list(open_tasks_due(world.cell5, DUE)) == [task]


def test_who_left_the_cell_is_named_until_the_duty_is_handed_over(world: World, doer: Member) -> None:
    task = given(world, doer)
    Membership.objects.filter(member=doer).update(valid_to=date(2026, 8, 31))
    assert shortcomings(world, "tasks.doer_gone", date(2026, 9, 5)) == ["người thực hiện đã chuyển đi"]
    hand_over_task(task, actor=world.secretary, doer_unit=world.cell5, on=date(2026, 9, 5))
    assert shortcomings(world, "tasks.doer_gone", date(2026, 9, 6)) == []


def test_s3_14_a_duty_past_its_day_finds_itself_goes_up_and_vanishes_when_done(world: World, doer: Member) -> None:
    task = given(world, doer)
    assert shortcomings(world, "tasks.overdue", DUE) == []
    assert shortcomings(world, "tasks.overdue", date(2026, 10, 2)) == ["quá hạn từ ngày 30/09/2026"]
    escalate_task(task, actor=world.secretary, on=date(2026, 10, 2), reason="Vướng đơn giá đền bù")
    (errand,) = [
        e
        for e in registry.manifests["tasks"].errands[0](world.ward_secretary, date(2026, 10, 3))
        if "báo cáo lên" in e.text
    ]
    assert errand.url == reverse("tasks:task", args=[task.pk])
    finish_task(task, actor=world.own(doer), result="12/12 hộ đã ký", done_on=date(2026, 10, 4))
    assert shortcomings(world, "tasks.overdue", date(2026, 10, 5)) == []


def test_s2_15_a_commitment_of_which_nothing_is_heard_finds_itself(world: World, doer: Member) -> None:
    task = given(world, doer, origin="commitment", due_on=date(2026, 12, 31))
    assert shortcomings(world, "tasks.silent", date(2026, 10, 20)) == ["chưa có tiến độ từ ngày 05/08/2026"]
    note_progress(task, actor=world.own(doer), text="Đã sửa lề lối làm việc", noted_on=date(2026, 10, 15))
    assert shortcomings(world, "tasks.silent", date(2026, 10, 20)) == []


def test_s3_05_a_cell_that_gives_itself_no_local_duty_for_months_is_told(world: World, doer: Member) -> None:
    given(world, doer, assigned_on=date(2026, 1, 5), due_on=date(2026, 2, 5))
    assert len(shortcomings(world, "tasks.local", date(2026, 8, 20))) == 1
    given(world, doer, is_local=True)
    assert shortcomings(world, "tasks.local", date(2026, 8, 20)) == []


def test_what_was_said_at_its_end_stays_when_it_is_opened_again(world: World, doer: Member) -> None:
    task = finish_task(given(world, doer), actor=world.own(doer), result="10/12 hộ", done_on=date(2026, 9, 1))
    task = reopen_task(task, actor=world.secretary, reason="Còn 2 hộ", on=date(2026, 9, 2))
    assert (task.state, task.result, task.done_on) == (TaskState.OPEN, "", None)
    assert "10/12 hộ" in task.progress.get().text


def test_the_doer_neither_extends_nor_drops(world: World, doer: Member) -> None:
    task = given(world, doer)
    for act in (
        lambda: extend_task(task, actor=world.own(doer), new_due_on=date(2027, 1, 1), reason="x", noted_on=DUE),
        lambda: drop_task(task, actor=world.own(doer), reason="x", on=DUE),
    ):
        with pytest.raises(PermissionDenied):
            act()


# ------------------------------------------------------------------------------------------------ pages


def test_a_duty_is_given_carried_on_and_done_on_its_pages(world: World, doer: Member, browser_of) -> None:
    chief = browser_of(world.secretary)
    vague = {"title": "Đẩy mạnh phong trào trong tổ dân phố", "doer": doer.pk, "due_on": "30/9/2026", "measure": "",
             "origin": "other", "assigned_on": "5/8/2026"}  # fmt: skip
    refused = chief.post(reverse("tasks:assign", args=[world.cell5.pk]), vague)
    assert refused.status_code == 422
    assert "đẩy mạnh" in refused.content.decode()
    assert "Đẩy mạnh phong trào trong tổ dân phố" in refused.content.decode()
    assert (
        chief.post(
            reverse("tasks:assign", args=[world.cell5.pk]), {**vague, "title": CLEAR, "measure": "12 hộ"}
        ).status_code
        == 302
    )
    task = Task.objects.get()
    own = browser_of(world.own(doer))
    assert CLEAR in own.get(reverse("tasks:mine")).content.decode()
    note = {"text": "Gặp 4 hộ", "percent": "30", "noted_on": "20/8/2026"}
    assert own.post(reverse("tasks:deed", args=[task.pk, "note"]), note).status_code == 302
    done = {"result": "12/12 hộ đã ký", "done_on": "20/9/2026"}
    assert own.post(reverse("tasks:deed", args=[task.pk, "finish"]), done).status_code == 302
    shown = own.get(reverse("tasks:task", args=[task.pk])).content.decode()
    assert "12/12 hộ đã ký" in shown
    assert "Gặp 4 hộ" in shown
    assert (
        own.post(reverse("tasks:deed", args=[task.pk, "drop"]), {"reason": "x", "on": "1/10/2026"}).status_code == 403
    )


def test_two_who_end_the_same_duty_are_told(world: World, doer: Member, browser_of) -> None:
    task = given(world, doer)
    chief, there = browser_of(world.secretary), reverse("tasks:deed", args=[task.pk, "drop"])
    seen = {"reason": "Không còn phù hợp", "on": "1/9/2026", "seen_version": task.version}
    extend_task(task, actor=world.secretary, new_due_on=date(2026, 10, 31), reason="Mưa", noted_on=GIVEN)
    answer_ = chief.post(there, seen)
    assert answer_.status_code == 422
    assert "Không còn phù hợp" in answer_.content.decode()


@pytest.mark.parametrize("name", ["task", "deed"])
def test_strangers_find_no_duty(world: World, doer: Member, browser_of, name: str) -> None:
    task = given(world, doer)
    url = reverse(f"tasks:{name}", args=[task.pk, "finish"] if name == "deed" else [task.pk])
    for actor in (world.secretary7, world.stranger):
        assert browser_of(actor).get(url).status_code == 404
    assert browser_of(world.inspector).get(reverse("tasks:task", args=[task.pk])).status_code == 200


def test_the_list_asks_equally_many_queries_for_1_3_and_30(world: World, doer: Member, browser_of) -> None:
    client, url, counts = browser_of(world.ward_secretary), reverse("tasks:index", args=[world.ward.pk]), []
    made = 0
    for many in (1, 3, 30):
        while made < many:
            given(world, doer, title=f"{CLEAR} đợt {made}")
            made += 1
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts


def test_the_list_is_narrowed_and_goes_out_to_excel(world: World, doer: Member, browser_of) -> None:
    late, fine = (
        given(world, doer, title=f"{CLEAR} một", due_on=date(2026, 8, 6)),
        given(world, doer, due_on=date(2030, 1, 1)),
    )
    client = browser_of(world.secretary)
    shown = client.get(reverse("tasks:index", args=[world.cell5.pk]) + "?show=overdue").content.decode()
    assert f"/tasks/task/{late.pk}/" in shown
    assert f"/tasks/task/{fine.pk}/" not in shown
    sheet = client.get(reverse("tasks:index", args=[world.cell5.pk]) + "?format=xlsx")
    assert "spreadsheet" in sheet["Content-Type"]


def test_a_member_without_a_post_comes_to_their_own_duties(world: World, doer: Member, browser_of) -> None:
    assert browser_of(world.own(doer)).get(reverse("tasks:start")).url == reverse("tasks:mine")
    follower = world.actor(Post.FOLLOWER, world.cell5, "Theo Dõi")
    assert browser_of(follower).get(reverse("tasks:start")).url == reverse("tasks:index", args=[world.cell5.pk])
