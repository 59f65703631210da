"""What must hold when the cell's meeting evaluates a plan, and of the rota of who reports (seeds S0-07, S1-08).

Kết luận 01-KL/TW (2021); Chỉ thị 05-CT/TW, from 13/7/2026 Chỉ thị 07-CT/TW; rulebook §3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from chibo.core.values import Objection, gettext_noop
from chibo.meetings.rules import OF_THE_CELL, MeetingState
from chibo.plans.rules import HAVING, PlanState, Remark, ResultLevel

ARTICLE = "Kết luận 01-KL/TW; Chỉ thị 07-CT/TW"

REMARK_KEYS = {Remark.COMMEND: "d", Remark.REMIND: "n", Remark.CRITICISE: "p"}
"""The one key of each remark; none of them is the key of a level."""

NEEDS_WORDS = (Remark.CRITICISE, ResultLevel.POOR)
"""Who is criticised, or judged poor, is told why."""


class Entry(TypedDict, total=False):
    """What the cell found of one plan: ``level`` (x, t, b, k), ``remark``, its words, and what the member reported."""

    level: str
    remark: str
    comment: str
    reported: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """The meeting that evaluates."""

    kind: str
    state: str
    held_on: date
    month: date


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The plan that is evaluated, and whether its member stood in the meeting's cell on that day."""

    name: str
    year: int
    state: str
    registered_on: date | None
    in_cell: bool
    at_another_meeting: bool = False
    """Whether another meeting of the same month already evaluated it."""


def objections_to_sitting(sitting: Sitting, *, today: date | None = None) -> Iterator[Objection]:
    """Plans are evaluated by the cell, in a meeting that took place and is not closed."""
    if sitting.kind not in OF_THE_CELL:
        yield Objection(
            gettext_noop("Kế hoạch được đánh giá trong sinh hoạt chi bộ, không phải họp chi ủy."), ARTICLE
        )
    if sitting.state == MeetingState.CLOSED:
        yield Objection(
            gettext_noop("Cuộc họp đã bế mạc: chỉ bổ sung, sửa đánh giá kèm lý do ghi vào biên bản."), ARTICLE
        )
    if today is not None and today < sitting.held_on:
        yield Objection(
            gettext_noop("Cuộc họp ngày %(day)s chưa diễn ra, chưa đánh giá được."),
            ARTICLE,
            {"day": f"{sitting.held_on:%d/%m/%Y}"},
        )


def objections_to_evaluating(plan: Evaluated, verdict: Entry, sitting: Sitting) -> Iterator[Objection]:
    """One plan in one meeting: the member is the cell's, the plan was registered for that year, criticism has words."""
    params: dict[str, object] = {"name": plan.name, "day": f"{sitting.held_on:%d/%m/%Y}", "year": plan.year}
    if not plan.in_cell:
        yield Objection(
            gettext_noop("Đồng chí %(name)s không sinh hoạt ở chi bộ này vào ngày %(day)s."),
            ARTICLE,
            params,
            "level",
        )
    if plan.year != sitting.month.year:
        yield Objection(
            gettext_noop("Kế hoạch của đồng chí %(name)s là của năm %(year)s, không đánh giá ở kỳ này."),
            ARTICLE,
            params,
            "level",
        )
    if plan.state not in HAVING or plan.registered_on is None:
        yield Objection(
            gettext_noop("Kế hoạch của đồng chí %(name)s còn đang soạn, chưa đăng ký."), ARTICLE, params, "level"
        )
    elif plan.registered_on > sitting.held_on:
        yield Objection(
            gettext_noop("Kế hoạch của đồng chí %(name)s đăng ký sau ngày họp %(day)s."), ARTICLE, params, "level"
        )
    if plan.at_another_meeting:
        yield Objection(
            gettext_noop("Kế hoạch của đồng chí %(name)s đã được đánh giá trong tháng, ở một cuộc họp khác."),
            ARTICLE,
            params,
            "level",
        )
    yield from objections_to_verdict(verdict, plan.name)


def objections_to_verdict(verdict: Entry, name: str) -> Iterator[Objection]:
    """A level is chosen; criticism, and the level "poor", come with words."""
    level, remark = verdict.get("level", ""), verdict.get("remark", "")
    if level not in set(ResultLevel):
        yield Objection(
            gettext_noop("Hãy chọn mức đánh giá đồng chí %(name)s."), params={"name": name}, field="level"
        )
    if remark and remark not in set(Remark):
        yield Objection(
            gettext_noop("Hãy chọn biểu dương, nhắc nhở hay phê bình đồng chí %(name)s."),
            params={"name": name},
            field="remark",
        )
    if (level in NEEDS_WORDS or remark in NEEDS_WORDS) and not verdict.get("comment", "").strip():
        yield Objection(
            gettext_noop("Đánh giá Kém hoặc phê bình đồng chí %(name)s thì phải ghi rõ ý kiến của chi bộ."),
            ARTICLE,
            {"name": name},
            "comment",
        )


