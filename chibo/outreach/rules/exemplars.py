"""Exemplars (gương điển hình, người tốt việc tốt): found, proposed, approved, presented, commended.

Seeds S1-07 and S3-13. Directive 05 asks that good people and good deeds be found and praised in time. A deed is told,
nobody is ranked: there is no number for a person anywhere here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.core.values import Objection, Word, gettext_noop
from chibo.outreach.rules import DIRECTIVE, PERSONAL_DATA


class Step(Word):
    """What happens on an exemplar's road. Its state is the furthest it has come since it was last changed."""

    FOUND = "found", gettext_noop("Phát hiện")
    PROPOSED = "proposed", gettext_noop("Đề nghị")
    RETURNED = "returned", gettext_noop("Trả lại")
    APPROVED = "approved", gettext_noop("Đã duyệt")
    PRESENTED = "presented", gettext_noop("Đã giới thiệu")
    COMMENDED = "commended", gettext_noop("Đã biểu dương, khen thưởng")


APPROVED = (Step.APPROVED, Step.PRESENTED, Step.COMMENDED)
"""While its text is the one that was approved."""
CHANGEABLE = (Step.FOUND, Step.RETURNED)


class Channel(Word):
    """Where an exemplar was presented (seed S1-07)."""

    MEETING = "meeting", gettext_noop("Sinh hoạt chi bộ, hội nghị")
    PORTAL = "portal", gettext_noop("Cổng thông tin của phường")
    LOUDSPEAKER = "loudspeaker", gettext_noop("Loa truyền thanh")
    BULLETIN = "bulletin", gettext_noop("Bản tin của cấp trên")
    TELEVISION = "television", gettext_noop("Truyền hình")


def objections_to_finding(
    *, has_member: bool, has_unit: bool, name: str, title: str, story: str, found_on: date, today: date
) -> Iterator[Objection]:
    """One person or one organisation, and what they did."""
    if has_member + has_unit + bool(name.strip()) != 1:
        yield Objection(
            gettext_noop("Ghi một người hoặc một tập thể: chọn đảng viên, chọn tổ chức, hoặc ghi tên."), field="name"
        )
    if not title.strip():
        yield Objection(gettext_noop("Hãy ghi việc làm tốt."), field="title")
    if not story.strip():
        yield Objection(gettext_noop("Hãy kể cụ thể: làm gì, ở đâu, khi nào, kết quả ra sao."), field="story")
    if found_on > today:
        yield Objection(gettext_noop("Ngày này ở sau hôm nay."), field="found_on")


def objections_to_proposing(state: str, *, last_on: date, on: date) -> Iterator[Objection]:
    if state not in CHANGEABLE:
        yield Objection(gettext_noop("Gương này đã được đề nghị."))
    yield from _objections_to_day(last_on, on)


def objections_to_judging(state: str, *, last_on: date, on: date, reason: str | None = None) -> Iterator[Objection]:
    """What was proposed is approved, or returned with a ``reason`` (None where it is approved)."""
    if state != Step.PROPOSED:
        yield Objection(gettext_noop("Gương này không chờ duyệt."))
    if reason is not None and not reason.strip():
        yield Objection(gettext_noop("Hãy ghi lý do trả lại, để nơi đề nghị biết cần bổ sung gì."), field="reason")
    yield from _objections_to_day(last_on, on)


def objections_to_presenting(
    state: str, *, approved_on: date | None, on: date, today: date, channel: str, has_meeting: bool, has_item: bool
) -> Iterator[Objection]:
    """An approved exemplar is presented, at a place that is named; a meeting or an entry of the ledger may prove it."""
    yield from _objections_to_state(state)
    if channel not in set(Channel):
        yield Objection(gettext_noop("Hãy chọn nơi giới thiệu."), field="channel")
    if has_meeting and channel != Channel.MEETING:
        yield Objection(gettext_noop("Cuộc họp chỉ đi cùng nơi giới thiệu là sinh hoạt, hội nghị."), field="meeting")
    if has_item and channel == Channel.MEETING:
        yield Objection(gettext_noop("Giới thiệu tại cuộc họp thì không chọn tin, bài."), field="item")
    if on > today:
        yield Objection(gettext_noop("Ngày này ở sau hôm nay."), field="on")
    elif approved_on is not None:
        yield from _objections_to_day(approved_on, on)


def objections_to_commending(
    state: str, *, approved_on: date | None, on: date, has_decision: bool
) -> Iterator[Objection]:
    """A commendation rests on a decision that is in the register of papers (seed S3-13)."""
    yield from _objections_to_state(state)
    if not has_decision:
        yield Objection(gettext_noop("Hãy chọn quyết định khen thưởng trong sổ văn bản."), field="paper")
    if approved_on is not None:
        yield from _objections_to_day(approved_on, on)


def objections_to_showing(*, approved: bool, agreed: bool, names_person: bool) -> Iterator[Objection]:
    """Only an approved text goes before the public, and a person's only where they agreed."""
    if not approved:
        yield Objection(gettext_noop("Nội dung chưa được duyệt, chưa được công khai."), DIRECTIVE)
    if names_person and not agreed:
        yield Objection(
            gettext_noop("Phải được người có tên đồng ý trước khi công khai."), PERSONAL_DATA, field="agreed"
        )


def _objections_to_state(state: str) -> Iterator[Objection]:
    if state not in APPROVED:
        yield Objection(gettext_noop("Gương này chưa được duyệt."), DIRECTIVE)


def _objections_to_day(earlier: date, on: date) -> Iterator[Objection]:
    if on < earlier:
        yield Objection(
            gettext_noop("Ngày này ở trước bước trước đó (%(day)s)."),
            params={"day": f"{earlier:%d/%m/%Y}"},
            field="on",
        )
