"""``chibo import``: the same way in, for machines."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chibo.imports.models import Run
from chibo.imports.rules import RunState
from chibo.members.models import Member
from tests.imports.sheets import person, saved, workbook
from tests.world import World


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return saved(tmp_path / "list.xlsx", workbook(person(), person(2, ""), title="DANH SÁCH"))


def test_a_dry_run_tells_each_row_and_changes_nothing(world: World, file: Path) -> None:
    told = json.loads(run("members", file, "--unit", "sm", "--json"))
    assert {k: told[k] for k in ("added", "changed", "unchanged", "refused")} == {
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
    }
    bad = told["rows"][1]
    assert (bad["sheet"], bad["row"], bad["cell"], bad["state"]) == ("Danh sách", 5, "B5", "refused")
    assert "họ và tên" in bad["reason"]
    assert not Member.objects.exists()
    assert not Run.objects.exists()


def test_apply_writes_and_can_be_done_again(world: World, file: Path) -> None:
    told = json.loads(run("members", file, "--unit", "sm", "--apply", "--json", "--as", world.clerk.user.username))
    assert told["added"] == 1
    assert Member.objects.get().unit == world.cell5
    assert (Run.objects.get().state, Run.objects.get().done_by) == (RunState.APPLIED, world.clerk.user)
    assert json.loads(run("members", file, "--unit", "sm", "--apply", "--json"))["unchanged"] == 1
    assert "1 giữ nguyên" in run("members", file, "--unit", "sm-5", "--dry-run")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--unit", "none"), "Không có tổ chức"),
        (("--unit", "sm", "--as", "none"), "Không có tài khoản"),
        (("--unit", "sm", "--apply", "--all-or-nothing"), "Còn 1 dòng lỗi"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(world: World, file: Path, arguments, words) -> None:
    with pytest.raises(CommandError, match=words):
        run("members", file, *arguments)
    assert not Member.objects.exists()


def test_a_bad_file_or_kind_is_said(world: World, tmp_path: Path, file: Path) -> None:
    with pytest.raises(CommandError, match="không phải bảng tính"):
        run("members", saved(tmp_path / "x.pdf", b"%PDF-1.4"), "--unit", "sm", "--apply")
    with pytest.raises(CommandError, match="không có tệp"):
        run("members", tmp_path / "none.xlsx", "--unit", "sm")
    with pytest.raises(CommandError, match="hãy chọn"):
        run("cats", file, "--unit", "sm")
    with pytest.raises(CommandError, match="Không nhận ra cột"):
        run("members", saved(tmp_path / "y.xlsx", workbook(["a", "b"], headings=("X", "Y"))), "--unit", "sm")


def test_the_powers_are_those_of_the_account(world: World, file: Path) -> None:
    with pytest.raises(CommandError, match="không có quyền"):
        run("members", file, "--unit", "sm", "--as", world.secretary.user.username)
