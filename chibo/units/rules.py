"""What must hold of the organisation tree. Charter of the Party, art. 10; Quy định 294/208-QĐ/TW for the levels."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def objections_to_moving(moved: Standing, *, parent: Standing, on: date) -> Iterator[Objection]:
    yield from objections_to_placing(moved.level, parent=parent, on=on)
    if parent.path.startswith(moved.path):
        yield Objection(gettext_noop("Không thể chuyển một tổ chức vào dưới chính nó."), field="parent")
    yield from objections_to_changing(moved, on=on)


def objections_to_changing(changed: Standing, *, on: date) -> Iterator[Objection]:
    """A change takes effect after the last one, on a unit that is open."""
    if not changed.open:
        yield Objection(gettext_noop("Tổ chức này đã kết thúc hoạt động."))
    if on <= changed.since:
        yield Objection(
            gettext_noop("Ngày thay đổi phải sau ngày %(since)s, là lần thay đổi trước."),
            params={"since": f"{changed.since:%d/%m/%Y}"},
            field="on",
        )


def objections_to_merging(parts: list[Standing], *, on: date) -> Iterator[Objection]:
    """Merging needs two or more open units of one level."""
    if len(parts) < 2:
        yield Objection(gettext_noop("Hãy chọn ít nhất hai tổ chức để sáp nhập."), field="units")
    if len({part.level for part in parts}) > 1:
        yield Objection(gettext_noop("Chỉ sáp nhập các tổ chức cùng cấp."), field="units")
    for part in parts:
        yield from objections_to_changing(part, on=on)
