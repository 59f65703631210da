"""``chibo ballots`` as offices and machines call it: JSON told, one sentence for every refusal, nothing left behind."""

from __future__ import annotations

import errno
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from benchmarks import hands
from benchmarks.cases import style
from chibo.ballots.command import form_of
from chibo.ballots.style import Form
from chibo.config import command
from tests.ballots.desk import filled, struck_ballot
from tests.desk.test_commands import chibo


def told(*arguments: object) -> dict:
    out = io.StringIO()
    call_command("ballots", *map(str, arguments), stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A style and its printed form."""
    folder = tmp_path_factory.mktemp("ballots")
    facts = {**style(Form.STRIKE, 5).as_json(), "key": ""}
    (folder / "style.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    assert told("print", folder / "style.json", folder / "out", "--voters", 4, "--spare", 1)["sheets"] == 5
    return folder


def written(file: Path, facts: object) -> Path:
    file.write_text(json.dumps(facts), encoding="utf-8")
    return file


def test_ballots_are_printed_counted_compared_and_verified(printed: Path, tmp_path: Path) -> None:
    form, out = printed / "out" / "form.json", tmp_path / "count"
    assert (printed / "out" / "ballots.pdf").read_bytes().startswith(b"%PDF")
    blank = form_of(form)
    half = struck_ballot(1, seed=2, blank=blank, extra=lambda s, b: hands.half(s, hands.ink_box(b, 3), width=0.45))
    scans = filled(tmp_path / "scans", struck_ballot(0, 1, seed=1, blank=blank), half)
    result = told("count", form, scans, out, "--on", "1/4/2025")
    assert (result["pictures"], result["waiting"], result["totals"]["ballots"]) == (2, 1, 1)
    [asked] = json.loads((out / "queue" / "queue.json").read_text(encoding="utf-8"))
    assert (out / "queue" / asked["picture"]).read_bytes().startswith(b"\x89PNG")
    answers = written(
        tmp_path / "a.json", [{"item": asked["item"], "by": by, "says": "against"} for by in ("An", "Bình")]
    )
    result = told("count", form, scans, out, "--on", "2025-04-01", "--answers", answers, "--close")
    assert result["totals"] == {"votes": [1, 0, 2, 1, 2], "valid": 2, "invalid": 0, "ballots": 2}
    hand = written(tmp_path / "hand.json", {"struck": [1, 2, 0, 1, 0], "valid": 2, "invalid": 0})
    assert told("compare", form, out / "count.journal", hand, "--on", "2025-04-01")["agree"]
    assert told("verify", out / "count.journal")["head"] == result["journal"]["head"]
    changed = tmp_path / "changed.journal"
    changed.write_bytes((out / "count.journal").read_bytes().replace(b"against", b"neither"))
    with pytest.raises(CommandError, match="bị sửa ở dòng"):
        told("verify", changed)


def test_a_full_disk_is_told_and_the_count_goes_on_when_there_is_room(
    printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    form, out = printed / "out" / "form.json", tmp_path / "count"
    scans = filled(tmp_path / "scans", struck_ballot(0, 1, seed=1, blank=form_of(form)))
    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        with pytest.raises(CommandError, match="Ổ đĩa đã đầy; dọn chỗ"):
            told("count", form, scans, out, "--on", "2025-04-01")
    assert told("count", form, scans, out, "--on", "2025-04-01")["totals"]["ballots"] == 1
    assert told("verify", out / "count.journal")["whole"]


WRONG = [
    (("print", "{tmp}/khong-co.json", "{tmp}/out", "--voters", "3"), "khong-co.json"),
    (("print", "{tmp}/text.json", "{tmp}/out", "--voters", "3"), "text.json"),
    (("print", "{tmp}/empty.json", "{tmp}/out", "--voters", "3"), "Tệp mẫu phiếu"),
    (("print", "{style}", "{tmp}/out", "--voters", "0"), "Số phiếu in"),
    (("print", "{style}", "{tmp}/out", "--voters", "9999"), "5000"),
    (("print", "{style}", "/proc/khong/co", "--voters", "3"), "/proc/khong"),
    (("count", "{tmp}/empty.json", "{tmp}", "{tmp}/out", "--on", "2025-04-01"), "Tệp mẫu phiếu"),
    (("count", "{form}", "{tmp}/khong-co", "{tmp}/out", "--on", "2025-04-01"), "khong-co"),
    (("count", "{form}", "{tmp}", "{tmp}/out", "--on", "2025-04-01"), "nằm trong thư mục ảnh"),
    (("compare", "{form}", "{tmp}/khong-co.journal", "{tmp}/empty.json", "--on", "2025-04-01"), "khong-co.journal"),
    (("compare", "{form}", "{tmp}/text.json", "{tmp}/empty.json", "--on", "2025-04-01"), "bị sửa ở dòng 1"),
    (("verify", "{tmp}"), "Không thấy tệp"),
]


@pytest.mark.parametrize(
    ("arguments", "names"), WRONG, ids=lambda a: " ".join(a)[:50] if isinstance(a, tuple) else ""
)
def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing(
    printed: Path, tmp_path: Path, arguments: tuple[str, ...], names: str
) -> None:
    (tmp_path / "text.json").write_text("không phải JSON\n", encoding="utf-8")
    written(tmp_path / "empty.json", {})
    places = {"tmp": tmp_path, "style": printed / "style.json", "form": printed / "out" / "form.json"}
    with pytest.raises(CommandError) as refusal:
        told(*(word.format(**places) for word in arguments))
    said = str(refusal.value)
    assert names in said
    assert "\n" not in said
    assert sorted(file.name for file in tmp_path.iterdir()) == ["empty.json", "text.json"]


MISTYPED = [
    (["ballots"], "VIỆC"), (["ballots", "print", "a.json", "b"], "thiếu --voters"), (["ballots", "burn"], "VIỆC"),
    (["ballots", "count", "f", "s", "o", "--on", "hôm qua"], "--on"), (["ballots", "verify"], "JOURNAL"),
    (["ballots", "print", "a", "b", "--voters", "ba"], "--voters"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "named"), MISTYPED, ids=lambda w: " ".join(w) if isinstance(w, list) else "")
def test_a_mistyped_part_of_the_command_is_told_in_one_sentence(capsys, words: list[str], named: str) -> None:
    with pytest.raises(SystemExit) as end:
        command.main(["chibo", *words])
    assert end.value.code == 1
    shown = capsys.readouterr()
    assert named in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_help_is_in_the_language_of_the_office(capsys) -> None:
    for words, said in ((["ballots", "--help"], "đọc ảnh quét"), (["ballots", "count", "--help"], "ngày đại hội")):
        with pytest.raises(SystemExit) as end:
            command.main(["chibo", *words])
        assert end.value.code == 0
        assert said in " ".join(capsys.readouterr().out.split())


def test_as_a_process_of_its_own_it_tells_json_or_one_sentence(printed: Path, tmp_path: Path) -> None:
    """No database is needed: the data folder is empty."""
    place = tmp_path / "data"
    done = chibo(place, "ballots", "print", str(printed / "style.json"), str(tmp_path / "p"), "--voters", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["sheets"] == 3
    done = chibo(
        place, "ballots", "count", str(tmp_path / "p" / "form.json"), str(tmp_path / "x"), "o", "--on", "1/4/2025"
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "Traceback" not in done.stderr
