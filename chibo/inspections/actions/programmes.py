"""The yearly programme is begun, its lines written, and adopted by a registered paper."""

from __future__ import annotations

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
from chibo.inspections.rules.programmes import month_for, objections_to_adopting
from chibo.inspections.selectors import is_cell, outside_of
from chibo.inspections.selectors.letterheads import letterhead_of
from chibo.inspections.selectors.programmes import members_asked, proposed
from chibo.inspections.selectors.yearbook import programme_paper
from chibo.members.models import Member
from chibo.members.selectors import term_of
from chibo.papers.actions import issue_paper, take_number
from chibo.papers.rules import PaperKind, Symbol
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
    people = proposed(unit, year, day)
    ProgrammeLine.objects.bulk_create(
        ProgrammeLine(
            unit=unit, programme=programme, inspected=one.unit, member=one.member, form=InspectionForm.COMPLIANCE,
            content=DUTIES if is_cell(unit) else WORK, looked_first=date(year - 1, 1, 1), looked_last=date(year - 1, 12, 31),
            month=month_for(place, len(people)), reason=one.reason[:200],
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
    """Put somebody into the programme: an organisation or a person below the unit."""
    refuse_if(_objections_to_line(programme, content, inspected, member))
    return ProgrammeLine.objects.create(
        unit=programme.unit, programme=programme, inspected=inspected, member=member, form=form, content=nfc(content),
        month=month, looked_first=looked_first, looked_last=looked_last, charged=nfc(charged),
    )  # fmt: skip


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
    refuse_if([*_adopted(line.programme), *_objections_to_line(line.programme, content, inspected, member)])
    line.form, line.content, line.month, line.charged = form, nfc(content), month, nfc(charged)
    line.inspected, line.member, line.looked_first, line.looked_last = inspected, member, looked_first, looked_last
    line.save()
    return line


@action(Can.LEAD_INSPECTIONS)
def strike_line(line: ProgrammeLine, *, actor: Actor) -> YearProgramme:
    """Leave somebody out, until the programme is adopted."""
    refuse_if(_adopted(line.programme))
    programme = line.programme
    line.delete()
    return programme


def _adopted(programme: YearProgramme) -> list[Objection]:
    if programme.adopted_on is None:
        return []
    return [Objection(gettext_noop("Chương trình đã thông qua; chỉ bổ sung nội dung mới, không sửa, không bỏ."))]


def _objections_to_line(
    programme: YearProgramme, content: str, inspected: Unit | None, member: Member | None
) -> list[Objection]:
    found = list(objections_to_opening(content))
    if (inspected is None) == (member is None):
        found.append(Objection(gettext_noop("Chọn một tổ chức đảng hoặc một đảng viên."), field="inspected"))
    if programme.body == "cell" and inspected is not None:
        found.append(Objection(gettext_noop("Chi bộ chỉ kiểm tra, giám sát đảng viên của mình."), field="inspected"))
    units, members = [inspected] if inspected else [], [member] if member else []
    names = outside_of(programme.unit, units, members, date(programme.year, 1, 31))
    found += [
        Objection(gettext_noop("%(name)s không thuộc phạm vi của cấp này."), params={"name": name}, field="inspected")
        for name in names
    ]
    return found


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
    head = letterhead_of(programme.unit, programme.body, on)
    series = f"{PaperKind.PROGRAMME.value}/UBKT" if head.suffix == "UBKT" else ""
    term = term_of(programme.unit, on)
    taken = take_number(programme.unit, actor=actor, kind=PaperKind.PROGRAMME.value, term=term, series=series, on=on)
    symbol = Symbol(taken.number, PaperKind.PROGRAMME.abbreviation, head.suffix)
    document = programme_paper(programme, on, symbol)
    paper = issue_paper(taken, actor=actor, document=document)
    paper.file.save(f"{uuid4().hex}.docx", ContentFile(docx_of(document)), save=True)
    programme.paper, programme.adopted_on = paper, on
    programme.save()
    return programme
