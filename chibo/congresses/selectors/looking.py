"""What people must look at of a scan, and the pictures they see; who looks knows neither the machine's opinion nor the
other's."""

from __future__ import annotations

from collections import Counter as Tallied
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from django.utils.translation import gettext as _

from chibo.ballots.tallying import Ask
from chibo.congresses.models import Counter, ScanCount
from chibo.congresses.rules.alike import most_alike
from chibo.congresses.rules.backwards import counted_backwards
from chibo.congresses.rules.scanning import Said, is_head_asked
from chibo.congresses.selectors.backwards import batches_of, unlike_scan
from chibo.congresses.selectors.heaps import heaps_of
from chibo.congresses.selectors.scanning import WORKER, ScanFacts, apart_in, folder_of
from chibo.congresses.selectors.seating import counts_by_hand
from chibo.core.uploads.archives import RefusedError
from chibo.core.uploads.process import lines_said
from chibo.core.values import gettext_noop

REASONS = {
    "writing": gettext_noop("Phiếu có viết, vẽ hoặc ký thêm?"),
    "written-back": gettext_noop("Mặt sau của phiếu có viết hoặc vẽ?"),
    "unstamped": gettext_noop("Không thấy dấu ở góc trái phía trên?"),
    "other-style": gettext_noop("Phiếu của lần bầu hoặc danh sách khác?"),
    "other-election": gettext_noop("Phiếu của cuộc bầu cử khác?"),
    "forged": gettext_noop("Mã trên phiếu không do cuộc bầu cử này in ra?"),
    "no-code": gettext_noop("Không đọc được mã trên phiếu: có đúng là phiếu của lần bầu này?"),
    "twice": gettext_noop("Tờ này giống một tờ đã quét: có phải quét hai lần?"),
    "broken": gettext_noop("Tệp hỏng hoặc không phải ảnh đọc được."),
    "empty": gettext_noop("Tệp trống, không có gì bên trong; hãy quét lại trang ấy."),
    "locked": gettext_noop("Tệp PDF có mật khẩu; hãy quét hoặc lưu lại không đặt mật khẩu."),
    "heic": gettext_noop("Ảnh HEIC của điện thoại, máy không mở được; hãy đổi sang JPG, hoặc đặt máy ảnh chụp JPG."),
    "many-pages": gettext_noop("Tệp TIFF có nhiều trang; hãy quét hoặc lưu thành PDF, hoặc mỗi trang một tệp."),
    "huge": gettext_noop("Ảnh hoặc tệp quá lớn, không mở."),
    "one-bit": gettext_noop("Ảnh chỉ có đen và trắng; hãy quét ở chế độ xám hoặc màu."),
    "coarse": gettext_noop("Ảnh quá thưa điểm; hãy quét từ 200 dpi."),
    "squeezed": gettext_noop("Ảnh nén quá mạnh; hãy quét lại với chất lượng cao hơn."),
    "no-corner-marks": gettext_noop("Không thấy đủ ba dấu góc của phiếu: tờ khác, quét thiếu, lật ngược gương hoặc che góc."),
    "two-sheets": gettext_noop("Trong ảnh có hơn một phiếu."),
    "scaled": gettext_noop("Phiếu không được in hoặc quét đúng cỡ 100%."),
    "bent": gettext_noop("Không khớp mẫu phiếu: phiếu của lần bầu hoặc danh sách khác, hoặc phiếu cong, gấp. Hãy xem tên trên phiếu; đúng phiếu thì vuốt phẳng, quét lại."),
    "blurred": gettext_noop("Ảnh nhòe; hãy quét hoặc chụp lại."),
    "streaked": gettext_noop("Có vệt dọc của máy quét; hãy lau kính và quét lại."),
}  # fmt: skip
"""What people are asked, or told, of a whole sheet; the words are those of ``ballots.intake.Why`` and ``ballots.files.Unfit``, which load OpenCV and PDFium."""


WRONG = frozenset(REASONS) - {"writing", "written-back", "unstamped", "twice", "streaked"}
"""Reasons that, for most of a scan, mean the wrong papers or the wrong setting of the scanner."""


@dataclass(frozen=True, slots=True)
class Look:
    """One item for one person."""

    item: str
    ask: str
    name: str
    """The name of the row, where it is about one."""
    head: bool
    """Two differ: this is for the head of the committee to conclude."""
    left: int
    why: tuple[str, ...] = ()
    """Why a whole sheet is asked about; of a single row people are told nothing."""
    beside: str = ""
    """The picture that it may be of the same sheet with."""


def items_for(facts: ScanFacts, counter: Counter, again: tuple[str, ...] = ()) -> list[str]:
    """What this person has still to look at: open questions, and ballots on which the two counts differ."""
    asked = [question.item for question in facts.questions]
    asked += [ballot for ballot in again if ballot not in asked and len(facts.said[ballot]) < 2]
    asked += [ballot for ballot in again if ballot not in asked and is_head_asked(facts.said[ballot])]
    enters = counts_by_hand(facts.scan.polling, counter)
    return [item for item in asked if _may_look(facts.said[item], counter, enters=enters)]


def is_for(scan: ScanCount, counter: Counter, item: str) -> bool:
    """Whether this picture waits for this person, or is one on which the two counts, both whole, differ."""
    facts = ScanFacts(scan)
    again = again_in(scan, facts)
    pair = doubled_in(facts)
    return item in (*again, *pair) or item in items_for(facts, counter, again)


