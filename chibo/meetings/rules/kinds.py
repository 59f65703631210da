"""The rule sets of meetings: which items each kind must have, by kind of cell, how often, how long; dated.

HD 09-HD/BTCTW (2012), HD 12-HD/BTCTW (06/7/2018), HD 42-HD/BTCTW (28/10/2025); Charter, art. 24; rulebook §2.1, §2.2.
What an item of one kind of cell is called, the guidance leaves to each place: those names are the office's [R].
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from chibo.core.values import Objection, gettext_noop, months_after
from chibo.meetings.rules import OF_THE_CELL, PREPARATORY, ItemKind, MeetingKind
from chibo.units.rules import CellKind, Level

# ------------------------------------------------------------------------------------- who convenes what

CONVENED_BY: Mapping[str, tuple[MeetingKind, ...]] = {
    Level.CELL: (
        MeetingKind.REGULAR,
        MeetingKind.TOPICAL,
        MeetingKind.COMMITTEE,
        MeetingKind.CONFERRAL,
        MeetingKind.EXTRAORDINARY,
        MeetingKind.GROUP,
        MeetingKind.CLASS,
    ),
    Level.WARD: (
        MeetingKind.CONFERENCE,
        MeetingKind.CLASS,
        MeetingKind.INSPECTION,
        MeetingKind.CONTACT,
    ),
}
"""Which level calls which kinds together. What a ward's committee holds is a conference (hội nghị Ban Chấp hành, Ban
Thường vụ); a briefing (giao ban) is opened among the briefings, with what is due for it."""


def kinds_of(level: str) -> tuple[MeetingKind, ...]:
    """The kinds of meeting that a unit of this level calls; none above the ward."""
    return CONVENED_BY.get(level, ())


def objections_to_calling(kind: str, level: str) -> Iterator[Objection]:
    """Each level has meetings of its own."""
    if kind in kinds_of(level):
        return
    if kind in kinds_of(Level.CELL) and level != Level.CELL:
        yield Objection(gettext_noop("Chỉ chi bộ triệu tập sinh hoạt; hãy chọn một chi bộ."))
    elif kind == MeetingKind.BRIEFING:
        yield Objection(gettext_noop("Hội nghị giao ban mở ở mục Giao ban."), field="kind")
    elif kind == MeetingKind.CONGRESS:
        yield Objection(gettext_noop("Đại hội chi bộ mở ở mục Đại hội."), field="kind")
    else:
        yield Objection(gettext_noop("Loại hội nghị này do đảng ủy triệu tập."), field="kind")


# --------------------------------------------------------------------------------------- order of business


@dataclass(frozen=True, slots=True)
class Business:
    """One item of the order of business: planned ``minutes``, and whether the rule set requires it.

    ``title`` names it more closely than its kind does; "" for the name of the kind.
    """

    kind: ItemKind
    minutes: int
    required: bool = True
    title: str = ""


K = ItemKind
_PARTY_WORK = Business(K.PARTY_WORK, 10)
OF_CELLS: Mapping[str, tuple[Business, ...]] = {
    CellKind.RESIDENTIAL: (
        Business(K.LOCAL, 10, title=gettext_noop("Tình hình khu dân cư, nhiệm vụ chính trị của địa phương")),
    ),
    CellKind.SCHOOL: (Business(K.LOCAL, 10, title=gettext_noop("Nhiệm vụ chuyên môn: dạy và học")), _PARTY_WORK),
    CellKind.COMPANY: (
        Business(K.LOCAL, 10, title=gettext_noop("Sản xuất, kinh doanh; việc làm, đời sống người lao động")),
        _PARTY_WORK,
    ),
    CellKind.POLICE: (
        Business(K.LOCAL, 10, title=gettext_noop("Nhiệm vụ bảo đảm an ninh, trật tự; kỷ luật, điều lệnh")),
        _PARTY_WORK,
    ),
    CellKind.MILITARY: (
        Business(K.LOCAL, 10, title=gettext_noop("Nhiệm vụ quân sự, quốc phòng; sẵn sàng chiến đấu, dân quân")),
        _PARTY_WORK,
    ),
    CellKind.AGENCY: (
        Business(K.LOCAL, 10, title=gettext_noop("Nhiệm vụ chuyên môn của cơ quan, đơn vị")),
        _PARTY_WORK,
    ),
}
"""What the regular meeting of each kind of cell speaks of besides: its own work, and Party work where the work of the
office would push it aside (seeds S2-09, S2-10)."""


def _regular(*, plans: bool) -> tuple[Business, ...]:
    """``plans``: since 2018 the results of self-cultivation and of assigned members belong to every month."""
    return (
        Business(K.OPENING, 5),
        Business(K.LAST_MINUTES, 3, required=False),
        Business(K.INFORMATION, 15),
        Business(K.DOCUMENTS, 5, required=False),
        Business(K.RESULTS, 15),
        Business(K.TASKS, 5, required=False),
        Business(K.COMMITMENTS, 5, required=False),
        Business(K.LOCAL, 10),
        Business(K.PARTY_WORK, 10),
        Business(K.ROTA, 10, required=plans),
        Business(K.EVALUATIONS, 10, required=plans),
        Business(K.PROGRAMME, 5, required=False),
        Business(K.TOPIC, 30, required=False),
        Business(K.DIRECTION, 10),
        Business(K.DISCUSSION, 15),
        Business(K.CLOSING, 5),
    )


_CONGRESS = (
    Business(K.OPENING, 5, title=gettext_noop("Chào cờ, tuyên bố lý do, giới thiệu đại biểu")),
    Business(K.OTHER, 10, title=gettext_noop("Bầu chủ tọa, thư ký; thông qua chương trình, quy chế làm việc")),
    Business(K.OTHER, 5, title=gettext_noop("Báo cáo tình hình đảng viên dự đại hội")),
    Business(K.RESULTS, 25, title=gettext_noop("Báo cáo chính trị, phương hướng nhiệm kỳ tới")),
    Business(K.OTHER, 15, title=gettext_noop("Báo cáo kiểm điểm của chi ủy")),
    Business(K.DISCUSSION, 30),
    Business(K.DIRECTION, 10, title=gettext_noop("Phát biểu của cấp trên")),
    Business(K.OTHER, 40, title=gettext_noop("Bầu chi ủy: đề án, số lượng, đề cử, danh sách, bỏ phiếu, kết quả")),
    Business(K.OTHER, 20, title=gettext_noop("Bầu bí thư")),
    Business(K.OTHER, 15, title=gettext_noop("Bầu phó bí thư")),
    Business(K.OTHER, 5, title=gettext_noop("Chi ủy khóa mới ra mắt")),
    Business(K.CLOSING, 10, title=gettext_noop("Thông qua nghị quyết, bế mạc, chào cờ")),
)
"""The agenda of a cell's congress (rulebook §1.9), the same in every rule set."""


