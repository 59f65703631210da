"""From a file to tables: which sheet holds one, where it begins, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from chibo.core.importing import SourceTable
from chibo.core.registry import Importer
from chibo.core.vietnamese import fold
from chibo.core.workbooks import Sheet, Workbook, cell_name, find_header, read_workbook
from chibo.imports.models import Mapping, Run
from chibo.imports.rules import RunState
from chibo.units.models import Unit
from chibo.units.selectors import ward_of

Spec = dict[str, Any]
"""A table as it is stored: ``sheet`` (its place), ``header`` (its last row, from 0), ``columns`` (code → column)."""
_ROWS_SEARCHED = 30
_SAMPLES = 3


def workbook_of(run: Run) -> Workbook:
    return read_workbook(Path(run.file.path))


def recognise(workbook: Workbook, importer: Importer, unit: Unit) -> tuple[list[Spec], bool]:
    """The tables of a workbook, and whether an earlier answer was used to find them.

    Where no table has the columns that the importer requires, the one that comes nearest is given: somebody must say
    which column is which.
    """
    remembered = _remembered(workbook, importer, unit)
    specs = [
        spec for at in range(len(workbook.sheets)) if (spec := remembered.get(at) or _found(workbook, at, importer))
    ]
    complete = [spec for spec in specs if not missing(importer, spec["columns"])]
    if complete:
        return complete, any(spec["sheet"] in remembered for spec in complete)
    specs += [spec for at in range(len(workbook.sheets)) if (spec := _guessed(workbook.sheets[at], at))]
    return specs[:1], False


def _found(workbook: Workbook, at: int, importer: Importer) -> Spec | None:
    header = find_header(workbook.sheets[at].rows, {field.code: field.aliases for field in importer.fields})
    return {"sheet": at, "header": header.row, "columns": header.columns} if header else None


def _guessed(sheet: Sheet, at: int) -> Spec | None:
    """The first row with the most words, if no heading is known at all."""
    rows = sheet.rows[:_ROWS_SEARCHED]
    counts = [len([cell for cell in row if isinstance(cell, str)]) for row in rows]
    return {"sheet": at, "header": counts.index(max(counts)), "columns": {}} if any(counts) else None


def _remembered(workbook: Workbook, importer: Importer, unit: Unit) -> dict[int, Spec]:
    """What the office answered for the same headings before: one query."""
    places = {
        hash_of(row): (at, number)
        for at, sheet in enumerate(workbook.sheets)
        for number, row in enumerate(sheet.rows[:_ROWS_SEARCHED])
        if sum(isinstance(cell, str) for cell in row) > 1
    }
    answers = Mapping.objects.filter(unit=ward_of(unit), importer=importer.code, headings__in=places)
    specs: dict[int, Spec] = {}
    for answer in answers:
        at, number = places[answer.headings]
        specs[at] = {"sheet": at, "header": number, "columns": answer.columns}
    return specs


def hash_of(row: Sequence[object]) -> str:
    """By which the headings of a table are known again, however they are capitalised or spaced."""
    words = (" ".join(re.findall(r"\w+", fold(str(cell)))) if cell is not None else "" for cell in row)
    return sha256("\x1f".join(words).rstrip("\x1f").encode()).hexdigest()


def missing(importer: Importer, columns: dict[str, int]) -> list[str]:
    """The labels of the required columns that were not found, neither themselves nor what stands for them."""
    return [
        _(str(field.label))
        for field in importer.fields
        if field.required
        and field.code not in columns
        and not (field.instead and all(code in columns for code in field.instead))
    ]


def headings_left_out(workbook: Workbook, specs: Sequence[Spec], importer: Importer) -> list[str]:
    """The headings of columns that nothing is taken from, other than those known to be of no use."""
    ignored = {name for field in importer.fields if field.ignored for name in map(fold, field.aliases)}
    names = [name for spec in specs for name in unknown_of(workbook.sheets[spec["sheet"]], spec).values()]
    return [name for name in dict.fromkeys(names) if fold(name) not in ignored]


def source_tables(workbook: Workbook, specs: Sequence[Spec]) -> Iterator[SourceTable]:
    """The rows below each header, with what their columns mean."""
    for spec in specs:
        sheet, header, columns = workbook.sheets[spec["sheet"]], spec["header"], spec["columns"]
        width = len(sheet.rows[header]) if header < len(sheet.rows) else 0
        known = {code: col for col, code in sorted((col, code) for code, col in columns.items()) if col < width}
        yield SourceTable(sheet.name, header + 2, known, unknown_of(sheet, spec), sheet.rows[header + 1 :])


def unknown_of(sheet: Sheet, spec: Spec) -> dict[int, str]:
    """The headings of columns that mean nothing to the importer."""
    taken = set(spec["columns"].values())
    row = sheet.rows[spec["header"]] if spec["header"] < len(sheet.rows) else []
    above = sheet.rows[spec["header"] - 1] if spec["header"] else [None] * len(row)
    return {
        col: str(cell if cell is not None else over)
        for col, (cell, over) in enumerate(zip(row, above, strict=True))
        if col not in taken and (isinstance(cell, str) or isinstance(over, str))
    }


def columns_to_choose(run: Run) -> list[dict[str, Any]] | None:
    """Each column of the table with its heading, some of its cells, and what it is taken for now.

    None where there is nothing to choose: the run is past that, or its file is gone.
    """
    if run.state not in (RunState.MAPPING, RunState.PREVIEW) or not run.file:
        return None
    spec = run.tables[0]
    sheet = workbook_of(run).sheets[spec["sheet"]]
    meaning = {col: code for code, col in spec["columns"].items()}
    unknown = unknown_of(sheet, spec)
    heads = sheet.rows[spec["header"]] if spec["header"] < len(sheet.rows) else []
    below = sheet.rows[spec["header"] + 1 :][:200]
    columns = []
    for col, head in enumerate(heads):
        samples = [hide_numbers(str(row[col])) for row in below if row[col] is not None][:_SAMPLES]
        name = str(head) if head is not None else unknown.get(col, "")
        if name or samples:
            letter = cell_name(0, col)[:-1]
            columns.append(
                {"col": col, "letter": letter, "head": name, "samples": samples, "code": meaning.get(col, "")}
            )
    return columns


def hide_numbers(text: str) -> str:
    """The text with all but the last three digits of long numbers hidden: they may be identity numbers."""
    return re.sub(r"\d(?=\d{3})", lambda digit: "•", text) if re.search(r"\d{9}", text) else text
