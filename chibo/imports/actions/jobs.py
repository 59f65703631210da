"""The long work on a workbook, done aside so that the page can be left: reading, writing and taking back.

Each step may be cut off at any moment and run again: what it writes, it writes in one transaction, and only while the
run is still in the state that asks for it.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from chibo.access.actor import SETUP, Actor
from chibo.access.models import User
from chibo.access.selectors import actor_of
from chibo.core import progress
from chibo.imports.actions import (
    ChangedSince,
    ask_for_columns,
    refuse_workbook,
    show_preview,
    take_back_rows,
    write_rows,
)
from chibo.imports.models import Run
from chibo.imports.rules import RunState
from chibo.imports.selectors import key_of
from chibo.imports.selectors.previewing import importer_of, plan, preview_of
from chibo.imports.selectors.reading import missing, recognise, workbook_of


@task()
def _work(run_pk: int, user_pk: int | None) -> None:
    """Do what the run waits for. Without a user it is the installation's own (the gate let nobody else ask for it)."""
    run = Run.objects.select_related("unit").get(pk=run_pk)
    actor = SETUP if user_pk is None else actor_of(User.objects.get(pk=user_pk))
    step = {RunState.UPLOADED: _read, RunState.APPLYING: _write, RunState.UNDOING: _take_back}.get(
        RunState(run.state)
    )
    if step is not None:
        step(run, actor)
        progress.forget(key_of(run))


def _read(run: Run, actor: Actor, problem: str = "") -> None:
    progress.report(key_of(run), 0, 0, _("Đang đọc tệp"))
    importer = importer_of(run)
    try:
        workbook = workbook_of(run)
        specs, remembered = (run.tables, run.remembered) if run.tables else recognise(workbook, importer, run.unit)
        if not specs:
            raise ValidationError(_("Tệp không có bảng nào; hãy kiểm tra lại rồi tải lên tệp khác."))
    except ValidationError as refusal:
        refuse_workbook(run, actor=actor, problem=" ".join(refusal.messages))
        return
    if missing(importer, specs[0]["columns"]):
        ask_for_columns(run, specs, actor=actor)
        return
    progress.report(key_of(run), 0, 0, _("Đang so với sổ"))
    plans = plan(workbook, specs, importer, run.unit, actor=actor, today=timezone.localdate())
    preview = preview_of(plans, workbook, specs, importer)
    show_preview(run, workbook, specs, preview, actor=actor, remembered=remembered, problem=problem)


def _write(run: Run, actor: Actor) -> None:
    progress.report(key_of(run), 0, 0, _("Đang ghi"))
    try:
        write_rows(run, workbook_of(run), actor=actor, today=timezone.localdate())
    except ChangedSince:
        _read(run, actor, _("Sổ đã có thay đổi sau khi xem trước; hãy xem lại rồi xác nhận."))


def _take_back(run: Run, actor: Actor) -> None:
    progress.report(key_of(run), 0, 0, _("Đang hoàn tác"))
    take_back_rows(run, actor=actor)


work = _work
"""``work.enqueue(run.pk, user.pk)`` in the background, ``work.call(run.pk, user.pk)`` at once."""
