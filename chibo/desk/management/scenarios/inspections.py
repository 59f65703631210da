"""Inspections told through the actions: that of seed S0, the survey of S2, and two for the demonstration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from chibo.desk.management.scenarios.office import AS_SETUP
from chibo.inspections.actions import (
    announce_inspection,
    conclude_inspection,
    decide_inspection,
    do_step,
    publish_conclusion,
    seat_team,
)
from chibo.inspections.actions.answers import hand_in_self_report, report_back
from chibo.inspections.actions.papers import close_dossier, issue_piece, issue_prepared, record_minutes
from chibo.inspections.actions.verifying import finish_verifying, mark_criterion, record_finding, verify_remedy
from chibo.inspections.models import Inspection, Subject
from chibo.inspections.rules import Body, FindingKind, InspectionForm, Result, Role
from chibo.inspections.rules.flows import PieceKind
from chibo.inspections.selectors.documents import begun_text
from chibo.members.models import Member
from chibo.tasks.actions import finish_task
from chibo.units.models import Unit

Found = tuple[str, str, int, str]
"""Kind, words, the number of the criterion, and the figure that its percentages are checked against."""


def open_inspection(
    ward: Unit,
    cells: Sequence[Unit],
    team: Sequence[Member],
    *,
    decided_on: date,
    begins_on: date,
    content: str,
    looked: tuple[date, date],
    outline: str = "plans",
    form: str = InspectionForm.COMPLIANCE,
    announce: bool = True,
    members: Sequence[Member] = (),
    bases_text: str = "",
) -> Inspection:
    """Decided, its team seated, its papers issued and, unless it is still being prepared, announced the next day."""
    inspection = decide_inspection(
        ward, form=form, body=Body.COMMITTEE, content=content, decided_on=decided_on, begins_on=begins_on, units=cells,
        members=members, looked_first=looked[0], looked_last=looked[1], outline=outline, bases_text=bases_text, **AS_SETUP,
    )  # fmt: skip
    roles = dict(zip(team, (Role.HEAD, Role.SECRETARY, *[Role.MEMBER] * len(team)), strict=False))
    seat_team(inspection, roles=roles, **AS_SETUP)
    if announce:
        issue_prepared(inspection, on=decided_on, **AS_SETUP)
        announce_inspection(inspection, on=decided_on + timedelta(days=1), **AS_SETUP)
    return inspection


def look(inspection: Inspection, on: date, found: Mapping[Subject, Sequence[Found]]) -> None:
    """The self-reports come in, the team deploys, looks, finds, and finishes on that day."""
    day = on - timedelta(days=3)
    for subject in inspection.subjects.all():
        minutes(subject, PieceKind.DEPLOYING, day - timedelta(days=3))
        hand_in_self_report(subject, answers=_own_words(inspection), on=day, **AS_SETUP)
    criteria = list(inspection.criteria.all())
    for subject, findings in found.items():
        short = {number for kind, _text, number, _figure in findings if kind == FindingKind.SHORTCOMING}
        for number, criterion in enumerate(criteria):
            result = Result.PARTLY if number in short else Result.MET
            mark_criterion(subject, criterion=criterion, result=result, **AS_SETUP)
        for kind, text, number, figure in findings:
            record_finding(
                subject, kind=kind, text=text, found_on=on, criterion=criteria[number], figure=figure,
                remedy=f"Khắc phục: {text[:200]}" if kind == FindingKind.SHORTCOMING else "",
                due_on=on + timedelta(days=60) if kind == FindingKind.SHORTCOMING else None, owner_unit=subject.unit,
                **AS_SETUP,
            )  # fmt: skip
        minutes(subject, PieceKind.WORKING, on)
        minutes(subject, PieceKind.CONFERENCE, on)
    finish_verifying(inspection.subjects.all()[0], on=on, **AS_SETUP)


def _own_words(inspection: Inspection) -> dict[int, tuple[str, str]]:
    said = {
        "Ưu điểm, cách làm hay": "Cấp ủy, phụ trách đoàn thể lập kế hoạch sâu sát, khả thi.",
        "Hạn chế, khuyết điểm, nguyên nhân và giải pháp": "Chưa thể hiện tính chuyên đề; hướng dẫn chưa cụ thể khi lập kế hoạch.",
    }  # fmt: skip
    return {item.pk: (said[item.title], "") for item in inspection.outline.all() if item.title in said}


def minutes(subject: Subject, kind: PieceKind, on: date) -> None:
    text = begun_text(subject.inspection, kind, subject, on)
    record_minutes(subject, kind=kind, text=text, on=on, **AS_SETUP)


def paper(inspection: Inspection, kind: PieceKind, on: date) -> None:
    issue_piece(inspection, kind=kind, text=begun_text(inspection, kind, None, on), on=on, **AS_SETUP)


def conclude(inspection: Inspection, on: date, conclusion: str) -> None:
    """The report, the conclusion, its notice, and its being made known."""
    paper(inspection, PieceKind.RESULT, on)
    conclude_inspection(
        inspection, conclusion=conclusion, on=on, report_back_on=on + timedelta(days=60), **AS_SETUP
    )
    inspection.refresh_from_db()
    paper(inspection, PieceKind.NOTICE, on)
    publish_conclusion(inspection, on=on, **AS_SETUP)
    for subject in inspection.subjects.all():
        minutes(subject, PieceKind.ANNOUNCING, on)
    paper(inspection, PieceKind.FOLLOW_UP, on)


def mend_and_close(inspection: Inspection, on: date) -> None:
    """What was to be mended is reported and verified; the dossier is closed."""
    for subject in inspection.subjects.all():
        for finding in subject.findings.filter(task__isnull=False):
            finish_task(finding.task, result="Đã khắc phục, có biên bản", done_on=on, **AS_SETUP)
            finding.refresh_from_db()
            verify_remedy(finding, note="Đã xem biên bản sinh hoạt", on=on, **AS_SETUP)
        if subject.findings.filter(task__isnull=False).exists():
            report_back(subject, on=on, **AS_SETUP)
    do_step(inspection, code="follow", on=on, today=on, **AS_SETUP)
    close_dossier(inspection, on=on, **AS_SETUP)
