"""The inspected write and hand in their own report, and report back on what they mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc_lines
from chibo.inspections.actions.papers import _kept
from chibo.inspections.actions.steps import _mark_done
from chibo.inspections.models import Answer, Subject
from chibo.inspections.rules import Body
from chibo.inspections.rules.findings import objections_to_handing_in
from chibo.inspections.rules.flows import PieceKind
from chibo.inspections.rules.leading import objections_to_changing, objections_to_opening
from chibo.inspections.selectors.answers import self_report
from chibo.inspections.selectors.documents import self_report_paper
from chibo.inspections.selectors.letterheads import letterhead_of
from chibo.members.selectors import term_of
from chibo.papers.actions import take_number
from chibo.papers.models import Number
from chibo.papers.rules import PaperKind, Symbol
from chibo.tasks.rules import TaskState
from chibo.units.rules import Level

Written = Mapping[int, tuple[str, str]]
"""Item → (what is declared, why it differs)."""


@action(Can.ANSWER_INSPECTIONS)
def write_self_report(subject: Subject, *, actor: Actor, answers: Written) -> Subject:
    """Keep what is written so far. What is left as the records say goes on following the records."""
    _write(subject, answers)
    return subject


@action(Can.ANSWER_INSPECTIONS)
def hand_in_self_report(subject: Subject, *, actor: Actor, answers: Written, on: date) -> Subject:
    """Hand the report in: what the records say is frozen beside it, every difference explained, the paper kept."""
    _write(subject, answers)
    lines = self_report(subject)
    refuse_if(
        objections_to_handing_in(
            [line.as_declared for line in lines], handed_on=subject.handed_on, on=on,
            announced_on=subject.inspection.announced_on,
        )
    )  # fmt: skip
    for line in lines:
        Answer.objects.update_or_create(
            subject=subject, item=line.item,
            defaults={"unit": subject.unit, "computed": line.computed.text, "declared": line.declared, "explanation": line.explanation},
        )  # fmt: skip
    subject.handed_on = on
    subject.save()
    inspection = subject.inspection
    number, symbol = _take_number(subject, actor, on) if subject.member_id is None else (None, None)
    _kept(inspection, actor, PieceKind.SELF_REPORT, self_report_paper(subject, on, symbol), on, subject, number)
    if not inspection.subjects.filter(handed_on__isnull=True).exists():
        _mark_done(inspection, "self_report", on)
    return subject


def _take_number(subject: Subject, actor: Actor, on: date) -> tuple[Number, Symbol]:
    """The next number of the inspected unit's own reports."""
    body = Body.CELL if subject.unit.level == Level.CELL else Body.COMMITTEE
    kind, term = PaperKind.REPORT, term_of(subject.unit, on)
    taken = take_number(subject.unit, actor=actor, kind=kind.value, term=term, on=on)
    return taken, Symbol(taken.number, kind.abbreviation, letterhead_of(subject.unit, body, on).suffix)


def _write(subject: Subject, answers: Written) -> None:
    found: list[Objection] = list(objections_to_changing(subject.inspection.closed_on))
    if subject.inspection.announced_on is None:
        found.append(Objection(gettext_noop("Chưa đến lúc viết báo cáo.")))
    if subject.handed_on is not None:
        found.append(Objection(gettext_noop("Báo cáo đã gửi, không sửa được.")))
    found += objections_to_opening(" ".join(text for pair in answers.values() for text in pair))
    refuse_if(found)
    for line in self_report(subject):
        if line.item.pk not in answers:
            continue
        declared, explanation = (nfc_lines(text) for text in answers[line.item.pk])
        own = "" if declared == nfc_lines(line.computed.text) else declared
        Answer.objects.update_or_create(
            subject=subject,
            item=line.item,
            defaults={"unit": subject.unit, "declared": own, "explanation": explanation},
        )


@action(Can.ANSWER_INSPECTIONS)
def report_back(subject: Subject, *, actor: Actor, on: date) -> Subject:
    """Report back that what was to be mended is mended: every remedy has been reported done before."""
    waiting = subject.findings.filter(task__isnull=False, task__state=TaskState.OPEN).count()
    found: list[Objection] = []
    if subject.inspection.published_on is None:
        found.append(Objection(gettext_noop("Kết luận chưa được công bố.")))
    if subject.reported_back_on is not None:
        found.append(Objection(gettext_noop("Đã báo cáo kết quả khắc phục.")))
    if waiting:
        found.append(
            Objection(
                gettext_noop("Còn %(n)s việc khắc phục chưa báo hoàn thành; hãy báo từng việc trước."),
                params={"n": waiting},
            )
        )
    refuse_if(found)
    subject.reported_back_on = on
    subject.save()
    return subject
