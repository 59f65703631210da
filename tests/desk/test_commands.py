"""The commands as machines and offices call them: stable names, JSON of one shape, one sentence for every refusal."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils.timezone import localdate

from chibo.config import command
from chibo.core.registry import registry
from chibo.journal.models import Entry
from chibo.members.models import Member
from tests.conftest import told_once
from tests.house.stage import CITIZEN, PHONE, SECRET, Stage, build_stage
from tests.imports.sheets import person, saved, workbook
from tests.world import World

ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def told(*arguments: object):
    return json.loads(run(*arguments))


@told_once
def stage(world: World) -> Stage:
    return build_stage(world)


# ------------------------------------------------------------------------------------------- figures


OF_CELLS = ("members.", "plans.", "tasks.", "meetings.attendance")
"""Figures whose every row is a cell's; others count the ward's own papers, classes, rounds too."""


def test_figures_are_as_large_as_their_rows(stage: Stage) -> None:
    year = localdate().year
    figures = told("figures", "--unit", "sm", "--period", year, "--rows", "--json")
    assert {f["code"] for f in figures} == {f.code for f in registry.each("figures")}
    for found in figures:
        assert {"code", "label", "n", "N", "text", "cells", "rows"} <= set(found)
        assert len(found["rows"]) == found["n"], found["code"]
        assert all(set(cell) == {"unit", "n", "N"} for cell in found["cells"])
        if found["N"] is None and found["cells"]:
            of_cells = sum(cell["n"] for cell in found["cells"])
            assert of_cells == found["n"] if found["code"].startswith(OF_CELLS) else of_cells <= found["n"], found[
                "code"
            ]
    assert any(found["n"] for found in figures)


def test_figures_tell_no_secret_of_a_plan_or_a_person(stage: Stage) -> None:
    said = run("figures", "--unit", "sm", "--period", localdate().year, "--rows", "--json")
    said += run("warnings", "--unit", "sm", "--on", localdate(), "--json")
    for secret in (SECRET, PHONE, CITIZEN):
        assert secret not in said


def test_one_figure_can_be_asked_for(stage: Stage) -> None:
    month = f"{stage.plan.campaign.year}-12"
    (found,) = told("figures", "--unit", "sm-5", "--period", month, "--figure", "plans.having", "--json")
    assert (found["code"], found["n"], found["N"]) == ("plans.having", 2, 4)
    assert "rows" not in found


def test_figures_are_read_by_people_too(world: World) -> None:
    assert "plans.having" in run("figures", "--unit", "sm", "--period", "2020..2024")


def test_x_03_people_see_the_rows_behind_a_number_too(stage: Stage) -> None:
    asked = ("figures", "--unit", "sm-5", "--period", stage.plan.campaign.year, "--figure", "plans.having")
    heading, *rows = run(*asked, "--rows").splitlines()
    assert "(2/4)" in heading
    assert len(rows) == 2
    assert run(*asked).splitlines() == [heading]


# ------------------------------------------------------------------------------------------ warnings


def test_warnings_name_article_remedy_and_page(stage: Stage) -> None:
    found = told("warnings", "--unit", "sm", "--on", localdate(), "--json")
    assert found
    for line in found:
        assert set(line) == {"code", "seeds", "article", "unit", "subject", "detail", "remedy", "since", "url"}
        assert line["article"]
        assert line["remedy"]
        assert line["url"].startswith("/")
        date.fromisoformat(line["since"])


def test_warnings_are_read_by_people_too(stage: Stage) -> None:
    today = localdate()
    shown = run("warnings", "--unit", "sm", "--on", today)
    assert "việc còn thiếu" in shown
    assert run("warnings", "--unit", "sm", "--on", f"{today:%d/%m/%Y}") == shown


# ------------------------------------------------------------------------------------------- reports


@pytest.mark.parametrize(("kind", "unit", "suffix", "magic"), [
    ("plans-inspection", "sm-5", ".docx", b"PK"), ("plans-inspection", "sm-5", ".pdf", b"%PDF"),
    ("plans-summary", "sm", ".docx", b"PK"), ("plans-summary", "sm", ".PDF", b"%PDF"),
])  # fmt: skip
def test_x_04_a_report_is_written_as_document_and_as_pdf(
    stage: Stage, tmp_path: Path, kind: str, unit: str, suffix: str, magic: bytes
) -> None:
    out = tmp_path / f"bao-cao{suffix}"
    before = Entry.objects.count()
    assert str(out) in run("report", kind, "--unit", unit, "--period", localdate().year, "--out", out)
    assert out.read_bytes().startswith(magic)
    assert Entry.objects.count() == before, "writing a draft issues nothing"


# ------------------------------------------------------------------------------------------ refusals

WRONG = [
    (("figures", "--unit", "khong-co", "--period", "2020", "--json"), "khong-co"),
    (("figures", "--unit", "sm", "--period", "năm ngoái"), "năm ngoái"),
    (("figures", "--unit", "sm", "--period", "2020-13"), "2020-13"),
    (("figures", "--unit", "sm", "--period", "2021..2020"), "2021..2020"),
    (("figures", "--unit", "sm", "--period", "2020", "--figure", "khong.co"), "khong.co"),
    (("warnings", "--unit", "khong-co"), "khong-co"),
    (("warnings", "--unit", "sm", "--on", "30/2/2020"), "30/2/2020"),
    (("report", "khong-co", "--unit", "sm", "--period", "2020", "--out", "x.docx"), "khong-co"),
    (("report", "plans-summary", "--unit", "sm", "--period", "2020", "--out", "x.odt"), ".docx"),
    (("report", "plans-summary", "--unit", "sm-5", "--period", "2020", "--out", "x.docx"), "plans-summary"),
    (("report", "plans-summary", "--unit", "sm", "--period", "hôm qua", "--out", "x.docx"), "hôm qua"),
    (
        ("report", "plans-summary", "--unit", "sm", "--period", "2020", "--out", "/khong/co/x.docx"),
        "/khong/co/x.docx”: không có tệp hoặc thư mục ấy.",
    ),
    (("import", "members", "/khong/co.xlsx", "--unit", "sm"), "/khong/co.xlsx”: không có tệp hoặc thư mục ấy."),
    (("import", "members", str(ROOT / "README.md"), "--unit", "sm"), ""),
    (("import", "members", str(ROOT), "--unit", "sm"), ""),
    (("import", "khong-co", str(ROOT / "README.md"), "--unit", "sm"), "khong-co"),
    (("restore", "/khong/co.zip"), "co.zip"),
    (("restore", str(ROOT / "README.md")), "README.md"),
    (("backup", "/proc/khong/co.zip"), "/proc/khong/co.zip"),
    (("warnings", "--unit", "sm", "--on", "9999-12-31"), "9999-12-31"),
]


@pytest.mark.parametrize(
    ("arguments", "names"), WRONG, ids=lambda a: " ".join(a)[:60] if isinstance(a, tuple) else ""
)
def test_a_wrong_command_is_told_in_one_sentence_and_changes_nothing(
    world: World, tmp_path: Path, monkeypatch, arguments: tuple[str, ...], names: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = Entry.objects.count()
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    said = str(refusal.value)
    assert names in said
    assert "\n" not in said
    assert said.endswith((".", ")"))
    assert Entry.objects.count() == before
    assert list(tmp_path.iterdir()) == []


DEFECTS = [
    (ValidationError("Ngày họp ở tương lai."), "Ngày họp ở tương lai."),
    (ImproperlyConfigured("Thư viện SQLite quá cũ."), "Thư viện SQLite quá cũ."),
    (CommandError("Không có tổ chức nào."), "Không có tổ chức nào."),
    (PermissionDenied("plans.read"), "không có quyền"),
    (OperationalError("no such table: x\nLINE 1"), "chibo migrate"),
    (PermissionError(13, "Permission denied", "/x"), "“/x”: không được phép"),
    (OSError(28, "No space left on device"), "ổ đĩa đã đầy."),
    (ZeroDivisionError("division by zero"), "--traceback"),
]


@pytest.mark.parametrize(
    ("defect", "said"), DEFECTS, ids=lambda d: type(d).__name__ if isinstance(d, Exception) else ""
)
def test_whatever_goes_wrong_is_one_sentence_and_a_code(monkeypatch, capsys, defect: Exception, said: str) -> None:
    def fails(_arguments: list[str]) -> None:
        raise defect

    monkeypatch.setattr(command, "_run", fails)
    monkeypatch.delenv("CHIBO_DEBUG", raising=False)
    with pytest.raises(SystemExit) as end:
        command.main(["chibo", "figures"])
    assert end.value.code == 1
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""
    with pytest.raises(type(defect)):
        command.main(["chibo", "figures", "--traceback"])
    monkeypatch.setenv("CHIBO_DEBUG", "1")
    with pytest.raises(type(defect)):
        command.main(["chibo", "figures"])


MISTYPED = [
    (["nonsense"], "nonsense"), (["figures"], "thiếu --unit, --period"), (["figures", "--unit"], "--unit"),
    (["seeds", "--foo"], "--foo"), (["serve", "--port", "70000"], "--port"), (["demo", "--port", "x"], "--port"),
    (["import", "members", "x.csv", "--unit", "y", "--dry-run", "--apply"], "--apply"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "named"), MISTYPED, ids=" ".join)
def test_a_mistyped_command_is_told_in_one_sentence(
    capsys, monkeypatch, tmp_path: Path, words: list[str], named: str
) -> None:
    monkeypatch.setenv("CHIBO_DATA", str(tmp_path))
    with pytest.raises(SystemExit) as end:
        command.main(["chibo", *words])
    assert end.value.code == 1
    shown = capsys.readouterr()
    assert named in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


@pytest.mark.parametrize("words", [[], ["help"], ["--help"]], ids=str)
def test_chibo_alone_lists_its_own_commands(capsys, words: list[str]) -> None:
    command.main(["chibo", *words])
    shown = capsys.readouterr().out
    for name in ("backup", "demo", "figures", "import", "report", "restore", "seeds", "serve", "warnings"):
        assert f"chibo {name} " in shown
    assert "sqlmigrate" not in shown


def test_a_reader_who_has_read_enough_and_ctrl_c_are_no_defects(monkeypatch, capsys) -> None:
    def ends(defect: BaseException) -> None:
        def fails(_arguments: list[str]) -> None:
            raise defect

        monkeypatch.setattr(command, "_run", fails)

    monkeypatch.setattr("sys.stdout", io.StringIO())
    ends(BrokenPipeError())
    command.main(["chibo", "figures"])
    ends(KeyboardInterrupt())
    with pytest.raises(SystemExit) as end:
        command.main(["chibo", "serve"])
    assert end.value.code == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["serve", "demo"])
def test_a_door_that_another_program_holds_is_told_before_anything_is_opened(tmp_path: Path, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"cổng {port}.*--port {port % 65535 + 1}"):
            run(name, "--port", port)
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------------- imports


def test_x_05_a_dry_run_says_all_and_changes_nothing(world: World, tmp_path: Path) -> None:
    file = saved(tmp_path / "ds.xlsx", workbook(person(), person(2, ""), person(3, "Lê Thị Ba", birth="31/02/1980")))
    before = Member.objects.count(), Entry.objects.count()
    found = told("import", "members", file, "--unit", "sm", "--json")
    assert {"added", "changed", "unchanged", "refused", "rows"} <= set(found)
    assert found["added"] + found["changed"] + found["unchanged"] + found["refused"] == len(found["rows"]) == 3
    for row in found["rows"]:
        assert {"sheet", "row", "cell", "reason", "state"} <= set(row)
    assert (Member.objects.count(), Entry.objects.count()) == before


# ------------------------------------------------------------------------------- as real processes


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of its own, with an installation that knows only the top of the tree."""
    place = tmp_path_factory.mktemp("place")
    assert chibo(place, "migrate", "--verbosity", "0").returncode == 0
    return place


