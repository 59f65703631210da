"""A list of cells from a workbook: what each row would do below the unit. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.importing import RowPlan, RowState, SourceTable
from chibo.core.registry import ImportField
from chibo.core.vietnamese import fold
from chibo.core.workbooks import as_date
from chibo.imports.rules import cell_kind_of
from chibo.units.models import Placement, Unit
from chibo.units.rules import CellKind, Level, is_organisation_code, objections_to_founding
from chibo.units.selectors import standing_of

F = ImportField
FIELDS = (
    F("number", gettext_noop("STT"), ("STT", "TT", "Số TT"), ignored=True),
    F("name", gettext_noop("Tên chi bộ"),
      ("Tên chi bộ", "Chi bộ", "Tên tổ chức", "Tên tổ chức đảng", "Tổ chức đảng", "Tên", "Tên đơn vị"), required=True),
    F("cell_kind", gettext_noop("Loại hình"),
      ("Loại hình", "Loại hình chi bộ", "Loại chi bộ", "Loại", "Loại hình tổ chức", "Khối")),
    F("key", gettext_noop("Mã ngắn"), ("Mã ngắn", "Ký hiệu", "Viết tắt", "Mã chi bộ")),
    F("code", gettext_noop("Mã tổ chức"),
      ("Mã tổ chức", "Mã tổ chức đảng", "Mã định danh", "Mã số", "Mã 14 số", "Mã TCĐ", "Mã số tổ chức")),
    F("valid_from", gettext_noop("Ngày thành lập"),
      ("Ngày thành lập", "Thành lập", "Năm thành lập", "Ngày, tháng, năm thành lập")),
    F("remark", gettext_noop("Ghi chú"), ("Ghi chú",), ignored=True),
)  # fmt: skip
_LONGEST_NAME = 160


class _Refused(Exception):  # noqa: N818 - not an error: the row is not taken, and this says why
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


def plan_units(unit: Unit, tables: Iterable[SourceTable], *, actor: Actor, today: date) -> list[RowPlan]:
    """A cell is known by its code, its short code or its name; what is not known below the unit is founded."""
    if not actor.may(Can.SHAPE_UNITS, unit):
        return []
    rows = [
        (table.sheet, number, {code: row[col] for code, col in table.columns.items() if row[col] is not None})
        for table in tables
        for number, row in enumerate(table.rows, table.first)
    ]
    tree = _Tree(unit, today)
    return [tree.plan(sheet, number, cells) for sheet, number, cells in rows if cells.keys() - {"number", "remark"}]


@dataclass
class _Tree:
    """The cells below the unit, and what the rows before have already claimed."""

    unit: Unit
    today: date
    known: dict[str, Unit] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    claimed: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cell in Unit.objects.filter(path__startswith=self.unit.path, level=Level.CELL, valid_to__isnull=True):
            self.known |= {word: cell for word in (cell.code, cell.key, fold(cell.name)) if word}
        for pk, key, code in Unit.objects.values_list("pk", "key", "code"):
            self.keys.add(key)
            self.codes[code] = pk

    def plan(self, sheet: str, number: int, cells: dict[str, Any]) -> RowPlan:
        plan = RowPlan(sheet, number, str(cells.get("name", ""))[:_LONGEST_NAME], RowState.ADDED)
        try:
            values = {code: read(cells[code], self.today) for code, read in READERS.items() if code in cells}
            if not values.get("name"):
                raise _Refused("name", _("Dòng này không có tên chi bộ."))
            self._check_twins(values, number)
            cell = self._match(values)
            if cell is None:
                plan.values = self._founding(values, plan.notes)
            else:
                plan.target = cell.pk
                plan.changes = {
                    code: (getattr(cell, code), values[code])
                    for code in ("code", "cell_kind")
                    if values.get(code) and values[code] != getattr(cell, code)
                }
                plan.state = RowState.CHANGED if plan.changes else RowState.UNCHANGED
        except _Refused as bad:
            plan.state, plan.code, plan.reason = RowState.REFUSED, bad.code, bad.reason
        return plan

    def _check_twins(self, values: dict[str, Any], number: int) -> None:
        for code in ("name", "key", "code"):
            word = fold(values.get(code, ""))
            if word and self.claimed.setdefault(f"{code}:{word}", number) != number:
                raise _Refused(code, _("Trùng với dòng %(row)s của tệp.") % {"row": self.claimed[f"{code}:{word}"]})

    def _match(self, values: dict[str, Any]) -> Unit | None:
        words = (values.get("code", ""), values.get("key", ""), fold(values["name"]))
        cell = next((self.known[word] for word in words if word in self.known), None)
        owner = self.codes.get(values.get("code") or "-")
        if owner is not None and (cell is None or owner != cell.pk):
            raise _Refused("code", _("Mã tổ chức này đã thuộc về một tổ chức khác."))
        if cell is not None and fold(cell.name) != fold(values["name"]):
            said = {"name": cell.name}
            raise _Refused(
                "name", _("Mã này đang thuộc về %(name)s; đổi tên thì ghi ở trang tổ chức, kèm ngày đổi.") % said
            )
        if cell is None and values.get("key") in self.keys:
            raise _Refused("key", _("Mã ngắn này đã có tổ chức khác dùng."))
        return cell

    def _founding(self, values: dict[str, Any], notes: list[str]) -> dict[str, Any]:
        """All that a new cell needs; what the row does not tell is taken from its name and its ward, and said so."""
        if "cell_kind" not in values:
            kind = cell_kind_of(fold(values["name"]))
            if kind is None:
                raise _Refused("cell_kind", _("Hãy ghi loại hình chi bộ, ví dụ khu dân cư, trường học, cơ quan."))
            values["cell_kind"] = kind
            notes.append(_("Loại hình lấy theo tên chi bộ."))
        if "valid_from" not in values:
            values["valid_from"] = self.unit.valid_from
            said = {"unit": self.unit.name}
            notes.append(_("Không có ngày thành lập; ghi theo ngày thành lập của %(unit)s.") % said)
        on = values["valid_from"]
        parent = standing_of(self.unit, on)
        for objection in objections_to_founding(Level.CELL, values["cell_kind"], "", parent=parent, on=on):
            raise _Refused("valid_from", _(objection.text))
        values.setdefault("key", self._free_key(values["name"]))
        self.keys.add(values["key"])
        return values

    def _free_key(self, name: str) -> str:
        """A short code made of the ward's own and the number, or else the words, of the name."""
        plain = re.sub(r"^chi bo\b", "", fold(name))
        base = slugify(f"{self.unit.key}-{plain}")[:26].rstrip("-")
        return next(key for n in count(1) if (key := base if n == 1 else f"{base}-{n}") not in self.keys)


