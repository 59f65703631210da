"""How the quality of a meeting is marked: dated sheets of criteria, and what facts alone can fill (seed S3-11).

HD 12-HD/BTCTW (2018) gives criteria in words; point tables are issued locally, so a sheet is data of the office. The
one shipped here as an example is that of rulebook §2.4. It judges the meeting, never a person, and ranks no cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from chibo.core.values import Objection, Share, gettext_noop
from chibo.meetings.rules import Marker, MeetingState

ARTICLE = "HD 12-HD/BTCTW 2018; HD 42-HD/BTCTW 2025"
Level = tuple[Decimal, str]
"""The least points of a level, and its label."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: its part, its words, its most points, and the fact that can fill it ("" for a judgement).

    ``steps`` says how many points a share earns, as typed: "90 4; 75 3; 65 2; 0 1", the least per cent first (">50": more
    than). Without steps the share of the most points is given.
    """

    part: str
    text: str
    most: Decimal
    fact: str = ""
    steps: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the records say of a meeting, as far as a sheet asks."""

    lasted: int | None
    least: int
    roll: Share
    unexcused: int
    long_absent: int
    """Members absent from more regular meetings in a row than the setting allows."""
    prepared: bool
    notified: bool
    papers_early: bool
    topical: bool
    mentions: int
    speakers: Share
    has_minutes: bool
    informed: int
    """Minutes spent on news and documents."""
    done: Share
    """Duties of earlier resolutions that were due: done of all."""
    clear: Share
    """Matters resolved at this meeting: with doer, deadline and measure of all."""


Filled = tuple[Decimal, str, dict[str, object]]
"""Points, why (a sentence with gaps), and what fills its gaps."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a fact says: per cent of what is wanted, why, what fills the gaps; ``least`` where only the last step is left."""

    percent: float
    why: str
    said: dict[str, object]
    least: bool = False


Measure = Callable[[Facts], Found | None]
Step = tuple[Decimal, bool, Decimal]
"""The per cent from which on, whether it must be exceeded, and the points."""


def read_steps(text: str) -> list[Step] | None:
    """Steps as typed, the highest first, the last from 0 on; None where they cannot be read."""
    steps: list[Step] = []
    for raw in filter(None, (part.strip() for part in text.split(";"))):
        least, _space, points = raw.replace(",", ".").partition(" ")
        try:
            steps.append((Decimal(least.lstrip(">")), least.startswith(">"), Decimal(points.strip())))
        except InvalidOperation:
            return None
    if not all(step.is_finite() and points.is_finite() for step, _over, points in steps):
        return None
    falling = all(above[:2] > below[:2] and above[2] >= below[2] for above, below in pairwise(steps))
    return steps if falling and (not steps or (steps[-1][0] == 0 and not steps[-1][1])) else None


def _percent(share: Share) -> float:
    return 100 * share.part / share.base


def _length(facts: Facts) -> Found | None:
    if facts.lasted is None:
        return None
    said: dict[str, object] = {"lasted": facts.lasted, "least": facts.least}
    percent = 100 * facts.lasted / facts.least if facts.least else 100
    return Found(percent, gettext_noop("kéo dài %(lasted)s phút, quy định %(least)s phút"), said)


def _attendance(facts: Facts) -> Found | None:
    if not facts.roll.base:
        return None
    said: dict[str, object] = {"part": facts.roll.part, "base": facts.roll.base, "unexcused": facts.unexcused}
    why = gettext_noop("có mặt %(part)s/%(base)s, vắng không lý do %(unexcused)s")
    return Found(_percent(facts.roll), why, said, least=facts.unexcused > 0)


def _yes(holds: Callable[[Facts], bool], yes: str, no: str) -> Measure:
    return lambda facts: Found(100, yes, {}) if holds(facts) else Found(0, no, {})


def _share(share: Callable[[Facts], Share], why: str) -> Measure:
    def found(facts: Facts) -> Found | None:
        here = share(facts)
        return Found(_percent(here), why, {"part": here.part, "base": here.base}) if here.base else None

    return found


