"""Sheets of criteria are set, and meetings marked by them, here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc
from chibo.meetings.models import Criterion, Meeting, QualityForm, QualityMark
from chibo.meetings.rules import Marker
from chibo.meetings.rules.quality import objections_to_form, objections_to_scoring, read_levels, read_lines
from chibo.meetings.selectors.quality import days_open, form_of
from chibo.units.models import Unit


@action(Can.SET_RULES)
def set_quality_form(
    unit: Unit, *, actor: Actor, name: str, source: str, levels: str, criteria: str, valid_from: date
) -> QualityForm:
    """Use this sheet in the unit and below from a day on; the one before ends the day before. Meetings keep the sheet
    of their own day."""
    last = QualityForm.objects.filter(unit=unit).first()
    lines, wrong = read_lines("\n".join(map(nfc, criteria.splitlines())))
    read, unread = read_levels(nfc(levels))
    refuse_if(
        [
            *wrong,
            *unread,
            *objections_to_form(
                name=name, lines=lines, valid_from=valid_from, since=last.valid_from if last else None
            ),
        ]
    )
    if last is not None and last.valid_to is None:
        last.valid_to = valid_from - timedelta(days=1)
        last.save()
    form = QualityForm.objects.create(
        unit=unit, name=nfc(name), source=nfc(source), levels=[[str(least), label] for least, label in read],
        valid_from=valid_from,
    )  # fmt: skip
    Criterion.objects.bulk_create(
        Criterion(
            form=form, order=order, part=line.part, text=line.text, most=line.most, fact=line.fact, steps=line.steps
        )
        for order, line in enumerate(lines, 1)
    )
    return form


@action(Can.KEEP_MEETINGS)
def score_meeting(
    meeting: Meeting, *, actor: Actor, marks: Mapping[int, tuple[Decimal, str]], today: date
) -> Meeting:
    """The cell marks its own meeting: points and reason by criterion (HD 12-HD/BTCTW 2018)."""
    return _score(meeting, Marker.CELL, marks, today)


@action(Can.RATE_MEETINGS)
def score_visited_meeting(
    meeting: Meeting, *, actor: Actor, marks: Mapping[int, tuple[Decimal, str]], today: date
) -> Meeting:
    """Whoever attended from above marks the meeting in a column of their own (seed S3-11)."""
    return _score(meeting, Marker.VISITOR, marks, today)


def _score(meeting: Meeting, marker: Marker, marks: Mapping[int, tuple[Decimal, str]], today: date) -> Meeting:
    form = form_of(meeting)
    most = {line.pk: line.most for line in form.criteria.all()} if form else {}
    refuse_if(
        objections_to_scoring(
            marker=marker, state=meeting.state, has_form=form is not None,
            marks={pk: points for pk, (points, _reason) in marks.items()}, most=most,
            days_since=(today - meeting.closed_on).days if meeting.closed_on else None, days_open=days_open(meeting),
        )
    )  # fmt: skip
    for pk, (points, reason) in marks.items():
        QualityMark.objects.update_or_create(
            meeting=meeting, criterion_id=pk, marker=marker,
            defaults={"unit": meeting.unit, "points": points, "reason": nfc(reason)},
        )  # fmt: skip
    return meeting