def _agendas(*, plans: bool) -> dict[MeetingKind, tuple[Business, ...]]:
    opening, closing = Business(K.OPENING, 5), Business(K.CLOSING, 10)
    of_the_ward = (opening, Business(K.OTHER, 60), Business(K.DISCUSSION, 20), closing)
    return {
        MeetingKind.REGULAR: _regular(plans=plans),
        MeetingKind.TOPICAL: (opening, Business(K.TOPIC, 30), Business(K.DISCUSSION, 45), closing),
        MeetingKind.COMMITTEE: (
            opening,
            Business(K.RESULTS, 15),
            Business(K.TASKS, 5, required=False),
            Business(K.DIRECTION, 15),
            Business(K.DISCUSSION, 15),
            Business(K.CLOSING, 5),
        ),
        MeetingKind.CONFERRAL: (Business(K.RESULTS, 10), Business(K.DIRECTION, 10), Business(K.CLOSING, 5)),
        MeetingKind.EXTRAORDINARY: (opening, Business(K.OTHER, 30), closing),
        MeetingKind.GROUP: (opening, Business(K.RESULTS, 15), Business(K.DISCUSSION, 30), Business(K.CLOSING, 5)),
        MeetingKind.CONFERENCE: of_the_ward,
        MeetingKind.CLASS: (opening, Business(K.DOCUMENTS, 120), Business(K.DISCUSSION, 30), closing),
        MeetingKind.BRIEFING: (
            Business(K.TASKS, 15, title=gettext_noop("Kết quả thực hiện ý kiến chỉ đạo của kỳ trước")),
            Business(K.RESULTS, 40, title=gettext_noop("Chi bộ, đoàn thể báo cáo kết quả và nhiệm vụ kỳ tới")),
            Business(K.DISCUSSION, 20),
            Business(K.DIRECTION, 15, title=gettext_noop("Ý kiến chỉ đạo, kết luận")),
        ),
        MeetingKind.INSPECTION: of_the_ward,
        MeetingKind.CONTACT: (opening, Business(K.INFORMATION, 20), Business(K.DISCUSSION, 60), closing),
        MeetingKind.CONGRESS: _CONGRESS,
    }


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What meetings must be from a day on: ``source`` is the guidance, ``agendas`` the order of business by kind."""

    since: date
    source: str
    agendas: Mapping[MeetingKind, tuple[Business, ...]]
    of_cells: Mapping[str, tuple[Business, ...]] = field(default_factory=dict)
    """What the regular meeting of each kind of cell must have besides; none before anything asked for it."""
    topic_each_quarter: bool = False
    prepared: bool = False
    """Whether the committee must meet, or the secretary and deputy confer, before the regular meeting."""


RULE_SETS = (
    RuleSet(date(2011, 1, 19), "HD 09-HD/BTCTW (2012)", _agendas(plans=False)),
    RuleSet(date(2018, 7, 6), "HD 12-HD/BTCTW 06/7/2018", _agendas(plans=True), OF_CELLS, topic_each_quarter=True, prepared=True),
    RuleSet(date(2025, 10, 28), "HD 42-HD/BTCTW 28/10/2025", _agendas(plans=True), OF_CELLS, topic_each_quarter=True, prepared=True),
)  # fmt: skip
"""By the day they began, oldest first."""


def rule_set_on(day: date) -> RuleSet:
    """The rule set in force on the day; before the first of them, the first."""
    return next((rules for rules in reversed(RULE_SETS) if rules.since <= day), RULE_SETS[0])


@lru_cache(maxsize=1024)
def business_of(kind: str, cell_kind: str, day: date) -> tuple[Business, ...]:
    """The order of business of a kind of meeting on the day, in this kind of cell: the items that it alone has, named
    as it calls them, stand where the general order has their kind; other cells leave them out."""
    rules = rule_set_on(day)
    own = {item.kind: item for item in OF_CELLS.get(cell_kind, ())}
    must = {item.kind for item in rules.of_cells.get(cell_kind, ())}
    found = []
    for item in rules.agendas[MeetingKind(kind)]:
        if item.kind not in (K.LOCAL, K.PARTY_WORK):
            found.append(item)
        elif item.kind in own:
            mine = own[item.kind]
            found.append(Business(item.kind, mine.minutes, item.kind in must, mine.title))
    return tuple(found)


def items_missing(kind: str, cell_kind: str, day: date, agenda: Collection[str]) -> list[Business]:
    """What the rule set requires of this kind of meeting in this kind of cell, and the agenda lacks (seed S2-09)."""
    return [item for item in business_of(kind, cell_kind, day) if item.required and item.kind not in agenda]


# -------------------------------------------------------------------------------------- assembled by itself


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the records hold on the day a meeting is convened, as far as its agenda depends on it."""

    kind: str
    cell_kind: str
    held_on: date
    topic: str = ""
    last_closed: bool = False
    """Whether there is a last meeting of its kind with finished minutes to approve."""
    papers: int = 0
    """Documents received since then."""
    tasks: int = 0
    commitments: int = 0
    programmes: tuple[tuple[int, str], ...] = ()
    """(id, name) of those in force that no meeting of this quarter has assessed, longest waiting first (S2-14)."""
    topic_due: bool = False
    """Whether the quarter has had no topic yet (S2-17)."""
    minutes: Mapping[str, int] = field(default_factory=dict)
    """Minutes planned last time, by kind of item."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """One item of an agenda that is assembled."""

    kind: ItemKind
    title: str
    minutes: int
    programme: int | None = None


def assembled(occasion: Occasion) -> list[Drafted]:
    """The agenda by itself: the order of business of the kind, with what the records say is due and without what is
    not (an item on open tasks only where a task is open)."""
    due = {
        K.LAST_MINUTES: occasion.last_closed,
        K.DOCUMENTS: occasion.papers > 0 or occasion.kind == MeetingKind.CLASS,
        K.TASKS: occasion.tasks > 0,
        K.COMMITMENTS: occasion.commitments > 0,
        K.TOPIC: bool(occasion.topic)
        or occasion.kind == MeetingKind.TOPICAL
        or (occasion.topic_due and is_last_of_quarter(occasion.held_on)),
    }
    found: list[Drafted] = []
    for item in business_of(occasion.kind, occasion.cell_kind, occasion.held_on):
        minutes = occasion.minutes.get(item.kind, item.minutes)
        if item.kind == K.PROGRAMME:
            now = programmes_now(occasion.programmes, occasion.held_on)
            found += [Drafted(item.kind, f"{item.kind.label}: {name}"[:200], minutes, pk) for pk, name in now]
        elif due.get(item.kind, True):
            title = f"{item.kind.label}: {occasion.topic}" if item.kind == K.TOPIC and occasion.topic else ""
            found.append(Drafted(item.kind, (title or item.title or item.kind.label)[:200], minutes))
    return found


def programmes_now(waiting: tuple[tuple[int, str], ...], day: date) -> tuple[tuple[int, str], ...]:
    """Those of the programmes waiting that this meeting takes up: an even part of them, so that the last meeting of
    the quarter does not get them all."""
    meetings_left = 3 - (day.month - 1) % 3
    return waiting[: -(-len(waiting) // meetings_left)]


def is_last_of_quarter(day: date) -> bool:
    """Whether the day is in March, June, September or December."""
    return day.month % 3 == 0


@lru_cache(maxsize=4096)
def quarter_of(day: date) -> tuple[date, date]:
    """The first days of the quarter of the day and of the next one."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return first, months_after(first, 3)


