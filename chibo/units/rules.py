"""What must hold of the organisation tree. Charter of the Party, art. 10; Quy định 294/208-QĐ/TW for the levels."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, Word, gettext_noop


class Level(Word):
    """A level of the organisation, from the Centre down."""

    CENTRE = "centre", gettext_noop("Trung ương")
    PROVINCE = "province", gettext_noop("Tỉnh, thành phố")
    DISTRICT = "district", gettext_noop("Quận, huyện (đến 30/6/2025)")
    WARD = "ward", gettext_noop("Đảng ủy xã, phường")
    CELL = "cell", gettext_noop("Chi bộ")


class CellKind(Word):
    """What sort of place a cell works in; agendas and rules differ by it."""

    RESIDENTIAL = "residential", gettext_noop("Khu dân cư")
    SCHOOL = "school", gettext_noop("Trường học")
    COMPANY = "company", gettext_noop("Doanh nghiệp")
    POLICE = "police", gettext_noop("Công an")
    MILITARY = "military", gettext_noop("Quân sự")
    AGENCY = "agency", gettext_noop("Cơ quan")


class Succession(Word):
    MERGED = "merged", gettext_noop("Hợp nhất, sáp nhập")
    SPLIT = "split", gettext_noop("Chia tách")
    REPLACED = "replaced", gettext_noop("Thay thế")


ORDER = list(Level)
LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
"""Districts ended on this day (rulebook §7.5)."""

_CODE = re.compile(r"\d{14}")


def is_organisation_code(code: str) -> bool:
    """Whether this is a 14-digit organisation code, written with or without the dots of 2-3-3-3-3."""
    return bool(_CODE.fullmatch(code.replace(".", "")))


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as the rules see it on a day."""

    level: str
    path: str
    open: bool
    since: date
    """First day of its present placement."""


def objections_to_founding(
    level: str, cell_kind: str, code: str, *, parent: Standing, on: date
) -> Iterator[Objection]:
    """Founding a unit below ``parent`` on a day."""
    yield from objections_to_placing(level, parent=parent, on=on)
    if level == Level.CELL and not cell_kind:
        yield Objection(gettext_noop("Hãy chọn loại hình chi bộ."), field="cell_kind")
    if level != Level.CELL and cell_kind:
        yield Objection(gettext_noop("Chỉ chi bộ mới có loại hình chi bộ."), field="cell_kind")
    if code and not is_organisation_code(code):
        yield Objection(
            gettext_noop("Mã tổ chức gồm 14 chữ số, ví dụ 38.168.053.000.001."),
            "Quy định 208-QĐ/TW",
            field="code",
        )


def objections_to_placing(level: str, *, parent: Standing, on: date) -> Iterator[Objection]:
    """A unit stands below an open unit of a higher level; no district takes a ward after 30/6/2025."""
    if ORDER.index(Level(level)) <= ORDER.index(Level(parent.level)):
        yield Objection(
            gettext_noop("Tổ chức này không thể trực thuộc một tổ chức cùng cấp hoặc cấp dưới."),
            field="parent",
        )
    if not parent.open:
        yield Objection(gettext_noop("Tổ chức cấp trên đã kết thúc hoạt động."), field="parent")
    if on > LAST_DAY_OF_DISTRICTS and Level.DISTRICT in (level, parent.level):
        yield Objection(gettext_noop("Từ 01/7/2025 không còn cấp quận, huyện."), "Quy định 294-QĐ/TW", field="parent")


def objections_to_moving(moved: Standing, *, parent: Standing, on: date, today: date) -> Iterator[Objection]:
    """To a place above it that is open, another than the present one."""
    yield from objections_to_placing(moved.level, parent=parent, on=on)
    if parent.path.startswith(moved.path):
        yield Objection(gettext_noop("Không thể chuyển một tổ chức vào dưới chính nó."), field="parent")
    elif moved.path.rstrip("/").rpartition("/")[0] + "/" == parent.path:
        yield Objection(gettext_noop("Tổ chức này đang trực thuộc nơi đó rồi."), field="parent")
    yield from objections_to_changing(moved, on=on, today=today)


