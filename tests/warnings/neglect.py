"""A year in which much is let slide, put down as records where the actions would refuse it or never leave it so; and what
people themselves leave undone is told in ``undone``."""

from __future__ import annotations

from datetime import date, time, timedelta

from chibo.inspections.models import Finding, Inspection, ProgrammeLine, YearProgramme
from chibo.meetings.models import AgendaItem, Attendance, Meeting, ResolutionItem
from chibo.members.actions import appoint, join_group
from chibo.members.models import Membership
from chibo.outreach.models import Article, Exemplar, RoadStep
from chibo.papers.models import Number, Paper, PaperLink, Series
from chibo.reviews.models import Review
from chibo.study.models import Reach
from chibo.tasks.models import Task
from tests.house.stage import Stage


def let_slide(stage: Stage, day: date) -> None:
    """Upon one of everything, as it stands on the day."""
    _papers(stage, day)
    _tasks(stage, day)
    _meetings(stage, day)
    _outreach(stage, day)
    _reviews(stage, day)
    _inspections(stage, day)


def _papers(stage: Stage, day: date) -> None:
    """A number nobody knows of; a paper on a basis that had run out; a directive made known that asked for a deed."""
    series = Series.objects.filter(unit=stage.world.ward).order_by("pk").first()
    Series.objects.filter(pk=series.pk).update(last_number=9)
    Number.objects.create(
        unit=series.unit, series=series, number=9, kind=series.kind, state="voided", reason="Hủy", given_on=day
    )
    link = PaperLink.objects.select_related("paper", "to").filter(relation="based_on").first()
    Paper.objects.filter(pk=link.paper_id).update(direction="outgoing")
    Paper.objects.filter(pk=link.to_id).update(in_force_to=link.paper.issued_on - timedelta(days=1))
    Paper.objects.filter(pk=Reach.objects.filter(unit=stage.world.cell7).first().dissemination.paper_id).update(
        kind="Chỉ thị"
    )


def _tasks(stage: Stage, day: date) -> None:
    cell, gone = stage.world.cell5, stage.world.member(stage.world.cell5, "Ngô Văn Đã Đi")
    Membership.objects.filter(member=gone).update(valid_to=day - timedelta(days=9))
    given = {
        "unit": cell,
        "origin": "resolution",
        "assigned_on": day - timedelta(days=60),
        "due_on": day + timedelta(days=60),
    }
    Task.objects.create(title="Vận động 9 hộ", doer=gone, first_due_on=given["due_on"], **given)
    Task.objects.create(
        title="Quan tâm hơn", doer=stage.owner, override_reason="Gấp", first_due_on=given["due_on"], **given
    )


def _meetings(stage: Stage, day: date) -> None:
    """Cell 7 met five times: nobody prepared it, spoke or was given anything; two of its pensioners never came."""
    world, clerk = stage.world, stage.world.clerk
    cell, group = world.cell7, world.group("Đảng viên hưu trí")
    people = [world.member(cell, f"Trịnh Văn {name}") for name in ("Một", "Hai", "Ba")]
    join_group(group, actor=clerk, members=people[1:])
    for post, who in (("cell_secretary", people[0]), ("cell_deputy", people[1]), ("cell_committee", people[2])):
        appoint(cell, member=who, post=post, valid_from=date(day.year, 1, 1), actor=clerk)
    appoint(cell, member=stage.owner, post="follower", valid_from=date(day.year, 1, 1), actor=clerk)
    told = Paper.objects.create(
        unit=world.ward, kind="Chỉ thị", symbol="12-CT/ĐU", subject="Giữ gìn ngõ phố", issued_on=date(day.year, 1, 8)
    )
    for month in range(1, 6):
        first = date(day.year, month, 1)
        meeting = Meeting.objects.create(
            unit=cell, kind="regular", month=first, held_on=first.replace(day=4), state="closed", closed_on=first.replace(day=5),
            starts_at=time(19, 30), ends_at=time(20, 40), place="Nhà văn hóa", minutes="Biên bản",
        )  # fmt: skip
        AgendaItem.objects.create(unit=cell, meeting=meeting, order=0, kind="documents", title="Phổ biến", paper=told)
        Attendance.objects.bulk_create(
            Attendance(
                unit=cell,
                meeting=meeting,
                member=who,
                month=first,
                presence="present" if who == people[0] else "unexcused",
            )
            for who in people
        )
    ResolutionItem.objects.create(unit=cell, meeting=meeting, order=0, what="Quan tâm hơn nữa")


def _outreach(stage: Stage, day: date) -> None:
    cell = stage.world.cell5
    asked = {"asked": "Ngõ 9 xanh", "asked_on": day - timedelta(days=20), "due_on": day - timedelta(days=5)}
    Article.objects.create(unit=cell, month=day.replace(day=1), **asked)
    Exemplar.objects.filter(unit=cell).update(state="approved")
    one = Exemplar.objects.get(unit=cell)
    RoadStep.objects.create(
        exemplar=one, unit=cell, step="approved", month=day.replace(day=1), on=day - timedelta(days=90)
    )


def _reviews(stage: Stage, day: date) -> None:
    """A review in which nothing was named; one proposed for the highest level, alone and never decided."""
    silent, waiting = Review.objects.filter(unit=stage.world.cell5, member__isnull=False).order_by("pk")[:2]
    Review.objects.filter(pk=silent.pk).update(stage="sent", shortcomings="")
    Review.objects.filter(pk=waiting.pk).update(stage="proposed", proposed_level="excellent", proposed_on=day)


def _inspections(stage: Stage, day: date) -> None:
    """Conclusions made known, a day to report back, remedies done that nobody looked at, a line of the programme put off."""
    programme = YearProgramme.objects.create(
        unit=stage.world.ward,
        year=day.year,
        body="committee",
        adopted_on=date(day.year, 1, 10),
        paper=Paper.objects.filter(unit=stage.world.ward).first(),
    )
    ProgrammeLine.objects.create(
        unit=programme.unit,
        programme=programme,
        inspected=stage.world.cell7,
        form="topical",
        content="Nền nếp",
        month=3,
    )
    finding = Finding.objects.filter(kind="shortcoming").select_related("subject").first()
    done = Task.objects.create(
        unit=finding.subject.unit, doer=stage.owner, title="Lập 1 bản", origin="remedy", state="done",
        assigned_on=day - timedelta(days=60), first_due_on=day, due_on=day, done_on=day - timedelta(days=40),
    )  # fmt: skip
    Finding.objects.filter(pk=finding.pk).update(task=done)
    before = {"published_on": day - timedelta(days=30), "report_back_on": day - timedelta(days=2)}
    Inspection.objects.filter(pk=finding.subject.inspection_id).update(**before)
