"""How a meeting is prepared: its day, its agenda, who is told and when. HD 12-HD/BTCTW 2018; HD 42-HD/BTCTW 2025; rulebook §2.1, §2.2."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.core.values import Objection, gettext_noop
from chibo.meetings.rules import ItemKind
from chibo.papers.rules import PaperKind

PREPARING = "HD 12-HD/BTCTW 2018; HD 42-HD/BTCTW 2025"
LONGEST_ITEM = 480
"""Minutes: no item of an agenda takes longer than a working day."""
DISSEMINATED = (
    PaperKind.CHARTER,
    PaperKind.STRATEGY,
    PaperKind.RESOLUTION,
    PaperKind.DIRECTIVE,
    PaperKind.CONCLUSION,
    PaperKind.STATUTE,
    PaperKind.REGULATION,
    PaperKind.CIRCULAR,
    PaperKind.GUIDANCE,
    PaperKind.APPEAL,
    PaperKind.PLAN,
    PaperKind.PROGRAMME,
)
"""Papers that are made known to members; a decision, a letter or a report is for whom it is addressed to."""

# ------------------------------------------------------------------------------------------------ the day

WEEKDAYS = (
    gettext_noop("Thứ Hai"),
    gettext_noop("Thứ Ba"),
    gettext_noop("Thứ Tư"),
    gettext_noop("Thứ Năm"),
    gettext_noop("Thứ Sáu"),
    gettext_noop("Thứ Bảy"),
    gettext_noop("Chủ nhật"),
)
"""As Python counts them: 0 is Monday."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The day a cell has fixed: a day of the month, or the ``nth`` ``weekday`` of it."""

    day_of_month: int | None = None
    nth: int | None = None
    weekday: int | None = None


def fixed_day(fixed: Fixed, month: date) -> date:
    """The day that was fixed, in this month; the 31st is the last day of a shorter month."""
    length = monthrange(month.year, month.month)[1]
    if fixed.day_of_month is not None:
        return month.replace(day=min(fixed.day_of_month, length))
    assert fixed.nth is not None
    assert fixed.weekday is not None
    first = (fixed.weekday - month.replace(day=1).weekday()) % 7
    return month.replace(day=1 + first + 7 * (fixed.nth - 1))


@dataclass(frozen=True, slots=True)
class Planned:
    """When a month's meeting is to be: on ``day``, moved from ``fixed`` because of the holiday named by ``why``."""

    month: date
    fixed: date
    day: date
    why: str = ""

    @property
    def is_moved(self) -> bool:
        return self.day != self.fixed


def planned_day(fixed: Fixed, month: date, days_off: Mapping[date, str], working: Collection[date] = ()) -> Planned:
    """The fixed day, or the next working day where it falls on Tết or another holiday.

    ``days_off`` names every public holiday, and the days given off for it; ``working`` are Saturdays worked instead.
    A fixed day on an ordinary weekend stays: cells choose one.
    """
    day = nominal = fixed_day(fixed, month)
    if nominal not in days_off:
        return Planned(month, nominal, nominal)
    while day in days_off or (day.weekday() > 4 and day not in working):
        day += timedelta(days=1)
    return Planned(month, nominal, day, days_off[nominal])


def objections_to_scheduling(
    fixed: Fixed, *, is_cell: bool, valid_from: date, since: date | None
) -> Iterator[Objection]:
    """A cell fixes one day: a day of the month or a weekday of it; a new one begins after the one before (``since``)."""
    if not is_cell:
        yield Objection(gettext_noop("Chỉ chi bộ ấn định ngày sinh hoạt; hãy chọn một chi bộ."))
    by_weekday = fixed.nth is not None and fixed.weekday is not None
    if (fixed.day_of_month is not None) == by_weekday:
        yield Objection(
            gettext_noop("Chọn một ngày trong tháng, hoặc một thứ của một tuần; không chọn cả hai."),
            field="day_of_month",
        )
    if fixed.day_of_month is not None and not 1 <= fixed.day_of_month <= 31:
        yield Objection(gettext_noop("Ngày trong tháng từ 1 đến 31."), field="day_of_month")
    if by_weekday and not (1 <= (fixed.nth or 0) <= 4 and 0 <= (fixed.weekday or 0) <= 6):
        yield Objection(gettext_noop("Chọn tuần thứ nhất đến thứ tư, thứ Hai đến Chủ nhật."), field="nth")
    if since is not None and valid_from <= since:
        yield Objection(
            gettext_noop("Lịch đang dùng có từ ngày %(day)s; lịch mới phải từ ngày sau đó."),
            params={"day": f"{since:%d/%m/%Y}"},
            field="valid_from",
        )


# --------------------------------------------------------------------------------------------- the agenda


@dataclass(frozen=True, slots=True)
class Arranged:
    """One line of an agenda as somebody arranges it; ``item`` is the id of what stands already, None for a new line."""

    item: int | None
    kind: str
    title: str
    minutes: int
    presenter: int | None = None


