"""Checks over what meetings let slide for months: commitments nobody heard of, groups that stay away, directives without
a deed, meetings that resolve nothing or hear nobody (seeds S2-15, S3-02 … S3-05)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.core.values import Period, Share, month_of, months_after
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.rules import MINUTES, OF_THE_CELL, ItemKind, MeetingKind, MeetingState, Presence
from chibo.meetings.selectors.agenda import COMMITTED, LATEST_NEWS
from chibo.meetings.selectors.figures import roll_of
from chibo.meetings.selectors.reading import Held, held_around, next_meeting, paths_in
from chibo.meetings.selectors.roll import attendance_target
from chibo.members.models import Group
from chibo.papers.models import Paper
from chibo.programmes.models import Programme
from chibo.tasks.models import Task
from chibo.tasks.rules import DIRECTING, TaskState
from chibo.tasks.selectors import duties_given
from chibo.units.selectors import setting_on


def commitments_unheard(scope: Scope) -> Iterator[Shortcoming]:
    """S2-15: commitments and remedies are open, and for months no meeting heard how they stand."""
    months = int(setting_on("tasks.silent_months", scope.unit, scope.day))
    since = months_after(scope.day, -months)
    waiting = (
        Task.objects.filter(
            Q(done_on__isnull=True) | Q(done_on__gt=scope.day), unit_id__in=scope.cells, origin__in=COMMITTED,
            assigned_on__lt=since,
        )
        .exclude(state=TaskState.DROPPED).order_by().values("unit_id").annotate(n=Count("pk"), first=Min("assigned_on"))
    )  # fmt: skip
    rows = list(waiting)
    if not rows:
        return
    heard = set(
        AgendaItem.objects.filter(
            kind=ItemKind.COMMITMENTS, meeting__unit_id__in={row["unit_id"] for row in rows},
            meeting__kind__in=OF_THE_CELL, meeting__held_on__range=(since, scope.day),
        ).exclude(notes="").values_list("meeting__unit_id", flat=True)
    )  # fmt: skip
    place = next_meeting(scope)
    for row in rows:
        if row["unit_id"] not in heard:
            yield Shortcoming(
                row["unit_id"],
                _("%(count)s cam kết, việc khắc phục chưa xong") % {"count": row["n"]},
                _("%(months)s tháng chi bộ chưa nghe kết quả trong sinh hoạt") % {"months": months},
                _("Đưa vào nội dung kỳ sinh hoạt tới và ghi kết quả của từng việc."),
                place(row["unit_id"]),
                max(scope.period.first, months_after(row["first"], months)),
            )


def group_stays_away(scope: Scope) -> Iterator[Shortcoming]:
    """S3-03: over some months, a group of a cell (who work far away, students …) came less than members should.

    Only where at least two of the group were absent: one person's absence is a check of its own.
    """
    months = int(setting_on("meetings.absences_in_a_row", scope.unit, scope.day))
    since = months_after(scope.day, 1 - months)
    rows = roll_of(scope).filter(month__gte=since, meeting__held_on__lte=scope.day, member__groups__isnull=False)
    absent = ~Q(presence=Presence.PRESENT)
    counted = rows.order_by().values("unit_id", "member__groups").annotate(
        n=Count("pk"), away=Count("pk", filter=absent), people=Count("member_id", filter=absent, distinct=True)
    )  # fmt: skip
    target = attendance_target(scope.unit, scope.day)
    found = [row for row in counted if row["people"] > 1 and 100 * (row["n"] - row["away"]) < target * row["n"]]
    groups = Group.objects.in_bulk({row["member__groups"] for row in found})
    span = Period(since, scope.day)
    for row in sorted(found, key=lambda row: (scope.cells.index(row["unit_id"]), groups[row["member__groups"]].name)):
        share = Share(row["n"] - row["away"], row["n"])
        yield Shortcoming(
            row["unit_id"],
            groups[row["member__groups"]].name,
            _("%(months)s tháng dự sinh hoạt %(percent)s %% (%(part)s/%(base)s), dưới %(target)s %%")
            % {
                "months": months,
                "percent": share.percent(),
                "part": share.part,
                "base": share.base,
                "target": target,
            },
            _("Nắm lý do từng đồng chí; đổi giờ, họp trực tuyến hoặc giới thiệu sinh hoạt tạm thời nơi làm việc."),
            f"{reverse('figures:figure', args=['meetings.attendance', row['unit_id'], span])}?"
            + urlencode({"show": "missing", "by": "member__groups__name", "is": groups[row["member__groups"]].name})
            + "#rows",
            since,
        )


def directive_without_deed(scope: Scope) -> Iterator[Shortcoming]:
    """S3-04: a directive was made known in a meeting, and after so many days the cell has no duty that carries it out.

    What a programme rests on is left out: the programme itself is assessed every quarter (S2-14).
    """
    days = timedelta(days=int(setting_on("meetings.directive_days", scope.unit, scope.day)))
    told = _told_in(scope, scope.day - days)
    if not told:
        return
    papers = (
        Paper.objects.filter(pk__in={pk for _cell, pk in told}, programmes__isnull=True)
        .exclude(pk__in=Programme.objects.filter(basis__isnull=False).values("basis"))
        .in_bulk()
    )
    carried = set(
        Task.objects.filter(directive__in=papers, unit_id__in=scope.cells)
        .exclude(state=TaskState.DROPPED)
        .values_list("unit_id", "directive_id")
    )
    for (cell, pk), meeting in told.items():
        if pk in papers and (cell, pk) not in carried:
            yield Shortcoming(
                cell,
                str(papers[pk]),
                _("đã phổ biến ngày %(day)s nhưng chưa có nhiệm vụ nào để thực hiện")
                % {"day": f"{meeting.held_on:%d/%m/%Y}"},
                _("Giao một nhiệm vụ cụ thể thực hiện văn bản này."),
                f"{reverse('tasks:assign', args=[cell])}?directive={pk}",
                meeting.held_on + days,
            )


def _told_in(scope: Scope, until: date) -> dict[tuple[int, int], Held]:
    """(cell, paper) → the meeting that made the directive known: named by an item of its own, or received between the
    meeting before and this one, where the agenda has an item for documents. Three queries for any number of cells."""
    telling = (MeetingKind.REGULAR, MeetingKind.CLASS)
    meetings = [
        one for one in held_around(scope) if one.kind in telling and one.state == MeetingState.CLOSED and one.held_on <= until
    ]  # fmt: skip
    items: dict[int, list[int | None]] = defaultdict(list)
    for pk, paper in AgendaItem.objects.filter(
        Q(kind=ItemKind.DOCUMENTS) | Q(paper__isnull=False), meeting__unit_id__in=scope.cells,
        meeting__held_on__range=(scope.period.first - LATEST_NEWS, until),
    ).order_by().values_list("meeting_id", "paper_id"):  # fmt: skip
        items[pk].append(paper)
    if not items:
        return {}
    paths = paths_in(scope)
    above = {int(pk) for path in paths.values() for pk in path.split("/") if pk}
    directives = list(
        Paper.objects.filter(
            kind__in=[kind.label for kind in DIRECTING], unit_id__in=above, issued_on__gte=scope.period.first - LATEST_NEWS,
            issued_on__lte=until,
        ).values_list("pk", "issued_on", "unit__path")
    )  # fmt: skip
    named = set(Paper.objects.filter(
        kind__in=[kind.label for kind in DIRECTING], pk__in={pk for found in items.values() for pk in found if pk},
    ).values_list("pk", flat=True))  # fmt: skip
    last: dict[int, date] = {}
    told: dict[tuple[int, int], Held] = {}
    for meeting in meetings:
        since = last.get(meeting.unit_id) or months_after(meeting.held_on, -1)
        last[meeting.unit_id] = meeting.held_on
        if meeting.held_on < scope.period.first or meeting.pk not in items:
            continue
        path = paths[meeting.unit_id]
        found = {pk for pk in items[meeting.pk] if pk in named}
        if None in items[meeting.pk]:
            found |= {
                pk
                for pk, issued, of in directives
                if issued and since < issued <= meeting.held_on and path.startswith(of) and path != of
            }
        for pk in sorted(found):
            told.setdefault((meeting.unit_id, pk), meeting)
    return told


def nothing_resolved(scope: Scope) -> Iterator[Shortcoming]:
    """S3-05: month after month the cell's meetings were closed, and it has never given anybody a duty.

    A cell that gives duties, but none on local difficulties, is found among the tasks (``tasks.local``).
    """
    months = int(setting_on("tasks.local_months", scope.unit, scope.day))
    since = months_after(month_of(scope.day), 1 - months)
    closed = Meeting.objects.filter(
        unit_id__in=set(scope.cells) - set(duties_given(scope)), kind=MeetingKind.REGULAR, state=MeetingState.CLOSED,
        month__gte=since, held_on__lte=scope.day,
    )  # fmt: skip
    place = next_meeting(scope)
    for row in closed.order_by().values("unit_id").annotate(n=Count("month", distinct=True)):
        if row["n"] >= months:
            yield Shortcoming(
                row["unit_id"],
                _("Sinh hoạt từ tháng %(month)s") % {"month": f"{since:%m/%Y}"},
                _("%(months)s kỳ liên tiếp không quyết nghị việc gì của chi bộ, địa phương") % {"months": row["n"]},
                _("Bàn một khó khăn của địa phương và ghi vào nghị quyết: việc gì, ai làm, khi nào xong."),
                place(row["unit_id"]),
                since,
            )


def nobody_spoke(scope: Scope) -> Iterator[Shortcoming]:
    """S3-02: month after month the cell's meetings were closed, and nobody at all is noted to have said a word.

    Deference in the yearly self-criticism is a matter of reviews; this is what meetings show of it.
    """
    months = int(setting_on("meetings.unspoken_months", scope.unit, scope.day))
    since = months_after(month_of(scope.day), 1 - months)
    closed = Meeting.objects.filter(
        unit_id__in=scope.cells, kind=MeetingKind.REGULAR, state=MeetingState.CLOSED, month__gte=since,
        held_on__lte=scope.day,
    )  # fmt: skip
    counted = closed.order_by().values("unit_id").annotate(
        n=Count("month", distinct=True), said=Count("agenda__contributions")
    )  # fmt: skip
    place, subject = next_meeting(scope), _("Sinh hoạt từ tháng %(month)s") % {"month": f"{since:%m/%Y}"}
    detail = _("%(months)s kỳ liên tiếp không ai phát biểu")
    remedy = _("Gợi ý từng đồng chí nêu ý kiến; ghi người phát biểu khi điều hành cuộc họp.")
    for row in counted:
        if row["n"] >= months and not row["said"]:
            unit = row["unit_id"]
            yield Shortcoming(unit, subject, detail % {"months": row["n"]}, remedy, place(unit), since)


HABIT_CHECKS = (
    Check(
        "meetings.commitments", gettext_lazy("Cam kết, khắc phục lâu không được nghe trong sinh hoạt"), MINUTES,
        commitments_unheard, Can.KEEP_MEETINGS, ("S2-15",), grace_days=30,
    ),
    Check(
        "meetings.group_absence", gettext_lazy("Nhóm đảng viên dự sinh hoạt thấp"), MINUTES, group_stays_away,
        Can.KEEP_MEETINGS, ("S3-03",), grace_days=30,
    ),
    Check(
        "meetings.directive", gettext_lazy("Văn bản đã phổ biến nhưng chưa có nhiệm vụ thực hiện"), MINUTES,
        directive_without_deed, Can.ASSIGN_TASKS, ("S3-04",), grace_days=30,
    ),
    Check(
        "meetings.unresolved", gettext_lazy("Nhiều kỳ sinh hoạt không quyết nghị việc gì"), MINUTES, nothing_resolved,
        Can.KEEP_MEETINGS, ("S3-05",), grace_days=30,
    ),
    Check(
        "meetings.unspoken", gettext_lazy("Nhiều kỳ sinh hoạt không ai phát biểu"), MINUTES, nobody_spoke,
        Can.KEEP_MEETINGS, ("S3-02",), grace_days=30,
    ),
)  # fmt: skip
