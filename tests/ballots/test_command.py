"""Printing and counting from the command line, from the style to the closed journal; killed, resumed, nothing twice."""

from __future__ import annotations

import json
import signal
import struct
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.cases import NAMES, style
from chibo.ballots.blank import Blank
from chibo.ballots.command import compare_with_hand, count_ballots, form_of, main, print_ballots, verify_journal
from chibo.ballots.files import Unfit, unfit
from chibo.ballots.rules import Papers
from chibo.ballots.style import Form, Refused
from tests.ballots.desk import filled, marked_ballot, struck_ballot

DAY = date(2025, 4, 1)


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("print")
    facts = {**style(Form.STRIKE, 5).as_json(), "key": ""}
    (folder / "style.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    told = print_ballots(folder / "style.json", folder / "out", voters=5, spare=1)
    assert told["sheets"] == 6
    return folder / "out" / "form.json"


@pytest.fixture(scope="module")
def ballots(form: Path) -> list[bytes]:
    """Struck 0 and 1; struck 0 and 2; three left standing; the name of row 3 struck by half; a signature."""
    from benchmarks import hands

    blank = form_of(form)
    return [
        struck_ballot(0, 1, seed=1, blank=blank),
        struck_ballot(0, 2, seed=2, blank=blank),
        struck_ballot(3, 4, seed=3, blank=blank),
        struck_ballot(1, seed=4, blank=blank, extra=lambda s, b: hands.half(s, hands.ink_box(b, 3), width=0.45)),
        struck_ballot(1, 2, seed=5, blank=blank, extra=lambda s, _b: s.words(30, 160, 25)),
    ]


def answered(tmp_path: Path, *answers: tuple[str, str, str], board: bool = False) -> Path:
    file = tmp_path / "answers.json"
    lines = [
        {"item": item, "by": by, "says": says, **({"board": True} if board else {})} for item, by, says in answers
    ]
    file.write_text(json.dumps(lines), encoding="utf-8")
    return file


def queue_of(out: Path) -> list[dict]:
    return json.loads((out / "queue" / "queue.json").read_text(encoding="utf-8"))


def test_a_count_from_first_scan_to_close(form: Path, ballots: list[bytes], tmp_path: Path) -> None:
    scans, out = filled(tmp_path / "scans", *ballots), tmp_path / "count"

    def run(**more):
        return count_ballots(form, scans, out, on=DAY, **more)

    result = run()
    assert result["pictures"] == 5
    assert result["alarms"] == []
    assert result["totals"] == {"votes": [1, 2, 2, 2, 2], "valid": 3, "invalid": 0, "ballots": 3}
    row, whole = sorted(queue_of(out), key=lambda q: q["ask"], reverse=True)
    assert (row["ask"], row["row"], row["why"]) == ("row", 3, []), "people are not told what the machine thinks"
    assert (whole["ask"], whole["why"]) == ("ballot", ["writing"])
    for item in (row, whole):
        assert (out / "queue" / item["picture"]).read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(Refused, match="2 mục"):
        run(close=True)

    run(answers=answered(tmp_path, (row["item"], "An", "against"), (whole["item"], "An", "invalid")))
    assert len(queue_of(out)) == 2, "one person alone settles nothing"
    run(answers=answered(tmp_path, (row["item"], "Bình", "for"), (whole["item"], "Bình", "invalid")))
    [row] = queue_of(out)
    assert row["differ"]
    assert row["answered_by"] == ["An", "Bình"]
    assert not (out / "queue" / whole["picture"]).exists()
    result = run(answers=answered(tmp_path, (row["item"], "Trưởng ban", "against"), board=True), close=True)
    assert result["complete"]
    assert result["totals"] == {"votes": [2, 2, 3, 2, 3], "valid": 4, "invalid": 1, "ballots": 5}
    assert result["journal"]["closed"]
    assert verify_journal(out / "count.journal")["head"] == result["journal"]["head"]
    assert json.loads((out / "result.json").read_text(encoding="utf-8")) == result

    filled(scans / "later", struck_ballot(0, seed=9, blank=form_of(form)))
    assert run()["pictures"] == 5, "a closed count takes nothing more"


def test_the_order_of_the_feed_is_nowhere(form: Path, ballots: list[bytes], tmp_path: Path) -> None:
    one = count_ballots(form, filled(tmp_path / "a", *ballots), tmp_path / "one", on=DAY)
    two = count_ballots(form, filled(tmp_path / "b", *reversed(ballots)), tmp_path / "two", on=DAY)
    assert one == two
    written = (tmp_path / "one" / "count.journal").read_bytes()
    assert written == (tmp_path / "two" / "count.journal").read_bytes()
    assert b"scan-" not in written


def test_the_same_picture_renamed_counts_once_and_the_same_sheet_again_is_asked_about(
    form: Path, ballots: list[bytes], tmp_path: Path
) -> None:
    import numpy as np

    from benchmarks import hands
    from benchmarks.hands import Sheet
    from benchmarks.machines import CLEAN, encoded, scanned

    blank = form_of(form)
    sheet = Sheet.of(blank, 200, np.random.default_rng(8))
    sheet.stamp()
    for row in (0, 4):
        hands.strike(sheet, hands.ink_box(blank, row), width=0.45)
    again = [encoded(scanned(sheet.page, sheet.scale, CLEAN, np.random.default_rng(seed)), ".jpg") for seed in (1, 2)]
    scans = filled(tmp_path / "scans", ballots[0], ballots[0], *again)
    result = count_ballots(form, scans, tmp_path / "count", on=DAY)
    assert result["same_picture_again"] == 1
    assert result["totals"]["valid"] == 2
    [asked] = queue_of(tmp_path / "count")
    assert asked["why"] == ["twice"]
    both = answered(tmp_path, (asked["item"], "An", "not-a-ballot"), (asked["item"], "Bình", "not-a-ballot"))
    result = count_ballots(form, scans, tmp_path / "count", on=DAY, answers=both)
    assert (result["complete"], result["totals"]["ballots"], result["not_ballots"]) == (True, 2, 1)


def test_a_refused_picture_waits_and_may_be_entered_by_hand(form: Path, ballots: list[bytes], tmp_path: Path) -> None:
    scans = filled(tmp_path / "scans", ballots[0])
    (scans / "torn.jpg").write_bytes(ballots[1][:9000])
    count_ballots(form, scans, tmp_path / "count", on=DAY)
    [asked] = queue_of(tmp_path / "count")
    assert asked["ask"] == "rejected"
    rows = "against,for,against,for,for"
    both = answered(tmp_path, (asked["item"], "An", rows), (asked["item"], "Bình", rows))
    result = count_ballots(form, scans, tmp_path / "count", on=DAY, answers=both)
    assert result["totals"] == {"votes": [0, 1, 1, 2, 2], "valid": 2, "invalid": 0, "ballots": 2}


def test_a_sheet_of_another_list_or_election_is_called_so_and_not_bent(form: Path, tmp_path: Path) -> None:
    ours = form_of(form).style
    second_round = Blank.of(replace(ours, names=NAMES[:9], seats=7))
    another = Blank.of(style(Form.AGREE, 8, election="2025LB09"))
    scans = filled(
        tmp_path / "scans", struck_ballot(0, 1, blank=second_round), marked_ballot("ADADADAD", blank=another)
    )
    count_ballots(form, scans, tmp_path / "count", on=DAY)
    assert {asked["why"][0] for asked in queue_of(tmp_path / "count")} == {"other-style", "other-election"}


@pytest.mark.parametrize(
    "answer", [("nobody", "An", "for"), ("{row}", "An", "maybe"), ("{row}", " ", "for"), ("{row}:9", "An", "for")]
)  # fmt: skip
def test_an_answer_that_makes_no_sense_changes_nothing(
    form: Path, ballots: list[bytes], tmp_path: Path, answer: tuple
) -> None:
    scans, out = filled(tmp_path / "scans", ballots[3]), tmp_path / "count"
    count_ballots(form, scans, out, on=DAY)
    [asked] = queue_of(out)
    before = (out / "count.journal").read_bytes()
    item, by, says = answer
    with pytest.raises(Refused, match="Trả lời"):
        count_ballots(
            form, scans, out, on=DAY, answers=answered(tmp_path, (item.format(row=asked["item"]), by, says))
        )
    assert (out / "count.journal").read_bytes() == before


def test_a_word_once_given_is_changed_by_the_head_alone(form: Path, ballots: list[bytes], tmp_path: Path) -> None:
    scans, out = filled(tmp_path / "scans", ballots[3]), tmp_path / "count"
    count_ballots(form, scans, out, on=DAY)
    [asked] = queue_of(out)
    for _ in range(2):
        count_ballots(form, scans, out, on=DAY, answers=answered(tmp_path, (asked["item"], "An", "for")))
    assert verify_journal(out / "count.journal")["lines"] == 3, "the same answer twice is one line"
    with pytest.raises(Refused, match="trưởng ban"):
        count_ballots(form, scans, out, on=DAY, answers=answered(tmp_path, (asked["item"], "An", "against")))


def test_the_other_count_agrees_or_the_ballots_to_look_at_are_named(
    form: Path, ballots: list[bytes], tmp_path: Path
) -> None:
    out = tmp_path / "count"
    count_ballots(form, filled(tmp_path / "scans", *ballots[:3]), out, on=DAY)
    hand = tmp_path / "hand.json"

    def compared(facts: dict, **more) -> dict:
        hand.write_text(json.dumps(facts), encoding="utf-8")
        return compare_with_hand(form, out / "count.journal", hand, on=DAY, **more)

    entered = [[True, True, True, False, False], [False, False, True, True, True], [False, True, False, True, True]]
    assert compared({"ballots": entered})["agree"]
    assert compared({"struck": [2, 1, 1, 1, 1], "valid": 3, "invalid": 0})["agree"]
    assert compared({"votes": [1, 2, 2, 2, 2], "valid": 3, "invalid": 0})["agree"]
    entered[0][0] = False
    told = compared({"ballots": entered}, papers=Papers(printed=6, present=5, issued=5, collected=3, left_over=1))
    assert not told["agree"]
    assert [d["name"] for d in told["differences"]] == [0]
    assert len(told["look_at"][0]["ballots"]) == 1
    assert told["objections"] == []
    with pytest.raises(Refused, match="đếm tay"):
        compared({"votes": [1]})


def test_kill_9_in_the_middle_loses_nothing_and_counts_nothing_twice(
    form: Path, ballots: list[bytes], tmp_path: Path
) -> None:
    scans, out = filled(tmp_path / "scans", *ballots), tmp_path / "killed"
    alone = count_ballots(form, scans, tmp_path / "alone", on=DAY)
    code = (
        "import sys, os, signal; from pathlib import Path; from datetime import date\n"
        "from chibo.ballots import batch, command\n"
        "batch._AT_ONCE, seen, real = 2, [], batch.entry_of\n"
        "def dying(*a, **k):\n"
        "    seen.append(1)\n"
        "    if len(seen) == 4: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(*a, **k)\n"
        "batch.entry_of = dying\n"
        "command.count_ballots(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), on=date(2025, 4, 1))\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(form), str(scans), str(out)], check=False)
    assert run.returncode == -signal.SIGKILL
    assert verify_journal(out / "count.journal")["lines"] == 3, "the first line and one chunk of two"
    resumed = count_ballots(form, scans, out, on=DAY)
    assert resumed == alone
    assert (out / "count.journal").read_bytes() == (tmp_path / "alone" / "count.journal").read_bytes()


def test_a_journal_of_another_form_or_setting_is_not_gone_on_with(
    form: Path, ballots: list[bytes], tmp_path: Path
) -> None:
    scans = filled(tmp_path / "scans", ballots[0])
    count_ballots(form, scans, tmp_path / "count", on=DAY)
    with pytest.raises(Refused, match="cách đếm khác"):
        count_ballots(form, scans, tmp_path / "count", on=DAY, stamped=False)


def test_duplex_scans_find_writing_on_the_back_and_a_missing_side(
    form: Path, ballots: list[bytes], tmp_path: Path
) -> None:
    import numpy as np

    from benchmarks.hands import Sheet
    from benchmarks.machines import CLEAN, encoded, scanned

    backs = []
    for words in (False, True):
        sheet = Sheet.of(form_of(form), 200, np.random.default_rng(1))
        sheet.page[:] = 1
        if words:
            sheet.words(40, 60, 20)
        backs.append(encoded(scanned(sheet.page, sheet.scale, CLEAN, sheet.rng), ".jpg"))
    scans = filled(tmp_path / "scans", ballots[0], backs[0], ballots[1], backs[1])
    result = count_ballots(form, scans, tmp_path / "count", on=DAY, duplex=True)
    assert (result["pictures"], result["totals"]["valid"]) == (2, 1)
    assert [q["why"] for q in queue_of(tmp_path / "count")] == [["written-back"]]
    (scans / "scan-004.jpg").unlink()
    with pytest.raises(Refused, match="số lẻ"):
        count_ballots(form, scans, tmp_path / "odd", on=DAY, duplex=True)


def test_the_same_streak_on_every_sheet_is_an_alarm_of_the_scanner(form: Path, tmp_path: Path) -> None:
    def streaked(sheet, _blank) -> None:
        x = round(100 * sheet.scale)
        sheet.page[:, x : x + 3] *= 0.3

    blank = form_of(form)
    scans = filled(
        tmp_path / "scans", *(struck_ballot(0, seed=seed, blank=blank, extra=streaked) for seed in range(3))
    )
    [alarm] = count_ballots(form, scans, tmp_path / "count", on=DAY)["alarms"]
    assert (alarm["kind"], alarm["sheets"]) == ("streak", 3)


def test_printed_again_the_form_keeps_its_secret_and_another_list_is_refused(form: Path, tmp_path: Path) -> None:
    key = json.loads(form.read_text(encoding="utf-8"))["style"]["key"]
    assert len(key) == 32
    style_file = form.parent.parent / "style.json"
    print_ballots(style_file, form.parent, voters=5, spare=2)
    facts = json.loads(form.read_text(encoding="utf-8"))
    assert facts["style"]["key"] == key
    assert [p["sheets"] for p in facts["printings"]] == [6, 7]
    other = tmp_path / "other.json"
    other.write_text(json.dumps({**style(Form.STRIKE, 4).as_json(), "key": ""}, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(Refused, match="mẫu phiếu khác"):
        print_ballots(other, form.parent, voters=5, spare=0)
    changed = tmp_path / "form.json"
    changed.write_text(form.read_text(encoding="utf-8").replace("Lê Văn Tám", "Lê Văn Tâm"), encoding="utf-8")
    with pytest.raises(Refused, match="bị sửa"):
        form_of(changed)


def test_the_command_line_prints_counts_and_verifies(
    form: Path, ballots: list[bytes], tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    scans = filled(tmp_path / "scans", ballots[0])
    assert (
        main(
            [
                "print",
                str(form.parent.parent / "style.json"),
                str(tmp_path / "paper"),
                "--voters",
                "3",
                "--spare",
                "1",
            ]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["sheets"] == 4
    assert main(["count", str(form), str(scans), str(tmp_path / "count"), "--on", "2025-04-01"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["valid"] == 1
    assert main(["verify", str(tmp_path / "count" / "count.journal")]) == 0
    assert json.loads(capsys.readouterr().out)["whole"]
    assert main(["count", str(tmp_path / "none.json"), str(scans), str(tmp_path / "x"), "--on", "2025-04-01"]) == 1
    assert "Không thấy tệp" in capsys.readouterr().err


def test_two_workers_write_the_same_journal(
    form: Path, ballots: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans = filled(tmp_path / "scans", *ballots)
    one = count_ballots(form, scans, tmp_path / "one", on=DAY)
    monkeypatch.setattr("chibo.ballots.batch._AT_ONCE", 2)
    two = count_ballots(form, scans, tmp_path / "two", on=DAY, workers=2)
    assert one == two
    assert (tmp_path / "one" / "count.journal").read_bytes() == (tmp_path / "two" / "count.journal").read_bytes()


def tiff_of(*pages: bytes) -> bytes:
    """Pages of four gray pixels each, one directory after the other."""
    made = bytearray(b"II*\0" + struct.pack("<I", 8))
    for at, pixels in enumerate(pages, 1):
        tags = [
            (256, 2),
            (257, 2),
            (258, 8),
            (262, 1),
            (273, len(made) + 2 + 8 * 12 + 4),
            (277, 1),
            (278, 2),
            (279, 4),
        ]
        made += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        made += struct.pack("<I", len(made) + 8 if at < len(pages) else 0) + pixels
    return bytes(made)


def test_what_is_wrong_with_a_file_is_said_of_it_and_its_ballots_are_never_just_left_out(
    form: Path, ballots: list[bytes], tmp_path: Path
) -> None:
    scans = filled(tmp_path / "scans", ballots[0])
    locked = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" + (
        b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(a)(a)]>>\n%%EOF"
    )
    wrong = {
        "khóa.pdf": locked, "rỗng.jpg": b"", "iphone.jpg": b"\0\0\0\x18ftypheic" + bytes(20), "nhiều.tif": tiff_of(bytes(4), bytes(4)),
        "một.tif": tiff_of(bytes(4)), "IMG_01.HEIC": b"\0\0\0\x18ftypmif1" + bytes(20), "ghi chú.txt": "lưu ý".encode(), "Thumbs.db": b"x",
    }  # fmt: skip
    for name, content in wrong.items():
        (scans / name).write_bytes(content)
    assert [unfit(scans / name) for name in wrong][:6] == [
        Unfit.LOCKED, Unfit.EMPTY, Unfit.HEIC, Unfit.PAGES, None, Unfit.HEIC,
    ]  # fmt: skip
    told = count_ballots(form, scans, tmp_path / "count", on=DAY)
    assert (told["pictures"], told["totals"]["ballots"], told["waiting"]) == (6, 1, 5)
    assert [one["file"] for one in told["passed_over"]] == ["IMG_01.HEIC", "ghi chú.txt"]
    assert "HEIC" in told["passed_over"][0]["why"]
    queue = queue_of(tmp_path / "count")
    assert sorted(asked["why"][0] for asked in queue if asked["why"][0] in set(Unfit)) == sorted(Unfit)
    assert all(asked["told"] and asked["told"][0].endswith(".") for asked in queue), "sentences, not codes"
