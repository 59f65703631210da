"""What study tells the desk, the book, the search and the pages of lower apps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.core.registry import MOST_HITS, Errand, Event, Hit, Scope
from chibo.core.values import Share
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.rules import MeetingKind, Presence
from chibo.programmes.models import Programme
from chibo.study.models import Dissemination, Essay, Reach, StudyClass
from chibo.study.rules import OWED, EssayState
from chibo.study.selectors import class_of_meeting, visible_classes
from chibo.study.selectors.essays import own_essays
from chibo.study.selectors.spreading import of_programme, own_reaches, visible_disseminations


def _below(actor: Actor, can: Can) -> Q | None:
    """The condition that a row lies in an open unit where the actor holds the power; None where they hold it nowhere."""
    within = Q()
    for path in actor.reach(can):
        within |= Q(unit__path__startswith=path)
    return within if within else None


def errands_of_own(actor: Actor, today: date) -> Iterator[Errand]:
    """For every member: the essay still owed, the document still to be read. Whoever is done is not reminded."""
    for essay in own_essays(actor).filter(state__in=OWED):
        again = essay.state == EssayState.NOT_PASSED
        text = _("Viết lại bài thu hoạch: %(title)s") if again else _("Nộp bài thu hoạch: %(title)s")
        yield Errand(
            text % {"title": essay.study_class.title}, _("Viết"), reverse("study:essay", args=[essay.pk]),
            due=essay.study_class.essays_due_on,
        )  # fmt: skip
    for reach in own_reaches(actor).filter(reached_on__isnull=True):
        yield Errand(
            _("Đọc: %(title)s") % {"title": reach.dissemination}, _("Đọc"),
            reverse("study:spread", args=[reach.dissemination_id]), due=reach.dissemination.due_on,
        )  # fmt: skip


def errands_of_cells(actor: Actor, today: date) -> Iterator[Errand]:
    """For who leads a cell: essays to be found done, essays that are late, members not reached yet."""
    within = _below(actor, Can.MARK_ESSAYS)
    if within is not None:
        rows = Essay.objects.filter(within, in_force(today, "unit__")).order_by().values(
            "study_class_id", "study_class__title", "study_class__essays_due_on", "unit_id"
        )  # fmt: skip
        for row in (
            rows.filter(state=EssayState.HANDED_IN).annotate(n=Count("pk")).order_by("study_class_id", "unit_id")
        ):
            yield _essays(_("%(count)s bài thu hoạch chờ nhận xét: %(title)s"), _("Nhận xét"), row, due=None)
        for row in rows.filter(state__in=OWED).annotate(n=Count("pk")).order_by("study_class_id", "unit_id"):
            due = row["study_class__essays_due_on"]
            yield _essays(_("%(count)s đồng chí chưa nộp bài thu hoạch: %(title)s"), _("Đôn đốc"), row, due=due)
    within = _below(actor, Can.NOTE_REACH)
    if within is None:
        return
    waiting = Reach.objects.filter(within, in_force(today, "unit__"), reached_on__isnull=True).order_by()
    counted = list(
        waiting.values("dissemination_id", "unit_id").annotate(n=Count("pk")).order_by("dissemination_id", "unit_id")
    )
    spreads = Dissemination.objects.select_related("paper", "theme").in_bulk(
        {row["dissemination_id"] for row in counted}
    )
    for line in counted:
        spread = spreads[line["dissemination_id"]]
        yield Errand(
            _("%(count)s đồng chí chưa được phổ biến: %(title)s") % {"count": line["n"], "title": spread}, _("Ghi phổ biến"),
            reverse("study:reach", args=[spread.pk, line["unit_id"]]), due=spread.due_on, count=line["n"],
        )  # fmt: skip


def _essays(text: str, verb: str, row: Mapping[str, Any], *, due: date | None) -> Errand:
    url = reverse("study:essays", args=[row["study_class_id"], row["unit_id"]])
    return Errand(text % {"count": row["n"], "title": row["study_class__title"]}, verb, url, due=due, count=row["n"])


def events_of(scope: Scope) -> Iterator[Event]:
    """In the book of a cell: the classes its members attended, and how many of them."""
    shares: dict[int, tuple[int, int]] = {
        row["meeting_id"]: (row["k"], row["n"])
        for row in Attendance.objects.filter(
            unit_id__in=scope.units, meeting__kind=MeetingKind.CLASS,
            meeting__held_on__range=(scope.period.first, scope.period.last),
        ).order_by().values("meeting_id").annotate(n=Count("pk"), k=Count("pk", filter=Q(presence=Presence.PRESENT)))
    }  # fmt: skip
    for one in StudyClass.objects.filter(meeting_id__in=shares).select_related("meeting"):
        part, base = shares[one.meeting_id]
        yield Event(
            one.meeting.held_on, _("Học tập"), _("Học tập: %(title)s") % {"title": one.title},
            reverse("study:class", args=[one.pk]), _("%(part)s/%(base)s đồng chí dự") % {"part": part, "base": base},
        )  # fmt: skip


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Classes and what is made known, by their words."""
    for one in visible_classes(actor).filter(title__icontains=words)[:MOST_HITS]:
        yield Hit(_("Lớp học tập"), one.title, one.unit.name, reverse("study:class", args=[one.pk]))
    asked = Q(paper__subject__icontains=words) | Q(paper__symbol__icontains=words) | Q(theme__title__icontains=words)
    for spread in visible_disseminations(actor).filter(asked)[:MOST_HITS]:
        yield Hit(_("Phổ biến"), str(spread), spread.unit.name, reverse("study:spread", args=[spread.pk]))


# --------------------------------------------------------------------------- on pages of the apps below


def panel_of_meeting(request: Any, meeting: Meeting) -> str:
    """On the page of a class: its record, or the way to make one."""
    if meeting.kind != MeetingKind.CLASS:
        return ""
    context = {"meeting": meeting, "study_class": class_of_meeting(meeting)}
    context["may_record"] = request.actor.may(Can.KEEP_MEETINGS, meeting.unit)
    return render_to_string("study/of_meeting.html", context, request)


def years_of_programme(actor: Actor, programme: Programme) -> Iterator[Event]:
    """On the page of a programme: its classes and what was made known, with numbers for who may see them there."""
    sees = actor.may(Can.SEE_STUDY, programme.unit)
    classes, spread = of_programme(actor, programme.pk)
    for one in classes:
        lines = list(one.meeting.attendances.all())
        share = Share(sum(line.presence == Presence.PRESENT for line in lines), len(lines))
        yield Event(
            one.meeting.held_on, _("Lớp học tập"), one.title, reverse("study:class", args=[one.pk]),
            _("%(percent)s %% (%(part)s/%(base)s) dự")
            % {"percent": share.percent(places=2, cut=True), "part": share.part, "base": share.base}
            if sees and share.base else "",
        )  # fmt: skip
    for known in spread:
        reached = Share(known.reached, known.due)
        yield Event(
            known.opened_on, _("Phổ biến"), str(known), reverse("study:spread", args=[known.pk]),
            _("%(percent)s %% (%(part)s/%(base)s) được phổ biến")
            % {"percent": reached.percent(), "part": reached.part, "base": reached.base} if sees else "",
        )  # fmt: skip
