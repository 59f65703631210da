"""The yearly programme is begun, its lines written, and adopted by a registered paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django.core.files.base import ContentFile

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc
from chibo.inspections.models import ProgrammeLine, YearProgramme
from chibo.inspections.rules import InspectionForm
from chibo.inspections.rules.leading import objections_to_opening
from chibo.inspections.rules.programmes import (
    Planning,
    due_day,
    month_for,
    objections_to_adjusting,
    objections_to_adopting,
    objections_to_amending,
    objections_to_planning,
)
from chibo.inspections.selectors import is_cell, look_back_of, outside_of
from chibo.inspections.selectors.letterheads import letterhead_of
from chibo.inspections.selectors.programmes import changes_of, is_free, members_asked, proposed, themselves
from chibo.inspections.selectors.yearbook import amendment_paper, programme_paper
from chibo.members.models import Member
from chibo.members.selectors import term_of
from chibo.papers.actions import issue_paper, take_number
from chibo.papers.models import Paper
from chibo.papers.rules import Document, PaperKind, Symbol
from chibo.papers.selectors import docx_of
from chibo.units.models import Unit

WORK = "Lãnh đạo, chỉ đạo, thực hiện nhiệm vụ chính trị, công tác xây dựng Đảng"
DUTIES = "Chấp hành nghị quyết, nhiệm vụ được giao, những điều đảng viên không được làm"


@action(Can.LEAD_INSPECTIONS)
def draft_programme(unit: Unit, *, actor: Actor, year: int, body: str, day: date) -> YearProgramme:
    """Begin the year's programme with those never or longest not inspected; every line says why it is there."""
    if YearProgramme.objects.filter(unit=unit, year=year, body=body).exists():
        refuse_if([Objection(gettext_noop("Chương trình năm này đã có; hãy sửa tiếp."))])
    programme = YearProgramme.objects.create(unit=unit, year=year, body=body)
    people = proposed(unit, year, day, body)
    ProgrammeLine.objects.bulk_create(
        ProgrammeLine(
            unit=unit, programme=programme, inspected=one.unit, member=one.member, form=InspectionForm.COMPLIANCE,
            content=DUTIES if is_cell(unit) else WORK, looked_first=date(year - 1, 1, 1), looked_last=date(year - 1, 12, 31),
            month=month_for(place, len(people), first=day.month if day.year == year else 3), reason=one.reason[:200],
        )
        for place, one in enumerate(people)
    )  # fmt: skip
    return programme


@action(Can.LEAD_INSPECTIONS)
def plan_line(
    programme: YearProgramme,
    *,
    actor: Actor,
    form: str,
    content: str,
    month: int,
    inspected: Unit | None = None,
    member: Member | None = None,
    looked_first: date | None = None,
    looked_last: date | None = None,
    charged: str = "",
) -> ProgrammeLine:
    """Put somebody into the programme: an organisation or a person below the unit. Into an adopted one by an amendment."""
    line = ProgrammeLine(unit=programme.unit, programme=programme, pending=programme.adopted_on is not None)
    return _write(line, form, content, month, inspected, member, (looked_first, looked_last), charged)


@action(Can.LEAD_INSPECTIONS)
def amend_line(
    line: ProgrammeLine,
    *,
    actor: Actor,
    form: str,
    content: str,
    month: int,
    inspected: Unit | None = None,
    member: Member | None = None,
    looked_first: date | None = None,
    looked_last: date | None = None,
    charged: str = "",
) -> ProgrammeLine:
    """Say it otherwise, until the programme is adopted."""
    refuse_if(_adopted(line))
    return _write(line, form, content, month, inspected, member, (looked_first, looked_last), charged)


@action(Can.LEAD_INSPECTIONS)
def strike_line(line: ProgrammeLine, *, actor: Actor) -> YearProgramme:
    """Leave somebody out, until the programme is adopted."""
    refuse_if(_adopted(line))
    programme = line.programme
    line.delete()
    return programme


def _adopted(line: ProgrammeLine) -> list[Objection]:
    if is_free(line):
        return []
    return [Objection(gettext_noop("Nội dung này đã thông qua: hãy điều chỉnh, có lý do, rồi thông qua điều chỉnh."))]


