"""The pages: upload, columns, preview, progress, result, and who may see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chibo.core import progress
from chibo.imports.actions import confirm_run, receive_workbook
from chibo.imports.models import Run
from chibo.imports.rules import RunState
from chibo.imports.selectors import key_of
from chibo.members.models import Member
from tests.imports.sheets import person, workbook
from tests.world import World


def upload(data: bytes, name: str = "ds.xlsx", **more: object) -> dict[str, object]:
    return {"importer": "members", "file": SimpleUploadedFile(name, data), **more}


def page_of(run: Run, name: str = "show") -> str:
    return reverse(f"imports:{name}", args=[run.pk])


def test_a_clerk_brings_a_list_in_from_upload_to_undo(browser_of, world: World) -> None:
    client = browser_of(world.clerk)
    start = client.get(reverse("imports:start"), follow=True)
    assert start.status_code == 200
    assert reverse("imports:index", args=[world.cell5.pk]) in start.content.decode(), (
        "a cell's own workbook has its page"
    )
    there = reverse("imports:index", args=[world.ward.pk])
    shown = client.post(there, upload(workbook(person(citizen="001070123456"), person(2, ""))), follow=True)
    run = Run.objects.get()
    text = shown.content.decode()
    assert "Ghi 1 dòng" in text
    assert "001070123456" not in text
    assert "B3" in text
    done = client.post(page_of(run, "confirm"), {"mode": "good"}, follow=True)
    assert "Đã ghi vào sổ" in done.content.decode()
    assert Member.objects.count() == 1
    undone = client.post(page_of(run, "undo"), follow=True)
    assert "Sổ trở lại như trước khi nhập" in undone.content.decode()
    assert not Member.objects.exists()


def test_strangers_find_nothing(browser_of, receive, world: World) -> None:
    run = receive(workbook(person()))
    for actor in (world.stranger, world.secretary, world.inspector):
        client = browser_of(actor)
        assert client.get(page_of(run)).status_code == 404
        assert client.get(page_of(run, "columns")).status_code == 404
        assert client.get(f"{page_of(run)}?format=xlsx").status_code == 404
        for name in ("confirm", "undo", "discard", "run_now"):
            assert client.post(page_of(run, name)).status_code == 404
        assert client.get(reverse("imports:index", args=[world.ward.pk])).status_code == 404
    run.refresh_from_db()
    assert run.state == RunState.PREVIEW


def test_the_anonymous_are_sent_to_log_in(client, receive) -> None:
    run = receive(workbook(person()))
    assert client.get(page_of(run)).status_code == 302


def test_stop_for_bad_rows_is_refused_on_the_page(browser_of, receive, world: World) -> None:
    run = receive(workbook(person(), person(2, "")))
    answer = browser_of(world.clerk).post(page_of(run, "confirm"), {"mode": "all"})
    assert answer.status_code == 422
    assert "Còn 1 dòng lỗi" in answer.content.decode()
    assert not Member.objects.exists()


def test_too_large_a_file_is_said_by_the_field(browser_of, world: World, monkeypatch) -> None:
    big = SimpleUploadedFile("big.xlsx", b"x" * (20 * 1024 * 1024 + 1))
    there = reverse("imports:index", args=[world.ward.pk])
    answer = browser_of(world.clerk).post(there, {"importer": "members", "file": big})
    assert answer.status_code == 422
    assert "nặng hơn 20 MB" in answer.content.decode()
    assert not Run.objects.exists()


def test_a_double_submit_makes_one_run(browser_of, world: World) -> None:
    client = browser_of(world.clerk)
    there = reverse("imports:index", args=[world.ward.pk])
    for _ in range(2):
        client.post(there, upload(workbook(person()), once="abc"))
    assert Run.objects.count() == 1


def test_columns_are_chosen_on_a_page_that_hides_numbers(browser_of, receive, world: World) -> None:
    run = receive(workbook(["Nguyễn Văn An", "001070123456", "5"], headings=("A", "B", "C")))
    client = browser_of(world.clerk)
    assert "Chọn cột" in client.get(page_of(run)).content.decode()
    form = client.get(page_of(run, "columns")).content.decode()
    assert "001070123456" not in form
    assert "•••••••••456" in form
    wrong = client.post(page_of(run, "columns"), {"header": "1", "c1": "citizen_id"})
    assert wrong.status_code == 422
    assert "Hãy chọn cột cho: Họ và tên" in wrong.content.decode()
    right = client.post(
        page_of(run, "columns"), {"header": "1", "c0": "full_name", "c1": "citizen_id", "c2": "cell"}, follow=True
    )
    assert "Ghi 1 dòng" in right.content.decode()


def test_progress_is_polled_and_the_page_refreshes_when_done(browser_of, world: World) -> None:
    client = browser_of(world.clerk)
    run = receive_workbook(
        world.ward,
        SimpleUploadedFile("x", workbook(person())),
        actor=world.clerk,
        importer="members",
        file_name="x.xlsx",
    )
    progress.report(key_of(run), 3, 10, "Đang so với sổ")
    part = client.get(page_of(run), headers={"HX-Request": "true"}).content.decode()
    assert "3/10" in part
    assert "<html" not in part
    assert "Chạy ngay" not in part
    Run.objects.update(state=RunState.REFUSED)
    assert client.get(page_of(run), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.parametrize("silent", [False, True])
def test_work_that_nobody_does_may_be_done_at_once(browser_of, world: World, silent: bool, monkeypatch) -> None:
    client = browser_of(world.clerk)
    run = receive_workbook(
        world.ward,
        SimpleUploadedFile("x", workbook(person())),
        actor=world.clerk,
        importer="members",
        file_name="x.xlsx",
    )
    assert "Chạy ngay" not in client.get(page_of(run)).content.decode()
    client.post(page_of(run, "run_now"))
    assert Run.objects.get().state == RunState.UPLOADED
    if silent:
        monkeypatch.setattr(progress, "time", lambda: timezone.now().timestamp() + 5)
        progress.report(key_of(run), 1, 2, "Đang ghi")
        monkeypatch.setattr(progress, "time", lambda: timezone.now().timestamp() + 120)
    else:
        Run.objects.update(asked_at=timezone.now() - timedelta(seconds=11))
    assert "Chạy ngay" in client.get(page_of(run)).content.decode()
    client.post(page_of(run, "run_now"))
    assert Run.objects.get().state == RunState.PREVIEW


def test_the_preview_goes_out_as_a_workbook(browser_of, receive, world: World) -> None:
    run = receive(workbook(person(), person(2, "")))
    answer = browser_of(world.clerk).get(f"{page_of(run)}?format=xlsx&state=refused")
    assert answer.content.startswith(b"PK")


def test_pages_ask_the_same_queries_for_1_3_and_30_rows(browser_of, receive, world: World) -> None:
    client = browser_of(world.clerk)
    asked = []
    for size in (1, 3, 30):
        run = receive(workbook(*[person(n, f"Nguyễn Văn {chr(65 + n)}") for n in range(size)]))
        client.get(page_of(run))
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(run))
        asked.append(len(queries))
    assert len(set(asked)) == 1


def test_a_refusal_of_the_rules_shows_on_the_page(browser_of, receive, apply, world: World) -> None:
    run = apply(receive(workbook(person())))
    answer = browser_of(world.clerk).post(page_of(run, "confirm"), {"mode": "good"})
    assert "không còn chờ xác nhận" in answer.content.decode()
    with pytest.raises(Exception, match="chờ"):
        confirm_run(run, actor=world.clerk)
