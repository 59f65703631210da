"""Finding the header of a table in a sheet made by people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chibo.core.vietnamese import fold

_ROWS_SEARCHED = 30


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table begins: ``row`` is the last row of its header, the first entry follows it.

    ``columns`` gives the column of each code found, ``unknown`` the headings nobody asked for. All from 0.
    """

    row: int
    columns: dict[str, int]
    unknown: dict[int, str]


def cell_name(row: int, col: int) -> str:
    """The name of a cell as Excel shows it; both counted from 0: ``cell_name(11, 2)`` is "C12"."""
    letters = ""
    col += 1
    while col:
        col, letter = divmod(col - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def find_header(rows: Sequence[Sequence[object]], wanted: Mapping[str, Sequence[str]]) -> Header | None:
    """The row, or pair of rows, among the first 30 that names the most of the wanted columns.

    ``wanted`` gives for each code the headings it goes by; case, accents, punctuation and what stands in
    parentheses make no difference. In a pair, a heading is read with what stands over it ("Ngày sinh" over
    "Nam" reads "Ngày sinh Nam"), or alone under a common heading. A row that only counts the columns
    ("1", "2", "3"; "(1)", "(2)", "(3)") belongs to the header. At least two columns must be recognised, or
    the one where only one is wanted; else there is no header (None).
    """
    codes = {_plain(name): code for code, names in wanted.items() for name in names}
    candidates = [_recognised(row, [[text] for text in _texts(rows[row])], codes) for row in _searched(rows)]
    candidates += [
        _recognised(row + 1, _joined(_texts(rows[row]), _texts(rows[row + 1])), codes) for row in _searched(rows)[:-1]
    ]
    best = max(candidates, key=lambda header: len(header.columns), default=None)
    if best is None or len(best.columns) < min(2, len(wanted)):
        return None
    if best.row + 1 < len(rows) and _only_counts(rows[best.row + 1]):
        return Header(best.row + 1, best.columns, best.unknown)
    return best


def _searched(rows: Sequence[Sequence[object]]) -> range:
    return range(min(_ROWS_SEARCHED, len(rows)))


def _texts(row: Sequence[object]) -> list[str]:
    return ["" if cell is None else " ".join(str(cell).split()) for cell in row]


def _plain(heading: str) -> str:
    """A heading as it is compared: letters and digits only, without accents."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(heading)))


def _joined(upper: list[str], lower: list[str]) -> list[list[str]]:
    """For each column, what its heading may be when the header takes two rows; the fullest first."""
    width = max(len(upper), len(lower))
    upper, lower = (row + [""] * (width - len(row)) for row in (upper, lower))
    over: list[str] = []
    for above, below in zip(upper, lower, strict=True):
        over.append(above or (over[-1] if below and over else ""))
    readings: list[list[str]] = []
    for col, (above, below) in enumerate(zip(over, lower, strict=True)):
        spans = not above or over[max(col - 1, 0) : col + 2].count(above) > 1
        readings.append([f"{above} {below}".strip(), *([below] if below and spans else []), above])
    return readings


def _recognised(row: int, readings: list[list[str]], codes: Mapping[str, str]) -> Header:
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for col, names in enumerate(readings):
        forms = [form for name in names if name for form in (name, re.sub(r"\(.*?\)", " ", name))]
        code = next((codes[_plain(form)] for form in forms if _plain(form) in codes), None)
        if code and code not in columns:
            columns[code] = col
        elif forms:
            unknown[col] = forms[0]
    return Header(row, columns, unknown)


def _only_counts(row: Sequence[object]) -> bool:
    """Whether a row only numbers the columns, as printed forms do."""
    labels = [text.strip("()") for text in _texts(row) if text]
    numbers = [int(label) for label in labels if label.isdecimal()]
    one_by_one = all(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) >= 3 and one_by_one and all(re.fullmatch(r"\d+|[A-Z]", label) for label in labels)
