"""Words and rules of cell meetings. HD 12-HD/BTCTW (2018); Chỉ thị 50-CT/TW and HD 42-HD/BTCTW (2025); rulebook §2."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from chibo.core.values import Objection, Share, Word, gettext_noop, month_of, months_after
from chibo.members.rules import EXPECTED, Condition


class MeetingKind(Word):
    """What sort of meeting it is; the kind gives its required items and rules."""

    REGULAR = "regular", gettext_noop("Sinh hoạt thường kỳ")
    TOPICAL = "topical", gettext_noop("Sinh hoạt chuyên đề")
    COMMITTEE = "committee", gettext_noop("Họp chi ủy")
    CONFERRAL = "conferral", gettext_noop("Hội ý")
    EXTRAORDINARY = "extraordinary", gettext_noop("Sinh hoạt bất thường")
    GROUP = "group", gettext_noop("Sinh hoạt tổ đảng")
    CONFERENCE = "conference", gettext_noop("Hội nghị")
    CLASS = "class", gettext_noop("Hội nghị học tập, quán triệt")
    BRIEFING = "briefing", gettext_noop("Hội nghị giao ban")
    INSPECTION = "inspection", gettext_noop("Hội nghị kiểm tra, giám sát")
    CONTACT = "contact", gettext_noop("Tiếp xúc cử tri")
    CONGRESS = "congress", gettext_noop("Đại hội chi bộ")


OF_THE_CELL = (MeetingKind.REGULAR, MeetingKind.TOPICAL, MeetingKind.EXTRAORDINARY)
"""The meetings to which every member of the cell is called."""

PREPARATORY = (MeetingKind.COMMITTEE, MeetingKind.CONFERRAL)
"""The cell committee's own meetings; where a cell has no committee, secretary and deputy confer (seed S2-06)."""


class MeetingState(Word):
    """How far the meeting is."""

    CONVENED = "convened", gettext_noop("Đã triệu tập")
    CLOSED = "closed", gettext_noop("Đã bế mạc")


class AttachmentKind(Word):
    """What a file kept with a meeting is."""

    SIGNED_MINUTES = "signed_minutes", gettext_noop("Biên bản đã ký")
    SIGNED_RESOLUTION = "signed_resolution", gettext_noop("Nghị quyết đã ký")
    DOCUMENT = "document", gettext_noop("Tài liệu")


class Mentioned(Word):
    """What the meeting says to one of its members by name (seed S2-12)."""

    COMMEND = "commend", gettext_noop("Biểu dương")
    REMIND = "remind", gettext_noop("Nhắc nhở")
    CRITICISE = "criticise", gettext_noop("Phê bình")


class Marker(Word):
    """Who gives a meeting its marks: the cell itself, or who came to attend it (seed S3-11)."""

    CELL = "cell", gettext_noop("Chi bộ tự chấm")
    VISITOR = "visitor", gettext_noop("Người dự chấm")


class Presence(Word):
    """How a member stands in the roll (rulebook §2.3: P, CP, KP, M, TT)."""

    PRESENT = "present", gettext_noop("Có mặt")
    EXCUSED = "excused", gettext_noop("Vắng có lý do")
    UNEXCUSED = "unexcused", gettext_noop("Vắng không lý do")
    EXEMPT = "exempt", gettext_noop("Miễn sinh hoạt")
    ELSEWHERE = "elsewhere", gettext_noop("Sinh hoạt nơi khác")


PRESENCE_KEYS = {
    Presence.PRESENT: "c",
    Presence.EXCUSED: "p",
    Presence.UNEXCUSED: "k",
    Presence.EXEMPT: "m",
    Presence.ELSEWHERE: "n",
}
"""The one key per person of the roll call."""

IN_BASE = (Presence.PRESENT, Presence.EXCUSED, Presence.UNEXCUSED)
"""Attendance is present ÷ (members − exempt − temporarily elsewhere), rulebook §2.6."""

FORESEEN = {Condition.EXEMPT: Presence.EXEMPT, Condition.TEMPORARY_ELSEWHERE: Presence.ELSEWHERE}
"""How the roll is prefilled from the register: who is not expected need not be called."""

ON_THE_ROLL = (*EXPECTED, *FORESEEN)
"""Whose names the roll holds; the suspended take no part."""