FACTS: Mapping[str, tuple[str, Measure]] = {
    "length": (gettext_noop("thời gian họp"), _length),
    "attendance": (gettext_noop("tỷ lệ dự họp"), _attendance),
    "steady": (
        gettext_noop("không vắng nhiều kỳ"),
        _yes(lambda f: not f.long_absent, gettext_noop("không ai vắng quá số kỳ quy định"), gettext_noop("có người vắng quá số kỳ quy định")),
    ),
    "committee": (
        gettext_noop("họp chi ủy chuẩn bị"),
        _yes(lambda f: f.prepared, gettext_noop("có biên bản họp chuẩn bị"), gettext_noop("chưa có biên bản họp chuẩn bị")),
    ),
    "notice": (
        gettext_noop("báo họp"),
        _yes(lambda f: f.notified, gettext_noop("đã báo trước nội dung, thời gian"), gettext_noop("chưa ghi ngày báo họp")),
    ),
    "papers": (
        gettext_noop("gửi tài liệu trước"),
        _yes(lambda f: f.papers_early, gettext_noop("tài liệu gửi trước ít nhất một ngày"), gettext_noop("tài liệu chưa gửi trước một ngày")),
    ),
    "topic": (
        gettext_noop("chuyên đề"),
        _yes(lambda f: f.topical, gettext_noop("có chuyên đề"), gettext_noop("không có chuyên đề kỳ này")),
    ),
    "mentions": (
        gettext_noop("biểu dương, nhắc nhở"),
        _yes(lambda f: f.mentions > 0, gettext_noop("có biểu dương, nhắc nhở, phê bình"), gettext_noop("chưa biểu dương, nhắc nhở, phê bình ai")),
    ),
    "speakers": (gettext_noop("phát biểu"), _share(lambda f: f.speakers, gettext_noop("%(part)s/%(base)s đồng chí có mặt phát biểu"))),
    "minutes": (
        gettext_noop("biên bản"),
        _yes(lambda f: f.has_minutes, gettext_noop("đã có biên bản"), gettext_noop("chưa có biên bản")),
    ),
    "information": (
        gettext_noop("thông tin, tư tưởng 15–30 phút"),
        _yes(lambda f: 15 <= f.informed <= 30, gettext_noop("thông tin 15–30 phút"), gettext_noop("thông tin dưới 15 hoặc trên 30 phút")),
    ),
    "results": (gettext_noop("kết quả nghị quyết"), _share(lambda f: f.done, gettext_noop("%(part)s/%(base)s nhiệm vụ đến hạn đã hoàn thành"))),
    "resolved": (gettext_noop("giao việc rõ"), _share(lambda f: f.clear, gettext_noop("%(part)s/%(base)s nội dung rõ người, rõ hạn, rõ cách đo"))),
}  # fmt: skip
"""What facts can fill, by code: how people call it, and how it is reckoned."""


def filled(line: Line, facts: Facts) -> Filled | None:
    """The points that facts alone give a criterion, to one decimal, with the reason; None where they are silent."""
    found = FACTS[line.fact][1](facts) if line.fact in FACTS else None
    if found is None:
        return None
    steps = read_steps(line.steps)
    if not steps:
        points = line.most * Decimal(str(0 if found.least else min(found.percent, 100))) / 100
    elif found.least:
        points = steps[-1][2]
    else:
        points = next(
            worth for least, over, worth in steps if found.percent > least or (found.percent == least and not over)
        )
    return min(points, line.most).quantize(Decimal("0.1")), found.why, found.said


def level_of(points: Decimal, levels: Sequence[Level]) -> str:
    """The label of the points: levels are given best first."""
    return next((label for least, label in levels if points >= least), levels[-1][1] if levels else "")


_EXAMPLE = """
Thời gian | Bảo đảm thời gian sinh hoạt theo quy định | 5 | thời gian họp | 100 5; 83 4; 66 3; 50 2; 0 1
Số lượng | Tỷ lệ đảng viên dự họp | 4 | tỷ lệ dự họp | 90 4; 75 3; 65 2; 0 1
Số lượng | Không ai vắng quá số kỳ quy định | 1 | không vắng nhiều kỳ
Chuẩn bị | Nội dung chuẩn bị sát tình hình, đúng trọng tâm | 3 |
Chuẩn bị | Dự thảo kết luận, nghị quyết, phân công | 2 |
Chuẩn bị | Họp chi ủy (hội ý) trước, có biên bản | 2 | họp chi ủy chuẩn bị
Chuẩn bị | Báo trước nội dung, thời gian cho đảng viên | 1 | báo họp
Chuẩn bị | Gửi tài liệu trước ít nhất một ngày | 2 | gửi tài liệu trước
Tiến hành | Đúng trình tự | 5 |
Tiến hành | Nội dung sinh hoạt thường kỳ đầy đủ, có chất lượng | 10 |
Tiến hành | Nội dung chuyên đề (tháng có chuyên đề) | 5 | chuyên đề
Tiến hành | Biểu dương, nhắc nhở, phê bình | 2 | biểu dương, nhắc nhở
Tiến hành | Đảng viên tham gia phát biểu | 5 | phát biểu | >50 5; 40 4; 30 3; 0 2
Tiến hành | Ghi biên bản | 1 | biên bản
Tiến hành | Thông tin thời sự, nắm tư tưởng 15–30 phút | 1 | thông tin, tư tưởng 15–30 phút
Tiến hành | Ứng dụng công nghệ, sổ tay điện tử | 1 |
Chủ trì | Điều hành dân chủ, khoa học, kết luận rõ ràng | 10 |
Nguyên tắc | Thực hiện nguyên tắc tổ chức và sinh hoạt đảng | 5 |
Kết quả | Kết quả thực hiện nghị quyết, nhiệm vụ kỳ trước | 30 | kết quả nghị quyết | 90 30; 80 27; 70 24; 60 20; 50 15; 0 10
Kết thúc | Tổng hợp ý kiến, kết luận | 2 |
Kết thúc | Giao việc rõ người, rõ việc, rõ thời hạn | 2 | giao việc rõ | 100 2; >0 1; 0 0
Kết thúc | Cập nhật kết quả sau họp trong hai ngày | 1 |
"""
EXAMPLE_NAME = "Mẫu ví dụ 100 điểm"
EXAMPLE_SOURCE = "Ví dụ theo biểu điểm của địa phương 2025–2026; cần thay bằng biểu điểm của đảng ủy cấp trên"
EXAMPLE_LEVELS = "90 Tốt; 70 Khá; 50 Trung bình; 0 Kém"


