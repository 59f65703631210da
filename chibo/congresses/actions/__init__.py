"""Rounds are opened, congresses scheduled and prepared here."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.congresses.models import Congress, CongressRound, Deviation, Preparation, ReportSection
from chibo.congresses.rules import HELD, Occasion
from chibo.congresses.rules.deadlines import objections_to_day
from chibo.congresses.rules.dossier import report_of
from chibo.congresses.rules.preparing import (
    CHECKLIST,
    OF_A_BY_ELECTION,
    PERSONNEL,
    PLAN,
    Scheme,
    Slot,
    due_before,
    objections_to_scheduling,
    objections_to_scheme,
    objections_to_step,
)
from chibo.congresses.selectors import (
    cells_of,
    day_of,
    is_by_election,
    limits_of,
    official_count,
    other_slots,
    pilot_of,
    planned_in,
    times_of,
)
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop, month_of
from chibo.core.vietnamese import nfc, nfc_lines
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.rules import MeetingKind, objections_to_hours
from chibo.meetings.rules.kinds import rule_set_on
from chibo.members.models import Member
from chibo.papers.models import Paper
from chibo.units.models import Unit
from chibo.units.rules import Level

# ----------------------------------------------------------------------------------------------- the round


@action(Can.LEAD_CONGRESSES)
def open_round(
    unit: Unit,
    *,
    actor: Actor,
    name: str,
    term: str,
    first_on: date,
    last_on: date,
    past_term: str = "",
    past_term_ends: date | None = None,
    plan: Paper | None = None,
    pilot_counted: bool = True,
    occasion: str = Occasion.CONGRESS,
) -> CongressRound:
    """The ward plans the congresses of its cells for one term (seed S4-01)."""
    overlapping = CongressRound.objects.filter(
        unit=unit, first_on__lte=last_on, last_on__gte=first_on, occasion=occasion
    )
    found = []
    if unit.level != Level.WARD:
        found.append(Objection(gettext_noop("Đợt đại hội do đảng ủy xã, phường mở."), PLAN))
    if last_on < first_on:
        found.append(Objection(gettext_noop("Ngày cuối đợt ở trước ngày đầu."), PLAN, field="last_on"))
    elif overlapping.exists():
        found.append(Objection(gettext_noop("Đã có đợt đại hội trong thời gian này."), PLAN, field="first_on"))
    refuse_if(found)
    return CongressRound.objects.create(
        unit=unit, name=nfc(name), term=term, past_term=past_term, first_on=first_on, last_on=last_on,
        past_term_ends=past_term_ends, plan=plan, pilot_counted=pilot_counted,
        occasion=occasion,
    )  # fmt: skip


@action(Can.LEAD_CONGRESSES)
def amend_round(
    round: CongressRound,  # noqa: A002
    *,
    actor: Actor,
    name: str,
    term: str,
    first_on: date,
    last_on: date,
    past_term: str = "",
    past_term_ends: date | None = None,
    plan: Paper | None = None,
) -> CongressRound:
    """Other days, or the plan that was issued since; congresses that stand in the calendar keep within the days."""
    standing = planned_in(round).filter(is_pilot=False)
    outside = standing.exclude(meeting__held_on__range=(first_on, last_on)).select_related("unit").first()
    found = []
    if last_on < first_on:
        found.append(Objection(gettext_noop("Ngày cuối đợt ở trước ngày đầu."), PLAN, field="last_on"))
    elif outside is not None:
        text = gettext_noop("%(congress)s ngày %(day)s ở ngoài đợt: hãy sửa lịch đại hội ấy trước.")
        gaps: dict[str, object] = {"congress": str(outside), "day": f"{day_of(outside):%d/%m/%Y}"}
        found.append(Objection(text, PLAN, gaps, "last_on"))
    refuse_if(found)
    round.name, round.term, round.past_term, round.past_term_ends = nfc(name), term, past_term, past_term_ends
    round.first_on, round.last_on, round.plan = first_on, last_on, plan
    round.save()
    return round


@action(Can.LEAD_CONGRESSES)
def draw_lessons(round: CongressRound, *, actor: Actor, lessons: str, lessons_on: date) -> CongressRound:  # noqa: A002
    """What the pilot taught; the other cells begin after it (seeds S4-01, S4-09)."""
    pilot = pilot_of(round)
    found = []
    if pilot is None or pilot.state not in HELD:
        found.append(Objection(gettext_noop("Đại hội điểm chưa bế mạc."), PLAN))
    elif lessons_on < day_of(pilot):
        found.append(Objection(gettext_noop("Ngày rút kinh nghiệm ở trước đại hội điểm."), PLAN, field="lessons_on"))
    if not lessons.strip():
        found.append(Objection(gettext_noop("Hãy ghi nội dung rút kinh nghiệm."), PLAN, field="lessons"))
    refuse_if(found)
    round.lessons, round.lessons_on = nfc_lines(lessons), lessons_on
    round.save()
    return round


@action(Can.LEAD_CONGRESSES)
def schedule_congress(
    round: CongressRound,  # noqa: A002
    *,
    actor: Actor,
    cell: Unit,
    held_on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    is_pilot: bool = False,
    in_charge: Member | None = None,
) -> Congress:
    """Put a cell's congress into the calendar: its conference with the agenda, its checklist with due dates."""
    found = []
    if not cells_of(round).filter(pk=cell.pk).exists():
        found.append(
            Objection(gettext_noop("Chi bộ này không trực thuộc đảng ủy mở đợt đại hội."), PLAN, field="cell")
        )
    if planned_in(round).filter(unit=cell).exists():
        found.append(Objection(gettext_noop("Chi bộ này đã có lịch đại hội trong đợt."), PLAN, field="cell"))
    by_election = round.occasion == Occasion.BY_ELECTION
    if by_election and is_pilot:
        found.append(Objection(gettext_noop("Bầu bổ sung không có đại hội điểm."), PLAN, field="is_pilot"))
    followers = frozenset({in_charge.pk} if in_charge else ())
    slot = Slot(cell.name, held_on, starts_at, ends_at, followers, in_charge.full_name if in_charge else "")
    refuse_if([*found, *_objections_to_slot(round, slot, is_pilot)])
    meeting = Meeting.objects.create(
        unit=cell, kind=MeetingKind.CONGRESS, topic=str(Occasion.BY_ELECTION.label) if by_election else "", month=month_of(held_on), held_on=held_on, starts_at=starts_at,
        ends_at=ends_at, place=nfc(place),
    )  # fmt: skip
    AgendaItem.objects.bulk_create(
        AgendaItem(
            unit=cell, meeting=meeting, order=order, kind=item.kind, title=item.title or item.kind.label,
            minutes_planned=item.minutes,
        )
        for order, item in enumerate(_business(held_on, by_election=by_election), 1)
    )  # fmt: skip
    congress = Congress.objects.create(
        unit=cell, round=round, meeting=meeting, is_pilot=is_pilot, in_charge=in_charge
    )
    Preparation.objects.bulk_create(
        Preparation(
            unit=cell, congress=congress, order=order, text=work.text, due_on=due_before(held_on, work.days_before)
        )
        for order, work in enumerate(CHECKLIST, 1)
        if not by_election or work.code in OF_A_BY_ELECTION
    )
    return congress