class ItemKind(Word):
    """What an agenda item is about; later work adds kinds, never free text."""

    OPENING = "opening", gettext_noop("Mở đầu, điểm danh")
    INFORMATION = "information", gettext_noop("Thông tin thời sự, văn bản mới")
    RESULTS = "results", gettext_noop("Kết quả thực hiện nhiệm vụ tháng trước")
    ROTA = "rota", gettext_noop("Đảng viên báo cáo kế hoạch tu dưỡng theo phân công")
    EVALUATIONS = "evaluations", gettext_noop("Đánh giá việc thực hiện kế hoạch tu dưỡng")
    DIRECTION = "direction", gettext_noop("Phương hướng, nhiệm vụ tháng tới")
    DISCUSSION = "discussion", gettext_noop("Thảo luận")
    CLOSING = "closing", gettext_noop("Kết luận, thông qua nghị quyết")
    LAST_MINUTES = "last_minutes", gettext_noop("Thông qua biên bản kỳ trước")
    TASKS = "tasks", gettext_noop("Kết quả nhiệm vụ, nghị quyết đến hạn")
    COMMITMENTS = "commitments", gettext_noop("Kết quả thực hiện cam kết, khắc phục khuyết điểm")
    DOCUMENTS = "documents", gettext_noop("Phổ biến văn bản")
    PROGRAMME = "programme", gettext_noop("Đánh giá thực hiện chương trình, quy định")
    TOPIC = "topic", gettext_noop("Chuyên đề")
    LOCAL = "local", gettext_noop("Nhiệm vụ chính trị của địa phương, đơn vị")
    PARTY_WORK = "party_work", gettext_noop("Công tác xây dựng Đảng")
    MEMBERSHIP = "membership", gettext_noop("Kết nạp, công nhận chính thức, kỷ luật")
    FEES = "fees", gettext_noop("Đảng phí")
    OTHER = "other", gettext_noop("Nội dung khác")


MONTHLY = "Điều lệ Đảng, Điều 24"
MINUTES = "HD 12-HD/BTCTW 2018; HD 42-HD/BTCTW 2025"


# ------------------------------------------------------------------------------------------ convening


@dataclass(frozen=True, slots=True)
class Convening:
    """What a meeting is to be: ``month`` the month it counts for, ``held_on`` the day of the fact."""

    kind: str
    month: date
    held_on: date
    starts_at: time | None = None
    ends_at: time | None = None


def objections_to_convening(asked: Convening, *, is_open: bool, month_taken: bool) -> Iterator[Objection]:
    """A unit meets on a day it exists, near the month it counts for, and a cell regularly once a month."""
    if not is_open:
        yield Objection(gettext_noop("Chi bộ không hoạt động vào ngày họp."), field="held_on")
    if asked.kind == MeetingKind.REGULAR and month_taken:
        yield Objection(
            gettext_noop("Kỳ tháng %(month)s đã có buổi sinh hoạt thường kỳ; mỗi tháng một buổi."),
            MONTHLY,
            {"month": f"{asked.month:%m/%Y}"},
            "month",
        )
    if not months_after(asked.month, -1) <= month_of(asked.held_on) <= months_after(asked.month, 1):
        yield Objection(
            gettext_noop("Ngày họp %(day)s cách kỳ tháng %(month)s quá một tháng."),
            MONTHLY,
            {"day": f"{asked.held_on:%d/%m/%Y}", "month": f"{asked.month:%m/%Y}"},
            "held_on",
        )
    yield from objections_to_hours(asked.starts_at, asked.ends_at)


def objections_to_hours(starts_at: time | None, ends_at: time | None) -> Iterator[Objection]:
    if starts_at and ends_at and ends_at <= starts_at:
        yield Objection(gettext_noop("Giờ kết thúc phải sau giờ bắt đầu."), field="ends_at")


def objections_to_leading(belong: Collection[int], **posts: int | None) -> Iterator[Objection]:
    """Chair and recorder are the cell's own on the day (``belong`` are the ids of those who are)."""
    for field, member in posts.items():
        if member is not None and member not in belong:
            yield Objection(gettext_noop("Đồng chí này không sinh hoạt ở chi bộ vào ngày họp."), field=field)


