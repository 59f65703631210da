"""A folder of scans read into the journal, in an order that tells nothing: that of the pictures' hashes, not of the feed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import zxingcpp

from chibo.ballots.blank import Blank
from chibo.ballots.chain import Entry, Journal
from chibo.ballots.coding import Verdict, verdict_on
from chibo.ballots.files import unfit
from chibo.ballots.ink import has_writing
from chibo.ballots.intake import Page, Unreadable, Why, open_page, pages_in
from chibo.ballots.reading import Reading, read_page
from chibo.ballots.rules import Concern
from chibo.ballots.style import Refused, Style, gettext_noop
from chibo.ballots.tallying import Tally
from chibo.ballots.traces import Traces

Report = Callable[[str, int, int], None]

_AT_ONCE = 25
"""Ballots written to the journal together; what was read and not written is simply read again."""


@lru_cache(maxsize=4)
def _digest(path: Path, _size: int, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def identity(page: Page) -> str:
    """16 digits that follow from the picture alone: the same picture under another name is the same ballot."""
    facts = page.path.stat()
    return hashlib.sha256(
        f"{_digest(page.path, facts.st_size, facts.st_mtime_ns)}:{page.number}".encode()
    ).hexdigest()[:16]


def ballots_in(scans: Path, *, duplex: bool) -> tuple[dict[str, tuple[Page, Page | None]], int]:
    """Front (and with ``duplex`` the back) of every ballot by identity, and how many pictures were there twice."""
    pages = pages_in(scans)
    if duplex and len(pages) % 2:
        raise Refused(
            gettext_noop("Quét hai mặt nhưng số trang là số lẻ (%(count)s); có tờ bị sót một mặt."), count=len(pages)
        )
    pairs: list[tuple[Page, Page | None]] = (
        [*zip(pages[::2], pages[1::2], strict=True)] if duplex else [(page, None) for page in pages]
    )
    found = {identity(front): (front, back) for front, back in pairs}
    return dict(sorted(found.items())), len(pairs) - len(found)


def read_batch(
    journal: Journal, tally: Tally, blank: Blank, scans: Path, *, workers: int, stamped: bool, duplex: bool,
    report: Report | None = None,
) -> int:  # fmt: skip
    """Read every ballot that the journal does not know yet; says how many pictures were there twice. ``report`` hears
    before each ballot which it is, how many are read and how many there are.
    """
    ballots, same = ballots_in(scans, duplex=duplex)
    new = [(ballot, *ballots[ballot]) for ballot in ballots if ballot not in tally.sheets]
    known = Traces()
    for entry in tally.sheets.values():
        known.add(entry)
    entries = _entries(new, blank, workers, stamped, report or _silent, len(ballots))
    while chunk := list(islice(entries, _AT_ONCE)):
        lines = [known.marked(entry) for entry in chunk]
        journal.add(*lines)
        tally.take(lines)
    return same


_Job = tuple[str, Page, Page | None]


def _silent(_ballot: str, _done: int, _total: int) -> None:
    pass


def _entries(
    jobs: list[_Job], blank: Blank, workers: int, stamped: bool, report: Report, total: int
) -> Iterator[Entry]:
    if workers <= 1 or len(jobs) < 2 * _AT_ONCE:
        for done, job in enumerate(jobs, total - len(jobs)):
            report(job[0], done, total)
            yield entry_of(job, blank, stamped=stamped)
        return
    facts = (blank.style.as_json(), blank.pdf, stamped)
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, facts) as pool:
        try:
            yield from pool.map(_work, jobs, chunksize=8)
        except BrokenProcessPool as error:
            pool.shutdown(cancel_futures=True)
            raise Refused(_WORKER_ENDED) from error


_WORKER_ENDED = gettext_noop(
    "Một tiến trình đọc phiếu bị dừng giữa chừng. Những phiếu đã ghi vào sổ đếm vẫn còn; hãy chạy lại, việc đếm sẽ tiếp tục."
)

_mine: dict[str, Any] = {}


def _begin(style: dict[str, object], pdf: bytes, stamped: bool) -> None:
    _mine.update(blank=Blank(Style.of_json(style), pdf), stamped=stamped)


def _work(job: _Job) -> Entry:
    return entry_of(job, _mine["blank"], stamped=_mine["stamped"])


def entry_of(job: _Job, blank: Blank, *, stamped: bool) -> Entry:
    """The journal's line for one ballot: what was seen, with the features that led to it, and no name or time of a file."""
    ballot, front, back = job
    if (wrong := unfit(front.path)) is not None:
        return {"kind": "rejected", "id": ballot, "why": wrong.value}
    reading = read_page(front, blank, stamped=stamped)
    if reading.sheet is None:
        return {"kind": "rejected", "id": ballot, "why": _refused(reading, blank)}
    sheet = reading.sheet
    concerns = {concern.value for concern in sheet.concerns} | (
        {Concern.WRITTEN_BACK.value} if _is_written(back) else set()
    )
    return {
        "kind": "sheet", "id": ballot, "choices": [choice.value for choice in sheet.choices], "concerns": sorted(concerns),
        "trace": sheet.trace, "stamp": sheet.stamp,
        "writing": [[round(v, 1) for v in (box.x, box.y, box.w, box.h)] for box in sheet.writing],
        "gates": {"tags": sheet.tags, "residual": sheet.residual, "correction": sheet.correction, "sharpness": sheet.sharpness},
        "rows": [_features(detail) for detail in sheet.details],
    }  # fmt: skip


def _refused(reading: Reading, blank: Blank) -> str:
    """Why a sheet was not read. A sheet of another list or election does not fit the form and looks bent: its code says what it is."""
    if reading.picture is not None:
        kind = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        verdicts = {
            verdict_on(code.text, blank.style) for code in zxingcpp.read_barcodes(reading.picture.gray, formats=kind)
        }
        if len(verdicts) == 1 and verdicts <= {Verdict.OTHER_STYLE, Verdict.OTHER_ELECTION}:
            return str(verdicts.pop().value)
    return str((reading.why or Why.BROKEN).value)


def _features(detail: object) -> list[object]:
    """The numbers behind a row, in the order of ``Cell`` (twice) or ``Name``."""
    parts = detail if isinstance(detail, tuple) else (detail,)
    return [list(json.loads(json.dumps(asdict(part))).values()) for part in parts]


def _is_written(back: Page | None) -> bool:
    """A back that cannot be opened is looked at by people as well."""
    if back is None:
        return False
    try:
        return has_writing(open_page(back))
    except Unreadable as refused:
        return refused.why is not Why.BITS


def reading_of(ballot: tuple[Page, Page | None], blank: Blank) -> Reading:
    return read_page(ballot[0], blank)