def _read_name(raw: Any, _today: date) -> str:
    if len(str(raw)) > _LONGEST_NAME:
        raise _Refused("name", _("Tên dài quá %(most)s ký tự.") % {"most": _LONGEST_NAME})
    return " ".join(str(raw).split())


def _read_kind(raw: Any, _today: date) -> CellKind:
    plain = fold(str(raw))
    kind = next((kind for kind in CellKind if fold(kind.label) == plain), None) or cell_kind_of(plain)
    if kind is None:
        raise _Refused("cell_kind", _("Không hiểu loại hình “%(kind)s”.") % {"kind": raw})
    return kind


def _read_key(raw: Any, _today: date) -> str:
    key = slugify(fold(str(raw)))[:30]
    if not key:
        raise _Refused("key", _("Mã ngắn chỉ gồm chữ không dấu, số và gạch nối."))
    return key


def _read_code(raw: Any, _today: date) -> str:
    code = re.sub(r"[\s.]", "", str(raw))
    if not is_organisation_code(code):
        raise _Refused("code", _("Mã tổ chức gồm 14 chữ số, ví dụ 38.168.053.000.001 (Quy định 208-QĐ/TW)."))
    return code


def _read_founding(raw: Any, today: date) -> date:
    try:
        day, _precision = as_date(raw)
    except ValueError as unread:
        raise _Refused("valid_from", str(unread)) from unread
    if day > today:
        raise _Refused("valid_from", _("Ngày %(day)s ở sau hôm nay.") % {"day": f"{day:%d/%m/%Y}"})
    return day


READERS = {
    "name": _read_name, "cell_kind": _read_kind, "key": _read_key, "code": _read_code, "valid_from": _read_founding,
}  # fmt: skip


def in_words(code: str, value: Any) -> str:
    """How people read a planned value of a cell."""
    if not value:
        return ""
    if code == "cell_kind":
        return _(CellKind(value).label)
    if code == "valid_from":
        return f"{value if isinstance(value, date) else date.fromisoformat(value):%d/%m/%Y}"
    return str(value)


def units_in_use(pks: list[int]) -> set[int]:
    """Those of the units on which some record of any app hangs, other than their own placement."""
    used = set(Unit.objects.filter(pk__in=pks, version__gt=0).values_list("pk", flat=True))
    for relation in Unit._meta.get_fields(include_hidden=True):
        if relation.concrete or not relation.auto_created:
            continue
        model, name = relation.related_model, relation.field.name  # type: ignore[union-attr]
        if (model, name) != (Placement, "unit"):
            used.update(model._base_manager.filter(**{f"{name}__in": pks}).values_list(name, flat=True))  # type: ignore[union-attr]
    return used