def objections_to_arranging(
    lines: Sequence[Arranged], *, standing: Mapping[int, str], begun: Collection[int], belong: Collection[int]
) -> Iterator[Objection]:
    """An agenda has at least one item, each with a name; nothing is dropped of which something is written down.

    ``standing`` are the titles of the items there are, by id; ``begun`` those of them that hold something already;
    ``belong`` the ids of who may present.
    """
    if not lines:
        yield Objection(gettext_noop("Cuộc họp phải có ít nhất một nội dung."))
    kept = {line.item for line in lines}
    for item, title in standing.items():
        if item not in kept and item in begun:
            yield Objection(
                gettext_noop("“%(title)s” đã có ghi chép, ý kiến hoặc biểu quyết, không bỏ được."),
                params={"title": title},
            )
    for line in lines:
        if line.item is not None and line.item not in standing:
            yield Objection(
                gettext_noop("Nội dung “%(title)s” vừa bị bỏ; hãy xem lại."), params={"title": line.title}
            )
        if not line.title.strip():
            yield Objection(gettext_noop("Có nội dung chưa có tên."))
        if line.kind not in set(ItemKind):
            yield Objection(gettext_noop("Hãy chọn loại của nội dung “%(title)s”."), params={"title": line.title})
        if not 0 <= line.minutes <= LONGEST_ITEM:
            yield Objection(
                gettext_noop("Thời gian của “%(title)s” từ 0 đến %(most)s phút."),
                params={"title": line.title, "most": LONGEST_ITEM},
            )
        if line.presenter is not None and line.presenter not in belong:
            yield Objection(
                gettext_noop("Người trình bày “%(title)s” không sinh hoạt ở chi bộ vào ngày họp."),
                params={"title": line.title},
            )


# ---------------------------------------------------------------------------------------- who is told, when


def objections_to_telling(told_on: date, *, held_on: date, today: date, field: str) -> Iterator[Objection]:
    """Members are told, and given what to read, before the meeting, on a day that has come."""
    if told_on > held_on:
        yield Objection(
            gettext_noop("Ngày này sau ngày họp %(day)s."), PREPARING, {"day": f"{held_on:%d/%m/%Y}"}, field
        )
    if told_on > today:
        yield Objection(gettext_noop("Ngày này ở sau hôm nay."), field=field)


# ---------------------------------------------------------------------- what is only said, not refused


@dataclass(frozen=True, slots=True)
class Preparation:
    """How far a meeting is prepared."""

    source: str
    """The guidance in force on the day."""
    missing: tuple[str, ...] = ()
    """Names of items that its kind of cell must have and the agenda lacks."""
    has_chair: bool = True
    has_recorder: bool = True
    has_place: bool = True
    needs_preparing: bool = False
    is_prepared: bool = True
    has_committee: bool = False
    topic_open: bool = False
    """There is an item for a topic, but no subject."""
    planned: int = 0
    least: int = 0
    notified_on: date | None = None
    papers: int = 0
    papers_ready_on: date | None = None
    held_on: date = date.max


def cautions_on_preparing(found: Preparation) -> Iterator[Objection]:
    """What is still to do before the meeting, in the order in which one does it; it holds nothing up."""
    if found.missing:
        yield Objection(
            gettext_noop("Nội dung còn thiếu: %(items)s."),
            found.source,
            {"items": "; ".join(found.missing)},
            "agenda",
        )
    yield from cautions_on_preparation_meeting(found)
    if found.topic_open:
        yield Objection(gettext_noop("Có mục chuyên đề nhưng chưa chọn chuyên đề."), found.source, field="topic")
    if found.planned < found.least:
        yield Objection(
            gettext_noop("Dự kiến %(planned)s phút, dưới %(least)s phút."),
            found.source,
            {"planned": found.planned, "least": found.least},
            "agenda",
        )
    for there, text in (
        (found.has_chair, gettext_noop("Chưa ghi ai chủ trì cuộc họp.")),
        (found.has_recorder, gettext_noop("Chưa ghi ai làm thư ký cuộc họp.")),
        (found.has_place, gettext_noop("Chưa ghi địa điểm.")),
    ):
        if not there:
            yield Objection(text, field="arrange")
    if found.notified_on is None:
        yield Objection(
            gettext_noop("Chưa báo đảng viên nội dung, thời gian, địa điểm."), found.source, field="notify"
        )
    if found.papers and found.papers_ready_on is None:
        yield Objection(
            gettext_noop("Chưa gửi tài liệu trước để đảng viên đọc (%(count)s văn bản)."),
            found.source,
            {"count": found.papers},
            "papers",
        )
    elif found.papers_ready_on is not None and found.papers_ready_on >= found.held_on:
        yield Objection(
            gettext_noop("Tài liệu gửi ngay ngày họp; cần trước ít nhất một ngày."), found.source, field="papers"
        )


def cautions_on_preparation_meeting(found: Preparation) -> Iterator[Objection]:
    """The committee has not met, or secretary and deputy have not conferred, before the meeting (seed S2-06)."""
    if found.needs_preparing and not found.is_prepared:
        yield Objection(
            gettext_noop("Chưa có biên bản họp chi ủy chuẩn bị.")
            if found.has_committee
            else gettext_noop("Bí thư và phó bí thư chưa hội ý chuẩn bị."),
            found.source,
            field="prepare",
        )


def cautions_on_dropping(dropped: Iterable[str], source: str) -> Iterator[Objection]:
    """A required item was left out; the article says who asks for it (seed S2-09)."""
    names = list(dropped)
    if names:
        yield Objection(gettext_noop("Đã bỏ nội dung bắt buộc: %(items)s."), source, {"items": "; ".join(names)})