def objections_to_amending(sitting: Sitting, why: str) -> Iterator[Objection]:
    """After closing an evaluation is amended only with a reason, which goes into the minutes as a correction."""
    if sitting.state != MeetingState.CLOSED:
        yield Objection(gettext_noop("Cuộc họp chưa bế mạc: hãy sửa thẳng đánh giá."))
    if not why.strip():
        yield Objection(gettext_noop("Hãy ghi lý do bổ sung, sửa đánh giá."), ARTICLE, field="why")


def objections_to_reporting(plan: Evaluated, *, month: date, evaluated: bool, text: str) -> Iterator[Objection]:
    """A member reports on a registered plan, in its year, before the cell has evaluated that month."""
    params: dict[str, object] = {"name": plan.name, "month": f"{month:%m/%Y}", "year": plan.year}
    if plan.state == PlanState.DRAFT:
        yield Objection(gettext_noop("Kế hoạch còn đang soạn, hãy đăng ký trước khi báo cáo."), ARTICLE, params)
    if month.year != plan.year:
        yield Objection(gettext_noop("Tháng báo cáo phải thuộc năm %(year)s."), params=params, field="month")
    if evaluated:
        yield Objection(
            gettext_noop("Chi bộ đã đánh giá tháng %(month)s; đồng chí hãy ghi ý kiến vào phần tiếp thu."),
            params=params,
            field="month",
        )
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi kết quả thực hiện kế hoạch."), field="reported")


def objections_to_answering(text: str) -> Iterator[Objection]:
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi ý kiến tiếp thu của đảng viên."), field="answer")


def objections_to_recording_answer(text: str, *, by_member: bool) -> Iterator[Objection]:
    """An answer is entered for the member only as long as they did not answer themselves."""
    yield from objections_to_answering(text)
    if by_member:
        yield Objection(
            gettext_noop("Đảng viên đã tự ghi phần tiếp thu; không ghi đè thay đảng viên."), field="answer"
        )


# ----------------------------------------------------------------------------------------------- rota


def objections_to_assigning(name: str, *, month: date, expected: bool, closed: bool) -> Iterator[Objection]:
    """Nobody reports who is exempt, away or not of the cell that month; a closed meeting's rota is history."""
    params: dict[str, object] = {"name": name, "month": f"{month:%m/%Y}"}
    if not expected:
        yield Objection(
            gettext_noop("Đồng chí %(name)s không thuộc diện dự sinh hoạt chi bộ trong tháng %(month)s."),
            params=params,
            field="member",
        )
    yield from objections_to_unassigning(month=month, closed=closed)


def objections_to_unassigning(*, month: date, closed: bool) -> Iterator[Objection]:
    if closed:
        yield Objection(
            gettext_noop("Kỳ tháng %(month)s đã bế mạc, phân công giữ nguyên."),
            params={"month": f"{month:%m/%Y}"},
            field="month",
        )


def fair_rota(
    people: Sequence[int],
    months: Sequence[date],
    *,
    expected: Mapping[date, Collection[int]],
    last: Mapping[int, date],
    taken: Mapping[date, Collection[int]] | None = None,
) -> dict[date, list[int]]:
    """Who reports in which month, spread evenly and always the same way.

    ``people`` are in the cell's order (Vietnamese names); who reported longest ago (``last``; never = first) comes
    first. Everybody has one turn, or, where the months are more than the people, turns come round again so that no
    month stands without a report. ``expected`` are those who may report in each month; a person who may not in the
    month that falls to them gets the next that has room, or else the least burdened. ``taken`` turns stay and count.
    """
    held = {month: list((taken or {}).get(month, ())) for month in months}
    served = {person for turns in held.values() for person in turns}
    order = sorted(people, key=lambda person: (last.get(person, date.min), people.index(person)))
    queue = [person for person in order if person not in served]
    filled: dict[date, list[int]] = {month: [] for month in months}
    total = len(queue) + sum(map(len, held.values()))
    each, over = divmod(total, len(months)) if months else (0, 0)

    def load(month: date) -> int:
        return len(held[month]) + len(filled[month])

    for person in queue:
        open_to = [month for month in months if person in expected.get(month, ())]
        roomy = [
            month for place, month in enumerate(months) if month in open_to and load(month) < each + (place < over)
        ]
        if open_to:
            filled[roomy[0] if roomy else min(open_to, key=lambda month: (load(month), month))].append(person)
    rounds = [*queue, *(person for person in order if person in served)]
    for month in months:
        if load(month) == 0:
            turn = next((person for person in rounds if person in expected.get(month, ())), None)
            if turn is not None:
                filled[month].append(turn)
                rounds.remove(turn)
                rounds.append(turn)
    return {month: turns for month, turns in filled.items() if turns}
