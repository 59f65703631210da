"""What must hold of a meeting that is closed: parts of its minutes, its resolution, its files, its time.

HD 12-HD/BTCTW 2018; HD 42-HD/BTCTW 2025; Charter, art. 9; rulebook §2.2, §2.3.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import time
from typing import NamedTuple

from chibo.core.values import Objection, Share, Word, gettext_noop
from chibo.core.vietnamese import fold, nfc
from chibo.meetings.rules import MINUTES, OF_THE_CELL, ItemKind, MeetingKind, MeetingState
from chibo.meetings.rules.conducting import ADOPTION, minutes_spent

# ------------------------------------------------------------------------------------- parts of minutes


class Part(Word):
    """A part that minutes must have (rulebook §2.3)."""

    HOURS = "hours", gettext_noop("giờ bắt đầu, giờ kết thúc")
    PLACE = "place", gettext_noop("địa điểm")
    CONTENT = "content", gettext_noop("diễn biến của từng nội dung")
    SPEAKERS = "speakers", gettext_noop("ý kiến phát biểu")
    VOTES = "votes", gettext_noop("kết quả biểu quyết")
    ASSIGNMENTS = "assignments", gettext_noop("phân công: việc, người, thời hạn")


_SHORT = (Part.HOURS, Part.CONTENT)
_USUAL = (Part.HOURS, Part.PLACE, Part.CONTENT, Part.SPEAKERS)
PARTS: dict[str, tuple[Part, ...]] = {
    MeetingKind.REGULAR: (*_USUAL, Part.VOTES, Part.ASSIGNMENTS),
    MeetingKind.TOPICAL: _USUAL,
    MeetingKind.EXTRAORDINARY: (*_USUAL, Part.VOTES),
    MeetingKind.COMMITTEE: _USUAL,
    MeetingKind.CONFERRAL: _SHORT,
}
"""What the minutes of each kind need; of any other kind, ``_USUAL``. Head, roll, chair and recorder hold closing up."""

_SAID = {
    Part.SPEAKERS: ("y kien", "phat bieu", "dong chi"),
    Part.VOTES: ("bieu quyet", "tan thanh", "nhat tri"),
    Part.ASSIGNMENTS: ("thoi han", "phan cong", "hoan thanh truoc", "giao dong chi", "giao chi"),
}
"""The words, folded, by which a part is known in a text that somebody typed freely."""

_ITEM = re.compile(r"\d{1,2}\. ")


class Written(NamedTuple):
    """Minutes as they are written: the text, and what stands in fields of their own."""

    kind: str
    text: str
    starts_at: time | None
    ends_at: time | None
    place: str
    online: bool = False


def parts_missing(written: Written) -> list[Part]:
    """The parts that minutes of this kind need and that these lack, in order (seed S2-18).

    Parts are looked for in the text itself, for that is what is signed: in the lines under the items, never in their
    headings, which only say what was to be spoken of.
    """
    body = fold("\n".join(line for line in _content(written.text)))
    return [part for part in PARTS.get(written.kind, _USUAL) if _lacks(part, written, body)]


def _lacks(part: Part, written: Written, body: str) -> bool:
    if part is Part.HOURS:
        return written.starts_at is None or written.ends_at is None
    if part is Part.PLACE:
        return not written.place.strip() and not written.online
    if part is Part.CONTENT:
        return not body
    return not any(word in body for word in _SAID[part])


_HEAD = (
    "Thời gian:", "Địa điểm:", "Chủ trì:", "Thư ký:", "Khách dự:", "Tổng số đảng viên:", "Có mặt:", "Vắng ", "Miễn sinh hoạt:",
    "Sinh hoạt nơi khác:", "Tỷ lệ dự họp:", "Chưa điểm danh:", "Cuộc họp kết thúc",
)  # fmt: skip


def _content(text: str) -> Iterator[str]:
    """What the minutes tell of the meeting itself: neither their head, nor headings, nor their last line."""
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith(_HEAD) and not _ITEM.match(line):
            yield line


def items_without_word(text: str) -> list[str]:
    """The headings under which nothing is written."""
    bare: list[str] = []
    heading = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if _ITEM.match(line):
            if heading:
                bare.append(heading)
            heading = line
        elif not line.startswith("Cuộc họp kết thúc"):
            heading = ""
    return [*bare, heading] if heading else bare


def cautions_on_parts(written: Written) -> Iterator[Objection]:
    """What is missing, by name, before the minutes are signed."""
    missing = [
        part for part in parts_missing(written) if part is not Part.HOURS
    ]  # said of the meeting itself already
    for part in missing:
        yield Objection(gettext_noop("Biên bản chưa có %(part)s."), MINUTES, {"part": part.label})
    bare = items_without_word(written.text)
    if bare and Part.CONTENT not in missing:
        yield Objection(gettext_noop("Chưa ghi diễn biến: %(items)s."), MINUTES, {"items": "; ".join(bare)})


# ------------------------------------------------------------------------------------------- resolution


def issues_resolution(kind: str, resolved: int) -> bool:
    """A meeting of the whole cell that resolved something issues it as a resolution (rulebook §2.3)."""
    return kind in OF_THE_CELL and resolved > 0


def objections_to_adopting(*, kind: str, resolved: int, votes: Collection[bool]) -> Iterator[Objection]:
    """A resolution stands only when more than half of all official members voted for it (Charter, art. 9.5).

    ``votes`` says of each vote on it whether it was carried; the last one decides.
    """
    if not issues_resolution(kind, resolved):
        return
    if not votes:
        yield Objection(
            gettext_noop("Có %(count)s nội dung nghị quyết nhưng chưa biểu quyết thông qua nghị quyết."),
            ADOPTION,
            {"count": resolved},
        )
    elif not list(votes)[-1]:
        yield Objection(
            gettext_noop("Nghị quyết chưa được quá một nửa số đảng viên chính thức tán thành, chưa ban hành được."),
            ADOPTION,
        )


# ------------------------------------------------------------------------------------------------ files


def objections_to_detaching(state: str) -> Iterator[Objection]:
    """Files of a closed meeting stay: they are part of its record."""
    if state == MeetingState.CLOSED:
        yield Objection(gettext_noop("Cuộc họp đã bế mạc: tệp kèm theo giữ nguyên trong hồ sơ."), MINUTES)


LONGEST_NAME = 160
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/]+')


def name_kept(name: str, suffix: str) -> str:
    """The name of a file as its sender wrote it, accents and all, without folders, and with the suffix of what it is."""
    bare = _UNSAFE.sub(" ", nfc(re.split(r"[\\/]", name)[-1]))
    stem = nfc(bare.rpartition(".")[0] if "." in bare else bare).strip(". ") or "tep"
    return f"{stem[: LONGEST_NAME - len(suffix) - 1].rstrip()}.{suffix}"


# ------------------------------------------------------------------------------------------------- time

READ_ALOUD = (ItemKind.INFORMATION, ItemKind.DOCUMENTS)
"""The items in which documents are read or told (rulebook §2.2: 15 to 30 minutes)."""


def time_on(kinds: Collection[str], turns: Iterable[tuple[str, time | None, time | None]]) -> Share:
    """Minutes spent on items of these kinds, of all the minutes that the turns took (seed S2-13)."""
    spent = [(kind, minutes_spent(began, ended) or 0) for kind, began, ended in turns]
    return Share(sum(n for kind, n in spent if kind in kinds), sum(n for _kind, n in spent))


def is_read_too_long(share: Share, *, most_minutes: int, most_percent: int) -> bool:
    """Whether reading took more minutes, or more of the meeting's time, than the office allows.

    The share says something only when at least ``most_minutes`` were timed.
    """
    in_all = share.base >= most_minutes and 100 * share.part > most_percent * share.base
    return share.part > most_minutes or in_all
