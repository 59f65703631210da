"""The rows of people in a list, and the cells that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.importing import SourceTable
from chibo.core.vietnamese import fold
from chibo.core.workbooks import Precision
from chibo.members.rules import DatePrecision, Sex
from chibo.members.selectors.importing.columns import FIELDS, READERS, MaybeShort, Odd, read_cell, read_name
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import open_units

_KNOWN = frozenset(entry.code for entry in FIELDS if not entry.ignored) | {"remark"}
_END = re.compile(
    r"^\(?(nguoi lap|nguoi tong hop|t\W?m\b|tm\.|noi nhan|xac nhan|ky ten|ky, |ngay .*thang .*nam|.*, ngay .*thang)"
)
_TOTAL = re.compile(r"^(tong|cong|tong cong|tong so)\b")


class _Column(dict[Any, Any]):
    """What the cells of one column mean; each different cell is read once."""

    def __init__(self, code: str) -> None:
        super().__init__({None: None})
        self._read = READERS[code]

    def __missing__(self, raw: Any) -> Any:
        self[raw] = value = read_cell(self._read, raw)
        return value


class Refused(Exception):  # noqa: N818 - not an error: the row is not taken, and this says why
    """This row is not taken: the column to blame, and why."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(slots=True)
class Line:
    """One row as it was read: the values of its cells, and what is to be said of them."""

    table: SourceTable
    number: int
    values: dict[str, Any]
    notes: list[str]
    cell: Unit | None = None
    bad: Refused | None = None
    plain: str = ""
    """The name as it is compared: without accents or case."""


def lines_of(table: SourceTable, cells: Cells) -> Iterator[Line]:
    """The rows of people; headings between them name the cell of those that follow, totals and signatures are passed over."""
    places = [(code, col) for code, col in table.columns.items() if code in _KNOWN]
    if beside := _given_names_beside(table):
        places.append(("given_name", beside))
    codes = [code for code, _col in places]
    columns = [list(map(_Column(code).__getitem__, [row[col] for row in table.rows])) for code, col in places]
    here = cells.default or cells.called(table.sheet)
    for number, row, values in zip(count(table.first), table.rows, zip(*columns, strict=True), strict=False):
        filled = len(row) - row.count(None)
        if not filled:
            continue
        if filled <= 3:
            texts = [cell for cell in row if isinstance(cell, str)]
            if any(_END.match(fold(text)) for text in texts):
                return
            if filled <= 2 and (named := next(filter(None, map(cells.called, texts)), None)):
                here = named
                continue
        line = _read(table, number, codes, values)
        if not _is_total(line):
            line.cell = here
            cells.settle(line)
            yield line


def _read(table: SourceTable, number: int, codes: list[str], values: tuple[Any, ...]) -> Line:
    line = Line(
        table, number, {code: value for code, value in zip(codes, values, strict=True) if value is not None}, []
    )
    if Odd in map(type, values):
        for code, value in list(line.values.items()):
            if value.__class__ is Odd:
                if value.refused:
                    line.bad = line.bad or Refused(code, value.note)
                else:
                    line.notes.append(value.note)
                line.values[code] = value.value
                if value.value is None:
                    del line.values[code]
    _join_name(line)
    _join_birth(line)
    return line


def _join_name(line: Line) -> None:
    values = line.values
    parts = [values.pop(code) for code in ("family_name", "given_name") if code in values]
    full = values.get("full_name", "")
    name: Any = " ".join([full, *parts] if full else parts) if parts else full
    if not name:
        line.bad = line.bad or Refused("full_name", _("Dòng này không có họ và tên."))
        return
    name = read_name(name)
    if name.__class__ is Odd:
        if name.refused:
            line.bad = line.bad or Refused("full_name", name.note)
            name = Odd("", full)
        else:
            line.notes.append(name.note)
        name = name.value
    values["full_name"] = name


_SEX_COLUMNS = (("birth_male", Sex.MALE), ("birth_female", Sex.FEMALE))


def _join_birth(line: Line) -> None:
    """One birth date and one sex out of the columns "Ngày sinh", "Nam", "Nữ" and "Giới tính"."""
    values = line.values
    birth = values.pop("birth", None)
    for code, sex in _SEX_COLUMNS:
        mark = values.pop(code, None)
        if mark is not None:
            if values.get("sex", sex) is not sex:
                line.bad = line.bad or Refused(code, _("Ghi cả nam và nữ."))
            values["sex"] = sex
            birth = birth if mark is True else mark
    if birth is not None:
        values["birth_date"], precision = birth
        if precision is not Precision.DAY:
            values["birth_precision"] = DatePrecision(precision.value)


