"""Checks over what meetings leave behind: vague items, minutes that lack parts, time spent reading (S2-16, S2-18, S2-13)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.core.tables import link_to
from chibo.meetings.models import AgendaItem, Correction, Meeting, ResolutionItem
from chibo.meetings.rules import MINUTES, MeetingKind, MeetingState
from chibo.meetings.rules.closing import READ_ALOUD, Part, Written, is_read_too_long, parts_missing, time_on
from chibo.meetings.selectors.closing import written_of
from chibo.meetings.selectors.reading import held_in, next_meeting
from chibo.tasks.rules import TaskState
from chibo.units.selectors import setting_on

MINUTES_PAGE = link_to("meetings:minutes")


def vague_matters(scope: Scope) -> Iterator[Shortcoming]:
    """S2-16: something was resolved without doer, deadline or measure, or kept though vague; until its task is done."""
    vague = Q(doer=None, doer_unit=None) | Q(due_on=None) | Q(measure="") | ~Q(override_reason="")
    rows = ResolutionItem.objects.filter(
        vague, Q(task=None) | Q(task__state=TaskState.OPEN), unit_id__in=scope.cells,
        meeting__held_on__range=(scope.period.first, scope.day),
    )  # fmt: skip
    asked = ("pk", "unit_id", "what", "doer_id", "doer_unit_id", "due_on", "measure", "task_id")
    of_meeting = ("meeting_id", "meeting__state", "meeting__held_on")
    for item in rows.order_by("meeting__held_on", "pk").values_list(*asked, *of_meeting, named=True):
        lacks = [
            words
            for words, there in (
                (_("người thực hiện"), item.doer_id or item.doer_unit_id),
                (_("thời hạn"), item.due_on),
                (_("cách đo kết quả"), item.measure),
            )
            if not there
        ]
        if item.meeting__state != MeetingState.CLOSED:
            url = reverse("meetings:resolved", args=[item.pk])
        elif item.task_id:
            url = reverse("tasks:task", args=[item.task_id])
        else:
            url = reverse("meetings:meeting", args=[item.meeting_id])
        yield Shortcoming(
            item.unit_id,
            item.what,
            _("chưa có %(parts)s") % {"parts": ", ".join(lacks)} if lacks else _("nội dung chưa rõ, vẫn ghi vào nghị quyết"),
            _("Nói rõ việc, người, thời hạn, cách đo; hoặc hoàn thành nhiệm vụ."),
            url,
            item.meeting__held_on,
        )  # fmt: skip


@lru_cache(maxsize=4096)
def _missing(written: Written) -> tuple[Part, ...]:
    """Remembered by the text itself: closed minutes are read again every day and say the same."""
    return tuple(parts_missing(written))


def minutes_lacking(scope: Scope) -> Iterator[Shortcoming]:
    """S2-18: closed minutes lack parts that their kind needs, and nothing was added to them since."""
    amended = Correction.objects.filter(meeting=OuterRef("pk"))
    rows = Meeting.objects.filter(
        ~Exists(amended), unit_id__in=scope.cells, state=MeetingState.CLOSED,
        held_on__range=(scope.period.first, scope.day),
    )  # fmt: skip
    texts = dict(rows.order_by().values_list("pk", "minutes"))
    labels = {part: _(part.label) for part in Part}
    detail, remedy = _("biên bản chưa có %(parts)s"), _("Ghi bổ sung, đính chính vào biên bản.")
    for meeting in held_in(scope):
        parts = _missing(written_of(meeting, texts[meeting.pk])) if meeting.pk in texts else ()
        if parts:
            yield Shortcoming(
                meeting.unit_id,
                str(meeting),
                detail % {"parts": ", ".join(labels[part] for part in parts)},
                remedy,
                MINUTES_PAGE(meeting),
                meeting.closed_on or meeting.held_on,
            )


def read_too_long(scope: Scope) -> Iterator[Shortcoming]:
    """S2-13: in the cell's latest regular meeting, reading documents took too much of the time."""
    most = int(setting_on("meetings.reading_minutes_most", scope.unit, scope.day))
    percent = int(setting_on("meetings.reading_percent_most", scope.unit, scope.day))
    held = (scope.period.first, scope.day)
    rows = AgendaItem.objects.filter(
        meeting__unit_id__in=scope.cells, meeting__kind=MeetingKind.REGULAR, meeting__held_on__range=held,
        began_at__isnull=False, ended_at__isnull=False,
    )  # fmt: skip
    turns: dict[int, list[tuple[str, object, object]]] = {}
    for pk, kind, began, ended in rows.order_by().values_list("meeting_id", "kind", "began_at", "ended_at"):
        turns.setdefault(pk, []).append((kind, began, ended))
    latest = {one.unit_id: one for one in held_in(scope, MeetingKind.REGULAR) if one.pk in turns}
    place = next_meeting(scope)
    for cell, meeting in latest.items():
        share = time_on(READ_ALOUD, turns[meeting.pk])  # type: ignore[arg-type]
        if is_read_too_long(share, most_minutes=most, most_percent=percent):
            yield Shortcoming(
                cell,
                str(meeting),
                _("đọc, thông tin văn bản %(part)s/%(base)s phút") % {"part": share.part, "base": share.base},
                _("Gửi tài liệu trước kỳ tới; ở cuộc họp chỉ nêu điểm chính, dành thời gian thảo luận."),
                place(cell),
                meeting.held_on,
            )


CLOSING_CHECKS = (
    Check(
        "meetings.vague", gettext_lazy("Nghị quyết giao việc chưa rõ"), gettext_lazy("HD 12-HD/BTCTW 2018; HD 42-HD/BTCTW 2025"),
        vague_matters, Can.KEEP_MEETINGS, ("S2-16",), grace_days=10,
    ),
    Check(
        "meetings.minutes_parts", gettext_lazy("Biên bản chưa đủ nội dung"), MINUTES, minutes_lacking,
        Can.CLOSE_MEETINGS, ("S2-18",), grace_days=10,
    ),
    Check(
        "meetings.reading", gettext_lazy("Đọc văn bản chiếm nhiều thời gian sinh hoạt"), MINUTES, read_too_long,
        Can.KEEP_MEETINGS, ("S2-13",),
    ),
)  # fmt: skip
