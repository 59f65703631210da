"""How briefings are read: who sees which, what is asked of whom, what their records already tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.briefings.models import Briefing, Direction, Return
from chibo.briefings.rules import Gap, Rhythm, gaps_in_return
from chibo.core.registry import Scope
from chibo.core.values import Objection, Share, gettext_noop
from chibo.meetings.rules import MeetingState
from chibo.members.models import Member
from chibo.members.selectors import posts_on
from chibo.tasks.rules import TaskState
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_under, setting_on

ON_TIME = Q(sent_on__lte=F("briefing__returns_due_on"))
"""A return that was sent by its due date."""

DONE_ON_TIME = Q(task__state=TaskState.DONE, task__done_on__lte=F("task__first_due_on"))
"""A direction that was carried out by its first deadline."""


# ------------------------------------------------------------------------------------- who sees what


def visible_returns(actor: Actor) -> QuerySet[Return]:
    """The returns of the actor's own cells and of those below their posts."""
    return Return.objects.visible_to(actor).select_related("unit", "briefing__meeting", "briefing__unit")


def visible_briefings(actor: Actor) -> QuerySet[Briefing]:
    """The briefings below the actor's posts, and those their own cells were asked for."""
    led = Briefing.objects.visible_to(actor).values("pk")
    asked = Return.objects.visible_to(actor).values("briefing_id")
    return Briefing.objects.filter(Q(pk__in=led) | Q(pk__in=asked)).select_related("unit", "meeting")


def briefing_for(actor: Actor, pk: int) -> Briefing:
    """The briefing, if it concerns the actor; otherwise it does not exist for them (404)."""
    rows = visible_briefings(actor).select_related("meeting__chair", "meeting__recorder")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def whole_briefing_for(actor: Actor, pk: int) -> Briefing:
    """The briefing with everybody's returns: for those who see the ward, not for one of its cells (404)."""
    found = briefing_for(actor, pk)
    if not sees_whole(actor, found):
        raise Http404
    return found


def sees_whole(actor: Actor, briefing: Briefing) -> bool:
    """Whether the actor sees every cell's return, or only those of their own."""
    return actor.may(Can.SEE_BRIEFINGS, briefing.unit)


def return_for(actor: Actor, pk: int) -> Return:
    """The return, if the actor may see it: before it is sent only who may write it (404)."""
    found = visible_returns(actor).filter(pk=pk).first()
    if found is None or (found.sent_on is None and not actor.may(Can.WRITE_RETURNS, found.unit)):
        raise Http404
    return found


def gaps_of(ret: Return, words_least: int | None = None) -> list[Gap]:
    """What a monthly return leaves out (seeds S2-10, S2-11); a weekly one and a mass organisation's are not asked."""
    if ret.body or ret.briefing.rhythm != Rhythm.MONTHLY or ret.sent_on is None:
        return []
    if words_least is None:
        words_least = int(setting_on("briefings.words_least", ret.unit, ret.sent_on))
    parts = {
        name: str(getattr(ret, name)) for name in ("results", "shortcomings", "causes", "next_tasks", "cultivation")
    }
    return list(gaps_in_return(**parts, words_least=words_least))


def is_concluded(briefing: Briefing) -> bool:
    return briefing.meeting.state == MeetingState.CLOSED


# --------------------------------------------------------------------------------------- facts for rules


def cells_to_ask(unit: Unit, day: date) -> QuerySet[Unit]:
    """The cells that stand below the ward on the day: who is asked for a return."""
    rows = Unit.objects.filter(in_force(day), pk__in=ids_under(unit, day), level=Level.CELL)
    return rows.order_by("sort_key")


def due_days(unit: Unit, day: date) -> int:
    """How many days before a briefing the returns are due."""
    return int(setting_on("briefings.returns_due_days", unit, day))


def spans_reviewed(unit: Unit, rhythm: str, *, but: int | None = None) -> list[tuple[date, date]]:
    """What the ward's briefings of this rhythm have looked back on."""
    rows = Briefing.objects.filter(unit=unit, rhythm=rhythm).exclude(pk=but or 0)
    return list(rows.values_list("reviewed_first", "reviewed_last"))


def presiding(unit: Unit, day: date) -> QuerySet[Member]:
    """Who may chair, record or be directed at a briefing: whoever holds a post in the ward or its cells that day."""
    held = posts_on(day, ids_under(unit, day)).values("member_id")
    return Member.objects.filter(pk__in=held).order_by("sort_key", "pk")


