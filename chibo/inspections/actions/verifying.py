"""The team looks and finds: marks, pictures, findings with their remedies, and whether they were mended."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc, nfc_lines
from chibo.inspections.actions.steps import _mark_done, _require_team
from chibo.inspections.models import Criterion, Finding, Inspection, Mark, Subject, TeamMember, Visit
from chibo.inspections.rules import InspectionForm, source_of
from chibo.inspections.rules.findings import Earlier, objections_to_finding, objections_to_verifying, repeated
from chibo.inspections.rules.leading import objections_to_changing, objections_to_opening
from chibo.inspections.rules.programmes import Planned, clashes
from chibo.inspections.selectors import earlier_findings, rule_of
from chibo.inspections.selectors.surveys import planned_of
from chibo.meetings.models import Meeting
from chibo.members.models import Member
from chibo.papers.rules.register import FileKind, kind_of, objections_to_file
from chibo.papers.selectors.register import content_of
from chibo.tasks.rules import TaskState
from chibo.tasks.selectors import stands_in
from chibo.units.models import Unit


@action(Can.VERIFY_INSPECTIONS)
def mark_criterion(
    subject: Subject, *, actor: Actor, criterion: Criterion, result: str = "", note: str = "", link: str = ""
) -> Mark:
    """How one criterion was found here; the last word stands."""
    _require_team(actor, subject)
    found = [*objections_to_changing(subject.inspection.closed_on), *objections_to_opening(note)]
    if link and not link.startswith("/"):
        found.append(Objection(gettext_noop("Dán địa chỉ của một trang trong phần mềm này."), field="link"))
    refuse_if(found)
    mark, _new = Mark.objects.update_or_create(
        subject=subject,
        criterion=criterion,
        defaults={
            "unit": subject.unit, "result": result, "note": nfc_lines(note), "link": link[:200], "looked_by": actor.user,
        },
    )  # fmt: skip
    return mark


@action(Can.VERIFY_INSPECTIONS)
def take_photo(subject: Subject, *, actor: Actor, criterion: Criterion, photo: Any) -> Mark:
    """Keep a picture with a criterion: JPG or PNG by what it holds, under a name of our own."""
    _require_team(actor, subject)
    content = content_of(photo)
    found = [*objections_to_changing(subject.inspection.closed_on)]
    found += [Objection(o.text, o.article, o.params, "photo") for o in objections_to_file(content)]
    if not found and kind_of(content) not in (FileKind.JPG, FileKind.PNG):
        found.append(Objection(gettext_noop("Chỉ nhận ảnh JPG hoặc PNG."), field="photo"))
    refuse_if(found)
    mark, _new = Mark.objects.get_or_create(subject=subject, criterion=criterion, defaults={"unit": subject.unit})
    mark.photo.save(f"{uuid4().hex}.{kind_of(content)}", photo, save=False)
    mark.looked_by = actor.user
    mark.save()
    return mark


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
    _require_team(actor, subject)
    inspection = subject.inspection
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *objections_to_finding(
                kind=kind, text=text, remedy=remedy, due_on=due_on, found_on=found_on,
                has_owner=owner is not None or owner_unit is not None, may_mend=inspection.form != InspectionForm.SURVEY,
            ),
            *_objections_to_owner(subject, owner, owner_unit, found_on),
        ]
    )  # fmt: skip
    return Finding.objects.create(
        unit=subject.unit, subject=subject, criterion=criterion, kind=kind, text=nfc_lines(text), figure=figure,
        source=source_of(inspection.form, inspection.source), found_on=found_on, remedy=nfc(remedy.strip()),
        repeats=_earlier(subject, kind, criterion, text), due_on=due_on, owner_member=owner,
        owner_unit=None if owner else owner_unit,
    )  # fmt: skip


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
    _require_team(actor, finding.subject)
    inspection = finding.subject.inspection
    found = list(objections_to_changing(inspection.closed_on))
    if inspection.published_on is not None:
        found.append(Objection(gettext_noop("Kết luận đã công bố, nhận xét này không sửa được.")))
    found += objections_to_finding(
        kind=kind, text=text, remedy=remedy, due_on=due_on, found_on=finding.found_on,
        has_owner=owner is not None or owner_unit is not None, may_mend=inspection.form != InspectionForm.SURVEY,
    )  # fmt: skip
    refuse_if([*found, *_objections_to_owner(finding.subject, owner, owner_unit, finding.found_on)])
    finding.kind, finding.text, finding.criterion, finding.figure = kind, nfc_lines(text), criterion, figure
    finding.remedy, finding.due_on = nfc(remedy.strip()), due_on
    finding.owner_member, finding.owner_unit = owner, None if owner else owner_unit
    finding.repeats = _earlier(finding.subject, kind, criterion, text)
    finding.save()
    return finding


def _objections_to_owner(
    subject: Subject, owner: Member | None, owner_unit: Unit | None, day: date
) -> list[Objection]:
    if stands_in(subject.unit, day, doer=owner, doer_unit=None if owner else owner_unit):
        return []
    return [Objection(gettext_noop("Nơi hoặc người khắc phục không thuộc nơi được kiểm tra."), field="owner")]


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
    _require_team(actor, finding.subject)
    found = list(objections_to_changing(finding.subject.inspection.closed_on))
    if finding.subject.inspection.published_on is not None:
        found.append(Objection(gettext_noop("Kết luận đã công bố, nhận xét này không bỏ được.")))
    refuse_if(found)
    subject = finding.subject
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
    _require_team(actor, subject)
    found = list(objections_to_changing(subject.inspection.closed_on))
    if meeting.unit_id != subject.unit_id:
        found.append(Objection(gettext_noop("Buổi họp này không phải của chi bộ được khảo sát."), field="meeting"))
    refuse_if(found)
    visit.meeting = meeting
    visit.save()
    return visit


@action(Can.VERIFY_INSPECTIONS)
def finish_verifying(subject: Subject, *, actor: Actor, on: date) -> Inspection:
    """All has been looked at that there was to look at, in every place of the inspection."""
    _require_team(actor, subject)
    inspection = subject.inspection
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *(
                [Objection(gettext_noop("Tiêu chí “%(text)s” chưa được xem tại %(where)s."), params={"text": mark[0], "where": mark[1]})
                 for mark in _unmarked(inspection)][:1]
            ),
        ]
    )  # fmt: skip
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
