"""Words and rules of briefings (giao ban). Seeds S1-09 and S3-09; no regulation of the centre orders them, the ward
committee's own working regulations (quy chế làm việc) do, so every number here is a setting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.core.values import Objection, Period, Word, gettext_noop, month_of, months_after
from chibo.meetings.rules import MeetingState

REGULATIONS = "Quy chế làm việc của đảng ủy"


class Rhythm(Word):
    """How often the briefing is held."""

    WEEKLY = "weekly", gettext_noop("Giao ban tuần")
    MONTHLY = "monthly", gettext_noop("Giao ban tháng")


# ----------------------------------------------------------------------------------------------- calling


def reviewed_by(rhythm: str, held_on: date) -> Period:
    """What a briefing looks back on unless said otherwise: the seven days before it, or the month that is ending.

    In the first half of a month that is the month before; later, this month up to the day before.
    """
    if rhythm == Rhythm.WEEKLY:
        return Period(held_on - timedelta(days=7), held_on - timedelta(days=1))
    if held_on.day <= 15:
        return Period.of_month(months_after(held_on, -1))
    return Period(month_of(held_on), held_on - timedelta(days=1))


def ahead_of(reviewed: Period, rhythm: str) -> date:
    """The last day of what comes next: a week, or the month after the reviewed one."""
    if rhythm == Rhythm.WEEKLY:
        return reviewed.last + timedelta(days=8)
    return Period.of_month(months_after(reviewed.last, 1)).last


@dataclass(frozen=True, slots=True)
class Calling:
    """A briefing as it is to be: when, on which time it looks back, until when the returns are due."""

    rhythm: str
    held_on: date
    reviewed: tuple[date, date]
    returns_due_on: date
    bodies: tuple[str, ...] = ()


def objections_to_calling(
    asked: Calling, *, is_ward: bool, is_open: bool, has_cells: bool, reviewed_already: Collection[tuple[date, date]]
) -> Iterator[Objection]:
    """A ward that stands calls the cells it has; no two briefings of one rhythm look back on the same days."""
    if not is_ward:
        yield Objection(gettext_noop("Chỉ đảng ủy phường, xã triệu tập giao ban; hãy chọn đảng ủy."), REGULATIONS)
        return
    if not is_open:
        yield Objection(gettext_noop("Đảng ủy không hoạt động vào ngày giao ban."), field="held_on")
    elif not has_cells:
        yield Objection(gettext_noop("Vào ngày giao ban đảng ủy chưa có chi bộ nào."), field="held_on")
    first, last = asked.reviewed
    if last < first:
        yield Objection(gettext_noop("Ngày cuối kỳ kiểm điểm trước ngày đầu."), field="reviewed_last")
    if last > asked.held_on:
        yield Objection(
            gettext_noop("Kỳ kiểm điểm kết thúc sau ngày giao ban; giao ban chỉ kiểm điểm việc đã qua."),
            REGULATIONS,
            field="reviewed_last",
        )
    if asked.returns_due_on > asked.held_on:
        yield Objection(
            gettext_noop("Hạn gửi báo cáo ở sau ngày giao ban; chi bộ phải gửi trước để tổng hợp."),
            REGULATIONS,
            field="returns_due_on",
        )
    overlapping = [span for span in reviewed_already if span[0] <= last and first <= span[1]]
    if overlapping:
        yield Objection(
            gettext_noop("Các ngày %(first)s–%(last)s đã có giao ban cùng loại; mỗi kỳ một lần giao ban."),
            REGULATIONS,
            {"first": f"{overlapping[0][0]:%d/%m/%Y}", "last": f"{overlapping[0][1]:%d/%m/%Y}"},
            "reviewed_first",
        )
    names = [name.casefold() for name in asked.bodies]
    if len(set(names)) < len(names):
        yield Objection(gettext_noop("Một đoàn thể được ghi hai lần."), field="bodies")


def objections_to_calling_off(state: str, *, sent: int, directions: int) -> Iterator[Objection]:
    """A briefing called by mistake is taken back as long as nobody has sent anything and nothing was directed."""
    yield from objections_to_changing(state)
    if sent:
        yield Objection(
            gettext_noop("Đã có %(count)s báo cáo gửi về, không thể hủy giao ban."), params={"count": sent}
        )
    if directions:
        yield Objection(gettext_noop("Giao ban đã có ý kiến chỉ đạo, không thể hủy."))


def objections_to_changing(state: str) -> Iterator[Objection]:
    """After its conclusion nothing of a briefing is changed; only its minutes take a dated correction."""
    if state == MeetingState.CLOSED:
        yield Objection(
            gettext_noop("Giao ban đã kết luận và có biên bản; chỉ ghi bổ sung, đính chính vào biên bản."),
            REGULATIONS,
        )


# ----------------------------------------------------------------------------------------------- returns


def objections_to_writing(state: str, *, sent_on: date | None) -> Iterator[Objection]:
    """A return is written on until it is sent; then it is taken back first."""
    yield from objections_to_changing(state)
    if sent_on is not None:
        yield Objection(
            gettext_noop("Báo cáo đã gửi ngày %(day)s; hãy rút lại rồi sửa."), params={"day": f"{sent_on:%d/%m/%Y}"}
        )


def objections_to_sending(
    state: str, *, sent_on: date | None, results: str, next_tasks: str, on: date, today: date | None = None
) -> Iterator[Objection]:
    """What is sent says what was done and what comes next (seed S3-09); it is sent once, and not in the future."""
    yield from objections_to_writing(state, sent_on=sent_on)
    if not results.strip():
        yield Objection(
            gettext_noop("Hãy ghi kết quả thực hiện trong kỳ; nếu không có việc, ghi rõ “không phát sinh”."),
            REGULATIONS,
            field="results",
        )
    if not next_tasks.strip():
        yield Objection(gettext_noop("Hãy ghi nhiệm vụ kỳ tới."), REGULATIONS, field="next_tasks")
    if today is not None and on > today:
        yield Objection(gettext_noop("Ngày gửi ở sau hôm nay."), field="sent_on")


def objections_to_taking_back(state: str, *, sent_on: date | None, held_on: date, on: date) -> Iterator[Objection]:
    """A return is taken back before the day of the briefing; from then on the sheet shows it to everybody."""
    yield from objections_to_changing(state)
    if sent_on is None:
        yield Objection(gettext_noop("Báo cáo chưa gửi, hãy sửa thẳng."))
    elif on >= held_on:
        yield Objection(
            gettext_noop("Giao ban họp ngày %(day)s, từ ngày đó không rút lại báo cáo; nội dung bổ sung hãy nêu tại hội nghị."),
            REGULATIONS,
            {"day": f"{held_on:%d/%m/%Y}"},
        )  # fmt: skip


class Gap(Word):
    """What a monthly return leaves out."""

    SHORT = "short", gettext_noop("quá sơ sài")
    PARTY_WORK = "party_work", gettext_noop("thiếu phần xây dựng Đảng, tu dưỡng của đảng viên")
    SHORTCOMINGS = "shortcomings", gettext_noop("chưa nêu hạn chế, khuyết điểm")
    CAUSES = "causes", gettext_noop("nêu hạn chế nhưng chưa nêu nguyên nhân")


SKETCHY = (Gap.SHORT, Gap.PARTY_WORK)
"""Only results, only professional work (seed S2-10)."""
UNEXAMINED = (Gap.SHORTCOMINGS, Gap.CAUSES)
"""Limits, faults and their causes are not pointed out (seed S2-11)."""
NOTHING = ("không", "không có", "không phát sinh")
"""How people write that there was nothing: it is said, and nobody asks for the cause of nothing."""


def gaps_in_return(
    *, results: str, shortcomings: str, causes: str, next_tasks: str, cultivation: str, words_least: int
) -> Iterator[Gap]:
    """Parts of a monthly return that are missing, and whether the whole has fewer words than the office asks for.

    It looks at whether something stands there, never at what: no text is judged.
    """
    if sum(len(text.split()) for text in (results, shortcomings, causes, next_tasks, cultivation)) < words_least:
        yield Gap.SHORT
    if not cultivation.strip():
        yield Gap.PARTY_WORK
    if not shortcomings.strip():
        yield Gap.SHORTCOMINGS
    elif not causes.strip() and shortcomings.strip(" \n-.").casefold() not in NOTHING:
        yield Gap.CAUSES


def days_late(due_on: date, sent_on: date | None, day: date) -> int:
    """How many days after the due date the return was sent, or, not sent, stands on the day; 0 in time."""
    return max(0, ((sent_on or day) - due_on).days)


# ----------------------------------------------------------------------------------------------- drafting


@dataclass(frozen=True, slots=True)
class Duty:
    """A task as a return tells it. ``done_on`` is None while it is open; ``due_on`` where none was given."""

    title: str
    due_on: date | None
    done_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the records alone can say for a cell: it goes on from there."""

    results: str = ""
    next_tasks: str = ""
    difficulties: str = ""


def drafted(duties: Iterable[Duty], reviewed: Period, until: date) -> Draft:
    """Tasks done in the reviewed time, open ones due until ``until`` or without a day, and those overdue."""
    results, next_tasks, difficulties = [], [], []
    for duty in sorted(duties, key=lambda duty: (duty.done_on or duty.due_on or date.max, duty.title)):
        if duty.done_on is not None:
            result = f" ({duty.result})" if duty.result else ""
            if duty.done_on in reviewed:
                results.append(f"- {duty.title}: hoàn thành ngày {duty.done_on:%d/%m/%Y}{result}")
        elif duty.due_on is None:
            next_tasks.append(f"- {duty.title}")
        elif duty.due_on <= reviewed.last:
            difficulties.append(f"- {duty.title}: quá hạn từ ngày {duty.due_on:%d/%m/%Y}")
        elif duty.due_on <= until:
            next_tasks.append(f"- {duty.title} (hạn {duty.due_on:%d/%m/%Y})")
    return Draft("\n".join(results), "\n".join(next_tasks), "\n".join(difficulties))