def bodies_of(unit: Unit) -> list[str]:
    """The mass organisations that the ward's last briefing asked: the next one asks them again (seed S1-09)."""
    last = Briefing.objects.filter(unit=unit, returns__body__gt="").order_by("-reviewed_last", "-pk").first()
    return list(last.returns.exclude(body="").order_by("pk").values_list("body", flat=True)) if last else []


def last_briefing_of(unit: Unit) -> Briefing | None:
    rows = Briefing.objects.filter(unit=unit).select_related("meeting")
    return rows.order_by("-meeting__held_on", "-pk").first()


def objections_to_doer(briefing: Briefing, *, units: Sequence[Unit], doer: Member | None) -> list[Objection]:
    """A direction goes to the ward itself, to cells that were asked, or to one comrade who holds a post."""
    if not units and doer is None:
        return [Objection(gettext_noop("Hãy chọn chi bộ, đoàn thể hoặc đồng chí được giao."), field="doer")]
    if units and doer is not None:
        return [Objection(gettext_noop("Chọn tập thể hoặc một đồng chí, không chọn cả hai."), field="doer")]
    asked = {briefing.unit_id, *briefing.returns.values_list("unit_id", flat=True)}
    if any(unit.pk not in asked for unit in units):
        return [Objection(gettext_noop("Chi bộ này không dự giao ban."), field="doer")]
    day = briefing.meeting.held_on
    if doer is not None and not presiding(briefing.unit, day).filter(pk=doer.pk).exists():
        return [
            Objection(
                gettext_noop("Đồng chí %(name)s không giữ chức vụ nào trong đảng bộ vào ngày giao ban."),
                params={"name": doer.full_name},
                field="doer",
            )
        ]
    return []


# ------------------------------------------------------------------------------------------------- lists


@dataclass(frozen=True, slots=True)
class BriefingLine:
    """A briefing in the list: how many of the returns were sent, how many of the directions are done."""

    briefing: Briefing
    sent: Share
    on_time: int
    done: Share

    @property
    def pk(self) -> int:
        return self.briefing.pk


def briefings_in(scope: Scope) -> QuerySet[Briefing]:
    """The briefings of the scope's wards held, or to be held, in its period."""
    span = (scope.period.first, scope.period.last)
    return Briefing.objects.filter(unit_id__in=scope.units, meeting__held_on__range=span)


def lines_of(scope: Scope) -> list[BriefingLine]:
    """The briefings of the scope, latest first: three queries for any number of them."""
    rows = list(briefings_in(scope).select_related("unit", "meeting").order_by("-meeting__held_on", "-pk"))
    ids = [row.pk for row in rows]
    sent = _counts(Return.objects.filter(briefing__in=ids), sent=Q(sent_on__isnull=False), on_time=ON_TIME)
    done = _counts(Direction.objects.filter(briefing__in=ids), done=Q(task__state=TaskState.DONE))
    return [
        BriefingLine(
            row,
            Share(sent.get(row.pk, {}).get("sent", 0), sent.get(row.pk, {}).get("all", 0)),
            sent.get(row.pk, {}).get("on_time", 0),
            Share(done.get(row.pk, {}).get("done", 0), done.get(row.pk, {}).get("all", 0)),
        )
        for row in rows
    ]


def _counts(rows: QuerySet[Any], **parts: Q) -> dict[int, dict[str, int]]:
    """Briefing → how many rows it has, and how many of them are each of the parts."""
    counted = {name: Count("pk", filter=part) for name, part in parts.items()}
    return {row["briefing"]: row for row in rows.order_by().values("briefing").annotate(all=Count("pk"), **counted)}


def returns_of_cell(actor: Actor, scope: Scope) -> QuerySet[Return]:
    """A cell's returns for the briefings of the period, latest first."""
    span = (scope.period.first, scope.period.last)
    rows = visible_returns(actor).filter(unit=scope.unit, body="", briefing__meeting__held_on__range=span)
    return rows.order_by("-briefing__meeting__held_on", "-pk")


def open_returns() -> QuerySet[Return]:
    """Cells' returns not sent, for briefings that are not concluded, oldest due first."""
    rows = Return.objects.filter(body="", sent_on__isnull=True, briefing__meeting__state=MeetingState.CONVENED)
    return rows.select_related("unit", "briefing__meeting").order_by("briefing__returns_due_on", "unit__sort_key")


def open_briefings(units: QuerySet[Unit]) -> QuerySet[Briefing]:
    """The briefings of these wards that are not concluded, oldest first."""
    rows = Briefing.objects.filter(unit__in=units, meeting__state=MeetingState.CONVENED)
    return rows.select_related("unit", "meeting").order_by("meeting__held_on", "pk")
