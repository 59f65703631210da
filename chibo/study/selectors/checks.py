"""Checks over study: who was not reached, whose essay is missing, a class without essays, a theme nobody studies, a
document made known that nobody carries out (seeds S0-03, S0-10, S1-13, S3-04, S4-03)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.core.values import Period
from chibo.meetings.models import AgendaItem, Attendance
from chibo.meetings.rules import Presence
from chibo.programmes.models import Theme
from chibo.study.models import Dissemination, Essay, Reach, StudyClass
from chibo.study.rules import LEARNING, OWED
from chibo.tasks.models import Task
from chibo.tasks.rules import DIRECTING, TaskState
from chibo.units.models import Unit
from chibo.units.selectors import ids_above, setting_on


def _days(code: str, scope: Scope) -> timedelta:
    return timedelta(days=int(setting_on(code, scope.unit, scope.day)))


def _names(names: list[str]) -> str:
    """The first of them by name, and how many more."""
    shown = ", ".join(names[:5])
    return (
        shown
        if len(names) <= 5
        else _("%(names)s và %(more)s đồng chí khác") % {"names": shown, "more": len(names) - 5}
    )


def not_reached(scope: Scope) -> Iterator[Shortcoming]:
    """S0-03, S4-03: the day has passed, and members of the cell have not been reached; by name for their secretary."""
    rows = Reach.objects.filter(
        unit_id__in=scope.cells, reached_on__isnull=True, dissemination__due_on__lt=scope.day,
        dissemination__due_on__gte=scope.period.first,
    ).order_by("unit__sort_key", "dissemination_id", "member__sort_key")  # fmt: skip
    by_cell: dict[tuple[int, int], list[str]] = defaultdict(list)
    for cell, pk, name in rows.values_list("unit_id", "dissemination_id", "member__full_name"):
        by_cell[cell, pk].append(name)
    spreads = Dissemination.objects.select_related("paper", "theme").in_bulk({pk for _cell, pk in by_cell})
    for (cell, pk), missing in by_cell.items():
        spread = spreads[pk]
        yield Shortcoming(
            cell,
            str(spread),
            _("hạn %(day)s, còn %(count)s đồng chí chưa được phổ biến: %(names)s")
            % {
                "day": f"{spread.due_on:%d/%m/%Y}",
                "count": len(missing),
                "names": _names(missing),
            },
            _("Phổ biến trong kỳ sinh hoạt tới hoặc gửi tận nơi, rồi ghi lại."),
            reverse("study:reach", args=[pk, cell]),
            spread.due_on,
        )


def essays_missing(scope: Scope) -> Iterator[Shortcoming]:
    """S1-13: the day has passed, and essays of members of the cell are not in."""
    rows = Essay.objects.filter(
        unit_id__in=scope.cells, state__in=OWED, study_class__essays_due_on__lt=scope.day,
        study_class__essays_due_on__gte=scope.period.first,
    )  # fmt: skip
    by_cell: dict[tuple[int, int], list[str]] = defaultdict(list)
    told = rows.order_by("unit__sort_key", "study_class_id", "member__sort_key")
    for cell, pk, name in told.values_list("unit_id", "study_class_id", "member__full_name"):
        by_cell[cell, pk].append(name)
    classes = StudyClass.objects.in_bulk({pk for _cell, pk in by_cell})
    for (cell, pk), names in by_cell.items():
        due_on = classes[pk].essays_due_on or scope.day
        yield Shortcoming(
            cell,
            classes[pk].title,
            _("hạn %(day)s, còn %(count)s bài thu hoạch chưa nộp: %(names)s")
            % {"day": f"{due_on:%d/%m/%Y}", "count": len(names), "names": _names(names)},
            _("Nhắc những đồng chí này, hoặc nhập thay bài viết tay."),
            reverse("study:essays", args=[pk, cell]),
            due_on,
        )


def class_without_essays(scope: Scope) -> Iterator[Shortcoming]:
    """S1-13: a class was held, and no essay was asked for, nor said why not."""
    days = _days("study.essay_days", scope)
    rows = StudyClass.objects.filter(
        unit_id__in=scope.units, essays_due_on__isnull=True, waived="",
        meeting__held_on__range=(scope.period.first, scope.day - days),
    ).order_by("meeting__held_on", "pk")  # fmt: skip
    for pk, unit, title, held_on in rows.values_list("pk", "unit_id", "title", "meeting__held_on"):
        yield Shortcoming(
            unit,
            title,
            _("học ngày %(day)s nhưng chưa giao bài thu hoạch") % {"day": f"{held_on:%d/%m/%Y}"},
            _("Giao bài thu hoạch, hoặc ghi lý do không yêu cầu."),
            reverse("study:ask", args=[pk]),
            held_on + days,
        )


def theme_not_studied(scope: Scope) -> Iterator[Shortcoming]:
    """S0-10: the theme of the year stands, and in the cell nobody was told of it, and nobody studied it."""
    days = _days("study.theme_days", scope)
    for theme in _themes(scope):
        since = max(date(theme.year, 1, 1), theme.programme.valid_from) + days
        if scope.day <= since:
            continue
        told = set(
            Reach.objects.filter(
                dissemination__theme=theme, unit_id__in=scope.cells, reached_on__range=(date(theme.year, 1, 1), scope.day)
            ).values_list("unit_id", flat=True)
        )  # fmt: skip
        told |= set(
            Attendance.objects.filter(
                meeting__study_class__theme=theme, unit_id__in=scope.cells, presence=Presence.PRESENT,
                meeting__held_on__lte=scope.day,
            ).values_list("unit_id", flat=True)
        )  # fmt: skip
        for cell, path in Unit.objects.filter(pk__in=scope.cells).order_by("sort_key").values_list("pk", "path"):
            if cell not in told and path.startswith(theme.unit.path):
                yield Shortcoming(
                    cell,
                    _("Chuyên đề năm %(year)s") % {"year": theme.year},
                    _("chưa phổ biến, chưa học tập trong chi bộ: %(title)s") % {"title": theme.title},
                    _("Phổ biến trong sinh hoạt hoặc mở lớp, rồi ghi ai đã được phổ biến."),
                    reverse("study:index", args=[cell, str(Period.of_year(theme.year))]),
                    since,
                )


def _themes(scope: Scope) -> QuerySet[Theme]:
    """The year's themes that these cells stand under."""
    above = {*ids_above(scope.unit, scope.day), *scope.units}
    return Theme.objects.filter(programme__unit_id__in=above, year=scope.day.year).select_related("programme", "unit")


