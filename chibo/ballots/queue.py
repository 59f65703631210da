"""What people must look at: a folder of enlarged pictures and ``queue.json``. The machine's opinion is not told."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from chibo.ballots.batch import ballots_in, reading_of
from chibo.ballots.blank import Blank
from chibo.ballots.files import Unfit
from chibo.ballots.intake import Why
from chibo.ballots.reading import crop_of
from chibo.ballots.rules import _CONCERNS, Concern
from chibo.ballots.tallying import Ask, Question, Tally


def export(folder: Path, tally: Tally, blank: Blank, scans: Path, *, duplex: bool) -> list[Question]:
    """Write every open question with its picture, and take away the pictures of those that are settled."""
    questions = tally.questions()
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {question.item: f"{question.item.replace(':', '-')}.png" for question in questions}
    for old in folder.glob("*.png"):
        if old.name not in pictures.values():
            old.unlink()
    lacking = [q for q in questions if not (folder / pictures[q.item]).exists() and _opens(tally, q)]
    ballots = ballots_in(scans, duplex=duplex)[0] if lacking else {}
    for ballot in sorted({question.ballot for question in lacking}):
        if ballot in ballots:
            _draw(folder, [q for q in lacking if q.ballot == ballot], pictures, blank, ballots[ballot])
    items = [_told(question, pictures[question.item], tally) for question in questions]
    part = folder / "queue.json.part"
    part.write_text(json.dumps(items, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(folder / "queue.json")
    return questions


def _opens(tally: Tally, question: Question) -> bool:
    """Whether there is a picture to show: a file that could not be opened is not opened again."""
    return tally.sheets[question.ballot].get("why") not in {Why.BROKEN, Why.HUGE, *Unfit}


def _draw(folder: Path, questions: list[Question], pictures: dict[str, str], blank: Blank, pages: object) -> None:
    reading = reading_of(pages, blank)  # type: ignore[arg-type]
    if reading.picture is None:
        return
    for question in questions:
        (folder / pictures[question.item]).write_bytes(crop_of(reading, blank, question.row))


def _told(question: Question, picture: str, tally: Tally) -> dict[str, object]:
    facts = asdict(question)
    if question.ask is Ask.ROW:
        assert question.row is not None
        facts |= {"why": [], "number": question.row + 1, "name": tally.style.names[question.row]}
    told = [_WORDS.get(why, why) for why in question.why] if question.row is None else []
    return {**facts, "told": told, "picture": picture, "says": _ANSWERS[question.ask]}


_WORDS: dict[str, str] = {
    **{str(concern): text for concern, text in _CONCERNS.items()},
    Concern.NO_CODE: "Không đọc được mã trên phiếu: có đúng là phiếu của lần bầu này?",
    Concern.TWICE: "Tờ này giống một tờ đã quét: có phải quét hai lần?",
    **{why: why.text for why in (*Why, *Unfit)},
}
"""The reasons as sentences; one that is a sentence already stays as it is."""


_ANSWERS = {
    Ask.ROW: ["for", "against", "neither", "both"],
    Ask.BALLOT: ["valid", "invalid", "not-a-ballot"],
    Ask.REJECTED: ["not-a-ballot", "invalid", "for,against,…"],
}