def _business(held_on: date, *, by_election: bool) -> tuple[Any, ...]:
    """The agenda; a by-election has neither reports of a term nor a resolution (Đ28)."""
    whole = rule_set_on(held_on).agendas[MeetingKind.CONGRESS]
    return (whole[0], whole[1], whole[2], *whole[7:10], whole[-1]) if by_election else whole


@action(Can.LEAD_CONGRESSES)
def move_congress(
    congress: Congress,
    *,
    actor: Actor,
    held_on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    in_charge: Member | None = None,
) -> Congress:
    """Another day, hour, place or comrade in charge, until the congress begins."""
    followers = frozenset({in_charge.pk} if in_charge else ())
    who = in_charge.full_name if in_charge else ""
    slot = Slot(congress.unit.name, held_on, starts_at, ends_at, followers, who)
    refuse_if(
        [
            *objections_to_step("prepare", congress.state),
            *_objections_to_slot(congress.round, slot, congress.is_pilot, but=congress.pk),
        ]
    )
    meeting, moved = congress.meeting, held_on - congress.meeting.held_on
    meeting.held_on, meeting.month, meeting.place = held_on, month_of(held_on), nfc(place)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.save()
    for line in congress.preparations.filter(done_on__isnull=True):
        line.due_on += moved
        line.save()
    congress.in_charge = in_charge
    congress.save()
    return congress


