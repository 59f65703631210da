"""The team looks and finds: marks, findings with their remedies, and whether they were mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import Conflict, refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc, nfc_lines
from chibo.inspections.actions.steps import _mark_done, _refuse_team, _require_team
from chibo.inspections.models import Criterion, Finding, Inspection, Mark, Subject, TeamMember, Visit
from chibo.inspections.rules import InspectionForm, source_of
from chibo.inspections.rules.findings import Earlier, objections_to_finding, objections_to_verifying, repeated
from chibo.inspections.rules.leading import objections_to_changing, objections_to_opening
from chibo.inspections.rules.programmes import Planned, clashes
from chibo.inspections.selectors import earlier_findings, rule_of
from chibo.inspections.selectors.surveys import planned_of
from chibo.meetings.models import Meeting
from chibo.members.models import Member
from chibo.tasks.rules import TaskState
from chibo.tasks.selectors import stands_in
from chibo.units.models import Unit


@action(Can.VERIFY_INSPECTIONS)
def mark_criterion(
    subject: Subject,
    *,
    actor: Actor,
    criterion: Criterion,
    result: str = "",
    note: str = "",
    link: str = "",
    seen: int | None = None,
) -> Mark:
    """How one criterion was found here. One's own last word stands; that of a colleague, written since the checklist was
    ``seen`` (the version of the mark, 0 for none), is not written over unseen: whoever comes second is told."""
    said = {"result": result, "note": nfc_lines(note), "link": link[:200]}
    before = Mark.objects.filter(subject=subject, criterion=criterion).select_related("looked_by").first()
    if before is not None and seen is not None and _is_anothers(before, actor, seen, said):
        raise Conflict(_("%(who)s đã ghi “%(result)s” cho tiêu chí này; xem lại, rồi ghi tiếp nếu cần.")
                       % {"who": before.looked_by, "result": _(before.get_result_display()) or before.note}, code="conflict")  # fmt: skip
    found = [*objections_to_opening(note)]
    if link and not link.startswith("/"):
        found.append(Objection(gettext_noop("Dán địa chỉ của một trang trong phần mềm này."), field="link"))
    _refuse_team(actor, subject, found)
    mark, _new = Mark.objects.update_or_create(
        subject=subject,
        criterion=criterion,
        defaults={
            **said, "unit": subject.unit, "looked_by": actor.user, "version": before.version + 1 if before else 1,
        },
    )  # fmt: skip
    return mark


def _is_anothers(before: Mark, actor: Actor, seen: int, said: dict[str, str]) -> bool:
    """Whether what stands is a colleague's, was not seen, and says something else."""
    theirs = before.looked_by_id is not None and before.looked_by_id != (actor.user and actor.user.pk)
    return theirs and before.version != seen and any(getattr(before, name) != word for name, word in said.items())


@action(Can.VERIFY_INSPECTIONS)
def record_finding(
    subject: Subject,
    *,
    actor: Actor,
    kind: str,
    text: str,
    found_on: date,
    criterion: Criterion | None = None,
    figure: str = "",
    remedy: str = "",
    due_on: date | None = None,
    owner: Member | None = None,
    owner_unit: Unit | None = None,
) -> Finding:
    """What was found. A shortcoming that repeats an earlier one is tied to it. A remedy becomes a duty of the
    inspected when the conclusion is made known: nobody below learns of it before."""
    said = _Said(kind, text, criterion, figure, remedy, due_on, owner, owner_unit)
    _refuse_team(actor, subject, said.objections(subject, found_on))
    inspection = subject.inspection
    finding = Finding(
        unit=subject.unit, subject=subject, source=source_of(inspection.form, inspection.source), found_on=found_on
    )
    return said.written(finding)