def _write(
    line: ProgrammeLine,
    form: str,
    content: str,
    month: int,
    inspected: Unit | None,
    member: Member | None,
    looked: tuple[date | None, date | None],
    charged: str,
) -> ProgrammeLine:
    """What a line says: all of it is looked at whenever any of it is written."""
    programme = line.programme
    day = due_day(programme.year, month)
    units, members = [inspected] if inspected else [], [member] if member else []
    asked = Planning(
        programme.year, month, is_cell(programme.unit), len(units), len(members), looked,
        outside_of(programme.unit, units, members, day), themselves(line, inspected, member, form, month).exists(),
    )  # fmt: skip
    refuse_if(
        [
            *objections_to_opening(content),
            *objections_to_planning(asked, look_back_months=look_back_of(programme.unit, day)),
        ]
    )
    line.form, line.content, line.month, line.charged = form, nfc(content), month, nfc(charged)
    line.inspected, line.member, (line.looked_first, line.looked_last) = inspected, member, looked
    line.save()
    return line


@action(Can.LEAD_INSPECTIONS)
def adopt_programme(programme: YearProgramme, *, actor: Actor, on: date) -> YearProgramme:
    """Adopt the programme: it takes its number and stands in the register with its file."""
    planned, base, percent = members_asked(programme)
    refuse_if(
        objections_to_adopting(
            lines=programme.lines.count(), already=programme.adopted_on, on=on, year=programme.year, members=planned,
            base=base, percent=percent,
        )
    )  # fmt: skip
    programme.paper, programme.adopted_on = _issued(programme, actor, on, programme_paper), on
    programme.save()
    return programme


def _issued(
    programme: YearProgramme, actor: Actor, on: date, paper_of: Callable[[YearProgramme, date, Symbol], Document]
) -> Paper:
    """The programme, or what changes it, with the next number of the body that leads it."""
    head = letterhead_of(programme.unit, programme.body, on)
    series = f"{PaperKind.PROGRAMME.value}/UBKT" if head.suffix == "UBKT" else ""
    term = term_of(programme.unit, on)
    taken = take_number(programme.unit, actor=actor, kind=PaperKind.PROGRAMME.value, term=term, series=series, on=on)
    document = paper_of(programme, on, Symbol(taken.number, PaperKind.PROGRAMME.abbreviation, head.suffix))
    paper = issue_paper(taken, actor=actor, document=document)
    paper.file.save(f"{uuid4().hex}.docx", ContentFile(docx_of(document)), save=True)
    return paper


@action(Can.LEAD_INSPECTIONS)
def adjust_line(line: ProgrammeLine, *, actor: Actor, month: int | None, reason: str) -> ProgrammeLine:
    """Move an adopted line to another month, or leave it out (no month). It waits for the amendment to be adopted; to
    choose the month it had takes the change back."""
    was = line.moved_from if line.pending and line.moved_from else line.month
    refuse_if(
        objections_to_adjusting(
            adopted=None if is_free(line) else line.programme.adopted_on, begun=hasattr(line, "inspection"),
            left_out=line.left_out, pending=line.pending, was=was, month=month, reason=reason,
        )
    )  # fmt: skip
    line.left_out, line.moved_from = month is None, was if month not in (None, was) else None
    line.month = month or was
    line.pending = line.left_out or line.moved_from is not None
    line.adjusted_why = nfc(reason.strip()) if line.pending else ""
    line.save()
    return line


@action(Can.LEAD_INSPECTIONS)
def amend_programme(programme: YearProgramme, *, actor: Actor, on: date) -> YearProgramme:
    """Adopt what was added, moved and left out since: by a paper with a number of its own."""
    changes = list(changes_of(programme))
    planned, base, percent = members_asked(programme)
    refuse_if(
        objections_to_amending(
            adopted=programme.adopted_on, changes=len(changes), on=on, members=planned, base=base, percent=percent
        )
    )
    paper = _issued(programme, actor, on, amendment_paper)
    for line in changes:
        line.pending, line.amended_by = False, paper
        line.save(update_fields=["pending", "amended_by"])
    return programme