def chibo(place: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "CHIBO_DEBUG"}
    }
    return subprocess.run(
        [sys.executable, "-m", "chibo.config", *arguments], cwd=ROOT, check=False, capture_output=True, text=True,
        env=environment | {"CHIBO_DATA": str(place)} | more,
    )  # fmt: skip


def only_on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the processes use a SQLite of their own")


@pytest.mark.xdist_group("place")
def test_a_process_ends_with_a_sentence_and_no_traceback(place: Path) -> None:
    only_on_sqlite()
    for arguments in (
        ("figures", "--unit", "khong-co", "--period", "2020", "--json"),
        ("warnings", "--unit", "tw", "--on", "ngày xưa"),
        ("import", "members", "/khong/co.xlsx", "--unit", "tw"),
    ):
        ended = chibo(place, *arguments)
        assert ended.returncode == 1
        assert "Traceback" not in ended.stderr
        assert ended.stderr.count("\n") == 1
        assert ended.stdout == ""


def test_an_installation_without_tables_says_what_to_run(tmp_path: Path) -> None:
    only_on_sqlite()
    ended = chibo(tmp_path, "figures", "--unit", "sm", "--period", "2020")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "chibo migrate" in ended.stderr


def test_a_folder_without_data_is_not_saved_as_if_it_were_the_office_s(tmp_path: Path) -> None:
    only_on_sqlite()
    ended = chibo(tmp_path, "backup", str(tmp_path / "kept.zip"))
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert str(tmp_path) in ended.stderr
    assert not (tmp_path / "kept.zip").exists()


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    only_on_sqlite()
    ended = chibo(Path("/proc/khong-co"), "figures", "--unit", "sm", "--period", "2020")
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr


@pytest.mark.xdist_group("place")
def test_a_backup_comes_back_whole(place: Path, tmp_path: Path) -> None:
    """What was there at the backup is there again, the files too, and what came after is gone."""
    only_on_sqlite()
    listed = saved(tmp_path / "chi-bo.csv", "Tên chi bộ,Mã ngắn,Loại hình\nChi bộ 1,cb-1,Khu dân cư\n".encode())
    (place / "files").mkdir(exist_ok=True)
    (place / "files" / "a.txt").write_text("một")
    kept = tmp_path / "kept.zip"
    assert chibo(place, "backup", str(kept)).returncode == 0
    with zipfile.ZipFile(kept) as archive:
        assert {"backup.json", "chibo.sqlite3", "files/a.txt"} <= set(archive.namelist())
    (place / "files" / "a.txt").write_text("hai")
    (place / "files" / "b.txt").write_text("ba")
    assert listed.exists()
    ended = chibo(place, "restore", str(kept))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (place / "files" / "a.txt").read_text() == "một"
    assert not (place / "files" / "b.txt").exists()
    assert list(place.glob("before-restore-*.zip")), "what was there before is kept too"