def _objections_to_slot(
    round_: CongressRound, slot: Slot, is_pilot: bool, *, but: int | None = None
) -> list[Objection]:
    pilot = pilot_of(round_)
    other = pilot if pilot is not None and pilot.pk != but else None
    return [
        *objections_to_hours(slot.starts_at, slot.ends_at),
        *objections_to_day(slot.held_on, term_ends=round_.past_term_ends, limits=times_of(round_.unit, slot.held_on)),
        *objections_to_scheduling(
            slot,
            other_slots(round_, slot.held_on, but=but),
            first=round_.first_on,
            last=round_.last_on,
            is_pilot=is_pilot,
            pilot_on=other.meeting.held_on if other else None,
            lessons_on=round_.lessons_on,
        ),
    ]


# --------------------------------------------------------------------------------------------- preparation


@action(Can.PREPARE_CONGRESSES)
def assign_preparation(line: Preparation, *, actor: Actor, owner_name: str, due_on: date) -> Preparation:
    """Say who sees to a line of the checklist, and until when."""
    late = due_on > day_of(line.congress)
    refuse_if([Objection(gettext_noop("Hạn chuẩn bị ở sau ngày đại hội."), PLAN, field="due_on")] if late else [])
    line.owner_name, line.due_on = nfc(owner_name), due_on
    line.save()
    return line


@action(Can.PREPARE_CONGRESSES)
def finish_preparation(line: Preparation, *, actor: Actor, done_on: date | None, note: str = "") -> Preparation:
    """Tick a line off, or with no day take the tick back; outlines and funding come from the office, the rest from the cell."""
    refuse_if(objections_to_step("prepare", line.congress.state))
    line.done_on, line.note = done_on, nfc(note)
    line.save()
    return line


@action(Can.KEEP_CONGRESSES)
def write_section(congress: Congress, *, actor: Actor, code: str, text: str) -> ReportSection:
    """Write a part of the political report, or of the committee's review, until that paper has its number."""
    kind = report_of(code)
    refuse_if([] if kind else [Objection(gettext_noop("Báo cáo không có phần này."), PLAN, field="code")])
    issued = congress.papers.filter(kind=kind).exists()
    text_shut = gettext_noop("Báo cáo đã ban hành, có số: không sửa được nữa.")
    refuse_if([*objections_to_step("prepare", congress.state), *([Objection(text_shut, PLAN)] if issued else [])])
    section, _made = ReportSection.objects.get_or_create(unit=congress.unit, congress=congress, code=code)
    section.text = nfc_lines(text)
    section.save()
    return section


@action(Can.KEEP_CONGRESSES)
def propose_scheme(
    congress: Congress,
    *,
    actor: Actor,
    seats: int,
    women: int = 0,
    young: int = 0,
    reelected: int = 0,
    delegates: int = 0,
    standards: str = "",
) -> Congress:
    """The personnel scheme: how many, which structure, which standards (seed S4-05); changed, it is approved anew."""
    day = day_of(congress)
    limits = limits_of(congress.unit, day)
    refuse_if(
        [
            *objections_to_step("prepare", congress.state),
            *objections_to_scheme(
                Scheme(seats, women, young, reelected, delegates),
                official=official_count(congress.unit, day),
                least_for_committee=limits.least_for_committee,
                committee_most=limits.committee_most,
                on=day,
                by_election=is_by_election(congress),
            ),
        ]
    )
    congress.seats, congress.women, congress.young, congress.reelected = seats, women, young, reelected
    congress.standards, congress.scheme_approved_on, congress.delegates = nfc_lines(standards), None, delegates
    congress.save()
    return congress


@action(Can.LEAD_CONGRESSES)
def approve_scheme(congress: Congress, *, actor: Actor, approved_on: date) -> Congress:
    """The ward's Standing Board agrees to the scheme (seed S4-05)."""
    found = list(objections_to_step("prepare", congress.state))
    if not congress.seats:
        found.append(Objection(gettext_noop("Chi bộ chưa lập đề án nhân sự."), PERSONNEL))
    if approved_on > day_of(congress):
        found.append(Objection(gettext_noop("Phê duyệt đề án trước ngày đại hội."), PERSONNEL, field="approved_on"))
    refuse_if(found)
    congress.scheme_approved_on = approved_on
    congress.save()
    return congress


@action(Can.PREPARE_CONGRESSES)
def note_deviation(congress: Congress, *, actor: Actor, text: str, noted_on: date) -> Deviation:
    """Where the report or the running of the congress fell short, for the lessons of the round (seed S4-08)."""
    empty = not text.strip()
    refuse_if([Objection(gettext_noop("Hãy ghi hạn chế."), PLAN, field="text")] if empty else [])
    return Deviation.objects.create(unit=congress.unit, congress=congress, text=nfc(text), noted_on=noted_on)
