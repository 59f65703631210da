"""What an older register in a workbook would add, row by row. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.core.forms import read_date
from chibo.core.importing import RowPlan, RowState, SourceTable
from chibo.core.registry import ImportField
from chibo.core.values import gettext_noop
from chibo.core.vietnamese import fold, nfc
from chibo.papers.models import Paper
from chibo.papers.rules.citing import known_paper
from chibo.papers.rules.kinds import PaperKind
from chibo.papers.rules.numbering import kind_named
from chibo.papers.rules.register import Direction, Secrecy, objections_to_dates, objections_to_registering
from chibo.units.models import Unit

FIELDS = (
    ImportField("nth", gettext_noop("STT"), ("STT", "TT", "Số TT"), ignored=True),
    ImportField(
        "symbol", gettext_noop("Số, ký hiệu"),
        ("Số, ký hiệu", "Số ký hiệu", "Số và ký hiệu", "Số hiệu", "Số văn bản", "Số VB", "Ký hiệu", "Số/ký hiệu"),
        required=True,
    ),
    ImportField(
        "issued_on", gettext_noop("Ngày ban hành"),
        ("Ngày ban hành", "Ngày văn bản", "Ngày VB", "Ngày, tháng, năm", "Ngày tháng", "Ngày tháng văn bản", "Ngày ký", "Ngày"),
    ),
    ImportField("kind", gettext_noop("Thể loại"), ("Thể loại", "Loại văn bản", "Tên loại", "Loại VB", "Loại")),
    ImportField(
        "subject", gettext_noop("Trích yếu"),
        ("Trích yếu", "Trích yếu nội dung", "Tên loại và trích yếu nội dung", "Nội dung", "Nội dung văn bản", "Tên văn bản"),
    ),
    ImportField(
        "issuer", gettext_noop("Cơ quan ban hành"),
        ("Cơ quan ban hành", "Nơi ban hành", "Nơi gửi", "Tác giả", "Tác giả văn bản", "Đơn vị ban hành"),
    ),
    ImportField("signer", gettext_noop("Người ký"), ("Người ký", "Người ký văn bản")),
    ImportField("received_on", gettext_noop("Ngày đến"), ("Ngày đến", "Ngày nhận")),
    ImportField("secrecy", gettext_noop("Độ mật"), ("Độ mật", "Mức độ mật", "Mật")),
    ImportField("direction", gettext_noop("Sổ"), ("Sổ", "Đến/đi", "Loại sổ")),
)  # fmt: skip
LABELS = {field.code: str(field.label) for field in FIELDS}
DATES = ("issued_on", "received_on")
_BOOKS = {"di": Direction.OUTGOING, "den": Direction.INCOMING, "noi bo": Direction.INTERNAL}


def plan_papers(unit: Unit, tables: Sequence[SourceTable], *, actor: Actor, today: date) -> list[RowPlan]:
    """Each row of an older register: added, there already, or refused with its reason. Two queries, whatever the rows."""
    there = set(Paper.objects.filter(unit=unit).values_list("symbol", "issued_on"))
    planned: list[RowPlan] = []
    for table in tables:
        for offset, row in enumerate(table.rows):
            cells = {code: row[at] for code, at in table.columns.items() if at < len(row)}
            if any(str(cell or "").strip() for cell in cells.values()):
                planned.append(_planned(unit, table, table.first + offset, cells, there, today))
    return planned


def _planned(
    unit: Unit, table: SourceTable, number: int, cells: dict[str, Any], there: set[Any], today: date
) -> RowPlan:
    texts = {code: nfc(str(cell)) if cell is not None else "" for code, cell in cells.items() if code not in DATES}
    label = texts.get("symbol", "")
    values: dict[str, Any] = {
        "symbol": label[:40], "subject": texts.get("subject", "")[:400], "signer": texts.get("signer", "")[:120],
        "secrecy": _secrecy(texts.get("secrecy", "")),
    }  # fmt: skip
    values["direction"] = _BOOKS.get(fold(texts.get("direction", "")), Direction.INCOMING).value
    for code in DATES:
        try:
            values[code] = _day(cells.get(code), today)
        except ValidationError as refusal:
            return RowPlan(table.sheet, number, label, RowState.REFUSED, code=code, reason=" ".join(refusal.messages))
    values["kind"] = _kind(texts.get("kind", ""), label)
    values["issuer"] = texts.get("issuer", "")[:160] or ("" if values["direction"] == "incoming" else unit.name)
    told = {name: values[name] for name in ("secrecy", "symbol", "subject", "kind", "issuer")}
    objections = [
        *objections_to_registering(**told, told=values["signer"]),
        *objections_to_dates(values["issued_on"], None, None),
    ]
    if objections:
        reason = _(objections[0].text) % objections[0].params if objections[0].params else _(objections[0].text)
        return RowPlan(table.sheet, number, label, RowState.REFUSED, code=objections[0].field, reason=reason)
    key = (values["symbol"], values["issued_on"])
    if key in there:
        return RowPlan(table.sheet, number, label, RowState.UNCHANGED)
    there.add(key)
    return RowPlan(
        table.sheet, number, label, RowState.ADDED, values={k: v for k, v in values.items() if v is not None}
    )


def _day(cell: Any, today: date) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date) or cell is None:
        return cell
    return read_date(str(cell), today) if str(cell).strip() else None


def _secrecy(text: str) -> str:
    """ "Mật", "Tối mật" as columns of older books say; anything else is open."""
    plain = fold(text)
    return next(
        (s.value for s in (Secrecy.TOP, Secrecy.HIGH, Secrecy.SECRET) if fold(s.label) in plain), Secrecy.OPEN
    )


def _kind(text: str, symbol: str) -> str:
    """The type as written, or as the letters of the symbol tell it where they tell one only."""
    if text:
        named = kind_named(text)
        return named.label if named else text[:40]
    kinds: tuple[PaperKind, ...] = known_paper(0, symbol, "", "", None).kinds
    return kinds[0].label if kinds else ""


def in_words(code: str, value: Any) -> str:
    """How people read a planned value."""
    if code == "direction":
        return _(Direction(value).label)
    if code == "secrecy":
        return _(Secrecy(value).label)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
