"""What ``chibo ballots print`` and ``chibo ballots count`` do. Everything happens in two folders on this machine.

Printing leaves ``ballots.pdf`` and ``form.json`` (the form with its secret: the counting committee keeps it). Counting leaves
``count.journal``, ``queue/`` (what people must look at, with pictures), and ``result.json``. Run again, it goes on where it was.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from chibo.ballots.batch import Report, read_batch
from chibo.ballots.blank import Blank
from chibo.ballots.chain import Journal, kinds, opened, verify
from chibo.ballots.counting import Count, Doubt, Pattern, compare_counts, count_backwards, locate_among
from chibo.ballots.counting import tally as tallied
from chibo.ballots.files import passed_over, unfit
from chibo.ballots.intake import Why, pages_in
from chibo.ballots.printing import pdf_of, sheets_to_print
from chibo.ballots.queue import export
from chibo.ballots.rules import Papers, Policy, objections_to_papers, objections_to_votes
from chibo.ballots.style import Refused, Style, gettext_noop
from chibo.ballots.tallying import Tally

_LIBRARIES = ("opencv-python-headless", "numpy", "pypdfium2", "zxing-cpp", "typst")


def print_ballots(style_file: Path, out: Path, *, voters: int, spare: int) -> dict[str, Any]:
    """Print for ``voters`` people present and ``spare`` exchanges. The same style printed again keeps its form and secret."""
    style = Style.of_json(_json_of(style_file))
    sheets = sheets_to_print(voters, spare)
    file = out / "form.json"
    known = _json_of(file) if file.exists() else None
    if known and blank_of(known).style.digest != style.digest:
        raise Refused(
            gettext_noop("Thư mục “%(folder)s” đã có mẫu phiếu khác; hãy in vào thư mục mới."), folder=out.name
        )
    form = printed_form(style, known, voters=voters, spare=spare)
    printed = pdf_of(blank_of(form).style, sheets)
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "ballots.pdf", printed)
    _write(file, _text(form))
    return {
        "sheets": sheets,
        "pdf": str(out / "ballots.pdf"),
        "form": str(file),
        "sha256": hashlib.sha256(printed).hexdigest(),
    }


def printed_form(style: Style, known: Mapping[str, Any] | None, *, voters: int, spare: int) -> dict[str, Any]:
    """What is kept of a printing: the style with its secret, its drawing, how many sheets. Printed again, a form keeps
    its secret and its drawing.
    """
    sheets = sheets_to_print(voters, spare)
    key = blank_of(known).style.key if known else style.key or secrets.token_hex(16)
    style = replace(style, key=key)
    return {
        "style": style.as_json(), "digest": style.digest,
        "printings": [*(known["printings"] if known else []), {"voters": voters, "spare": spare, "sheets": sheets}],
        "blank": known["blank"] if known else base64.b64encode(pdf_of(style)).decode(),
    }  # fmt: skip


def form_of(file: Path) -> Blank:
    """The form as it was printed, whatever has been installed since."""
    return blank_of(_json_of(file))


def blank_of(facts: Mapping[str, Any]) -> Blank:
    """The form that ``printed_form`` kept; refused if a letter of it was changed."""
    try:
        style = Style.of_json(facts["style"])
        blank = Blank(style, base64.b64decode(facts["blank"]))
        same = facts["digest"] == style.digest and blank.fine.size > 0
    except Refused:
        raise
    except Exception as error:
        raise Refused(gettext_noop("Tệp mẫu phiếu không đọc được: %(why)s."), why=error) from error
    if not same:
        raise Refused(gettext_noop("Tệp mẫu phiếu đã bị sửa sau khi in."))
    return blank


def count_ballots(
    form: Path, scans: Path, out: Path, *, on: date, answers: Path | None = None, workers: int = 1,
    stamped: bool = True, duplex: bool = False, policy: Policy | None = None, close: bool = False,
    report: Report | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Read what is new in ``scans``, take the ``answers``, export what waits. Killed at any moment, a new run goes on."""
    blank = form_of(form)
    if not scans.exists():
        raise Refused(gettext_noop("Không thấy thư mục ảnh “%(folder)s”."), folder=str(scans))
    if out.resolve().is_relative_to(scans.resolve()):
        raise Refused(gettext_noop("Thư mục kết quả nằm trong thư mục ảnh; hãy đếm vào thư mục khác."))
    with opened(out / "count.journal") as journal:
        tally = Tally(blank.style, on, policy or Policy()).take(journal.entries)
        _begin(journal, blank, on, policy or Policy(), stamped=stamped, duplex=duplex)
        closed = bool(kinds(journal.entries, "close"))
        same = 0
        if not closed:
            same = read_batch(
                journal, tally, blank, scans, workers=workers, stamped=stamped, duplex=duplex, report=report
            )
            for answer in _answers(answers):
                add_answer(journal, tally, answer)
        questions = export(out / "queue", tally, blank, scans, duplex=duplex)
        result = result_of(tally, len(questions))
        if close and not closed:
            if questions:
                raise Refused(gettext_noop("Còn %(count)s mục chờ người xem; chưa chốt được."), count=len(questions))
            close_journal(journal, tally)
        verdict = {
            "lines": len(journal.entries),
            "head": journal.head,
            "closed": bool(kinds(journal.entries, "close")),
        }
        result |= {"same_picture_again": same, "passed_over": _passed_over(scans), "journal": verdict}
    _write(out / "result.json", _text(result))
    return result