def objections_to_changing(state: str) -> Iterator[Objection]:
    """After closing, nothing of a meeting is changed; only a dated correction is added."""
    if state == MeetingState.CLOSED:
        yield Objection(
            gettext_noop("Cuộc họp đã bế mạc và có biên bản; chỉ ghi bổ sung, đính chính vào biên bản."), MINUTES
        )


def objections_to_calling_off(state: str, *, has_roll: bool) -> Iterator[Objection]:
    """Only a meeting of which nothing is recorded yet is called off."""
    yield from objections_to_changing(state)
    if has_roll:
        yield Objection(gettext_noop("Cuộc họp đã điểm danh, không thể hủy triệu tập."))


# ----------------------------------------------------------------------------------------------- roll


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the roll as it is called: who, how, why."""

    name: str
    condition: str | None
    """How the member stands in the cell on the day of the meeting; None if they do not belong to it."""
    presence: str
    reason: str = ""


def objections_to_marking(mark: Mark, *, held_on: date, today: date | None = None) -> Iterator[Objection]:
    """The roll agrees with the register of that day (rulebook §2.5, §2.6) and is not called before the meeting.

    Excused absence may be entered beforehand, for who asks for leave.
    """
    params: dict[str, object] = {"name": mark.name, "day": f"{held_on:%d/%m/%Y}"}
    if mark.condition is None:
        yield Objection(
            gettext_noop("Đồng chí %(name)s không sinh hoạt ở chi bộ vào ngày %(day)s."),
            params=params,
            field="member",
        )
        return
    if mark.condition == Condition.SUSPENDED:
        yield Objection(
            gettext_noop("Đồng chí %(name)s đang bị đình chỉ sinh hoạt vào ngày %(day)s."),
            params=params,
            field="member",
        )
    if mark.presence not in set(Presence):
        yield Objection(
            gettext_noop("Hãy chọn cách điểm danh của đồng chí %(name)s."), params=params, field="presence"
        )
    for condition, presence in FORESEEN.items():
        if mark.presence == presence and mark.condition != condition:
            yield Objection(
                gettext_noop(
                    "Đồng chí %(name)s không thuộc diện “%(presence)s” vào ngày %(day)s; nếu vắng, hãy ghi có hoặc không có lý do."
                ),
                "Điều lệ Đảng; Quy định 208-QĐ/TW",
                {**params, "presence": presence.label},
                "presence",
            )
    if today is not None and today < held_on and mark.presence in (Presence.PRESENT, Presence.UNEXCUSED):
        yield Objection(
            gettext_noop("Cuộc họp ngày %(day)s chưa diễn ra; trước đó chỉ ghi được vắng có lý do."),
            params=params,
            field="presence",
        )


def attendance(presences: Iterable[str]) -> Share:
    """Present of those who count: all but the exempt and the temporarily elsewhere (rulebook §2.6)."""
    counted = [presence for presence in presences if presence in IN_BASE]
    return Share(counted.count(Presence.PRESENT), len(counted))


# -------------------------------------------------------------------------------------------- closing


@dataclass(frozen=True, slots=True)
class Closing:
    """A meeting as it is about to be closed. ``chair`` and ``recorder`` are (name, presence) or None."""

    state: str
    held_on: date
    closed_on: date
    minutes: str
    chair: tuple[str, str] | None
    recorder: tuple[str, str] | None
    unmarked: tuple[str, ...] = ()
    """The names of those expected but not yet called."""
    starts_at: time | None = None
    ends_at: time | None = None


def objections_to_closing(closing: Closing, *, today: date | None = None) -> Iterator[Objection]:
    """Minutes hold who led, who wrote, who was there and what was said, and are written after the fact."""
    yield from objections_to_changing(closing.state)
    yield from objections_to_hours(closing.starts_at, closing.ends_at)
    if closing.closed_on < closing.held_on:
        yield Objection(
            gettext_noop("Cuộc họp ngày %(day)s chưa diễn ra, chưa thể bế mạc."),
            MINUTES,
            {"day": f"{closing.held_on:%d/%m/%Y}"},
            "closed_on",
        )
    if today is not None and closing.closed_on > today:
        yield Objection(gettext_noop("Ngày hoàn thành biên bản ở sau hôm nay."), field="closed_on")
    if closing.unmarked:
        yield Objection(gettext_noop("Chưa điểm danh: %(names)s."), MINUTES, {"names": ", ".join(closing.unmarked)})
    if not closing.minutes.strip():
        yield Objection(gettext_noop("Biên bản còn trống."), MINUTES, field="minutes")
    for who, missing, absent in (
        (
            closing.chair,
            gettext_noop("Chưa ghi ai chủ trì cuộc họp."),
            gettext_noop("Đồng chí %(name)s chủ trì nhưng không có mặt theo điểm danh."),
        ),
        (
            closing.recorder,
            gettext_noop("Chưa ghi ai làm thư ký cuộc họp."),
            gettext_noop("Đồng chí %(name)s làm thư ký nhưng không có mặt theo điểm danh."),
        ),
    ):
        if who is None:
            yield Objection(missing, MINUTES)
        elif who[1] not in ("", Presence.PRESENT):
            yield Objection(absent, MINUTES, {"name": who[0]})


def objections_to_correcting(
    state: str, *, closed_on: date | None, corrected_on: date, text: str
) -> Iterator[Objection]:
    """Only closed minutes are corrected, afterwards, in words."""
    if state != MeetingState.CLOSED or closed_on is None:
        yield Objection(gettext_noop("Cuộc họp chưa bế mạc: hãy sửa thẳng trong biên bản."))
    elif corrected_on < closed_on:
        yield Objection(
            gettext_noop("Ngày đính chính phải từ ngày hoàn thành biên bản %(day)s trở đi."),
            params={"day": f"{closed_on:%d/%m/%Y}"},
            field="corrected_on",
        )
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi nội dung bổ sung, đính chính."), field="text")


# ------------------------------------------------------------------------- what is only said, not refused


def cautions_on_convening(held_on: date, *, today: date) -> Iterator[Objection]:
    """A meeting may be entered after the fact; the person is told that both dates stay visible."""
    if held_on < today:
        yield Objection(
            gettext_noop("Nhập sau ngày họp %(days)s ngày: hồ sơ ghi cả ngày họp và ngày nhập."),
            params={"days": (today - held_on).days},
        )


def cautions_on_closing(
    *,
    starts_at: time | None,
    ends_at: time | None,
    least_minutes: int,
    roll: Share,
    target: int,
    unexplained: Collection[str],
) -> Iterator[Objection]:
    """What an inspector would remark on, said before the minutes are closed. It holds nothing up."""
    lasted = minutes_between(starts_at, ends_at)
    if lasted is None:
        yield Objection(gettext_noop("Chưa ghi giờ bắt đầu hoặc giờ kết thúc."), MINUTES)
    elif lasted < least_minutes:
        yield Objection(
            gettext_noop("Cuộc họp kéo dài %(lasted)s phút, dưới %(least)s phút."),
            MINUTES,
            {"lasted": lasted, "least": least_minutes},
        )
    if roll.base and 100 * roll.part < target * roll.base:
        yield Objection(
            gettext_noop("Tỷ lệ dự họp %(percent)s %% (%(part)s/%(base)s), dưới %(target)s %%."),
            MINUTES,
            {"percent": roll.percent(), "part": roll.part, "base": roll.base, "target": target},
        )
    if roll.base and 2 * roll.part <= roll.base:
        yield Objection(
            gettext_noop("Có mặt %(part)s/%(base)s, chưa quá một nửa: không biểu quyết được nghị quyết."),
            "Điều lệ Đảng, Điều 9",
            {"part": roll.part, "base": roll.base},
        )
    if unexplained:
        yield Objection(
            gettext_noop("Vắng có lý do nhưng chưa ghi lý do: %(names)s."), MINUTES, {"names": ", ".join(unexplained)}
        )


def minutes_between(starts_at: time | None, ends_at: time | None) -> int | None:
    """How long a meeting lasted, in minutes; None if a time is not written down."""
    if starts_at is None or ends_at is None:
        return None
    return (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute


ATTENDANCE_TARGETS: Mapping[date, str] = {
    date(2018, 7, 6): "meetings.attendance_target_2018",
    date(2025, 10, 28): "meetings.attendance_target_2025",
}
"""Which setting holds the target from which day on: rules are chosen by the date of the event."""


def attendance_setting_on(day: date) -> str:
    """The code of the setting in force on the day; before 2018 the first one serves."""
    begun = [code for since, code in sorted(ATTENDANCE_TARGETS.items()) if since <= day]
    return begun[-1] if begun else next(iter(ATTENDANCE_TARGETS.values()))
