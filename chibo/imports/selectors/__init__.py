"""How the workbooks brought in are read."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.models import User
from chibo.access.selectors import actor_of
from chibo.core import progress
from chibo.core.importing import Done, RowState
from chibo.core.registry import Importer, registry
from chibo.core.tables import State
from chibo.imports.models import Run
from chibo.imports.rules import WORKING, RunState, objections_to_undoing
from chibo.imports.selectors.previewing import importer_of
from chibo.units.models import Unit
from chibo.units.selectors import setting_on


def actor_called(username: str) -> Actor | None:
    """The account that a command names, with its posts of today."""
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    return actor_of(user) if user else None


def importers_for(actor: Actor, unit: Unit) -> list[Importer]:
    """What the actor may bring in here."""
    return [entry for entry in registry.each("importers") if actor.may(Can(entry.can), unit)]


def visible_runs(actor: Actor, unit: Unit) -> QuerySet[Run]:
    """The workbooks brought in for the unit and below, of the lists that the actor may bring in, the latest first."""
    kinds = [importer.code for importer in importers_for(actor, unit)]
    runs = Run.objects.visible_to(actor).filter(unit__path__startswith=unit.path, importer__in=kinds)
    return runs.select_related("unit", "done_by").order_by("-pk")


def run_for(actor: Actor, pk: int) -> Run:
    """The run, if the actor may see it and bring in such workbooks; otherwise it does not exist for them (404)."""
    run = Run.objects.visible_to(actor).select_related("unit", "done_by").filter(pk=pk).first()
    if run is None or not actor.may(Can(importer_of(run).can), run.unit):
        raise Http404
    return run


def key_of(run: Run) -> str:
    """The name under which the work on this run tells its progress."""
    return f"import-{run.pk}"


def waiting_of(run: Run) -> progress.Waiting | None:
    """How the work on a run stands; None where there is none under way."""
    return progress.waiting(key_of(run), run.asked_at) if run.state in WORKING else None


def days_kept(run: Run) -> int:
    """How many days a run can be undone, and its file is kept."""
    return int(setting_on("imports.keep_days", run.unit, timezone.localdate()))


def done_by_run(run: Run) -> list[Done]:
    """What the run wrote, in the order of the file."""
    rows = run.rows.order_by("pk")
    return [Done(row.sheet, row.number, row.label, row.target, row.before, row.after) for row in rows]


def may_be_undone(run: Run, today: date) -> bool:
    applied_on = timezone.localdate(run.applied_at) if run.applied_at else None
    return not any(objections_to_undoing(run.state, applied_on=applied_on, today=today, days=days_kept(run)))


_KINDS = {
    RunState.APPLIED: "ok",
    RunState.PREVIEW: "due",
    RunState.MAPPING: "due",
    RunState.REFUSED: "late",
    RunState.DISCARDED: "none",
    RunState.UNDONE: "none",
}


def run_state(run: Run) -> State:
    """The run's state in words, with its shape."""
    state = RunState(run.state)
    return State(gettext(state.label), _KINDS.get(state, "info"))


STATE_ORDER = (
    *((state.value, state.label) for state in RowState),
    ("noted", gettext_noop("Có lưu ý")),
)
"""The filters of a preview, in the order in which people look at them."""


def writable_rows(run: Run) -> int:
    return int(run.counts.get("added", 0)) + int(run.counts.get("changed", 0))
