"""What a run would do, row by row, and the file beside the upload where that is kept until it is done."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.core.importing import RowPlan, RowState
from chibo.core.registry import Importer, registry
from chibo.core.tables import Page, State
from chibo.core.workbooks import Workbook, cell_name, many_objects
from chibo.imports.models import Run
from chibo.imports.selectors.reading import Spec, source_tables
from chibo.units.models import Unit

PAGE = 50


def importer_of(run: Run) -> Importer:
    found: Importer = registry.named("importers", run.importer)
    return found


def plan(
    workbook: Workbook, specs: Sequence[Spec], importer: Importer, unit: Unit, *, actor: Actor, today: date
) -> list[RowPlan]:
    """What each row of the workbook would do in the unit; nothing is written."""
    with many_objects():
        plans: list[RowPlan] = importer.plan(unit, list(source_tables(workbook, specs)), actor=actor, today=today)
    return plans


@dataclass(frozen=True)
class Preview:
    """The rows as people are shown them, in JSON: what they would do, and what is said of them in somebody's language.

    ``counts`` tells how many are in which state; ``digest`` seals what they would do.
    """

    facts: bytes
    said: bytes
    counts: dict[str, int]

    @property
    def digest(self) -> str:
        return sha256(self.facts).hexdigest()


@many_objects()
def preview_of(plans: Sequence[RowPlan], workbook: Workbook, specs: Sequence[Spec], importer: Importer) -> Preview:
    columns = {workbook.sheets[spec["sheet"]].name: spec["columns"] for spec in specs}
    masked = [field.code for field in importer.fields if field.masked]
    facts = [
        [
            plan.sheet, plan.number, plan.label, plan.state, _cell_of(plan, columns[plan.sheet]) if plan.code else "",
            _masked(plan.values, masked, importer), _masked(plan.changes, masked, importer),
        ]
        for plan in plans
    ]  # fmt: skip
    said = [(plan.reason, plan.notes) for plan in plans]
    counts = Counter(plan.state.value for plan in plans)
    counts["noted"] = len([True for plan in plans if plan.notes])
    return Preview(_encode(facts), _encode(said), dict(counts))


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str, check_circular=False)


def _encode(rows: list[Any]) -> bytes:
    return _as_json.encode(rows).encode()


def _masked(values: dict[str, Any], codes: Sequence[str], importer: Importer) -> dict[str, Any]:
    for code in codes:
        if code in values:
            value = values[code]
            pair = isinstance(value, tuple)
            hidden = [importer.words(code, one) for one in value] if pair else importer.words(code, value)
            values = {**values, code: hidden}
    return values


def _cell_of(plan: RowPlan, columns: dict[str, int]) -> str:
    return cell_name(plan.number - 1, columns[plan.code]) if plan.code in columns else ""


def keep_preview(run: Run, preview: Preview) -> None:
    """Put the rows beside the upload, readable by nobody else; a reader sees the whole or the one before."""
    file = _file(run)
    draft = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(b"[" + preview.facts + b"," + preview.said + b"]")
    draft.replace(file)


def _file(run: Run) -> Path:
    return Path(run.file.path).with_suffix(".rows")


def files_of(run: Run) -> list[Path]:
    """All that is kept of the workbook outside the database."""
    return [Path(run.file.path), _file(run)] if run.file else []


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview in words. ``changes`` are (label, old, new); of an added row there is no old, nor its name again."""

    sheet: str
    number: int
    label: str
    state: RowState
    cell: str
    reason: str
    notes: list[str]
    changes: list[tuple[str, str, str]]

    @property
    def is_change(self) -> bool:
        return self.state == RowState.CHANGED

    @property
    def chip(self) -> State:
        return State(_(self.state.label), _KINDS[self.state])


_KINDS = {RowState.ADDED: "ok", RowState.CHANGED: "info", RowState.UNCHANGED: "none", RowState.REFUSED: "late"}


def rows_of(run: Run, *, state: str = "", after: str | None = None) -> Page:
    """Some rows of the preview in the order of the file, from the one after ``after`` on."""
    rows = _stored(run)
    first = int(after) if after and after.isdecimal() else 0
    importer = importer_of(run)
    shown: list[ShownRow] = []
    for at in range(first, len(rows)):
        if _is_asked(rows[at], state):
            if len(shown) == PAGE:
                return Page(shown, str(at), first == 0)
            shown.append(_in_words(rows[at], importer))
    return Page(shown, None, first == 0)


def all_rows_of(run: Run, *, state: str = "") -> Iterator[ShownRow]:
    importer = importer_of(run)
    return (_in_words(row, importer) for row in _stored(run) if _is_asked(row, state))


def _stored(run: Run) -> list[list[Any]]:
    try:
        facts, said = json.loads(_file(run).read_bytes())
    except (OSError, ValueError):
        return []
    return [[*fact, *words] for fact, words in zip(facts, said, strict=True)]


def _is_asked(row: list[Any], state: str) -> bool:
    return not state or (bool(row[-1]) if state == "noted" else row[3] == state)


def _in_words(row: list[Any], importer: Importer) -> ShownRow:
    labels = {**{field.code: field.label for field in importer.fields}, **importer.labels}
    sheet, number, label, state, cell, values, changes, reason, notes = row
    pairs = {code: (None, value) for code, value in values.items()} | {code: tuple(p) for code, p in changes.items()}
    told = [
        (_(str(labels[code])), importer.words(code, old), importer.words(code, new))
        for code, (old, new) in pairs.items()
        if code in labels and (old is not None or new != label)
    ]
    return ShownRow(sheet, number, label, RowState(state), cell, reason, notes, told)