def _given_names_beside(table: SourceTable) -> int | None:
    """The column of given names where "Họ và tên" is one heading over two columns."""
    col = table.columns.get("full_name")
    if col is None or "given_name" in table.columns or not table.rows:
        return None
    beside = col + 1
    if beside in table.columns.values() or beside in table.unknown or beside >= len(table.rows[0]):
        return None
    cells = [row[beside] for row in table.rows if row[beside] is not None]
    is_names = cells and all(isinstance(cell, str) and cell.isalpha() for cell in cells)
    return beside if is_names else None


def _is_total(line: Line) -> bool:
    """A line such as "Tổng cộng: 25 đồng chí"."""
    return len(line.values) <= 2 and bool(_TOTAL.match(fold(line.values.get("full_name", ""))))


def settle_identity(line: Line, mismatch: str) -> None:
    """Give a shortened identity number its zeros back only where birth year and sex in it prove that right.

    Digits 4 to 6 tell century, sex and birth year (Nghị định 137/2015/NĐ-CP, art. 13); without that proof the number
    is left out, and said so. A whole number that disagrees with the row is kept, with the note ``mismatch``.
    """
    values = line.values
    number = values.get("citizen_id")
    if not number:
        values.pop("citizen_id", None)
        return
    birth, sex = values.get("birth_date"), values.get("sex")
    full = number if len(number) == 12 else number.zfill(12)
    agrees = birth is not None and _matches(full, birth, sex)
    if number.__class__ is not MaybeShort:
        if birth is not None and not agrees:
            line.notes.append(mismatch)
    elif agrees:
        line.notes.append(_("Excel đã bỏ số 0 ở đầu số định danh; đã thêm lại vì khớp với năm sinh."))
        values["citizen_id"] = full
    else:
        del values["citizen_id"]
        line.notes.append(
            _("Số định danh thiếu chữ số, có lẽ mất số 0 ở đầu, nên không ghi; hãy để ô ở dạng văn bản.")
        )


def _matches(number: str, birth: date, sex: str | None) -> bool:
    century = int(number[3])
    by_sex = sex is None or (century % 2 == 0) == (sex == Sex.MALE)
    return by_sex and birth.year == 1900 + century // 2 * 100 + int(number[4:6])


class Cells:
    """The open cells below the unit, by every word they go by."""

    def __init__(self, unit: Unit, actor: Actor, today: date) -> None:
        self.unit = unit
        below = open_units(Unit.objects.filter(path__startswith=unit.path, level=Level.CELL), today)
        self.open = [cell for cell in below if actor.may(Can.KEEP_MEMBERS, cell)]
        self.default = unit if unit.level == Level.CELL else None
        self._by_word: dict[str, Unit | None] = {}
        for cell in self.open:
            for word in {_cell_word(cell.name), fold(cell.key), cell.code}:
                if word:
                    self._by_word[word] = None if word in self._by_word else cell
        self._seen: dict[str, Unit | None] = {}

    def called(self, text: str) -> Unit | None:
        if text not in self._seen:
            plain = fold(re.sub(r"\(.*?\)", " ", text))
            found = self._by_word.get(plain) or self._by_word.get(plain.replace(".", ""))
            self._seen[text] = found or self._by_word.get(_cell_word(text))
        return self._seen[text]

    def settle(self, line: Line) -> None:
        """Find the cell that the row names; without one, that of the list."""
        text = line.values.pop("cell", None)
        if text is not None:
            line.cell = self.called(text)
            if line.cell is None:
                said = {"cell": text, "unit": self.unit.name}
                words = _(
                    "Không có “%(cell)s” đang hoạt động trong %(unit)s; hãy sửa tên trong tệp, hoặc lập chi bộ ở mục Tổ chức."
                )
                line.bad = line.bad or Refused("cell", words % said)
        elif line.cell is None:
            line.bad = line.bad or Refused(
                "cell",
                _("Dòng này không ghi chi bộ; tệp của riêng một chi bộ thì tải lên ở trang nhập của chi bộ ấy."),
            )


def _cell_word(text: str) -> str:
    """ "Chi bộ số 05 (23 đồng chí)" is "5"; a name without a number is itself, without the words for a cell."""
    plain = fold(re.sub(r"\(.*?\)", " ", text))
    plain = re.sub(r"^(?:[ivx]+|\d+)\s*[.)\-:]\s+", "", plain)
    plain = re.sub(r"^(?:cb|chi bo)\b\W*(?:so\s+)?", "", plain).strip(" .:-")
    return re.sub(r"\b0+(?=\d)", "", plain)
