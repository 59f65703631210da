"""What passes between a workbook brought in and the app whose records it becomes; see ``registry.Importer``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chibo.core.values import Word, gettext_noop


class RowState(Word):
    """What a row of the sheet would do, or did."""

    ADDED = "added", gettext_noop("Thêm mới")
    CHANGED = "changed", gettext_noop("Thay đổi")
    UNCHANGED = "unchanged", gettext_noop("Giữ nguyên")
    REFUSED = "refused", gettext_noop("Không nhận")


Report = Callable[[int, int], None]
"""Told how many of how many rows are done."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """The table found in one sheet.

    ``columns`` gives the column (from 0) of each code of the importer that was found, ``unknown`` the headings of the
    others. ``rows`` are all rows below the header, the first of them being ``first`` as Excel counts.
    """

    sheet: str
    first: int
    columns: dict[str, int]
    unknown: dict[int, str]
    rows: list[list[Any]]


@dataclass(slots=True)
class RowPlan:
    """What one row would do. ``number`` is the row as Excel counts, ``label`` what people call the record.

    An added row has ``values`` (field → value), a changed one ``changes`` (field → (old, new)) and its ``target``. A
    refused one has a ``reason`` and, where one cell is to blame, its ``code``. ``notes`` are said in any case. Values
    are text, numbers, dates and lists of these. ``extra`` is for the importer's own use between plan and apply.
    """

    sheet: str
    number: int
    label: str
    state: RowState
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    target: int | None = None
    code: str = ""
    reason: str = ""
    notes: list[str] = field(default_factory=list)
    extra: Any = None


@dataclass(frozen=True, slots=True)
class Done:
    """What one row did: enough, in JSON, to take it back. ``before`` is empty for a record that was added."""

    sheet: str
    number: int
    label: str
    target: int
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that could not be taken back, and why."""

    sheet: str
    number: int
    label: str
    reason: str
