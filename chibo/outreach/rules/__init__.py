"""Words and rules of the outreach ledger (công tác tuyên truyền). Seeds S1-04, S1-05 and S4-09.

No regulation of the centre says how a ward counts its news and broadcasts; the directive that a programme carries out
asks that it be publicised (Chỉ thị 05-CT/TW, 15/5/2016), so every number here is a setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from chibo.core.values import Objection, Word, gettext_noop, month_of
from chibo.core.vietnamese import nfc, search_key

DIRECTIVE = "Chỉ thị 05-CT/TW, 15/5/2016"
PERSONAL_DATA = "Luật Bảo vệ dữ liệu cá nhân 2025"
LONGEST_LINK = 500
LONGEST_TITLE = 300
MOST_MINUTES = 24 * 60
"""A broadcast or a programme is part of one day."""
MOST_AT_ONCE = 500
"""Lines taken from one page; more come as a workbook."""


class ItemKind(Word):
    """By which way something was told to the public."""

    PORTAL = "portal", gettext_noop("Tin, bài trên cổng thông tin")
    LOUDSPEAKER = "loudspeaker", gettext_noop("Phát thanh, loa truyền thanh")
    BANNER = "banner", gettext_noop("Băng rôn, khẩu hiệu, pa nô")
    BULLETIN = "bulletin", gettext_noop("Bản tin")
    TELEVISION = "television", gettext_noop("Truyền hình")
    TALK = "talk", gettext_noop("Tuyên truyền miệng, nói chuyện chuyên đề")


TIMED = (ItemKind.LOUDSPEAKER, ItemKind.TELEVISION)
"""What lasts some minutes."""
COUNTED = (ItemKind.BANNER, ItemKind.BULLETIN)
"""What comes in several pieces."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was published, broadcast or hung up. ``minutes`` and ``pieces`` where its kind has them."""

    kind: str
    held_on: date
    title: str
    link: str = ""
    minutes: int | None = None
    pieces: int | None = None
    topic: str = ""
    place: str = ""


def facts_of(entry: Entry) -> dict[str, object]:
    """An entry as it is stored: one spelling, its month, the keys by which it and its link are found."""
    texts = {name: nfc(getattr(entry, name)) for name in ("title", "topic", "place")}
    keys = {"link_key": key_of_link(entry.link), "search_key": search_key(texts["title"])[:400]}
    return {**asdict(entry), **texts, **keys, "month": month_of(entry.held_on)}


def key_of_link(link: str) -> str:
    """By which two links to one page are known as the same, however they were copied.

    Left out: the scheme, "www." and "m.", a trailing slash, the part after "#", and what portals add to count visits.
    """
    parts = urlsplit(link.strip())
    host = re.sub(r"^(www|m)\.", "", parts.netloc.lower())
    asked = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.match(name)]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    return f"{host}{parts.path.rstrip('/')}{query}"[:LONGEST_LINK]


_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|zarsrc|ref|share)$", re.IGNORECASE)


def is_web_address(link: str) -> bool:
    """Whether it is an address of a page, and nothing that a browser would run or open elsewhere."""
    try:
        parts = urlsplit(link.strip())
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = not re.search(r"[\s\x00-\x1f\x7f]", link.strip())
    return parts.scheme in ("http", "https") and "." in host and plain and "@" not in parts.netloc


def objections_to_entering(entry: Entry, *, today: date) -> Iterator[Objection]:
    """What is entered has a title, happened already, and tells what its kind needs: a link is a web address, a
    broadcast has minutes (seed S1-05)."""
    if entry.kind not in set(ItemKind):
        yield Objection(gettext_noop("Hãy chọn hình thức tuyên truyền."), field="kind")
    if not entry.title.strip():
        yield Objection(gettext_noop("Hãy ghi tiêu đề hoặc nội dung."), field="title")
    if entry.held_on > today:
        yield Objection(
            gettext_noop("Ngày %(day)s ở sau hôm nay; sổ chỉ ghi việc đã đăng, đã phát."),
            params={"day": f"{entry.held_on:%d/%m/%Y}"},
            field="held_on",
        )
    if entry.link:
        yield from objections_to_link(entry.link)
    yield from _objections_to_size(entry)


def objections_to_link(link: str) -> Iterator[Objection]:
    """A link is stored as an address only: http or https, never opened by the office's machine."""
    if len(link) > LONGEST_LINK:
        yield Objection(
            gettext_noop("Đường dẫn dài quá %(most)s ký tự."), params={"most": LONGEST_LINK}, field="link"
        )
    elif not is_web_address(link):
        yield Objection(
            gettext_noop("Đường dẫn phải bắt đầu bằng http:// hoặc https://, ví dụ https://phuong.example/tin-123."),
            field="link",
        )


def _objections_to_size(entry: Entry) -> Iterator[Objection]:
    if entry.kind == ItemKind.LOUDSPEAKER and not entry.minutes:
        yield Objection(gettext_noop("Hãy ghi số phút của buổi phát thanh."), field="minutes")
    if entry.minutes is not None and not 0 < entry.minutes <= MOST_MINUTES:
        yield Objection(
            gettext_noop("Số phút phải từ 1 đến %(most)s."), params={"most": MOST_MINUTES}, field="minutes"
        )
    if entry.pieces is not None and entry.pieces < 1:
        yield Objection(gettext_noop("Số lượng phải từ 1 trở lên."), field="pieces")


def objections_to_count(count: int) -> Iterator[Objection]:
    """Several lines are entered at once, not none and not a whole archive."""
    if not count:
        yield Objection(gettext_noop("Chưa có dòng nào."), field="lines")
    if count > MOST_AT_ONCE:
        yield Objection(
            gettext_noop("Mỗi lần nhập tối đa %(most)s dòng; nhiều hơn hãy nhập từ tệp Excel."),
            params={"most": MOST_AT_ONCE},
            field="lines",
        )


def objections_to_theme(*, has_theme: bool, of_programme: bool) -> Iterator[Objection]:
    """A theme belongs to its programme."""
    if has_theme and not of_programme:
        yield Objection(gettext_noop("Chuyên đề này không thuộc chương trình đã chọn."), field="theme")


def objections_to_picture(kind: str | None) -> Iterator[Objection]:
    """A picture is really one, by what the file holds."""
    if kind not in ("jpg", "png"):
        yield Objection(gettext_noop("Chỉ nhận ảnh JPG hoặc PNG; tệp này không phải."), field="picture")


def objections_to_striking(reason: str, *, of_article: bool, of_exemplar: bool) -> Iterator[Objection]:
    """An entry made by mistake is struck with a reason, unless an article or an exemplar points to it."""
    if not reason.strip():
        yield Objection(gettext_noop("Hãy ghi lý do."), field="reason")
    if of_article:
        yield Objection(gettext_noop("Mục này là nơi đăng của một bài viết, không xóa được."))
    if of_exemplar:
        yield Objection(gettext_noop("Mục này là nơi giới thiệu một gương điển hình, không xóa được."))
