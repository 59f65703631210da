"""Checks over how meetings are prepared: by whom, with which items, what the quarter owes (S2-06, S2-09, S2-14, S2-17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.core.registry import Check, Errand, Scope, Shortcoming
from chibo.core.values import months_after
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.rules import OF_THE_CELL, PREPARATORY, MeetingKind, MeetingState
from chibo.meetings.rules.kinds import items_missing, missing_words, needs_preparing, quarter_of, rule_set_on
from chibo.meetings.rules.preparing import PREPARING
from chibo.meetings.selectors.agenda import LEADERS, topical_in
from chibo.members.models import PostTerm
from chibo.programmes.models import Programme
from chibo.units.models import Unit


def unprepared(scope: Scope) -> Iterator[Shortcoming]:
    """S2-06: a regular meeting was held, and the committee had not met, nor secretary and deputy conferred, before."""
    early = Meeting.objects.filter(kind__in=PREPARATORY)
    prepared = early.filter(prepares__isnull=False).values("prepares")
    before_it = early.filter(
        prepares__isnull=True, unit=OuterRef("unit"), month=OuterRef("month"), held_on__lte=OuterRef("held_on")
    )
    leaders = (
        PostTerm.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=OuterRef("held_on")), unit=OuterRef("unit"), post__in=LEADERS,
            valid_from__lte=OuterRef("held_on"),
        )
        .order_by().values("unit").annotate(n=Count("member", distinct=True)).values("n")
    )  # fmt: skip
    rows = Meeting.objects.filter(
        ~Q(pk__in=prepared),
        ~Exists(before_it),
        unit_id__in=scope.cells,
        kind=MeetingKind.REGULAR,
        held_on__range=(scope.period.first, scope.day),
    ).annotate(leaders=leaders[:1])
    for meeting in rows.order_by("held_on", "pk"):
        if needs_preparing(meeting.kind, meeting.held_on, meeting.leaders or 0):
            yield Shortcoming(
                meeting.unit_id,
                str(meeting),
                _("chưa có biên bản họp chi ủy, hội ý chuẩn bị"),
                _("Nhập biên bản họp chuẩn bị của buổi sinh hoạt này."),
                f"{reverse('meetings:convene', args=[meeting.unit_id])}?prepares={meeting.pk}",
                meeting.held_on,
            )


def agenda_lacking(scope: Scope) -> Iterator[Shortcoming]:
    """S2-09: the agenda of a cell's latest regular meeting, held or called, lacks what its kind of cell must have."""
    rows = Meeting.objects.filter(
        unit_id__in=scope.cells, kind=MeetingKind.REGULAR, held_on__range=(scope.period.first, scope.period.last)
    )
    last = dict(rows.order_by("held_on", "pk").values_list("unit_id", "pk"))
    meetings = Meeting.objects.select_related("unit").in_bulk(last.values())
    latest = {cell: meetings[pk] for cell, pk in last.items()}
    kinds: dict[int, set[str]] = defaultdict(set)
    items = AgendaItem.objects.filter(meeting__in=[meeting.pk for meeting in latest.values()])
    for pk, kind in items.order_by().values_list("meeting_id", "kind"):
        kinds[pk].add(kind)
    for cell, meeting in latest.items():
        missing = items_missing(meeting.kind, meeting.unit.cell_kind, meeting.held_on, kinds[meeting.pk])
        if missing:
            closed = meeting.state == MeetingState.CLOSED
            yield Shortcoming(
                cell,
                str(meeting),
                _("nội dung còn thiếu: %(items)s")
                % {"items": "; ".join(_(words) for words in missing_words(missing))},
                _("Đưa vào nội dung kỳ sinh hoạt tới.") if closed else _("Bổ sung nội dung."),
                reverse("meetings:meeting" if closed else "meetings:prepare", args=[meeting.pk]),
                meeting.held_on,
            )


