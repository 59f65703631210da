"""The five-year summary of a ward of 40 cells and 1,500 members, with every table of evidence, as .docx and as PDF.

Seconds of CPU of the whole (figures, document, both files, preview) and of each step, beside the same report of a ward in
which nothing was done yet, made in the same run.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from datetime import date, timedelta
from itertools import pairwise

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.filled import fill  # noqa: E402
from benchmarks.goals import done, tell  # noqa: E402
from chibo.access.actor import SETUP  # noqa: E402
from chibo.core.registry import ReportKind  # noqa: E402
from chibo.core.values import Period  # noqa: E402
from chibo.core.vietnamese import search_key  # noqa: E402
from chibo.meetings.models import Attendance, Meeting  # noqa: E402
from chibo.meetings.rules import MeetingKind, MeetingState, Presence  # noqa: E402
from chibo.members.models import Member  # noqa: E402
from chibo.outreach.models import Exemplar, Item, RoadStep  # noqa: E402
from chibo.outreach.rules import ItemKind  # noqa: E402
from chibo.outreach.rules.exemplars import Channel, Step  # noqa: E402
from chibo.papers.models import Paper  # noqa: E402
from chibo.papers.selectors import docx_of, html_of, pdf_of  # noqa: E402
from chibo.programmes.models import Programme, Theme  # noqa: E402
from chibo.reports.selectors import draft_of, frozen, kind_named  # noqa: E402
from chibo.study.models import Essay, StudyClass  # noqa: E402
from chibo.study.rules import EssayState  # noqa: E402
from chibo.units.actions import found_unit  # noqa: E402
from chibo.units.models import Unit  # noqa: E402
from chibo.units.rules import CellKind, Level  # noqa: E402
from chibo.units.selectors import scope_of  # noqa: E402

YEARS = (2022, 2023, 2024, 2025, 2026)
PERIOD = Period.parse("2022..2026")
ON = date(2026, 11, 20)
ITEMS = {ItemKind.PORTAL: 80, ItemKind.LOUDSPEAKER: 60, ItemKind.BANNER: 12, ItemKind.BULLETIN: 6, ItemKind.TALK: 10}
"""How many a year: a little more than seed S1 tells (396 news, 291 broadcasts in five years)."""
STEPS = ("figures and document", "figures frozen with their rows", "preview", ".docx", "PDF")
PAPERS, CLASSES, EXEMPLARS = 13, 2, 8


def outreach(ward: Unit) -> None:
    """Five years of papers, classes with their rolls and essays, news, broadcasts and exemplars."""
    programme = Programme.objects.get(unit=ward)
    members = list(Member.objects.filter(unit__path__startswith=ward.path))
    for year in YEARS:
        Theme.objects.create(unit=ward, programme=programme, year=year, title=f"Nêu gương trong mọi việc, năm {year}")
        programme.papers.add(*(_paper(ward, year, n) for n in range(PAPERS)))
        items = [
            Item(
                unit=ward, kind=kind, held_on=day, month=day.replace(day=1), title=f"Người tốt, việc tốt ở tổ dân phố {n}",
                search_key=search_key(f"Người tốt, việc tốt ở tổ dân phố {n}"), link=f"https://phuong.example/{year}/{n}",
                minutes=5 + n % 3 if kind is ItemKind.LOUDSPEAKER else None, programme=programme,
            )
            for kind, count in ITEMS.items()
            for n in range(count)
            for day in [date(year, 1, 5) + timedelta(days=n * 300 // count)]
        ]  # fmt: skip
        Item.objects.bulk_create(items)
        for n in range(CLASSES):
            _class(ward, programme, members, date(year, 3 + 4 * n, 12))
        for n in range(EXEMPLARS):
            _exemplar(ward, members[n], date(year, 1 + n, 20))


def _paper(ward: Unit, year: int, number: int) -> Paper:
    words = f"Triển khai chuyên đề học tập và làm theo Bác năm {year}, phần {number + 1}"
    return Paper.objects.create(
        unit=ward, symbol=f"{number + 1:02d}-KH/ĐU", kind="Kế hoạch", issuer="Đảng ủy phường", subject=words,
        issued_on=date(year, 1, 10) + timedelta(days=20 * number), search_key=search_key(words),
    )  # fmt: skip


def _class(ward: Unit, programme: Programme, members: list[Member], day: date) -> None:
    meeting = Meeting.objects.create(
        unit=ward, kind=MeetingKind.CLASS, month=day.replace(day=1), held_on=day, topic="Học tập chuyên đề",
        state=MeetingState.CLOSED,
    )  # fmt: skip
    Attendance.objects.bulk_create(
        Attendance(
            unit_id=m.unit_id, meeting=meeting, member=m, month=meeting.month,
            presence=Presence.EXCUSED if (m.pk + day.month) % 17 == 0 else Presence.PRESENT,
        )
        for m in members
    )  # fmt: skip
    held = StudyClass.objects.create(
        unit=ward,
        meeting=meeting,
        title="Học tập chuyên đề",
        programme=programme,
        essays_due_on=day + timedelta(days=15),
    )
    Essay.objects.bulk_create(
        Essay(unit_id=m.unit_id, study_class=held, member=m, state=EssayState.PASSED if m.pk % 19 else EssayState.DUE)
        for m in members
    )


def _exemplar(ward: Unit, member: Member, day: date) -> None:
    title = "Vận động nhân dân hiến đất mở rộng ngõ"
    found = Exemplar.objects.create(
        unit=ward, member=member, title=title, story=title, search_key=search_key(title), found_on=day,
        month=day.replace(day=1), state=Step.PRESENTED,
    )  # fmt: skip
    RoadStep.objects.create(
        unit=ward, exemplar=found, step=Step.PRESENTED, on=day, month=found.month, channel=Channel.PORTAL
    )


def empty_ward(over: Unit) -> Unit:
    """A ward of 40 cells in which nothing was done yet."""
    long_ago = date(2015, 1, 1)
    ward = found_unit(over, actor=SETUP, name="Phường Mới", level=Level.WARD, key="moi", on=long_ago)
    for n in range(40):
        found_unit(
            ward, actor=SETUP, name=f"Chi bộ {n + 1}", level=Level.CELL, key=f"moi-{n + 1}", on=long_ago,
            cell_kind=CellKind.RESIDENTIAL,
        )  # fmt: skip
    return ward


def made(kind: ReportKind, ward: Unit) -> dict[str, float]:
    """CPU seconds of each step of making the whole."""
    scope = scope_of(ward, PERIOD, ON)
    marks = [time.process_time()]
    draft = draft_of(kind, scope, ON, None, PERIOD)
    document = draft.document
    marks.append(time.process_time())
    for work in (
        lambda: frozen(draft.figures, scope),
        lambda: html_of(document),
        lambda: docx_of(document),
        lambda: pdf_of(document),
    ):
        work()
        marks.append(time.process_time())
    return dict(zip(STEPS, (after - before for before, after in pairwise(marks)), strict=True))


def main() -> int:
    call_command("migrate", verbosity=0)
    fill()
    ward = Unit.objects.get(key="dd-w")
    outreach(ward)
    other = empty_ward(Unit.objects.get(key="dd"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    kind = kind_named("programme-summary")
    assert kind is not None
    made(kind, other)  # fonts and templates are looked for once
    empty = made(kind, other)
    if "--profile" in sys.argv:
        with cProfile.Profile() as profile:
            made(kind, ward)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
    whole = made(kind, ward)
    for name, seconds in whole.items():
        print(f"     {name}: {seconds:.2f} s (nothing done: {empty[name]:.2f} s)")
    with CaptureQueriesContext(connection) as captured:
        document = draft_of(kind, scope_of(ward, PERIOD, ON), ON, None, PERIOD).document
    rows = {annex.title: len(annex.body[-1].rows) for annex in document.annexes}  # type: ignore[union-attr]
    print(f"     rows of evidence: {sum(rows.values())}; queries: {len(captured)}")
    total, nothing = sum(whole.values()), sum(empty.values())
    print(f"     the whole ÷ the report of a ward that did nothing yet: {total / nothing:.1f} ×")
    tell("five-year summary, all evidence, preview, .docx and PDF, seconds of CPU", total, most=5, unit="s")
    return done()


if __name__ == "__main__":
    sys.exit(main())