@action(Can.VERIFY_INSPECTIONS)
def amend_finding(
    finding: Finding,
    *,
    actor: Actor,
    kind: str,
    text: str,
    criterion: Criterion | None = None,
    figure: str = "",
    remedy: str = "",
    due_on: date | None = None,
    owner: Member | None = None,
    owner_unit: Unit | None = None,
) -> Finding:
    """Say it otherwise, until the conclusion is made known."""
    said = _Said(kind, text, criterion, figure, remedy, due_on, owner, owner_unit)
    known = (
        [Objection(gettext_noop("Kết luận đã công bố, nhận xét này không sửa được."))] if _is_known(finding) else []
    )
    _refuse_team(actor, finding.subject, [*known, *said.objections(finding.subject, finding.found_on)])
    return said.written(finding)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a finding, whether for the first time or otherwise than before."""

    kind: str
    text: str
    criterion: Criterion | None
    figure: str
    remedy: str
    due_on: date | None
    owner: Member | None
    owner_unit: Unit | None

    def objections(self, subject: Subject, found_on: date) -> Iterator[Objection]:
        yield from objections_to_finding(
            kind=self.kind, text=self.text, remedy=self.remedy, due_on=self.due_on, found_on=found_on,
            has_owner=self.owner is not None or self.owner_unit is not None,
            may_mend=subject.inspection.form != InspectionForm.SURVEY,
        )  # fmt: skip
        mends = None if self.owner else self.owner_unit
        if not stands_in(subject.unit, found_on, doer=self.owner, doer_unit=mends):
            yield Objection(gettext_noop("Nơi hoặc người khắc phục không thuộc nơi được kiểm tra."), field="owner")

    def written(self, finding: Finding) -> Finding:
        finding.kind, finding.text = self.kind, nfc_lines(self.text)
        finding.criterion, finding.figure = self.criterion, self.figure
        finding.remedy, finding.due_on = nfc(self.remedy.strip()), self.due_on
        finding.owner_member, finding.owner_unit = self.owner, None if self.owner else self.owner_unit
        finding.repeats = _earlier(finding.subject, self.kind, self.criterion, self.text)
        finding.save()
        return finding


def _is_known(finding: Finding) -> bool:
    """Whether the conclusion was made known: from then on nothing of it is said otherwise."""
    return finding.subject.inspection.published_on is not None


def _earlier(subject: Subject, kind: str, criterion: Criterion | None, text: str) -> Finding | None:
    rows = {one.pk: one for one in earlier_findings(subject)}
    known = [
        Earlier(one.pk, one.kind, one.criterion.text if one.criterion else "", one.text) for one in rows.values()
    ]
    found = repeated(kind, criterion.text if criterion else "", text, known)
    return rows[found.pk] if found else None


@action(Can.VERIFY_INSPECTIONS)
def strike_finding(finding: Finding, *, actor: Actor) -> Subject:
    """Take back what was written by mistake, until the conclusion is made known."""
    subject = finding.subject
    known = (
        [Objection(gettext_noop("Kết luận đã công bố, nhận xét này không bỏ được."))] if _is_known(finding) else []
    )
    _refuse_team(actor, subject, known)
    finding.delete()
    return subject


@action(Can.VERIFY_INSPECTIONS)
def verify_remedy(finding: Finding, *, actor: Actor, note: str, on: date) -> Finding:
    """The team has seen that it is mended, and says what it saw."""
    _require_team(actor, finding.subject)
    refuse_if(
        objections_to_verifying(
            has_task=finding.task_id is not None,
            done=finding.task is not None and finding.task.state != TaskState.OPEN,
            note=note,
            verified_on=finding.verified_on,
        )
    )
    finding.verified_on, finding.verified_note = on, nfc(note.strip())
    finding.save()
    return finding


# ------------------------------------------------------------------------------------------------- visits


@action(Can.LEAD_INSPECTIONS)
def plan_visit(inspection: Inspection, *, actor: Actor, subject: Subject, visitor: TeamMember, day: date) -> Visit:
    """Somebody of the team goes to a cell on a day; nobody goes to two on one day (seed S2-03)."""
    asked = Planned(visitor.member_id, visitor.member.full_name, day, subject.unit.name)
    refuse_if([*objections_to_changing(inspection.closed_on), *clashes(asked, planned_of(inspection))])
    return Visit.objects.create(unit=inspection.unit, subject=subject, visitor=visitor, planned_on=day)


@action(Can.LEAD_INSPECTIONS)
def strike_visit(visit: Visit, *, actor: Actor) -> Inspection:
    """Nobody goes there on that day after all."""
    inspection = visit.subject.inspection
    refuse_if(objections_to_changing(inspection.closed_on))
    visit.delete()
    return inspection


@action(Can.VERIFY_INSPECTIONS)
def note_attended(subject: Subject, *, actor: Actor, visit: Visit, meeting: Meeting) -> Visit:
    """The meeting that was attended on a visit: what was seen there is seen in this record."""
    elsewhere = Objection(gettext_noop("Buổi họp này không phải của chi bộ được khảo sát."), field="meeting")
    _refuse_team(actor, subject, [elsewhere] if meeting.unit_id != subject.unit_id else [])
    visit.meeting = meeting
    visit.save()
    return visit


@action(Can.VERIFY_INSPECTIONS)
def finish_verifying(subject: Subject, *, actor: Actor, on: date) -> Inspection:
    """All has been looked at that there was to look at, in every place of the inspection."""
    inspection = subject.inspection
    unseen = [
        Objection(
            gettext_noop("Tiêu chí “%(text)s” chưa được xem tại %(where)s."), params={"text": text, "where": where}
        )
        for text, where in _unmarked(inspection)
    ]
    _refuse_team(actor, subject, unseen[:1])
    rule_of(inspection, "verify")
    _mark_done(inspection, "verify", on)
    return inspection


def _unmarked(inspection: Inspection) -> list[tuple[str, str]]:
    done = set(
        Mark.objects.filter(subject__inspection=inspection)
        .exclude(result="")
        .values_list("subject_id", "criterion_id")
    )
    criteria = list(inspection.criteria.all())
    return [
        (criterion.text, str(subject))
        for subject in inspection.subjects.select_related("unit", "member")
        for criterion in criteria
        if (subject.pk, criterion.pk) not in done
    ]
