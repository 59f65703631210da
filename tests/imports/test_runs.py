"""Upload, preview, confirm, undo: one step each, all or nothing. Seed X-05."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from chibo.access.charter import Post
from chibo.core.vietnamese import Encoding
from chibo.imports.actions import (
    choose_columns,
    confirm_run,
    discard_run,
    forget_files,
    receive_workbook,
    undo_run,
    write_rows,
)
from chibo.imports.actions.jobs import work
from chibo.imports.models import Mapping, Row, Run
from chibo.imports.rules import RunState
from chibo.imports.selectors.previewing import rows_of
from chibo.imports.selectors.reading import workbook_of
from chibo.journal.models import Entry
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import Condition, Standing
from chibo.units.models import Unit
from chibo.units.rules import CellKind
from tests.imports.sheets import HEADINGS, person, workbook
from tests.world import World

MORE = (*HEADINGS, "Chức vụ Đảng", "Nhóm", "Tình trạng")


def test_x_05_upload_preview_confirm_result_undo(receive, apply, undo, world: World) -> None:
    data = workbook(
        [
            *person(1, official="03/02/1996", admitted="03/02/2012", birth="1980"),
            "Bí thư",
            "Nghỉ hưu",
            "Miễn sinh hoạt",
        ],
        person(2, "Trần Thị Bình", sex="Nữ", cell="Chi bộ 7"),
        person(3, ""),
        headings=MORE,
    )
    run = receive(data)
    assert (run.state, run.counts["refused"]) == (RunState.PREVIEW, 2)
    assert not Member.objects.exists()
    run = apply(run)
    assert run.state == RunState.APPLIED
    binh = Member.objects.get()
    assert (binh.full_name, binh.unit, binh.sort_key != "", binh.search_key) == (
        "Trần Thị Bình",
        world.cell7,
        True,
        "tran thi binh",
    )
    run = undo(run)
    assert (run.state, run.kept) == (RunState.UNDONE, [])
    assert not Member.objects.exists()
    assert not Membership.objects.exists()


def test_probation_posts_and_groups_come_with_the_member(receive, apply, undo, world: World) -> None:
    row = [
        *person(admitted="03/02/2012", official="03/02/2013", birth="1980"),
        "Bí thư",
        "Nghỉ hưu",
        "Miễn sinh hoạt",
    ]
    run = apply(receive(workbook(row, headings=MORE)))
    member = Member.objects.get()
    spans = Membership.objects.order_by("valid_from").values_list("standing", "condition", "valid_from", "valid_to")
    assert list(spans) == [
        (Standing.PROBATIONARY, Condition.ACTIVE, date(2012, 2, 3), date(2013, 2, 2)),
        (Standing.OFFICIAL, Condition.EXEMPT, date(2013, 2, 3), None),
    ]
    assert PostTerm.objects.get().post == Post.CELL_SECRETARY
    assert [g.name for g in member.groups.all()] == ["Nghỉ hưu"]
    assert Group.objects.get().unit_id == world.ward.pk
    assert undo(run).kept == []
    assert not Member.objects.exists()
    assert not PostTerm.objects.exists()


def test_a_whole_run_leaves_one_line_for_the_register(receive, apply) -> None:
    run = receive(workbook(*[person(n, f"Nguyễn Văn {chr(65 + n)}") for n in range(20)]))
    before = Entry.objects.count()
    apply(run)
    lines = [line.verb for line in Entry.objects.order_by("seq")[before:]]
    assert sorted(lines) == ["imports.confirm_run", "imports.write_rows", "members.enter_members"]


def test_changed_fields_are_set_back(receive, apply, undo, world: World) -> None:
    member = world.member(
        world.cell5,
        birth_date=date(1970, 5, 19),
        standing=Standing.PROBATIONARY,
        address="Số 1",
        admitted_on=date(1995, 2, 3),
    )
    run = apply(receive(workbook(person(card="0042"))))
    member.refresh_from_db()
    assert (member.card_number, member.official_on, member.address, member.version) == (
        "0042",
        date(1996, 2, 3),
        "Số 1",
        1,
    )
    assert [m.standing for m in Membership.objects.order_by("valid_from", "pk")][-1] == Standing.OFFICIAL
    assert undo(run).kept == []
    member.refresh_from_db()
    assert (member.card_number, member.official_on) == ("", None)
    stay = Membership.objects.get()
    assert (stay.standing, stay.valid_to, stay.leaving) == (Standing.PROBATIONARY, None, "")


def test_rows_worked_on_since_are_named_and_kept(receive, apply, undo, world: World) -> None:
    old = world.member(world.cell5, "Lê Văn Cũ", birth_date=date(1970, 5, 19))
    run = apply(receive(workbook(person(1), person(2, "Trần Văn Ba"), person(3, "Lê Văn Cũ", card="7"))))
    Member.objects.filter(full_name="Trần Văn Ba").update(version=1, phone="0912")
    Member.objects.filter(pk=old.pk).update(card_number="8")
    run = undo(run)
    assert run.state == RunState.UNDONE
    assert {(row["label"], row["number"]) for row in run.kept} == {("Trần Văn Ba", 3), ("Lê Văn Cũ", 4)}
    assert set(Member.objects.values_list("full_name", flat=True)) == {"Trần Văn Ba", "Lê Văn Cũ"}


def test_a_member_on_whom_work_hangs_is_kept(receive, apply, undo, world: World) -> None:
    run = apply(receive(workbook(person())))
    PostTerm.objects.create(
        member=Member.objects.get(), unit=world.cell5, post=Post.CELL_DEPUTY, valid_from=date(2026, 1, 1)
    )
    run = undo(run)
    assert [row["label"] for row in run.kept] == ["Nguyễn Văn An"]
    assert Member.objects.count() == 1


def test_a_bad_row_stops_all_only_if_asked(receive, world: World) -> None:
    run = receive(workbook(person(), person(2, "")))
    with pytest.raises(ValidationError) as refused:
        confirm_run(run, actor=world.clerk, mode="all")
    assert "mode" in refused.value.error_dict
    run.refresh_from_db()
    assert run.state == RunState.PREVIEW
    assert confirm_run(run, actor=world.clerk, mode="good").state == RunState.APPLYING


def test_what_was_confirmed_is_what_is_written(receive, world: World) -> None:
    run = receive(workbook(person()))
    confirm_run(run, actor=world.clerk)
    world.member(world.cell5, birth_date=date(1970, 5, 19))
    work.call(run.pk, world.clerk.user.pk)
    run.refresh_from_db()
    assert run.state == RunState.PREVIEW
    assert "đã có thay đổi" in run.problem
    assert run.counts["changed"] == 1
    assert Member.objects.count() == 1


def test_work_done_twice_writes_once(receive, apply, world: World) -> None:
    run = apply(receive(workbook(person())))
    work.call(run.pk, world.clerk.user.pk)
    write_rows(run, workbook_of(run), actor=world.clerk, today=date(2026, 8, 1))
    assert Member.objects.count() == 1
    assert Row.objects.count() == 1


def test_a_failure_half_way_writes_nothing_and_can_be_run_again(receive, world: World, monkeypatch) -> None:
    run = receive(workbook(*[person(n, f"Nguyễn Văn {chr(65 + n)}") for n in range(5)]))
    confirm_run(run, actor=world.clerk)
    with monkeypatch.context() as patch:
        patch.setattr(Row.objects, "bulk_create", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work.call(run.pk, world.clerk.user.pk)
    run.refresh_from_db()
    assert run.state == RunState.APPLYING
    assert not Member.objects.exists()
    work.call(run.pk, world.clerk.user.pk)
    assert Member.objects.count() == 5


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 nothing", "tệp PDF"),
        (b"", "không có dữ liệu"),
        (b"PK\x03\x04broken", "bị hỏng"),
        (b"\x89PNG...", "tệp ảnh"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_and_changes_nothing(receive, data: bytes, words: str) -> None:
    run = receive(data)
    assert run.state == RunState.REFUSED
    assert words in run.problem
    assert not run.file
    assert not Member.objects.exists()


def test_unknown_headings_are_asked_about_once_and_remembered(receive, apply, world: World) -> None:
    headings = ("Cột A", "Cột B", "Cột C")
    row = ["Nguyễn Văn An", "1970", "5"]
    run = receive(workbook(row, headings=headings))
    assert run.state == RunState.MAPPING
    choose_columns(run, actor=world.clerk, columns={"full_name": 0, "birth": 1, "cell": 2}, header=0)
    work.call(run.pk, world.clerk.user.pk)
    run.refresh_from_db()
    assert (run.state, run.counts["added"]) == (RunState.PREVIEW, 1)
    again = receive(workbook(row, ["Lê Văn Ba", "1971", "7"], headings=headings))
    assert (again.state, again.remembered, again.counts["added"]) == (RunState.PREVIEW, True, 2)
    assert Mapping.objects.get().unit_id == world.ward.pk
    other = receive(workbook(row, headings=headings), importer="units")
    assert other.state == RunState.MAPPING


def test_text_in_tcvn3_is_converted(receive, world: World) -> None:
    lines = [
        "Hä vµ tªn,N¨m sinh,Chi bé",
        "NguyÔn V¨n ¸nh,1970,Chi bé 5",
        "TrÇn ThÞ B×nh,1971,Chi bé 5",
        "Lª §øc Th¾ng,1965,Chi bé 7",
    ]
    run = receive("\r\n".join(lines).encode("cp1252"), name="cu.csv")
    assert (run.encoding, run.state) == (Encoding.TCVN3, RunState.PREVIEW)
    assert [row.label for row in rows_of(run)] == ["Nguyễn Văn Ánh", "Trần Thị Bình", "Lê Đức Thắng"]


def test_formulas_in_cells_stay_words(receive, apply) -> None:
    apply(receive(workbook([*person(), "=HYPERLINK(1)"], headings=(*HEADINGS, "Địa chỉ"))))
    assert Member.objects.get().address == "=HYPERLINK(1)"


def test_the_preview_never_holds_an_identity_number(receive, world: World) -> None:
    run = receive(workbook(person(citizen="001070123456")))
    kept = Path(run.file.path).with_suffix(".rows")
    assert b"001070123456" not in kept.read_bytes()
    assert "•••• •••• 3456" in str(rows_of(run).rows[0].changes)
    assert kept.stat().st_mode & 0o077 == 0
    assert Path(run.file.path).stat().st_mode & 0o077 == 0
    assert "danh-sach" not in run.file.name


def test_only_who_keeps_the_register_brings_lists_in(receive, world: World) -> None:
    run = receive(workbook(person()))
    for actor in (world.secretary, world.stranger, world.inspector):
        with pytest.raises(PermissionDenied):
            receive_workbook(world.ward, ContentFile(b"x"), actor=actor, importer="members", file_name="x")
        with pytest.raises(PermissionDenied):
            confirm_run(run, actor=actor)
    assert Run.objects.get().state == RunState.PREVIEW


def test_files_go_when_their_days_are_over(receive, apply, world: World) -> None:
    run = apply(receive(workbook(person())))
    file = Path(run.file.path)
    day = run.applied_at.date() + timedelta(days=32)
    with pytest.raises(ValidationError, match="30 ngày"):
        undo_run(run, actor=world.clerk, today=day)
    forget_files(world.ward, actor=world.clerk, today=run.applied_at.date())
    assert Run.objects.get().file
    forget_files(world.ward, actor=world.clerk, today=day)
    assert not Run.objects.get().file
    assert not Row.objects.exists()
    assert file.name


def test_a_workbook_put_aside_is_gone(receive, world: World, django_capture_on_commit_callbacks) -> None:
    run = receive(workbook(person()))
    file = Path(run.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        discard_run(run, actor=world.clerk)
    assert not file.exists()
    assert not file.with_suffix(".rows").exists()
    with pytest.raises(ValidationError):
        confirm_run(Run.objects.get(), actor=world.clerk)


def test_cells_come_in_and_go_back(receive, apply, undo, world: World) -> None:
    headings = ("Tên chi bộ", "Loại hình", "Mã ngắn", "Mã tổ chức", "Ngày thành lập")
    data = workbook(
        ["Chi bộ 5", "", "", "38.168.053.000.005", ""],
        ["Chi bộ Trường THCS Sao Mai", "", "", "", "1/9/2015"],
        ["Chi bộ 12", "Khu dân cư", "sm-12", "38168053000012", "2012"],
        ["Chi bộ 13", "", "", "", ""],
        ["Chi bộ 14", "Khu dân cư", "", "123", ""],
        ["Chi bộ 12", "Khu dân cư", "", "", ""],
        headings=headings,
    )
    run = receive(data, importer="units")
    assert run.counts == {"changed": 1, "added": 2, "refused": 3, "noted": 1}
    run = apply(run)
    school = Unit.objects.get(cell_kind=CellKind.SCHOOL)
    assert (school.key, school.valid_from, school.path.startswith(world.ward.path)) == (
        "sm-truong-thcs-sao-mai",
        date(2015, 9, 1),
        True,
    )
    assert Unit.objects.get(pk=world.cell5.pk).code == "38168053000005"
    world.member(Unit.objects.get(key="sm-12"))
    run = undo(run)
    assert [row["label"] for row in run.kept] == ["Chi bộ 12"]
    assert not Unit.objects.filter(pk=school.pk).exists()
    assert Unit.objects.get(pk=world.cell5.pk).code == ""