def _passed_over(scans: Path) -> list[dict[str, str]]:
    """Files of the folder in which no ballot was looked for: nobody may think that they were counted."""
    left = passed_over(scans, {page.path for page in pages_in(scans)})
    return [{"file": str(file.relative_to(scans)), "why": (unfit(file) or Why.BROKEN).text} for file in left]


def add_answer(journal: Journal, tally: Tally, answer: Mapping[str, object]) -> None:
    """Write what a person said into the journal; once is enough."""
    line = tally.check_answer(answer)
    if line:
        journal.add(line)
        tally.take([line])


def close_journal(journal: Journal, tally: Tally) -> None:
    """The last line of a count: its totals. Nothing is added after it."""
    if not kinds(journal.entries, "close"):
        journal.add({"kind": "close", **result_of(tally, 0)["totals"]})


def result_of(tally: Tally, waiting: int) -> dict[str, Any]:
    """Totals only: patterns of single ballots stay with the sealed pictures."""
    count = tally.count()
    pictures = len(tally.sheets)
    apart = sum(tally.ruling_of(ballot) == "not-a-ballot" for ballot in tally.sheets)
    names = [
        {"number": at, "name": name, "votes": votes}
        for at, (name, votes) in enumerate(zip(tally.style.names, count.votes, strict=True), 1)
    ]
    return {
        "complete": waiting == 0, "waiting": waiting,
        "totals": {"votes": list(count.votes), "valid": count.valid, "invalid": count.invalid, "ballots": count.valid + count.invalid},
        "names": names, "pictures": pictures, "not_ballots": apart,
        "alarms": [{"kind": "streak", "sheets": tally.streaks(), "text": Why.STREAKED.text}] if tally.streaks() else [],
        "objections": [
            {"text": f.text % f.params, "article": f.article}
            for f in objections_to_votes(tally.style.form, tally.style.seats, count.votes, count.valid, on=tally.on)
        ],
    }  # fmt: skip