def spread_without_deed(scope: Scope) -> Iterator[Shortcoming]:
    """S3-04: a directive that asks something of the cells was made known, and after so many days the cell has no duty
    that carries it out. What a meeting told of is found among the meetings (``meetings.directive``)."""
    days = _days("meetings.directive_days", scope)
    reached = Reach.objects.filter(
        unit_id__in=scope.cells, reached_on__range=(scope.period.first, scope.day - days),
        dissemination__paper__kind__in=[kind.label for kind in DIRECTING],
    ).exclude(dissemination__asks="")  # fmt: skip
    counted = reached.values_list("unit_id", "dissemination_id").annotate(first=Min("reached_on"))
    found = list(counted.order_by("unit__sort_key", "first", "dissemination_id"))
    spreads = Dissemination.objects.select_related("paper").in_bulk({pk for _cell, pk, _first in found})
    papers = {spread.paper_id for spread in spreads.values() if spread.paper_id}
    answered = _answered(scope.cells, papers) if papers else set()
    for cell, pk, first in found:
        paper = spreads[pk].paper_id
        if (cell, paper) not in answered:
            yield Shortcoming(
                cell,
                str(spreads[pk]),
                _("đã phổ biến từ ngày %(day)s nhưng chưa có nhiệm vụ nào để thực hiện")
                % {"day": f"{first:%d/%m/%Y}"},
                _("Giao một nhiệm vụ cụ thể thực hiện văn bản này."),
                f"{reverse('tasks:assign', args=[cell])}?directive={paper}",
                first + days,
            )


def _answered(cells: Collection[int], papers: Collection[int]) -> set[tuple[int, int | None]]:
    """(cell, paper): a duty carries it out there, or a meeting told of it and ``meetings.directive`` looks after it."""
    done = Task.objects.filter(directive__in=papers, unit_id__in=cells).exclude(state=TaskState.DROPPED)
    told = AgendaItem.objects.filter(paper__in=papers, meeting__unit_id__in=cells, paper__programmes__isnull=True)
    return {*done.values_list("unit_id", "directive_id"), *told.values_list("meeting__unit_id", "paper_id")}


CHECKS = (
    Check(
        "study.reached", gettext_lazy("Còn đảng viên chưa được phổ biến văn bản, chuyên đề"), LEARNING, not_reached,
        Can.NOTE_REACH, ("S0-03", "S4-03"),
    ),
    Check(
        "study.essays", gettext_lazy("Bài thu hoạch quá hạn chưa nộp"), LEARNING, essays_missing, Can.MARK_ESSAYS, ("S1-13",),
    ),
    Check(
        "study.class_essays", gettext_lazy("Lớp học chưa giao bài thu hoạch"), LEARNING, class_without_essays,
        Can.KEEP_MEETINGS, ("S1-13",), grace_days=30, of_the_ward=True,
    ),
    Check(
        "study.theme", gettext_lazy("Chuyên đề năm chưa được phổ biến, học tập trong chi bộ"), LEARNING, theme_not_studied,
        Can.NOTE_REACH, ("S0-10",), grace_days=30,
    ),
    Check(
        "study.deed", gettext_lazy("Chỉ thị, nghị quyết đã phổ biến nhưng chưa có nhiệm vụ thực hiện"), LEARNING,
        spread_without_deed, Can.ASSIGN_TASKS, ("S3-04",), grace_days=30,
    ),
)  # fmt: skip
