"""Times around a congress, in working days with Vietnam's days off. 24-QĐ/TW; 190-QĐ/TW Đ33, Đ35; rulebook §1.8, §1.9."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.congresses.rules import CHARTER_TERM, reporting_article, rule_set_on
from chibo.core.values import Objection, gettext_noop, same_day_after

DaysOff = Callable[[date], bool]
"""Whether nobody works on a day: a weekend that is not worked instead, a public holiday, Tết."""
DAY = timedelta(days=1)


def working_days_after(day: date, count: int, is_off: DaysOff) -> date:
    """The last day of a limit of ``count`` working days that begins after ``day``."""
    while count > 0:
        day += DAY
        count -= not is_off(day)
    return day


def working_days_before(day: date, count: int, is_off: DaysOff) -> date:
    """The latest day from which ``count`` working days lie before ``day``."""
    while count > 0:
        day -= DAY
        count -= not is_off(day)
    return day


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings of times, in working days but for the last two."""

    notice: int = 30
    report: int = 7
    approval: int = 15
    complaint: int = 15
    sealed_months: int = 6
    shift_months: int = 6
    handover_days: int = 15
    """In days of the calendar, between the two committees ([R])."""


def report_due(closed_on: date, limits: Limits, is_off: DaysOff) -> date:
    return working_days_after(closed_on, limits.report, is_off)


def approval_due(reported_on: date, limits: Limits, is_off: DaysOff) -> date:
    return working_days_after(reported_on, limits.approval, is_off)


def complaint_until(closed_on: date, limits: Limits, is_off: DaysOff) -> date:
    return working_days_after(closed_on, limits.complaint, is_off)


def sealed_until(closed_on: date, limits: Limits) -> date:
    """The ballots are sealed, kept six months, then destroyed if there is no complaint (190-QĐ/TW Đ35)."""
    return same_day_after(closed_on, limits.sealed_months)


def handover_due(closed_on: date, limits: Limits) -> date:
    return closed_on + timedelta(days=limits.handover_days)


def objections_to_handing_over(on: date, *, closed_on: date, done: bool, text: str) -> Iterator[Objection]:
    """The old committee hands its books, papers, money and work to the new one; once, and after the congress."""
    article = reporting_article(closed_on)
    if done:
        yield Objection(gettext_noop("Đã ghi bàn giao."), article)
    if on < closed_on:
        yield Objection(gettext_noop("Ngày bàn giao ở trước ngày bế mạc."), article, field="handed_over_on")
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi đã bàn giao những gì."), article, field="handed_over")


def objections_to_destroying(
    on: date, *, closed_on: date, sealed_on: date | None, open_complaint: bool, destroyed: bool, limits: Limits
) -> Iterator[Objection]:
    article = rule_set_on(closed_on).article("sealing")
    if sealed_on is None:
        yield Objection(gettext_noop("Phiếu bầu chưa được niêm phong."), article)
    if destroyed:
        yield Objection(gettext_noop("Phiếu bầu đã hủy."), article)
    until = sealed_until(closed_on, limits)
    if on <= until:
        yield Objection(
            gettext_noop("Phiếu bầu phải giữ niêm phong đến hết ngày %(until)s."), article, {"until": f"{until:%d/%m/%Y}"}, "destroyed_on"
        )  # fmt: skip
    if open_complaint:
        yield Objection(gettext_noop("Còn khiếu nại chưa giải quyết, chưa được hủy phiếu."), article)


def objections_to_complaint(
    received_on: date, *, closed_on: date, limits: Limits, is_off: DaysOff
) -> Iterator[Objection]:
    """Within 15 working days from closing (190-QĐ/TW Đ33)."""
    article, until = rule_set_on(closed_on).article("complaint"), complaint_until(closed_on, limits, is_off)
    if received_on < closed_on:
        yield Objection(gettext_noop("Ngày nhận khiếu nại ở trước ngày bế mạc."), article, field="received_on")
    elif received_on > until:
        yield Objection(
            gettext_noop("Hết thời hạn khiếu nại ngày %(until)s (15 ngày làm việc từ ngày bế mạc)."),
            article, {"until": f"{until:%d/%m/%Y}"}, "received_on",
        )  # fmt: skip


def objections_to_deciding(
    *, on: date, reported_on: date | None, open_complaint: bool, closed_on: date
) -> Iterator[Objection]:
    """The level above decides on what was reported, when there is no complaint or denunciation (24-QĐ/TW 16.1.2)."""
    article = reporting_article(closed_on)
    if reported_on is None:
        yield Objection(gettext_noop("Chi bộ chưa báo cáo kết quả bầu cử."), article)
    elif on < reported_on:
        yield Objection(gettext_noop("Ngày chuẩn y ở trước ngày nhận báo cáo."), article, field="decided_on")
    if open_complaint:
        yield Objection(gettext_noop("Còn khiếu nại về bầu cử chưa giải quyết, chưa chuẩn y được."), article)


def objections_to_day(held_on: date, *, term_ends: date | None, limits: Limits) -> Iterator[Objection]:
    """A congress is held at the end of the term, up to six months earlier or later (Charter Đ24, with the ward's consent)."""
    if term_ends is None:
        return
    first, last = same_day_after(term_ends, -limits.shift_months), same_day_after(term_ends, limits.shift_months)
    if not first <= held_on <= last:
        yield Objection(
            gettext_noop("Nhiệm kỳ hết ngày %(end)s; đại hội sớm hoặc muộn hơn không quá %(months)s tháng."),
            CHARTER_TERM,
            {"end": f"{term_ends:%d/%m/%Y}", "months": limits.shift_months},
            "held_on",
        )