def compare_with_hand(
    form: Path, journal: Path, hand: Path, *, on: date, papers: Papers | None = None
) -> dict[str, Any]:
    """The scan against the other count. ``hand`` holds ``{"ballots": [[true, …] or null, …]}``, or totals alone as
    ``{"votes": […], "valid": n, "invalid": n}``, or ``{"struck": […], …}`` for a count by struck names.
    """
    blank, facts = form_of(form), _json_of(hand)
    with opened(_there(journal)) as read:
        begun = kinds(read.entries, "begin")
        if not begun or begun[0]["form"] != blank.style.digest:
            raise Refused(gettext_noop("Sổ đếm này thuộc mẫu phiếu khác."))
        tally = Tally(blank.style, on, _policy_of(read)).take(read.entries)
    machine, doubts = tally.count(), tuple[Doubt, ...]()
    if "ballots" in facts:
        entered = _entered(facts["ballots"], len(blank.style.names))
        other = tallied(entered, len(blank.style.names))
        doubts = locate_among(tally.patterns(), entered)
    else:
        other = count_by_hand(facts)
    if len(other.votes) != len(machine.votes):
        raise Refused(_UNLIKE)
    differences = compare_counts(machine, other)
    objections = objections_to_papers(papers, other.valid, other.invalid, on=on) if papers else []
    return {
        "agree": not differences and not doubts, "differences": [asdict(d) for d in differences],
        "look_at": [asdict(d) for d in doubts], "objections": [{"text": f.text % f.params, "article": f.article} for f in objections],
    }  # fmt: skip


_UNLIKE = gettext_noop("Kết quả đếm tay phải ghi cho mỗi người trong danh sách đúng một giá trị.")


def _entered(ballots: object, names: int) -> list[Pattern]:
    """Ballots as they were entered: a list of true and false for each, or null for an invalid one."""
    lists = isinstance(ballots, list) and all(
        ballot is None or (isinstance(ballot, list) and len(ballot) == names) for ballot in ballots
    )
    if not lists:
        raise Refused(_UNLIKE)
    return [None if ballot is None else tuple(map(bool, ballot)) for ballot in cast("list[Any]", ballots)]


def count_by_hand(facts: Mapping[str, Any]) -> Count:
    try:
        valid, invalid = int(facts["valid"]), int(facts["invalid"])
        if "struck" in facts:
            return count_backwards([int(v) for v in facts["struck"]], valid, invalid)
        return Count(tuple(int(v) for v in facts["votes"]), valid, invalid)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(gettext_noop("Kết quả đếm tay không đọc được: %(why)s."), why=error) from error