# ------------------------------------------------------------------------------------------------- length


@dataclass(frozen=True, slots=True)
class Least:
    """The settings of how long a meeting must be, in minutes, and of how many members a large or small cell has."""

    usual: int
    with_topic: int
    large: int
    small: int
    large_from: int
    small_below: int


def least_minutes(kind: str, members: int, least: Least, *, with_topic: bool) -> int:
    """How long a meeting must be (rulebook §2.1): longer with a topic beside the regular business and in a large
    cell, shorter in a small one; 0 for kinds of which nothing is said."""
    if kind not in OF_THE_CELL or kind == MeetingKind.EXTRAORDINARY:
        return 0
    if members < least.small_below:
        return least.small
    if kind == MeetingKind.REGULAR and with_topic:
        return least.with_topic
    return least.large if members >= least.large_from else least.usual


# --------------------------------------------------------------------------------------------- preparation


def needs_preparing(kind: str, held_on: date, leaders: int) -> bool:
    """Whether the committee must meet first: before a regular meeting, unless the secretary leads alone (§2.2)."""
    return kind == MeetingKind.REGULAR and rule_set_on(held_on).prepared and leaders > 1


def objections_to_preparing(
    kind: str, held_on: date, *, prepared_kind: str, prepared_on: date, same_unit: bool
) -> Iterator[Objection]:
    """A committee meeting or conferral prepares one meeting of its own cell, on or before its day."""
    if kind not in PREPARATORY or prepared_kind not in OF_THE_CELL or not same_unit:
        yield Objection(
            gettext_noop("Chỉ họp chi ủy, hội ý mới chuẩn bị cho buổi sinh hoạt của chi bộ mình."), field="prepares"
        )
    elif held_on > prepared_on:
        yield Objection(
            gettext_noop("Họp chuẩn bị phải trước buổi sinh hoạt ngày %(day)s."),
            rule_set_on(held_on).source,
            {"day": f"{prepared_on:%d/%m/%Y}"},
            "held_on",
        )


def missing_words(missing: Iterable[Business]) -> list[str]:
    """The names of required items, as one calls them in that kind of cell."""
    return [item.title or item.kind.label for item in missing]
