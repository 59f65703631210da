"""A list of past news and broadcasts from a workbook: what each row would do in the ledger. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.importing import RowPlan, RowState, SourceTable
from chibo.core.registry import ImportField
from chibo.core.vietnamese import fold, nfc
from chibo.core.workbooks import Precision, as_date
from chibo.outreach.models import Item
from chibo.outreach.rules import LONGEST_TITLE, Entry, ItemKind, key_of_link, objections_to_entering
from chibo.outreach.selectors import keys_known
from chibo.programmes.models import Programme, Theme
from chibo.programmes.selectors import programmes_of, themes_for
from chibo.units.models import Unit
from chibo.units.rules import Level

F = ImportField
FIELDS = (
    F("number", gettext_noop("STT"), ("STT", "TT", "Số TT", "Số thứ tự"), ignored=True),
    F("held_on", gettext_noop("Ngày đăng, phát"),
      ("Ngày", "Ngày đăng", "Ngày phát", "Ngày đăng tin", "Thời gian", "Ngày đăng, phát", "Ngày tháng", "Ngày, tháng, năm",
       "Ngày đăng tải", "Thời gian đăng", "Thời gian phát", "Ngày phát sóng", "Ngày thực hiện"), required=True),
    F("title", gettext_noop("Tiêu đề, nội dung"),
      ("Tiêu đề", "Tên tin bài", "Tên tin, bài", "Tên bài", "Tin bài", "Tin, bài", "Nội dung", "Nội dung tuyên truyền",
       "Tiêu đề tin bài", "Tiêu đề, nội dung", "Nội dung phát thanh", "Tên bài viết", "Nội dung tin bài"), required=True),
    F("kind", gettext_noop("Hình thức"),
      ("Hình thức", "Hình thức tuyên truyền", "Loại", "Loại hình", "Kênh", "Phương tiện", "Kênh tuyên truyền")),
    F("link", gettext_noop("Đường dẫn"),
      ("Đường dẫn", "Link", "Liên kết", "Địa chỉ", "Đường link", "URL", "Link bài viết", "Địa chỉ bài viết")),
    F("minutes", gettext_noop("Số phút"),
      ("Số phút", "Thời lượng", "Thời lượng (phút)", "Phút", "Thời gian phát (phút)", "Thời lượng phát")),
    F("pieces", gettext_noop("Số lượng"), ("Số lượng", "SL", "Số tấm", "Số băng rôn", "Số bản")),
    F("unit", gettext_noop("Đơn vị"),
      ("Đơn vị", "Chi bộ", "Đơn vị thực hiện", "Nơi thực hiện", "Đơn vị viết bài", "Đơn vị đăng")),
    F("programme", gettext_noop("Chương trình"),
      ("Chương trình", "Chỉ thị", "Thực hiện chỉ thị", "Thuộc chương trình", "Thực hiện chương trình")),
    F("topic", gettext_noop("Chuyên đề, chủ đề"),
      ("Chuyên đề", "Chủ đề", "Chuyên đề, chủ đề", "Chuyên mục", "Mục", "Chuyên đề năm")),
    F("place", gettext_noop("Nơi đăng, phát, treo"),
      ("Nơi đăng", "Nơi phát", "Nơi treo", "Địa điểm", "Nơi đăng, phát, treo", "Trang", "Cổng thông tin")),
    F("remark", gettext_noop("Ghi chú"), ("Ghi chú",), ignored=True),
)  # fmt: skip
LABELS = {"theme": gettext_noop("Chuyên đề")}
_WORDS = {
    ItemKind.PORTAL: ("cong thong tin", "cong", "tin bai", "trang thong tin", "portal", "bai viet", "tin", "bai"),
    ItemKind.LOUDSPEAKER: ("phat thanh", "loa", "truyen thanh", "dai"),
    ItemKind.BANNER: ("bang ron", "khau hieu", "pa no", "pano", "ap phich", "truc quan", "cat"),
    ItemKind.BULLETIN: ("ban tin", "to tin", "bao"),
    ItemKind.TELEVISION: ("truyen hinh", "tivi", "tv"),
    ItemKind.TALK: ("tuyen truyen mieng", "noi chuyen", "mieng", "sinh hoat", "hoi nghi"),
}
"""The words, folded, by which offices name a kind; the most telling kinds are asked first."""
_ASKED = (
    ItemKind.TALK, ItemKind.LOUDSPEAKER, ItemKind.TELEVISION, ItemKind.BANNER, ItemKind.BULLETIN, ItemKind.PORTAL,
)  # fmt: skip


class _Refused(Exception):  # noqa: N818 - not an error: the row is not taken, and this says why
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


def plan_items(unit: Unit, tables: Iterable[SourceTable], *, actor: Actor, today: date) -> list[RowPlan]:
    """Each row is one entry of the ledger; what is there already, on the same day with the same words, stays."""
    rows = [
        (table.sheet, number, {code: row[col] for code, col in table.columns.items() if row[col] is not None})
        for table in tables
        for number, row in enumerate(table.rows, table.first)
    ]
    rows = [row for row in rows if row[2].keys() & {"title", "link", "held_on"} and len(row[2]) > 1]
    ledger = _Ledger(unit, actor, today, [str(cells.get("link", "")) for _sheet, _number, cells in rows])
    return [ledger.plan(sheet, number, cells) for sheet, number, cells in rows]


@dataclass
class _Ledger:
    """What the unit and its cells entered, and what the rows before have already claimed: a fixed number of queries."""

    unit: Unit
    actor: Actor
    today: date
    links: list[str]
    known: dict[tuple[int, date, str, str], int] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    claimed: dict[Any, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        below = Unit.objects.filter(path__startswith=self.unit.path)
        self.units = {fold(unit.name): unit for unit in below if unit.level in (Level.WARD, Level.CELL)}
        rows = Item.objects.filter(unit__in=below).values_list("pk", "unit_id", "held_on", "kind", "search_key")
        self.known = {(place, day, kind, words): pk for pk, place, day, kind, words in rows}
        self.linked = keys_known(self.unit, map(key_of_link, self.links))
        self.programmes = list(programmes_of(self.unit))
        self.themes = list(themes_for(self.unit))

    def plan(self, sheet: str, number: int, cells: dict[str, Any]) -> RowPlan:
        title = nfc(str(cells.get("title", "")))[:LONGEST_TITLE]
        plan = RowPlan(sheet, number, title, RowState.ADDED)
        try:
            entry, place = self._entry(cells, title), self._place(cells)
            self._settle(plan, entry, place, self._programme(cells, plan.notes))
        except _Refused as bad:
            plan.state, plan.code, plan.reason = RowState.REFUSED, bad.code, bad.reason
            plan.values, plan.extra = {}, None
        return plan

    def _entry(self, cells: dict[str, Any], title: str) -> Entry:
        minutes, pieces = (_count(code, cells.get(code)) for code in ("minutes", "pieces"))
        link = str(cells.get("link", "")).strip()
        entry = Entry(
            _kind(cells.get("kind"), link, minutes, pieces), _day(cells.get("held_on")), title, link, minutes, pieces,
            nfc(str(cells.get("topic", "")))[:160], nfc(str(cells.get("place", "")))[:160],
        )  # fmt: skip
        for wrong in objections_to_entering(entry, today=self.today):
            raise _Refused(wrong.field, _(wrong.text) % wrong.params)
        return entry

    def _place(self, cells: dict[str, Any]) -> Unit:
        """The unit that the row names, else the one that the workbook was brought in for."""
        name = str(cells.get("unit", "")).strip()
        if not name:
            return self.unit
        found = self.units.get(fold(name))
        if found is None or not self.actor.may(Can.WRITE_OUTREACH, found):
            raise _Refused("unit", _("Không có đơn vị nào tên “%(name)s” ở đây.") % {"name": name})
        return found

    def _programme(self, cells: dict[str, Any], notes: list[str]) -> Programme | None:
        """By its code, its name, or a part of either; an unknown or ambiguous one is said, never guessed."""
        asked = fold(str(cells.get("programme", "")))
        if not asked:
            return None
        found = [p for p in self.programmes if asked in (fold(p.code), fold(p.name))]
        found = found or [p for p in self.programmes if asked in fold(p.name)]
        if len(found) != 1:
            notes.append(_("Không rõ chương trình “%(name)s” nên chưa gắn.") % {"name": cells["programme"]})
            return None
        return found[0]

    def _theme(self, entry: Entry, programme: Programme | None) -> Theme | None:
        """The theme whose words stand in the column of topics."""
        asked = fold(entry.topic)
        found = (
            t for t in self.themes
            if programme and t.programme_id == programme.pk and t.year == entry.held_on.year and fold(t.title) == asked
        )  # fmt: skip
        return next(found, None) if asked else None

    def _settle(self, plan: RowPlan, entry: Entry, place: Unit, programme: Programme | None) -> None:
        same = (place.pk, entry.held_on, entry.kind, fold(entry.title))
        if (earlier := self.claimed.setdefault(same, plan.number)) != plan.number:
            raise _Refused("title", _("Trùng với dòng %(row)s của tệp.") % {"row": earlier})
        key = key_of_link(entry.link)
        if key:
            if (earlier := self.claimed.setdefault(key, plan.number)) != plan.number:
                plan.notes.append(_("Cùng đường dẫn với dòng %(row)s của tệp.") % {"row": earlier})
            if key in self.linked and same not in self.known:
                told = {"title": self.linked[key].title, "day": f"{self.linked[key].held_on:%d/%m/%Y}"}
                plan.notes.append(_("Đường dẫn này đã có trong sổ: “%(title)s”, ngày %(day)s.") % told)
        if same in self.known:
            plan.state, plan.target = RowState.UNCHANGED, self.known[same]
            return
        theme = self._theme(entry, programme)
        plan.values = {
            "held_on": entry.held_on, "kind": entry.kind, "unit": place.name, "link": entry.link, "minutes": entry.minutes,
            "pieces": entry.pieces, "programme": programme.name if programme else "",
            "theme": theme.title if theme else "", "topic": entry.topic, "place": entry.place,
        }  # fmt: skip
        plan.values = {code: value for code, value in plan.values.items() if value not in ("", None)}
        plan.extra = (entry, place, programme, theme)


def _day(raw: Any) -> date:
    if raw is None:
        raise _Refused("held_on", _("Dòng này không có ngày."))
    try:
        day, precision = as_date(raw)
    except ValueError as unread:
        raise _Refused("held_on", str(unread)) from unread
    if precision != Precision.DAY:
        raise _Refused("held_on", _("Hãy ghi đủ ngày, tháng, năm."))
    return day


def _count(code: str, raw: Any) -> int | None:
    """ "6", "6 phút", 6.0; of "5-7 phút" nobody knows which, so the row is refused."""
    if raw is None or not str(raw).strip():
        return None
    found = re.fullmatch(r"\D{0,6}?0*(\d{1,5})(?:[.,]0+)?\s*(phut|p|tam|ban|chiec|cai)?\W*", fold(str(raw)))
    if not found:
        raise _Refused(code, _("Không đọc được số “%(text)s”.") % {"text": raw})
    return int(found[1])


def _kind(raw: Any, link: str, minutes: int | None, pieces: int | None) -> ItemKind:
    """The kind as it is named; where it is not, minutes tell a broadcast and a link a news item."""
    asked = fold(str(raw or ""))
    named = next((kind for kind in ItemKind if fold(kind.label) == asked or kind.value == asked), None)
    named = named or next((kind for kind in _ASKED if asked and any(word in asked for word in _WORDS[kind])), None)
    if named:
        return named
    if asked:
        raise _Refused("kind", _("Không hiểu hình thức “%(kind)s”.") % {"kind": raw})
    if minutes:
        return ItemKind.LOUDSPEAKER
    if link:
        return ItemKind.PORTAL
    if pieces:
        return ItemKind.BANNER
    raise _Refused("kind", _("Hãy thêm cột Hình thức: tin bài, phát thanh, băng rôn, bản tin, truyền hình."))


def in_words(code: str, value: Any) -> str:
    """How people read a planned value of an entry."""
    if value in (None, ""):
        return ""
    if code == "kind":
        return _(ItemKind(value).label)
    if code == "held_on":
        return f"{value if isinstance(value, date) else date.fromisoformat(value):%d/%m/%Y}"
    return str(value)


def items_in_use(pks: list[int]) -> set[int]:
    """Those that somebody has worked on since: changed, or pointed to by an article or an exemplar."""
    rows = Item.objects.filter(pk__in=pks)
    used = set(rows.filter(version__gt=0).values_list("pk", flat=True))
    used |= set(rows.filter(article__isnull=False).values_list("pk", flat=True))
    return used | set(rows.filter(presentations__isnull=False).values_list("pk", flat=True))