def verify_journal(file: Path) -> dict[str, Any]:
    verdict = verify(_there(file))
    return {"whole": verdict.is_whole, **asdict(verdict)}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words after ``chibo ballots``; the management command and ``main`` share them."""
    does = parser.add_subparsers(dest="does", required=True, metavar="VIỆC")
    printing = does.add_parser("print", help="in phiếu: STYLE.json vào thư mục OUT (ballots.pdf, form.json)")
    printing.add_argument("style", type=Path, metavar="STYLE", help="tệp JSON ghi danh sách bầu cử")
    printing.add_argument("out", type=Path, metavar="OUT", help="thư mục nhận phiếu và mẫu phiếu")
    printing.add_argument("--voters", type=int, required=True, metavar="N", help="số người bầu có mặt")
    printing.add_argument("--spare", type=int, default=0, metavar="N", help="số phiếu dự phòng để đổi phiếu hỏng")
    counting = does.add_parser("count", help="đọc ảnh quét vào thư mục OUT (count.journal, queue, result.json)")
    _paths(counting, form="mẫu phiếu form.json của lần in", scans="thư mục ảnh hoặc tệp PDF", out="thư mục đếm")
    counting.add_argument(
        "--on", type=_day, required=True, metavar="NGÀY", help="ngày đại hội: 2025-04-01 hoặc 1/4/2025"
    )
    counting.add_argument("--answers", type=Path, metavar="TỆP", help="tệp JSON những mục người xem đã trả lời")
    counting.add_argument("--workers", type=int, default=1, metavar="N", help="số tiến trình đọc cùng lúc")
    counting.add_argument("--unstamped", action="store_true", help="phiếu của cuộc bầu này không đóng dấu")
    counting.add_argument("--duplex", action="store_true", help="quét hai mặt: mỗi phiếu hai trang liền nhau")
    counting.add_argument("--close", action="store_true", help="chốt sổ đếm khi không còn mục nào chờ")
    comparing = does.add_parser("compare", help="so máy đếm với lần đếm tay, nêu phiếu cần xem lại")
    _paths(comparing, form="mẫu phiếu form.json", journal="sổ đếm count.journal", hand="tệp JSON kết quả đếm tay")
    comparing.add_argument("--on", type=_day, required=True, metavar="NGÀY", help="ngày đại hội")
    _paths(does.add_parser("verify", help="kiểm tra sổ đếm có bị sửa không"), journal="sổ đếm count.journal")


def _paths(parser: argparse.ArgumentParser, **told: str) -> None:
    for name, words in told.items():
        parser.add_argument(name, type=Path, metavar=name.upper(), help=words)


def _day(text: str) -> date:
    """The day as machines write it, or as people here do."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Do what was asked; ``Refused`` says what cannot be done."""
    if options["does"] == "print":
        return print_ballots(options["style"], options["out"], voters=options["voters"], spare=options["spare"])
    if options["does"] == "count":
        return count_ballots(
            options["form"], options["scans"], options["out"], on=options["on"], answers=options["answers"],
            workers=options["workers"], stamped=not options["unstamped"], duplex=options["duplex"], close=options["close"],
        )  # fmt: skip
    if options["does"] == "compare":
        return compare_with_hand(options["form"], options["journal"], options["hand"], on=options["on"])
    return verify_journal(options["journal"])


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m chibo.ballots.command``: the answer as JSON, or one sentence and exit code 1."""
    parser = argparse.ArgumentParser(prog="chibo ballots")
    add_arguments(parser)
    try:
        told = run(vars(parser.parse_args(arguments)))
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    sys.stdout.write(_text(told).decode())
    return 0 if told.get("whole", True) else 1


def _begin(journal: Journal, blank: Blank, on: date, policy: Policy, *, stamped: bool, duplex: bool) -> None:
    """The first line binds the journal to its form and its settings; another form or setting is another count."""
    facts = {
        "kind": "begin", "form": blank.style.digest, "blank": hashlib.sha256(blank.pdf).hexdigest(), "on": on.isoformat(),
        "policy": asdict(policy), "stamped": stamped, "duplex": duplex,
    }  # fmt: skip
    begun = kinds(journal.entries, "begin")
    if begun and any(begun[0][name] != value for name, value in facts.items()):
        raise Refused(gettext_noop("Sổ đếm này thuộc mẫu phiếu hoặc cách đếm khác; hãy đếm vào thư mục mới."))
    if not begun:
        journal.add({**facts, "libraries": {name: version(name) for name in _LIBRARIES}})


def _policy_of(journal: Journal) -> Policy:
    begun = kinds(journal.entries, "begin")
    return Policy(**begun[0]["policy"]) if begun else Policy()


def _answers(file: Path | None) -> Sequence[Mapping[str, object]]:
    if file is None:
        return ()
    found = _read(file)
    if not isinstance(found, list) or not all(isinstance(answer, dict) for answer in found):
        raise Refused(gettext_noop("Tệp trả lời phải là danh sách các mục item, by, says."))
    return found


def _json_of(file: Path) -> dict[str, Any]:
    found = _read(file)
    if not isinstance(found, dict):
        raise Refused(gettext_noop("Tệp “%(file)s” không đúng dạng JSON: %(why)s."), file=file.name, why="{…}")
    return found


def _read(file: Path) -> Any:
    try:
        return json.loads(_there(file).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refused(
            gettext_noop("Tệp “%(file)s” không đúng dạng JSON: %(why)s."), file=file.name, why=error
        ) from error


def _there(file: Path) -> Path:
    if not file.is_file():
        raise Refused(gettext_noop("Không thấy tệp “%(file)s”."), file=str(file))
    return file


def _text(facts: object) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    with part.open("wb") as opened_file:
        opened_file.write(data)
        opened_file.flush()
        os.fsync(opened_file.fileno())
    part.replace(file)


if __name__ == "__main__":
    sys.exit(main())
