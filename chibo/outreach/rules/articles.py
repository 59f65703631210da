"""The week's orientation and the articles asked of units: who writes, who approves, what may be published.

Seed S1-06: "weekly orientation of what is to be published; branches asked to write in-depth articles about their own
unit". The ward's own working regulations order it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from chibo.core.values import Objection, Word, gettext_noop

REGULATIONS = "Quy chế làm việc của đảng ủy"


class ArticleState(Word):
    """How far an article is: asked of a unit, sent, approved or returned, published."""

    ASKED = "asked", gettext_noop("Chờ bài")
    SENT = "sent", gettext_noop("Chờ duyệt")
    RETURNED = "returned", gettext_noop("Trả lại để sửa")
    APPROVED = "approved", gettext_noop("Đã duyệt")
    PUBLISHED = "published", gettext_noop("Đã đăng")


OPEN = (ArticleState.ASKED, ArticleState.RETURNED)
"""While the unit owes it."""
JUDGED = (ArticleState.APPROVED, ArticleState.PUBLISHED)
"""While its text is the one that was approved."""


def week_of(day: date) -> date:
    """The Monday of the day's week: how chibo writes down a week."""
    return day - timedelta(days=day.weekday())


def objections_to_orienting(*, text: str, is_ward: bool) -> Iterator[Objection]:
    """The ward orients the week, in words."""
    if not is_ward:
        yield Objection(gettext_noop("Chỉ đảng ủy phường, xã định hướng tuyên truyền tuần."), REGULATIONS)
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi nội dung định hướng."), field="text")


def objections_to_asking(
    *, what: str, units: Collection[int], below: Collection[int], due_on: date, starts_on: date
) -> Iterator[Objection]:
    """A request says what is to be written about, to units of the ward, and until when."""
    if not what.strip():
        yield Objection(gettext_noop("Hãy ghi bài viết về nội dung gì."), field="what")
    if not units:
        yield Objection(gettext_noop("Hãy chọn đơn vị viết bài."), field="units")
    elif set(units) - set(below):
        yield Objection(gettext_noop("Có đơn vị không thuộc đảng bộ."), field="units")
    if due_on < starts_on:
        yield Objection(
            gettext_noop("Hạn gửi bài ở trước tuần bắt đầu ngày %(day)s."),
            params={"day": f"{starts_on:%d/%m/%Y}"},
            field="due_on",
        )


def objections_to_writing(state: str) -> Iterator[Objection]:
    """A draft is kept while the unit owes the article; later it is sent anew, for approval."""
    if state not in OPEN:
        yield Objection(gettext_noop("Bài đã gửi; muốn sửa hãy gửi lại bản mới để duyệt."))


def objections_to_sending(state: str, *, title: str, text: str, on: date, today: date) -> Iterator[Objection]:
    """What is sent has a title and a text. What was approved and is changed needs approval again."""
    if state == ArticleState.SENT:
        yield Objection(gettext_noop("Bài đang chờ duyệt; chờ trả lại rồi sửa."))
    if not title.strip():
        yield Objection(gettext_noop("Hãy ghi tiêu đề bài viết."), field="title")
    if not text.strip():
        yield Objection(gettext_noop("Bài viết còn trống."), field="text")
    if on > today:
        yield Objection(gettext_noop("Ngày gửi ở sau hôm nay."), field="on")


def objections_to_judging(
    state: str, *, sent_on: date | None, on: date, reason: str | None = None
) -> Iterator[Objection]:
    """What was sent is approved, or returned with a ``reason`` (None where it is approved)."""
    if state != ArticleState.SENT:
        yield Objection(gettext_noop("Bài này không chờ duyệt."))
    if reason is not None and not reason.strip():
        yield Objection(gettext_noop("Hãy ghi lý do trả lại, để nơi viết biết cần sửa gì."), field="reason")
    if sent_on is not None and on < sent_on:
        yield Objection(gettext_noop("Ngày duyệt ở trước ngày gửi."), field="on")


def objections_to_publishing(state: str, *, judged_on: date | None, on: date) -> Iterator[Objection]:
    """Only what was approved is published, and not before."""
    if state == ArticleState.PUBLISHED:
        yield Objection(gettext_noop("Bài đã đăng; lần đăng khác ghi thẳng vào sổ tuyên truyền."))
    elif state != ArticleState.APPROVED:
        yield Objection(gettext_noop("Bài chưa được duyệt, chưa được đăng."), REGULATIONS)
    if judged_on is not None and on < judged_on:
        yield Objection(gettext_noop("Ngày đăng ở trước ngày duyệt."), field="held_on")


def objections_to_calling_off(state: str, *, has_text: bool) -> Iterator[Objection]:
    """A request is taken back while nothing was written for it."""
    if state != ArticleState.ASKED or has_text:
        yield Objection(gettext_noop("Đơn vị đã viết bài này, không rút yêu cầu được."))


def days_late(due_on: date | None, sent_on: date | None, day: date) -> int:
    """How many days after its deadline the article came, or has not come by the day; 0 in time or without one."""
    return 0 if due_on is None else max(0, ((sent_on or day) - due_on).days)
