"""One inspection on one page: what comes next, how its steps stand, and what opens with what is known already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from chibo.access.actor import Actor
from chibo.core.registry import Scope
from chibo.core.tables import State
from chibo.inspections.models import Inspection, Step, Subject, Visit
from chibo.inspections.rules import FindingKind, InspectionForm, Role
from chibo.inspections.rules.flows import PIECES, PieceKind, StepRule, missing_pieces
from chibo.inspections.rules.outlines import filled_by_itself
from chibo.inspections.selectors import (
    Sight,
    by_kind,
    findings_of,
    flow,
    remedies_open,
    visible_inspections,
)
from chibo.inspections.selectors.answers import contradictions, period_of
from chibo.inspections.selectors.dossiers import missing_of, pieces_for
from chibo.inspections.selectors.programmes import open_lines
from chibo.tasks.rules import TaskState
from chibo.units.models import Unit


def listed(actor: Actor, scope: Scope) -> QuerySet[Inspection]:
    """The inspections that the scope's units lead, and those that concern them, under way at any time of its period."""
    about = Subject.objects.filter(unit__in=scope.units).values("inspection_id")
    here = Q(unit_id__in=scope.units) | Q(pk__in=about)
    period = scope.period
    ended = Q(decided_on__lt=period.first) & Q(closed_on__lt=period.first)
    return visible_inspections(actor).filter(here, decided_on__lte=period.last).exclude(ended)


MOST_READY = 12
"""So many checklists are laid ready on a device at once."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the page tells it."""

    step: Step
    rule: StepRule
    state: State
    is_next: bool

    @property
    def says(self) -> bool:
        """Whether its state is worth a word: what is far off and waits for others is told by its day alone."""
        return self.is_next or bool(self.step.done_on or self.step.waived) or self.state.kind in ("late", "due")

    @property
    def words(self) -> str:
        return _(self.rule.words)

    @property
    def who(self) -> str:
        return _(self.rule.doer.label)


def step_lines(inspection: Inspection, day: date) -> list[StepLine]:
    rules = {step.code: step for step in flow(inspection)}
    lines, found = [], False
    for step in inspection.steps.all():
        is_next = not found and step.done_on is None and not step.waived
        found = found or is_next
        lines.append(StepLine(step, rules[step.code], _state(step, day), is_next))
    return lines


def _state(step: Step, day: date) -> State:
    if step.waived:
        return State(_("Không làm"), "none")
    if step.done_on:
        late = step.done_on > step.due_on
        return State(_("Xong, sau hạn") if late else _("Xong"), "ok")
    left = (step.due_on - day).days
    if left < 0:
        return State(_("Quá hạn %(days)s ngày") % {"days": -left}, "late")
    return State(_("Còn %(days)s ngày") % {"days": left} if left else _("Hôm nay"), "due" if left < 4 else "info")


@dataclass(frozen=True, slots=True)
class Door:
    """The one thing to do next: its words and its page."""

    words: str
    url: str


def overview(actor: Actor, sight: Sight, day: date) -> dict[str, Any]:
    """What the page of an inspection shows, as far as this person sees it."""
    here = sight.inspection
    facts: dict[str, Any] = {
        "subjects": sight.subjects,
        "period": period_of(here),
        "pieces": pieces_for(sight),
        "door": own_door(sight) if not sight.works else next_door(sight),
    }
    if not sight.works:
        return facts
    lines = step_lines(here, day)
    findings = list(findings_of(here))
    return facts | {
        "lines": lines,
        "team": list(here.team.select_related("member")),
        "contradictions": contradictions(here, findings),
        "missing": missing_of(here),
        "filled": filled_by_itself(here.outline.values_list("kind", flat=True)),
        "is_survey": here.form == InspectionForm.SURVEY,
        "hall": hall_of(actor, sight),
    }


def hall_of(actor: Actor, sight: Sight) -> list[str]:
    """The checklists to be laid ready for a hall without a line: on a survey those of one's own visits."""
    here = sight.inspection
    waits = here.steps.filter(code="verify", done_on__isnull=True, waived="").exists()
    if not sight.may_work or here.announced_on is None or not waits:
        return []
    own = set(Visit.objects.filter(visitor__member__account=actor.user, subject__inspection=here).values_list("subject_id", flat=True))  # fmt: skip
    subjects = [one for one in sight.subjects if one.pk in own] or list(sight.subjects)
    return [reverse("inspections:verify", args=[one.pk]) for one in subjects[:MOST_READY]]


def own_door(sight: Sight) -> Door | None:
    """For the inspected: their report, until it is handed in."""
    here = sight.inspection
    waiting = here.steps.filter(code="self_report", waived="").exists() and not here.closed_on
    for subject in sight.subjects:
        if subject.handed_on is None and waiting:
            return Door(_("Viết báo cáo tự kiểm tra"), reverse("inspections:self_report", args=[subject.pk]))
    return None


def next_door(sight: Sight) -> Door | None:
    """For the team: what the next step asks. A step that waits for somebody else has no door."""
    here = sight.inspection
    step = here.steps.filter(done_on__isnull=True, waived="").first()
    if step is None or not sight.open:
        return None
    if sight.leads and not here.team.exists():
        return Door(_("Lập đoàn kiểm tra"), reverse("inspections:team", args=[here.pk]))
    if step.code in ("sign", "decide", "draft") and here.announced_on is None:
        return _leaders(sight, _("Lập các văn bản chuẩn bị"), "prepare")
    if step.code in ("verify", "self_report", "explain") and sight.subjects:
        return _looking(sight)
    if step.code in _DEEDS:
        return _DEEDS[step.code](sight)
    return _next_paper(sight, step.code)


