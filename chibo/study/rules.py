"""What must hold of classes, essays and of making documents known. Rulebook §8.1; seeds S0-03, S1-02, S1-13, S4-03.

What is judged is whether the work was done, never an opinion: an essay is "đạt" or "chưa đạt", with a comment, and has
no points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from chibo.core.values import Objection, Word, gettext_noop

LEARNING = "Quy định về học tập, quán triệt nghị quyết của Đảng; Chỉ thị 05-CT/TW"
"""What classes and essays rest on: the yearly guidance names it more closely (rulebook §8.1, K81–K83)."""


class ClassLevel(Word):
    """Who holds a class."""

    WARD = "ward", gettext_noop("Lớp của đảng ủy")
    CELL = "cell", gettext_noop("Lớp của chi bộ")


class EssayState(Word):
    """How far an essay after study (bài thu hoạch) is."""

    DUE = "due", gettext_noop("Chưa nộp")
    HANDED_IN = "handed_in", gettext_noop("Chờ nhận xét")
    PASSED = "passed", gettext_noop("Đạt")
    NOT_PASSED = "not_passed", gettext_noop("Chưa đạt, viết lại")


HANDED_IN = (EssayState.HANDED_IN, EssayState.PASSED, EssayState.NOT_PASSED)
"""The member has handed it in, whatever was found."""

OWED = (EssayState.DUE, EssayState.NOT_PASSED)
"""The member still owes a text."""

MARKS = (EssayState.PASSED, EssayState.NOT_PASSED)


class Way(Word):
    """How a document or theme came to a member."""

    MEETING = "meeting", gettext_noop("Sinh hoạt chi bộ")
    CLASS = "class", gettext_noop("Hội nghị học tập")
    PAPER = "paper", gettext_noop("Gửi văn bản giấy")
    PORTAL = "portal", gettext_noop("Đọc trên máy, sổ tay điện tử")


TOLD_BY_CELL = (Way.MEETING, Way.CLASS, Way.PAPER)
"""What a cell says of its members; that one has read it oneself, one says oneself or the cell for those without a device."""


def objections_to_recording_class(*, kind: str, is_recorded: bool, title: str) -> Iterator[Objection]:
    """A class is a meeting of that kind, once, and says what is studied."""
    if kind != "class":
        yield Objection(gettext_noop("Chỉ hội nghị học tập, quán triệt mới có hồ sơ lớp học."))
    if is_recorded:
        yield Objection(gettext_noop("Hội nghị này đã có hồ sơ lớp học."))
    if not title.strip():
        yield Objection(gettext_noop("Hãy ghi nội dung học tập."), LEARNING, field="title")


def objections_to_calling(called: int, *, is_chosen: bool) -> Iterator[Objection]:
    """Whoever is chosen by group or by name stands below the unit: somebody must be left."""
    if is_chosen and not called:
        yield Objection(gettext_noop("Không có đảng viên nào thuộc nhóm này vào ngày học."), field="group")


def objections_to_asking(*, held_on: date, due_on: date, present: int, waived: str) -> Iterator[Objection]:
    """Essays are asked of those who attended, so after the roll, with time to write."""
    if waived:
        yield Objection(gettext_noop("Lớp này đã ghi là không yêu cầu bài thu hoạch."), LEARNING)
    if due_on <= held_on:
        yield Objection(gettext_noop("Hạn nộp phải sau ngày học."), LEARNING, field="due_on")
    if not present:
        yield Objection(
            gettext_noop("Chưa điểm danh lớp học. Bài thu hoạch là của người có mặt; hãy điểm danh trước."), LEARNING
        )


def objections_to_waiving(*, asked: int, reason: str) -> Iterator[Objection]:
    """That no essay is asked is said with a reason, and before any was asked."""
    if asked:
        yield Objection(gettext_noop("Đã giao bài thu hoạch cho lớp này."), LEARNING)
    if not reason.strip():
        yield Objection(gettext_noop("Hãy ghi lý do không yêu cầu bài thu hoạch."), LEARNING, field="reason")


def objections_to_handing_in(
    *, state: str, text: str, has_file: bool, handed_in_on: date, held_on: date, today: date | None = None
) -> Iterator[Objection]:
    """A text or a file, after the class, not ahead of the day; what was found good stays as it is."""
    if state == EssayState.PASSED:
        yield Objection(gettext_noop("Bài này đã được nhận xét đạt, không nộp lại nữa."), LEARNING)
    if not text.strip() and not has_file:
        yield Objection(gettext_noop("Hãy viết bài hoặc chọn tệp."), LEARNING, field="text")
    if handed_in_on < held_on or (today is not None and handed_in_on > today):
        yield Objection(gettext_noop("Ngày nộp không đúng: trước ngày học hoặc sau hôm nay."), field="handed_in_on")


def objections_to_marking(*, state: str, mark: str, comment: str) -> Iterator[Objection]:
    """What is handed in is found done or not; "not" says what is lacking. There are no points (never of opinion)."""
    if state == EssayState.DUE:
        yield Objection(gettext_noop("Bài này chưa nộp."), LEARNING)
    if mark not in MARKS:
        yield Objection(gettext_noop("Hãy chọn đạt hoặc chưa đạt."), field="mark")
    elif mark == EssayState.NOT_PASSED and not comment.strip():
        yield Objection(gettext_noop("Hãy ghi bài còn thiếu gì để đồng chí viết lại."), LEARNING, field="comment")


def objections_to_spreading(
    *, has_paper: bool, has_theme: bool, already: bool, opened_on: date, due_on: date, people: int
) -> Iterator[Objection]:
    """One document or one theme, once in a unit, with time to reach everybody, and somebody to reach."""
    if has_paper == has_theme:
        yield Objection(gettext_noop("Hãy chọn một văn bản hoặc một chuyên đề để phổ biến."), field="paper")
    if already:
        yield Objection(gettext_noop("Nội dung này đã có đợt phổ biến."), field="paper")
    if due_on < opened_on:
        yield Objection(gettext_noop("Hạn phổ biến trước ngày bắt đầu."), field="due_on")
    if not people:
        yield Objection(gettext_noop("Chưa có đảng viên nào để phổ biến vào ngày này."))


def objections_to_reaching(
    *,
    opened_on: date,
    reached_on: date,
    way: str,
    strangers: Collection[str] = (),
    outside: bool = False,
    today: date | None = None,
) -> Iterator[Objection]:
    """The cell says of its own members, on what day and in what way; ``outside``: the meeting is not of this cell."""
    if way not in set(Way):
        yield Objection(gettext_noop("Hãy chọn hình thức phổ biến."), field="way")
    if reached_on < opened_on or (today is not None and reached_on > today):
        yield Objection(
            gettext_noop("Ngày phổ biến phải từ %(first)s đến hôm nay."),
            params={"first": f"{opened_on:%d/%m/%Y}"},
            field="reached_on",
        )
    if strangers:
        yield Objection(
            gettext_noop("Không thuộc diện được phổ biến ở chi bộ này: %(names)s."),
            params={"names": ", ".join(strangers)},
        )
    if outside:
        yield Objection(gettext_noop("Buổi sinh hoạt này không có đảng viên của chi bộ."), field="meeting")


def objections_to_reminding(*, is_configured: bool, asked: bool, missing: int, count: int) -> Iterator[Objection]:
    """Only those are reminded whose essay is missing: by a server that is set, at an address they gave, not again too soon.

    ``count`` are those of the ``missing`` who can be written to today.
    """
    if not asked:
        yield Objection(gettext_noop("Lớp này chưa giao bài thu hoạch."), LEARNING)
    elif not missing:
        yield Objection(gettext_noop("Không còn đồng chí nào thiếu bài thu hoạch."), LEARNING)
    elif not is_configured:
        yield Objection(
            gettext_noop("Văn phòng chưa đặt máy chủ thư điện tử; hãy nhắc qua chi bộ hoặc bằng cách khác.")
        )
    elif not count:
        yield Objection(
            gettext_noop("Các đồng chí còn thiếu bài đều vừa được nhắc, hoặc chưa ghi địa chỉ thư điện tử.")
        )


def may_be_reminded(last: date | None, today: date, days: int) -> bool:
    """Whether so many days have passed since the last letter."""
    return last is None or (today - last).days >= days
