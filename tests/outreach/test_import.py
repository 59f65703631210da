"""A workbook of past news becomes the ledger, is taken back, and says what it could not read. Seed S1-04."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils.timezone import localdate

from chibo.access.charter import Post
from chibo.imports.actions import confirm_run, discard_run, receive_workbook, undo_run
from chibo.imports.actions.jobs import work
from chibo.imports.models import Run
from chibo.imports.rules import RunState
from chibo.imports.selectors import visible_runs
from chibo.imports.selectors.previewing import all_rows_of
from chibo.outreach.actions.items import amend_item
from chibo.outreach.models import Item
from tests.imports.sheets import person, workbook
from tests.outreach.cast import entered, theme_of
from tests.world import World

HEADINGS = (
    "STT",
    "Ngày đăng",
    "Tiêu đề",
    "Đường dẫn",
    "Thời lượng",
    "Hình thức",
    "Chi bộ",
    "Chương trình",
    "Chuyên đề",
)


def row(number: int, **told: object) -> list[object]:
    usual: dict[str, object] = {
        "n": number, "day": date(2026, 1, 5), "title": f"Tin số {number}", "link": f"https://p.example/{number}",
        "minutes": None, "kind": "Tin bài", "unit": "", "programme": "Chỉ thị 05", "topic": "",
    }  # fmt: skip
    return list({**usual, **told}.values())


@pytest.fixture
def receive(world: World):
    def run(*rows: list[object]) -> Run:
        made = receive_workbook(
            world.ward, ContentFile(workbook(*rows, headings=HEADINGS)), actor=world.clerk, importer="outreach",
            file_name="tin.xlsx",
        )  # fmt: skip
        return go_on(world, made)

    return run


def go_on(world: World, run: Run) -> Run:
    work.call(run.pk, world.clerk.user.pk)
    return Run.objects.get(pk=run.pk)


def apply(world: World, run: Run) -> Run:
    return go_on(world, confirm_run(run, actor=world.clerk))


def undo(world: World, run: Run) -> Run:
    return go_on(world, undo_run(run, actor=world.clerk, today=localdate()))


def test_s1_04_396_items_with_preview_and_undo(receive, world: World) -> None:
    theme_of(world)
    first = date(2025, 1, 1)
    run = receive(*(row(n, day=first + timedelta(days=n)) for n in range(396)))
    assert (run.state, run.counts["added"], Item.objects.count()) == (RunState.PREVIEW, 396, 0)
    run = apply(world, run)
    assert Item.objects.filter(unit=world.ward, kind="portal", programme__code="ct05").count() == 396
    assert receive(*(row(n, day=first + timedelta(days=n)) for n in range(396))).counts["unchanged"] == 396
    amend_item(
        Item.objects.earliest("pk"),
        actor=world.clerk,
        kind="portal",
        held_on=first,
        title="Sửa tay",
        today=date(2026, 9, 30),
    )
    run = undo(world, run)
    assert [kept["label"] for kept in run.kept] == ["Tin số 0"]
    assert [item.title for item in Item.objects.all()] == ["Sửa tay"]


def test_keeping_outreach_is_enough_and_opens_no_other_list(receive, world: World) -> None:
    head = world.actor(Post.PROGRAMME_HEAD, world.ward)
    made = receive_workbook(
        world.ward, ContentFile(workbook(row(1), headings=HEADINGS)), actor=head, importer="outreach", file_name="t.xlsx"
    )  # fmt: skip
    work.call(made.pk, head.user.pk)
    confirm_run(made, actor=head)
    work.call(made.pk, head.user.pk)
    assert Item.objects.count() == 1
    list_of_people = ContentFile(workbook(person()))
    with pytest.raises(PermissionDenied):
        receive_workbook(world.ward, list_of_people, actor=head, importer="members", file_name="dv.xlsx")
    members = receive_workbook(world.ward, list_of_people, actor=world.clerk, importer="members", file_name="dv.xlsx")
    for step in (confirm_run, discard_run):
        with pytest.raises(PermissionDenied):
            step(members, actor=head)
    assert list(visible_runs(head, world.ward)) == [made]
    assert Run.objects.get(pk=members.pk).state == RunState.UPLOADED


def test_rows_say_what_they_would_do_and_why_not(receive, world: World) -> None:
    theme = theme_of(world)
    entered(world, unit=world.ward, title="Đã có", link="https://www.p.example/1/", held_on=date(2026, 2, 1))
    run = receive(
        row(1),
        row(2, minutes="6 phút", kind="Loa truyền thanh", unit="Chi bộ 5", topic=theme.title, link=""),
        row(3, title="Tin số 1", link=""),
        row(4, day="31/2/2026"),
        row(5, day=localdate() + timedelta(days=1)),
        row(6, kind="Phát thanh", minutes="5-7 phút"),
        row(7, unit="Chi bộ 99"),
        row(8, link="javascript:alert(1)"),
        row(9, kind="Bói toán"),
        row(10, programme="Chương trình lạ"),
        row(11, kind="", link="", minutes=None),
    )
    rows = {shown.number - 1: shown for shown in all_rows_of(run)}
    assert [rows[n].state.value for n in range(1, 12)] == [
        "added", "added", "refused", "refused", "refused", "refused", "refused", "refused", "refused", "added", "refused",
    ]  # fmt: skip
    assert "Đã có" in rows[1].notes[0]
    assert "dòng 2" in rows[3].reason
    assert "5-7 phút" in rows[6].reason
    assert "Chi bộ 99" in rows[7].reason
    assert "Chương trình lạ" in rows[10].notes[0]
    apply(world, run)
    broadcast = Item.objects.get(kind="loudspeaker")
    assert (broadcast.minutes, broadcast.unit, broadcast.theme) == (6, world.cell5, theme)