def _looking(sight: Sight) -> Door:
    """The first place that nobody has looked at."""
    words = _("Khảo sát") if sight.inspection.form == InspectionForm.SURVEY else _("Thẩm tra")
    first = next((one for one in sight.subjects if not one.marks.exists()), sight.subjects[0])
    return Door(f"{words}: {first}", reverse("inspections:verify", args=[first.pk]))


def _concluding(sight: Sight) -> Door | None:
    if sight.inspection.concluded_on is None:
        return _leaders(sight, _("Kết luận"), "conclude")
    return _writing(sight, PieceKind.NOTICE) if sight.leads else None


def _publishing(sight: Sight) -> Door | None:
    if sight.inspection.published_on is None:
        return _leaders(sight, _("Công bố kết luận"), "publish")
    return _next_paper(sight, "publish")


def _following(sight: Sight) -> Door | None:
    here = sight.inspection
    if not here.pieces.filter(kind=PieceKind.FOLLOW_UP).exists():
        return _writing(sight, PieceKind.FOLLOW_UP) if sight.leads else None
    waiting = remedies_open(here).filter(task__state=TaskState.DONE).first()
    if waiting is not None:
        return Door(_("Xác nhận khắc phục"), reverse("inspections:finding", args=[waiting.pk]))
    return None if remedies_open(here).exists() else _leaders(sight, _("Kết thúc theo dõi khắc phục"), "follow")


_DEEDS: dict[str, Callable[[Sight], Door | None]] = {
    "announce": lambda sight: _leaders(sight, _("Gửi cho nơi được kiểm tra"), "announce"),
    "conclude": _concluding,
    "publish": _publishing,
    "follow": _following,
    "archive": lambda sight: _leaders(sight, _("Đóng hồ sơ"), "close"),
}


def _leaders(sight: Sight, words: str, name: str) -> Door | None:
    return Door(words, reverse("inspections:deed", args=[sight.inspection.pk, name])) if sight.leads else None


def _writing(sight: Sight, kind: PieceKind, subject: int | None = None) -> Door:
    url = reverse("inspections:write", args=[sight.inspection.pk, kind.value])
    return Door(_(kind.label), f"{url}?subject={subject}" if subject else url)


def _next_paper(sight: Sight, code: str) -> Door | None:
    """The first paper that the step still asks for, at the first place that has none."""
    here = sight.inspection
    rules = [step for step in flow(here) if step.code == code]
    kept = list(here.pieces.values_list("kind", "subject_id"))
    lacking = missing_pieces(rules, subjects=[one.pk for one in sight.subjects], kept=kept)
    for kind, subject in lacking:
        if sight.leads or PIECES[kind].each:
            return _writing(sight, kind, subject)
    return None


# --------------------------------------------------------------------------------------------- begun forms


def from_line(unit: Unit, asked: str) -> dict[str, Any]:
    """What the line of the programme that is carried out says already; the unit is one whose inspections the person leads."""
    line = open_lines(unit).filter(pk=asked).first() if asked.isdecimal() else None
    if line is None:
        return {}
    return {
        "line": line.pk,
        "form": line.form, "body": line.programme.body, "content": line.content, "looked_first": line.looked_first,
        "looked_last": line.looked_last, "units": [line.inspected_id] if line.inspected_id else [],
        "members": [line.member_id] if line.member_id else [],
    }  # fmt: skip


def team_as_typed(inspection: Inspection) -> dict[str, Any]:
    rows = list(inspection.team.select_related("member"))
    by_role = {role: [one.member_id for one in rows if one.role == role] for role in Role}
    return {
        "head": next(iter(by_role[Role.HEAD]), None),
        "deputy": next(iter(by_role[Role.DEPUTY]), None),
        "secretary": next(iter(by_role[Role.SECRETARY]), None),
        "members": by_role[Role.MEMBER],
        "duties": "\n".join(f"{one.member}: {one.duties}" for one in rows if one.duties),
    }


def team_in_words(inspection: Inspection) -> dict[str, Any]:
    """The team as it stands, by field of its form: the people themselves, to be named beside what somebody else typed."""
    typed = team_as_typed(inspection)
    people = {one.member_id: one.member for one in inspection.team.select_related("member")}
    named = {name: people.get(typed[name]) for name in ("head", "deputy", "secretary")}
    return {**typed, **named, "members": [people[pk] for pk in typed["members"]]}


@override("vi")  # it goes into an official notice
def begun_conclusion(inspection: Inspection) -> str:
    """The conclusion as far as the findings say it: strengths, shortcomings, causes, what is asked."""
    if inspection.conclusion:
        return inspection.conclusion
    lines = []
    for number, (kind, rows) in enumerate(by_kind(list(findings_of(inspection))), 1):
        if kind == FindingKind.SIGN:
            continue
        lines.append(f"{number}. {kind.label}")
        lines += dict.fromkeys(f"- {' '.join(one.text.split()).rstrip('.')}." for one in rows)
    return "\n".join(lines)