@dataclass(frozen=True, slots=True)
class _Quarter:
    """A quarter that is over, with the cells that stood all through it."""

    first: date
    following: date
    cells: tuple[int, ...]

    @property
    def name(self) -> str:
        return _("Quý %(quarter)s/%(year)s") % {"quarter": self.first.month // 3 + 1, "year": self.first.year}


def _quarters(scope: Scope) -> Iterator[_Quarter]:
    """The quarters of the period that are over on the scope's day."""
    stood = dict(Unit.objects.filter(pk__in=scope.cells).values_list("pk", "valid_from"))
    ended = dict(Unit.objects.filter(pk__in=scope.cells).values_list("pk", "valid_to"))
    first, following = quarter_of(scope.period.first)
    while following - timedelta(days=1) <= min(scope.day, scope.period.last):
        if first >= scope.period.first:
            lasting = (pk for pk in scope.cells if stood[pk] <= first and (ended[pk] or date.max) >= following)
            yield _Quarter(first, following, tuple(lasting))
        first, following = following, months_after(following, 3)


def topic_missing(scope: Scope) -> Iterator[Shortcoming]:
    """S2-17: a quarter is over in which the cell held no meeting with a topic."""
    for quarter in _quarters(scope):
        if not rule_set_on(quarter.first).topic_each_quarter:
            continue
        had = set(topical_in(quarter.cells, quarter.first, quarter.following).values_list("unit_id", flat=True))
        name, detail = quarter.name, _("không có buổi sinh hoạt chuyên đề")
        remedy = _("Nhập buổi đã họp; quý này chọn chuyên đề từ gợi ý ở trang chuẩn bị.")
        for cell in quarter.cells:
            if cell not in had:
                yield Shortcoming(
                    cell,
                    name,
                    detail,
                    remedy,
                    reverse("meetings:calendar", args=[cell, quarter.first.year]),
                    quarter.following,
                )


def programme_unassessed(scope: Scope) -> Iterator[Shortcoming]:
    """S2-14: a quarter is over in which no meeting of the cell spoke of a programme in force all through it, nor did
    any since: what is put on the next agenda mends it."""
    above = {
        int(pk)
        for pk in "/".join(Unit.objects.filter(pk__in=scope.cells).values_list("path", flat=True)).split("/")
        if pk
    }
    programmes = list(Programme.objects.filter(unit_id__in=above).select_related("unit").order_by("pk"))
    paths = dict(Unit.objects.filter(pk__in=scope.cells).values_list("pk", "path"))
    for quarter in _quarters(scope):
        if not rule_set_on(quarter.first).topic_each_quarter:
            continue
        spoken = set(
            AgendaItem.objects.filter(
                meeting__unit_id__in=quarter.cells, meeting__kind__in=OF_THE_CELL, programme__isnull=False,
                meeting__held_on__range=(quarter.first, scope.day),
            ).values_list("meeting__unit_id", "programme_id")
        )  # fmt: skip
        met = set(
            Meeting.objects.filter(
                unit_id__in=quarter.cells,
                kind__in=OF_THE_CELL,
                held_on__gte=quarter.first,
                held_on__lt=quarter.following,
            ).values_list("unit_id", flat=True)
        )
        detail = _("%(quarter)s không có nội dung đánh giá việc thực hiện") % {"quarter": quarter.name}
        for programme in programmes:
            lasting = programme.valid_from <= quarter.first and (programme.valid_to or date.max) >= quarter.following
            for cell in quarter.cells if lasting else ():
                reaches = paths[cell].startswith(programme.unit.path)
                if reaches and cell in met and (cell, programme.pk) not in spoken:
                    yield Shortcoming(
                        cell,
                        str(programme),
                        detail,
                        _("Đưa vào nội dung kỳ sinh hoạt tới."),
                        reverse("meetings:calendar", args=[cell, quarter.first.year]),
                        quarter.following,
                    )


PREPARING_CHECKS = (
    Check(
        "meetings.unprepared", gettext_lazy("Sinh hoạt chưa có họp chi ủy, hội ý chuẩn bị"), PREPARING, unprepared,
        Can.KEEP_MEETINGS, ("S2-06", "S2-18"), grace_days=10,
    ),
    Check(
        "meetings.agenda", gettext_lazy("Nội dung sinh hoạt chưa đủ theo loại hình chi bộ"), PREPARING, agenda_lacking,
        Can.KEEP_MEETINGS, ("S2-09",),
    ),
    Check(
        "meetings.topic", gettext_lazy("Quý không có sinh hoạt chuyên đề"), PREPARING, topic_missing,
        Can.KEEP_MEETINGS, ("S2-17",),
    ),
    Check(
        "meetings.programme", gettext_lazy("Chương trình không được đánh giá trong quý"), PREPARING, programme_unassessed,
        Can.KEEP_MEETINGS, ("S2-14",),
    ),
)  # fmt: skip


def errands_of_preparing(actor: Actor, today: date) -> Iterator[Errand]:
    """For who keeps the meetings of a cell: the next regular meeting that the members were not told of yet."""
    if not actor.holds(Can.KEEP_MEETINGS):
        return
    within = Q()
    for path in actor.reach(Can.KEEP_MEETINGS):
        within |= Q(unit__path__startswith=path)
    rows = Meeting.objects.filter(
        within, in_force(today, "unit__"), kind=MeetingKind.REGULAR, state=MeetingState.CONVENED, held_on__gte=today,
        notified_on__isnull=True,
    )  # fmt: skip
    for meeting in rows.order_by("held_on", "pk"):
        yield Errand(
            _("Chuẩn bị sinh hoạt tháng %(month)s, họp ngày %(day)s")
            % {"month": f"{meeting.month:%m/%Y}", "day": f"{meeting.held_on:%d/%m}"},
            _("Chuẩn bị"),
            reverse("meetings:prepare", args=[meeting.pk]),
            due=meeting.held_on - timedelta(days=1),
        )