def read_lines(text: str) -> tuple[list[Line], list[Objection]]:
    """Criteria as typed, one a line: part | words | most points | fact, by its name | steps; and what could not be read."""
    codes = {name: code for code, (name, _fill) in FACTS.items()}
    lines, wrong = [], []
    for number, raw in enumerate((row for row in text.splitlines() if row.strip()), 1):
        cells = [cell.strip() for cell in raw.split("|")]
        part, words, most, named, steps = (*cells, "", "", "", "", "")[:5]
        fact = codes.get(named.casefold(), named)
        try:
            points = Decimal(most.replace(",", "."))
        except InvalidOperation:
            points = Decimal(0)
        known = fact in FACTS if fact else not steps
        if not words or not 0 < points <= 100 or not known or read_steps(steps) is None:
            wrong.append(
                Objection(
                    gettext_noop(
                        "Dòng %(number)s chưa đúng: ghi “nhóm | tiêu chí | điểm tối đa | số liệu | các bậc”; có thể để trống số liệu, các bậc. Các bậc ghi từ cao xuống 0 phần trăm, ví dụ: 90 4; 75 3; 65 2; 0 1."
                    ),
                    params={"number": number},
                    field="criteria",
                )
            )
        lines.append(Line(part, words, points, fact, steps))
    return lines, wrong


def read_levels(text: str) -> tuple[list[Level], list[Objection]]:
    """Levels as typed, best first: ``90 Tốt; 70 Khá; 50 Trung bình; 0 Kém``."""
    levels: list[Level] = []
    for raw in filter(None, (part.strip() for part in text.split(";"))):
        least, _space, label = raw.partition(" ")
        try:
            levels.append((Decimal(least.replace(",", ".")), label.strip()))
        except InvalidOperation:
            levels.append((Decimal(-1), ""))
    right = bool(levels) and all(least >= 0 and label for least, label in levels)
    falling = all(above[0] > below[0] for above, below in pairwise(levels))
    if right and falling and levels[-1][0] == 0:
        return levels, []
    wrong = gettext_noop("Ghi các mức từ cao xuống thấp, mức cuối là 0, ví dụ: 90 Tốt; 70 Khá; 50 Trung bình; 0 Kém.")
    return levels, [Objection(wrong, field="levels")]


def example_lines() -> str:
    return _EXAMPLE.strip()


def objections_to_form(
    *, name: str, lines: Sequence[Line], valid_from: date, since: date | None
) -> Iterator[Objection]:
    """A sheet has a name and criteria, and begins after the one before it."""
    if not name.strip():
        yield Objection(gettext_noop("Hãy ghi tên biểu điểm."), field="name")
    if not lines:
        yield Objection(gettext_noop("Biểu điểm chưa có tiêu chí nào."), field="criteria")
    if since is not None and valid_from <= since:
        yield Objection(
            gettext_noop("Biểu điểm đang dùng có từ ngày %(day)s; biểu điểm mới phải từ ngày sau đó."),
            params={"day": f"{since:%d/%m/%Y}"},
            field="valid_from",
        )


def objections_to_scoring(
    *,
    marker: str,
    state: str,
    has_form: bool,
    marks: Mapping[int, Decimal],
    most: Mapping[int, Decimal],
    days_since: int | None,
    days_open: int,
) -> Iterator[Objection]:
    """Points lie between 0 and the most of their criterion; the cell marks by some days after closing."""
    if not has_form:
        yield Objection(gettext_noop("Vào ngày họp chưa có biểu điểm nào được dùng ở đây."), ARTICLE)
        return
    if state == MeetingState.CLOSED and days_since is not None and days_since > days_open:
        who = gettext_noop("Đã quá %(days)s ngày từ khi bế mạc, bảng chấm điểm giữ nguyên.")
        yield Objection(who, ARTICLE, {"days": days_open})
    if marker not in set(Marker):
        yield Objection(gettext_noop("Không rõ ai chấm."))
    for criterion, points in marks.items():
        if criterion not in most:
            yield Objection(gettext_noop("Có tiêu chí không thuộc biểu điểm."))
        elif not 0 <= points <= most[criterion]:
            yield Objection(
                gettext_noop("Điểm %(points)s ngoài khoảng 0–%(most)s."),
                params={"points": points, "most": most[criterion]},
                field=f"points-{criterion}",
            )