def objections_to_changing(changed: Standing, *, on: date, today: date, field: str = "on") -> Iterator[Objection]:
    """A change takes effect after the last one, no later than today, on a unit that is open."""
    if not changed.open:
        yield Objection(gettext_noop("Vào ngày này tổ chức chưa thành lập hoặc đã kết thúc hoạt động."), field=field)
    if on <= changed.since:
        yield Objection(
            gettext_noop("Ngày thay đổi phải sau ngày %(since)s, là lần thay đổi trước."),
            params={"since": f"{changed.since:%d/%m/%Y}"},
            field=field,
        )
    if on > today:
        yield Objection(gettext_noop("Ngày này ở sau hôm nay; hãy ghi khi thay đổi có hiệu lực."), field=field)


def objections_to_merging(parts: list[Standing], *, on: date, today: date) -> Iterator[Objection]:
    """Merging needs two or more open units of one level."""
    if len({part.path for part in parts}) < 2:
        yield Objection(gettext_noop("Hãy chọn ít nhất hai tổ chức để sáp nhập."), field="units")
    if len({part.level for part in parts}) > 1:
        yield Objection(gettext_noop("Chỉ sáp nhập các tổ chức cùng cấp."), field="units")
    for part in parts:
        yield from objections_to_changing(part, on=on, today=today)


def objections_to_splitting(split: Standing, *, parts: int, on: date, today: date) -> Iterator[Objection]:
    """At least one new unit parts from it."""
    if not parts:
        yield Objection(gettext_noop("Hãy ghi ít nhất một tổ chức mới được tách ra."), field="names")
    yield from objections_to_changing(split, on=on, today=today)


def objections_to_closing(
    closed: Standing, *, last_day: date, today: date, below: list[str], successor: Standing | None
) -> Iterator[Objection]:
    """Nothing stands below it any more; the successor is an open unit of the same level, another one."""
    if not closed.open:
        yield Objection(
            gettext_noop("Vào ngày này tổ chức chưa thành lập hoặc đã kết thúc hoạt động."), field="last_day"
        )
    if last_day < closed.since:
        yield Objection(
            gettext_noop("Ngày cuối không thể trước ngày %(since)s, là lần thay đổi trước."),
            params={"since": f"{closed.since:%d/%m/%Y}"},
            field="last_day",
        )
    if last_day > today:
        yield Objection(gettext_noop("Ngày này ở sau hôm nay; hãy ghi khi thay đổi có hiệu lực."), field="last_day")
    if below:
        yield Objection(
            gettext_noop("Còn tổ chức trực thuộc đang hoạt động: %(below)s. Hãy chuyển các tổ chức này trước."),
            params={"below": ", ".join(below[:5]) + ("…" if len(below) > 5 else "")},
        )
    if successor is None:
        return
    if successor.path == closed.path or successor.level != closed.level:
        yield Objection(gettext_noop("Nơi tiếp nối phải là một tổ chức khác, cùng cấp."), field="successor")
    elif not successor.open:
        yield Objection(gettext_noop("Tổ chức này đã kết thúc hoạt động."), field="successor")


def objections_to_deciding(
    default: int | str | None, value: int | str, *, source: str, allowed: Collection[str] = ()
) -> Iterator[Objection]:
    """A value of the same kind as the default, with the document it rests on."""
    if default is None:
        yield Objection(gettext_noop("Không có quy định này."))
    elif isinstance(default, int) and (not isinstance(value, int) or value < 0):
        yield Objection(gettext_noop("Giá trị này phải là một số nguyên, từ 0 trở lên."), field="value")
    elif allowed and value not in allowed:
        yield Objection(gettext_noop("Chọn một trong các cách có sẵn."), field="value")
    if not source:
        yield Objection(gettext_noop("Hãy ghi văn bản làm căn cứ."), field="source")
