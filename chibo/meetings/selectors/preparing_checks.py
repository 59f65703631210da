"""Checks over how meetings are prepared: by whom, with which items, what the quarter owes (S2-06, S2-09, S2-14, S2-17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.core.registry import Check, Errand, Scope, Shortcoming
from chibo.core.tables import link_to, road_to
from chibo.core.values import months_after
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.rules import OF_THE_CELL, PREPARATORY, MeetingKind, MeetingState
from chibo.meetings.rules.kinds import items_missing, missing_words, needs_preparing, quarter_of, rule_set_on
from chibo.meetings.rules.preparing import PREPARING
from chibo.meetings.selectors.agenda import LEADERS, topical_in
from chibo.meetings.selectors.reading import held_around, held_in, paths_in
from chibo.members.models import PostTerm
from chibo.programmes.models import Programme
from chibo.units.selectors import units_in

MEETING, PREPARE = link_to("meetings:meeting"), link_to("meetings:prepare")


def unprepared(scope: Scope) -> Iterator[Shortcoming]:
    """S2-06: a regular meeting was held, and the committee had not met, nor secretary and deputy conferred, before."""
    early = [one for one in held_around(scope) if one.kind in PREPARATORY]
    prepared = {one.prepares_id for one in early}
    beside: dict[tuple[int, date], date] = {}
    for one in early:
        if one.prepares_id is None:
            beside.setdefault((one.unit_id, one.month), one.held_on)
    leading = _leading(scope)
    detail, remedy = (
        _("chưa có biên bản họp chi ủy, hội ý chuẩn bị"),
        _("Nhập biên bản họp chuẩn bị của buổi sinh hoạt này."),
    )
    for meeting in held_in(scope, MeetingKind.REGULAR):
        day = meeting.held_on
        if meeting.pk in prepared or beside.get((meeting.unit_id, meeting.month), date.max) <= day:
            continue
        leaders = {who for who, first, last in leading[meeting.unit_id] if first <= day <= last}
        if needs_preparing(meeting.kind, day, len(leaders)):
            page = f"{reverse('meetings:convene', args=[meeting.unit_id])}?prepares={meeting.pk}"
            yield Shortcoming(meeting.unit_id, str(meeting), detail, remedy, page, day)


def _leading(scope: Scope) -> dict[int, list[tuple[int, date, date]]]:
    """By cell, who held a post that leads it, from when to when."""
    rows = PostTerm.objects.filter(unit__in=scope.cells, post__in=LEADERS, valid_from__lte=scope.day)
    found = defaultdict(list)
    for cell, member, first, last in rows.order_by().values_list("unit_id", "member_id", "valid_from", "valid_to"):
        found[cell].append((member, first, last or date.max))
    return found


def agenda_lacking(scope: Scope) -> Iterator[Shortcoming]:
    """S2-09: the agenda of a cell's latest regular meeting, held or called, lacks what its kind of cell must have."""
    period = scope.period
    latest = {
        one.unit_id: one for one in held_around(scope)
        if one.kind == MeetingKind.REGULAR and period.first <= one.held_on <= period.last
    }  # fmt: skip
    kinds: dict[int, set[str]] = defaultdict(set)
    items = AgendaItem.objects.filter(meeting__in=[one.pk for one in latest.values()])
    for pk, kind in items.order_by().values_list("meeting_id", "kind"):
        kinds[pk].add(kind)
    detail, cells = _("nội dung còn thiếu: %(items)s"), units_in(scope)
    before, after = _("Bổ sung nội dung."), _("Đưa vào nội dung kỳ sinh hoạt tới.")
    for cell, meeting in latest.items():
        missing = items_missing(meeting.kind, cells[cell].cell_kind, meeting.held_on, kinds[meeting.pk])
        if missing:
            closed = meeting.state == MeetingState.CLOSED
            words = "; ".join(map(_, missing_words(missing)))
            yield Shortcoming(
                cell,
                str(meeting),
                detail % {"items": words},
                after if closed else before,
                MEETING(meeting) if closed else PREPARE(meeting),
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
    stood = units_in(scope)
    first, following = quarter_of(scope.period.first)
    while following - timedelta(days=1) <= min(scope.day, scope.period.last):
        if first >= scope.period.first:
            lasting = (
                pk
                for pk in scope.cells
                if stood[pk].valid_from <= first and (stood[pk].valid_to or date.max) >= following
            )
            yield _Quarter(first, following, tuple(lasting))
        first, following = following, months_after(following, 3)


def topic_missing(scope: Scope) -> Iterator[Shortcoming]:
    """S2-17: a quarter is over in which the cell held no meeting with a topic."""
    detail = _("không có buổi sinh hoạt chuyên đề")
    remedy = _("Nhập buổi đã họp; quý này chọn chuyên đề từ gợi ý ở trang chuẩn bị.")
    quarters = [quarter for quarter in _quarters(scope) if rule_set_on(quarter.first).topic_each_quarter]
    held: dict[date, set[int]] = defaultdict(set)
    if quarters:
        topical = topical_in(scope.cells, quarters[0].first, quarters[-1].following)
        for cell, day in topical.values_list("unit_id", "held_on"):
            held[quarter_of(day)[0]].add(cell)
    for quarter in quarters:
        name, had, page = quarter.name, held[quarter.first], road_to("meetings:calendar", quarter.first.year)
        for cell in quarter.cells:
            if cell not in had:
                yield Shortcoming(cell, name, detail, remedy, page(cell), quarter.following)


def programme_unassessed(scope: Scope) -> Iterator[Shortcoming]:
    """S2-14: a quarter is over in which no meeting of the cell spoke of a programme in force all through it, nor did
    any since: what is put on the next agenda mends it."""
    paths = paths_in(scope)
    above = {int(pk) for pk in "/".join(paths.values()).split("/") if pk}
    programmes = list(
        Programme.objects.filter(unit_id__in=above).order_by("pk")
        .values_list("pk", "name", "valid_from", "valid_to", "unit__path")
    )  # fmt: skip
    remedy = _("Đưa vào nội dung kỳ sinh hoạt tới.")
    quarters = [quarter for quarter in _quarters(scope) if rule_set_on(quarter.first).topic_each_quarter]
    since = quarters[0].first if quarters else scope.day
    spoken = AgendaItem.objects.filter(
        meeting__unit_id__in=scope.cells, meeting__kind__in=OF_THE_CELL, programme__isnull=False,
        meeting__held_on__range=(since, scope.day),
    ).order_by().values_list("meeting__unit_id", "programme_id")  # fmt: skip
    last = {(cell, programme): day for cell, programme, day in spoken.annotate(last=Max("meeting__held_on"))}
    met: dict[date, set[int]] = defaultdict(set)
    for one in held_in(scope, *OF_THE_CELL):
        met[quarter_of(one.held_on)[0]].add(one.unit_id)
    for quarter in quarters:
        page = road_to("meetings:calendar", quarter.first.year)
        detail = _("%(quarter)s không có nội dung đánh giá việc thực hiện") % {"quarter": quarter.name}
        cells = [cell for cell in quarter.cells if cell in met[quarter.first]]
        for programme, title, begun, ended, path in programmes:
            lasting = begun <= quarter.first and (ended or date.max) >= quarter.following
            for cell in cells if lasting else ():
                silent = last.get((cell, programme), date.min) < quarter.first
                if silent and paths[cell].startswith(path):
                    yield Shortcoming(cell, title, detail, remedy, page(cell), quarter.following)


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
