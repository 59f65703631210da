"""Words and rules of the suggestion box (hòm thư góp ý) and of what voters say (seed S3-06). Opinions are handled by topic;
no profile of citizens is kept, and what was said is erased when its time is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from chibo.core.values import Objection, Word, gettext_noop

ARTICLE = "Quy chế tiếp nhận, xử lý ý kiến góp ý của đảng ủy"
LONGEST = 4000
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and figures that nobody mistakes for one another on paper."""


class Channel(Word):
    """How a suggestion came."""

    BOX = "box", gettext_noop("Hòm thư góp ý")
    PAPER = "paper", gettext_noop("Thư giấy")
    CONTACT = "contact", gettext_noop("Tiếp xúc cử tri")
    RECEPTION = "reception", gettext_noop("Tiếp công dân")


class SuggestionState(Word):
    """How far a suggestion is."""

    RECEIVED = "received", gettext_noop("Mới nhận")
    ASSIGNED = "assigned", gettext_noop("Đang giải quyết")
    ANSWERED = "answered", gettext_noop("Đã trả lời")
    DISMISSED = "dismissed", gettext_noop("Không giải quyết")


def objections_to_dropping_in(
    *, text: str, is_open: bool = True, received_on: date | None = None, today: date | None = None
) -> Iterator[Objection]:
    """Something is said, not too long, on no later day than today, and nothing secret or denouncing by this way."""
    if not is_open:
        yield Objection(gettext_noop("Hòm thư góp ý của đơn vị này chưa mở."), ARTICLE)
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi nội dung góp ý."), field="text")
    elif len(text) > LONGEST:
        yield Objection(
            gettext_noop("Nội dung dài %(length)s chữ cái; tối đa %(most)s."),
            params={"length": len(text), "most": LONGEST},
            field="text",
        )
    if received_on is not None and today is not None and received_on > today:
        yield Objection(gettext_noop("Ngày nhận ở sau hôm nay."), field="received_on")


def objections_to_assigning(
    state: str, *, has_doer: bool, topic: str, due_on: date | None, received_on: date
) -> Iterator[Objection]:
    """A suggestion is sorted by topic and given to somebody with a deadline; an answered one is done."""
    if state in (SuggestionState.ANSWERED, SuggestionState.DISMISSED):
        yield Objection(gettext_noop("Ý kiến này đã xử lý xong."))
    if not topic.strip():
        yield Objection(gettext_noop("Hãy ghi nhóm vấn đề."), field="topic")
    if not has_doer:
        yield Objection(gettext_noop("Hãy chọn nơi giải quyết."), field="handler")
    if due_on is None:
        yield Objection(gettext_noop("Hãy ghi hạn trả lời."), field="due_on")
    elif due_on < received_on:
        yield Objection(gettext_noop("Hạn trả lời ở trước ngày nhận."), field="due_on")


def objections_to_answering(state: str, *, text: str, answered_on: date, received_on: date) -> Iterator[Objection]:
    """Answered once, in words, no earlier than it came."""
    if state in (SuggestionState.ANSWERED, SuggestionState.DISMISSED):
        yield Objection(gettext_noop("Ý kiến này đã xử lý xong."))
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi nội dung trả lời."), field="answer")
    if answered_on < received_on:
        yield Objection(gettext_noop("Ngày trả lời ở trước ngày nhận."), field="answered_on")


def objections_to_publishing(state: str, *, summary: str) -> Iterator[Objection]:
    """Only an answer is published, with a summary written by the office: never the letter itself."""
    if state != SuggestionState.ANSWERED:
        yield Objection(gettext_noop("Chưa có trả lời để công khai."))
    if not summary.strip():
        yield Objection(
            gettext_noop("Hãy ghi tóm tắt vấn đề để công khai; không nêu tên, địa chỉ người góp ý."), field="summary"
        )


def erased_on(done_on: date, months: int) -> date:
    """The day on which a suggestion that was handled is erased for good: so many months of 30 days later."""
    return done_on + timedelta(days=30 * months)
