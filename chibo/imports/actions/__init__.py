"""A workbook is received, understood, confirmed, written and, if need be, taken back as one step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core import progress
from chibo.core.importing import Done, Kept, Report
from chibo.core.refusal import refuse_if
from chibo.core.registry import registry
from chibo.core.workbooks import Workbook
from chibo.imports.models import Mapping, Row, Run
from chibo.imports.rules import (
    RunState,
    objections_to_choosing_columns,
    objections_to_confirming,
    objections_to_discarding,
    objections_to_undoing,
)
from chibo.imports.selectors import days_kept, done_by_run, key_of, writable_rows
from chibo.imports.selectors.previewing import Preview, files_of, importer_of, keep_preview, plan, preview_of
from chibo.imports.selectors.reading import Spec, hash_of, headings_left_out, workbook_of
from chibo.units.models import Unit
from chibo.units.selectors import ward_of

_BATCH = 500


class ChangedSince(Exception):  # noqa: N818 - not an error: the user must look again
    """The register changed after the preview: what was confirmed is no longer what would be written."""


@action(Can.BRING_LISTS)
def receive_workbook(unit: Unit, upload: File[bytes], *, actor: Actor, importer: str, file_name: str) -> Run:
    """Store the file under a name of our own; reading it is work for later (``jobs.work``)."""
    actor.require(Can(registry.named("importers", importer).can), unit)
    run = Run(
        unit=unit, importer=importer, file_name=file_name.replace("\\", "/").rpartition("/")[2][:200],
        done_by=actor.user, asked_at=timezone.now(),
    )  # fmt: skip
    run.file.save(file_name, upload, save=False)
    run.save()
    return run


@action(Can.BRING_LISTS)
def refuse_workbook(run: Run, *, actor: Actor, problem: str) -> Run:
    """The file cannot be read; ``problem`` says why in one sentence."""
    _require(actor, run)
    if run.state == RunState.UPLOADED:
        run.state, run.problem = RunState.REFUSED, problem
        run.save()
        _forget(run)
    return run


@action(Can.BRING_LISTS)
def ask_for_columns(run: Run, specs: list[Spec], *, actor: Actor) -> Run:
    """Too few headings are known: somebody must say which column is which."""
    _require(actor, run)
    if run.state == RunState.UPLOADED:
        run.state, run.tables = RunState.MAPPING, specs
        run.save()
    return run


@action(Can.BRING_LISTS)
def choose_columns(run: Run, *, actor: Actor, columns: dict[str, int], header: int) -> Run:
    """Say which column is which, for this workbook and for the next one with the same headings."""
    _require(actor, run)
    refuse_if(objections_to_choosing_columns(run.state))
    spec = {**run.tables[0], "columns": columns, "header": header}
    sheets = workbook_of(run).sheets
    headings = sheets[spec["sheet"]].rows[header]
    Mapping.objects.update_or_create(
        unit=ward_of(run.unit), importer=run.importer, headings=hash_of(headings), defaults={"columns": columns}
    )
    run.tables, run.state, run.remembered = [spec], RunState.UPLOADED, False
    run.asked_at = timezone.now()
    run.save()
    return run


@action(Can.BRING_LISTS)
def show_preview(
    run: Run,
    workbook: Workbook,
    specs: list[Spec],
    preview: Preview,
    *,
    actor: Actor,
    remembered: bool = False,
    problem: str = "",
) -> Run:
    """Show what the rows would do, and wait for somebody to confirm just that."""
    _require(actor, run)
    if run.state in (RunState.UPLOADED, RunState.APPLYING):
        keep_preview(run, preview)
        run.state, run.tables, run.problem = RunState.PREVIEW, specs, problem
        run.counts, run.digest = preview.counts, preview.digest
        run.encoding, run.remembered = workbook.encoding.value, remembered
        run.left_out = headings_left_out(workbook, specs, importer_of(run))
        run.save()
    return run


@action(Can.BRING_LISTS)
def confirm_run(run: Run, *, actor: Actor, mode: str = "good") -> Run:
    """Ask for the rows of the preview to be written. ``mode`` "good" leaves bad rows out; "all" stops for them."""
    _require(actor, run)
    refuse_if(
        objections_to_confirming(
            run.state,
            writable=writable_rows(run),
            refused=int(run.counts.get("refused", 0)),
            all_or_nothing=mode == "all",
        )
    )
    run.state, run.problem, run.asked_at = RunState.APPLYING, "", timezone.now()
    run.save()
    return run


@action(Can.BRING_LISTS)
def write_rows(run: Run, workbook: Workbook, *, actor: Actor, today: date) -> Run:
    """Write what was confirmed, all of it or nothing. A run that is written already is left alone.

    ``ChangedSince`` where the register no longer is what the preview was made from.
    """
    _require(actor, run)
    if run.state != RunState.APPLYING:
        return run
    importer = importer_of(run)
    plans = plan(workbook, run.tables, importer, run.unit, actor=actor, today=today)
    if preview_of(plans, workbook, run.tables, importer).digest != run.digest:
        raise ChangedSince
    done: list[Done] = []
    importer.apply(run.unit, plans, done, _reporter(run, _("Đang ghi")), actor=actor, today=today)
    rows = (
        Row(
            run=run,
            sheet=one.sheet,
            number=one.number,
            label=one.label,
            target=one.target,
            before=one.before,
            after=one.after,
        )
        for one in done
    )
    Row.objects.bulk_create(rows, batch_size=_BATCH)
    run.state, run.applied_at, run.done_by = RunState.APPLIED, timezone.now(), actor.user
    run.save()
    return run


@action(Can.BRING_LISTS)
def undo_run(run: Run, *, actor: Actor, today: date) -> Run:
    """Ask for all that the run wrote to be taken back."""
    _require(actor, run)
    applied_on = timezone.localdate(run.applied_at) if run.applied_at else None
    refuse_if(objections_to_undoing(run.state, applied_on=applied_on, today=today, days=days_kept(run)))
    run.state, run.asked_at = RunState.UNDOING, timezone.now()
    run.save()
    return run


@action(Can.BRING_LISTS)
def take_back_rows(run: Run, *, actor: Actor) -> Run:
    """Take back what the run wrote, but for rows that somebody has worked on since: those are named."""
    _require(actor, run)
    if run.state != RunState.UNDOING:
        return run
    kept: list[Kept] = []
    importer_of(run).undo(run.unit, done_by_run(run), kept, _reporter(run, _("Đang hoàn tác")), actor=actor)
    run.kept = [{"sheet": k.sheet, "number": k.number, "label": k.label, "reason": k.reason} for k in kept]
    run.rows.all().delete()
    run.state = RunState.UNDONE
    run.save()
    return run


@action(Can.BRING_LISTS)
def discard_run(run: Run, *, actor: Actor) -> Run:
    """Put aside a workbook of which nothing was written; its file is deleted."""
    _require(actor, run)
    refuse_if(objections_to_discarding(run.state))
    run.state = RunState.DISCARDED
    _forget(run)
    run.save()
    return run


@action(Can.BRING_LISTS)
def forget_files(unit: Unit, *, actor: Actor, today: date) -> Unit:
    """Delete what is kept of workbooks for undoing them, once their days are over. For every night."""
    for run in Run.objects.filter(unit__path__startswith=unit.path).exclude(file="").select_related("unit"):
        since = timezone.localdate(run.applied_at or run.entered_at)
        if today > since + timedelta(days=days_kept(run)):
            run.rows.all().delete()
            _forget(run)
            run.save()
    return unit


def _require(actor: Actor, run: Run) -> None:
    """Besides bringing lists in: the power that this list asks for."""
    actor.require(Can(importer_of(run).can), run.unit)


def _forget(run: Run) -> None:
    """Delete the file and its preview when the transaction is over; ``file_name`` and the counts stay."""
    files = files_of(run)
    run.file = ""
    if run.pk:
        Run.objects.filter(pk=run.pk).update(file="")
    transaction.on_commit(lambda: _delete(files))


def _delete(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _reporter(run: Run, doing: str) -> Report:
    return lambda done, total: progress.report(key_of(run), done, total, doing)