def _may_look(said: list[Said], counter: Counter, *, enters: bool) -> bool:
    """Who enters the count by hand looks at nothing of the scanner's, unless two differ and the head must conclude."""
    if is_head_asked(said):
        return counter.is_head
    return not enters and len(said) < 2 and all(one.counter != counter.pk for one in said)


def look_of(facts: ScanFacts, counter: Counter, again: tuple[str, ...] = ()) -> Look | None:
    """The first item that waits for this person."""
    items = items_for(facts, counter, again)
    if not items:
        return None
    item = items[0]
    question = next((q for q in facts.questions if q.item == item), None)
    ask = question.ask if question else Ask.REJECTED
    name = facts.tally.style.names[question.row] if question and question.row is not None else ""
    why = question.why if question and question.row is None else ()
    pair = () if question else doubled_in(facts)
    beside = pair[0] if pair and pair[1] == item else ""
    return Look(
        item, ask.value, name, is_head_asked(facts.said[item]), len(items), tuple(map(_in_words, why)), beside
    )


def surplus_in(facts: ScanFacts) -> int:
    """How many ballots the scanner has more than came back; nothing while it is not clear what is a ballot."""
    return 0 if facts.questions else max(0, facts.ballots - (facts.scan.polling.collected or 0))


def doubled_in(facts: ScanFacts) -> tuple[str, ...]:
    """With more pictures than papers, one sheet may lie in two of them: the two that are most alike (ADR 0157)."""
    if not surplus_in(facts):
        return ()
    sheets = {one: facts.tally.sheets[one].get("trace", ()) for one in facts.patterns}
    told_apart = {one for one in sheets if facts.tally.answer_to(one) is not None}
    return most_alike(sheets, told_apart) or ()


def _in_words(why: str) -> str:
    """A reason of the reader as a sentence; what the rules of ballots object to is one already."""
    return _(REASONS.get(why, why))


def picture_of(scan: ScanCount, item: str) -> Path | None:
    """The enlarged row, drawn when the scans were read; or the whole sheet, drawn when somebody wants to see it."""
    name, sheets = item.replace(":", "-"), folder_of(scan) / "sheets"
    places = (folder_of(scan) / "count" / "queue" / f"{name}.png", sheets / f"{name}.png")
    if not any(place.exists() for place in places) and item in ScanFacts(scan).tally.sheets:
        order = {"does": "draw", "ballot": item, "duplex": scan.duplex}
        with suppress(RefusedError):
            list(lines_said(WORKER, folder_of(scan), order, seconds=60.0))
    return next((place for place in places if place.exists()), None)


def again_in(scan: ScanCount, facts: ScanFacts) -> tuple[str, ...]:
    """The pictures of ballots on which the scanner and a whole count by hand differ: people look at them again. With more
    pictures than papers it is first the one that may be of a sheet scanned twice."""
    polling = scan.polling
    if facts.questions or polling.collected is None:
        return ()
    if surplus_in(facts):
        return doubled_in(facts)[1:]
    batches, names = batches_of(polling), polling.names.count()
    if polling.collected and counted_backwards(batches, names).ballots == polling.collected:
        return tuple(dict.fromkeys(one for unlike in unlike_scan(facts, batches, names) for one in unlike.pictures))
    if polling.entries.filter(hand=2).count() != polling.collected:
        return ()
    return tuple(dict.fromkeys(one for apart in apart_in(polling, facts) for one in apart.pictures))


@dataclass(frozen=True, slots=True)
class ScanPage:
    """How many pictures are settled, and how many items wait for each member of the counting committee. What the names
    got is not told: the count by hand must not know it."""

    pictures: int
    settled: int
    not_ballots: int
    streaks: int
    waiting: int
    people: list[tuple[Counter, int]]
    again: int
    reasons: list[tuple[str, int]]
    """Why whole sheets are asked about, the commonest first."""
    wrong: str
    """What is wrong with most of the pictures: other papers, or scanned badly. Scanning again saves looking at each."""
    surplus: int
    """How many ballots the scanner has more than came back."""
    doubled: tuple[str, ...]
    """Then: the two pictures that are most alike."""
    heaps: list[tuple[int, int]]
    """From which number to which the papers of each heap are pencilled, once every picture is settled; one heap says nothing."""


def scan_page(scan: ScanCount) -> ScanPage:
    facts = ScanFacts(scan)
    again = again_in(scan, facts)
    entering = {*scan.polling.entries.filter(hand=2).values_list("counter_id", flat=True)}
    entering |= {*scan.polling.batches.values_list("counter_id", flat=True)}
    people = [
        (one, len(items_for(facts, one, again)))
        for one in scan.polling.election.congress.counters.select_related("member")
        if one.pk not in entering or one.is_head
    ]
    apart = sum(facts.tally.ruling_of(ballot) == "not-a-ballot" for ballot in facts.tally.sheets)
    reasons = Tallied(why for one in facts.questions if one.row is None for why in one.why).most_common()
    wrong = [why for why, count in reasons if why in WRONG and count > 2 and 2 * count > len(facts.tally.sheets)]
    return ScanPage(
        len(facts.tally.sheets), facts.ballots, apart, facts.tally.streaks(), len(facts.questions), people, len(again),
        [(_in_words(why), count) for why, count in reasons], _in_words(wrong[0]) if wrong else "",
        surplus_in(facts), doubled_in(facts),
        _numbers(heaps_of(facts)) if scan.uploads > 1 and not facts.questions else [],
    )  # fmt: skip


def _numbers(heaps: list[list[str]]) -> list[tuple[int, int]]:
    ends = list(accumulate(map(len, heaps)))
    return [(end - len(heap) + 1, end) for heap, end in zip(heaps, ends, strict=True)]
