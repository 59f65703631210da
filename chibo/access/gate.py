"""The gate. Every write in the system passes here, and only here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import RLock
from typing import Any, ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.refusal import Conflict
from chibo.journal import actions as journal
from chibo.journal.selectors import find_once

P = ParamSpec("P")
R = TypeVar("R")


def action(can: Can, *, traceless: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard a write: hold the power here, see the latest row, all or nothing, leave a line.

    The first argument of the decorated function is where it happens (a unit, or a record with a ``unit``); it takes
    ``actor`` by keyword and returns the record it created or changed. Two more keywords are the gate's own:
    ``seen_version`` (the version the person was looking at: if somebody changed the record since, ``Conflict``) and
    ``once`` (the token of a form: a double submit gets the first result and writes nothing).

    The line stands at the subject's ``unit``, or where it says that it is ``told_at`` (who inspects a member tells no cell).

    A ``traceless`` action leaves no line and no mark of who did it when: only for what must stay anonymous, in tables
    that are ``unjournalled`` (docs/adr/0070).
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        verb = f"{function.__module__.split('.')[1]}.{function.__name__}"

        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            subject: Any = args[0]
            actor: Any = kwargs["actor"]
            assert isinstance(actor, Actor)
            seen_version: Any = kwargs.pop("seen_version", None)
            once: Any = kwargs.pop("once", None) or ""
            actor.require(can, subject)
            earlier: Any = _first_result(once, verb, actor) if once else None
            if earlier is not None:
                return cast("R", earlier)
            try:
                with _in_turn(), transaction.atomic():
                    return _pass(subject, actor, seen_version, once)(*args, **kwargs)
            except IntegrityError:
                earlier = _first_result(once, verb, actor) if once else None
                if earlier is not None:
                    return cast("R", earlier)
                raise

        def _pass(subject: Any, actor: Actor, seen_version: int | None, once: str) -> Callable[P, R]:
            def inside(*args: P.args, **kwargs: P.kwargs) -> R:
                fresh = _latest(subject)
                earlier: Any = _first_result(once, verb, actor) if once else None
                if earlier is not None:  # the first submit was still under way when this one came in
                    return cast("R", earlier)
                actor.require(can, fresh)
                _refuse_stale(fresh, seen_version)
                if traceless:
                    return function(fresh, *args[1:], **kwargs)  # type: ignore[arg-type]
                unit = getattr(fresh, "told_at", None) or getattr(fresh, "unit", None)
                with journal.entry(
                    user=actor.user, verb=verb, unit_path=unit.path if unit else "", once=once
                ) as line:
                    result = function(fresh, *args[1:], **kwargs)  # type: ignore[arg-type]
                    _bump(fresh, result, actor)
                    line.subject = result if isinstance(result, models.Model) else fresh
                    line.details = {name: value for name, value in kwargs.items() if name != "actor"}
                return result

            return inside

        guarded.can = can  # type: ignore[attr-defined]
        return guarded

    return decorate


_TURNS = RLock()


@contextmanager
def _in_turn() -> Iterator[None]:
    """SQLite has one writer, and who waits asks again and again: among two hundred some never find it free.

    Threads of one process wait here instead, in memory. Who is within a transaction already has the turn (ADR 0042).
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _TURNS:
        yield


def _latest(subject: Any) -> Any:
    """The row as it is now, with its unit, locked until the end of the transaction."""
    rows = type(subject)._base_manager.select_for_update(of=("self",))
    return (rows.select_related("unit") if hasattr(type(subject), "unit_id") else rows).get(pk=subject.pk)


def _refuse_stale(fresh: Any, seen_version: int | None) -> None:
    if seen_version is None or not hasattr(fresh, "version") or fresh.version == seen_version:
        return
    who = fresh.changed_by.name if fresh.changed_by_id else _("Người khác")
    at = timezone.localtime(fresh.changed_at) if fresh.changed_at else timezone.localtime()
    raise Conflict(
        _(
            "%(who)s đã sửa nội dung này lúc %(at)s. Nội dung đồng chí vừa nhập còn nguyên bên dưới; hãy xem bản mới rồi lưu lại."
        )
        % {"who": who, "at": f"{at:%H:%M %d/%m/%Y}"},
        code="conflict",
    )


def _bump(fresh: Any, result: Any, actor: Actor) -> None:
    """Count a new version of the record that was changed, so that a second editor is told."""
    if type(result) is type(fresh) and result.pk == fresh.pk and hasattr(result, "version"):
        now = timezone.now()
        result.version = fresh.version + 1
        result.changed_by, result.changed_at = actor.user, now
        type(result)._base_manager.filter(pk=result.pk).update(
            version=result.version, changed_by=actor.user, changed_at=now
        )


def _first_result(once: str, verb: str, actor: Actor) -> Any:
    """What the first submit of this form's token gave, if the same person did the same with it."""
    entry = find_once(once)
    if entry is None or entry.verb != verb or entry.user_id != (actor.user and actor.user.pk):
        return None
    label, _sep, key = entry.subject.partition(":")
    return apps.get_model(label)._base_manager.filter(pk=key).first()
