"""Ballots printed here and read back by a scanner: how many are printed, which files are pictures, who looks at what is
doubtful. 190-QĐ/TW Đ8, Đ15; docs/rules/phieu-bau.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chibo.congresses.rules import rule_set_on
from chibo.congresses.rules.counting import Mark
from chibo.core.values import Objection, Word, gettext_noop

MOST_FILES = 100
"""Files in one upload; a scanner's PDF holds as many ballots as it likes."""
MOST_MEGABYTES = 250
"""Of one upload."""


class ScanState(Word):
    """How far the reading of a round's scans is."""

    READING = "reading", gettext_noop("Đang đọc")
    READ = "read", gettext_noop("Đã đọc")
    REFUSED = "refused", gettext_noop("Không đọc được")
    CLOSED = "closed", gettext_noop("Đã chốt, niêm phong")
    ASIDE = "aside", gettext_noop("Đã bỏ, giữ niêm phong")


def spare_for(voters: int, percent: int) -> int:
    """Sheets to exchange spoiled ones, rounded up."""
    return -(-voters * percent // 100)


_MAGIC = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png", b"II*\0": ".tif", b"MM\0*": ".tif", b"%PDF": ".pdf"}


def suffix_of(first: bytes) -> str:
    """What a file is by its first bytes, whatever its name says; empty if it is no scan."""
    return next((suffix for magic, suffix in _MAGIC.items() if first.startswith(magic)), "")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it came: its name, its size in bytes, its first bytes."""

    name: str
    size: int
    first: bytes


def objections_to_files(files: Sequence[Upload]) -> Iterator[Objection]:
    """Pictures and PDF only, told by content; not too many, not too large."""
    if not files:
        yield Objection(gettext_noop("Hãy chọn tệp PDF hoặc ảnh từ máy quét."), field="scans")
    if len(files) > MOST_FILES:
        text = gettext_noop(
            "Chọn %(count)s tệp, nhiều hơn %(most)s tệp một lần; hãy quét vào một tệp PDF hoặc tải nhiều lần."
        )
        yield Objection(text, params={"count": len(files), "most": MOST_FILES}, field="scans")
    if sum(file.size for file in files) > MOST_MEGABYTES * 1024**2:
        text = gettext_noop("Các tệp nặng hơn %(most)s MB; hãy tải làm nhiều lần, hoặc quét 200 dpi xám.")
        yield Objection(text, params={"most": MOST_MEGABYTES}, field="scans")
    for file in files:
        if not file.size:
            text = gettext_noop("Tệp “%(name)s” trống, không có gì bên trong; hãy quét lại.")
            yield Objection(text, params={"name": file.name[:80]}, field="scans")
            return
        if file.first[4:8] == b"ftyp":
            text = gettext_noop("Tệp “%(name)s” là ảnh HEIC hoặc video của điện thoại; hãy đổi sang JPG rồi tải lại.")
            yield Objection(text, params={"name": file.name[:80]}, field="scans")
            return
        if not suffix_of(file.first):
            text = gettext_noop("Tệp “%(name)s” không phải ảnh JPG, PNG, TIFF hay PDF.")
            yield Objection(text, params={"name": file.name[:80]}, field="scans")
            return


# ------------------------------------------------------------------------------------ what people look at


@dataclass(frozen=True, slots=True)
class Said:
    """What a member of the counting committee said of an item."""

    counter: int
    says: str
    is_final: bool = False


def is_head_asked(said: Sequence[Said]) -> bool:
    """Two looked and do not agree: the head of the counting committee concludes (Đ8)."""
    return len({one.says for one in said}) > 1 and not any(one.is_final for one in said)


def objections_to_saying(
    said: Sequence[Said], *, counter: int, is_head: bool, enters_hand: bool, on: date
) -> Iterator[Objection]:
    """Two members of the committee look, each once and each alone; where they differ, the head concludes."""
    article = rule_set_on(on).article("counting")
    if any(one.is_final for one in said):
        yield Objection(gettext_noop("Trưởng ban kiểm phiếu đã kết luận mục này."), article)
    elif is_head_asked(said):
        if not is_head:
            yield Objection(gettext_noop("Hai người xem khác nhau: trưởng ban kiểm phiếu kết luận."), article)
    elif any(one.counter == counter for one in said):
        yield Objection(
            gettext_noop("Đồng chí này đã trả lời mục này; cần một người khác trong ban kiểm phiếu."), article
        )
    elif len(said) >= 2:
        yield Objection(gettext_noop("Hai người đã xem và thống nhất mục này."), article)
    elif enters_hand:
        yield Objection(
            gettext_noop("Người nhập lượt đếm tay không xem phiếu quét: hai lượt kiểm phải độc lập."), article
        )


_WORDS = {Mark.FOR: "for", Mark.AGAINST: "against", Mark.BOTH: "both", Mark.NEITHER: "neither"}


def rows_of(marks: str) -> str:
    """A ballot typed as letters, in the words of the reader; empty if a letter is unknown."""
    known = {mark.value: word for mark, word in _WORDS.items()}
    letters = marks.strip().lower()
    return ",".join(known[letter] for letter in letters) if letters and set(letters) <= set(known) else ""
