"""A round as its board shows it: cells by step, the people of one cell, the ceiling with its explanation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, F, Max, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.registry import Column
from chibo.core.tables import State, link_to
from chibo.core.values import Period, Share, gettext_noop
from chibo.reviews.models import Review, Round
from chibo.reviews.rules import COLLECTIVES, LEVELS, STAGES, Duty, Level, Stage, Subject
from chibo.reviews.rules.conducting import is_past
from chibo.reviews.rules.voting import CEILING_WORDS, Ceiling, Tally, reading_of
from chibo.units.models import Unit
from chibo.units.selectors import ids_under, names_of, settings_on

KINDS = {Stage.DUE: "none", Stage.SENT: "info", Stage.VOTED: "info", Stage.PROPOSED: "info", Stage.APPRAISED: "due", Stage.DECIDED: "ok"}  # fmt: skip
WAITING = {
    Stage.DUE: gettext_noop("Chờ chi bộ kiểm điểm trước"),
    Stage.SENT: gettext_noop("Chờ tập thể lãnh đạo kiểm điểm"),
}
"""Before the ballot, what a leader's second review waits for."""
FORESEEN = Case(
    When(decided_level__gt="", then=F("decided_level")),
    When(appraised_level__gt="", then=F("appraised_level")),
    default=F("proposed_level"),
)
"""The level a review has come to so far: decided, else appraised, else proposed."""


@dataclass
class CellLine:
    """One cell of the board: how many of its members are at each step."""

    pk: int
    name: str
    url: str
    stages: Counter[str] = field(default_factory=Counter)
    excused: int = 0
    late: bool = False

    @property
    def due(self) -> int:
        return sum(self.stages.values())

    def past(self, stage: Stage) -> Share:
        return Share(sum(n for s, n in self.stages.items() if is_past(s, stage)), self.due)

    @property
    def sent(self) -> Share:
        return self.past(Stage.SENT)

    @property
    def proposed(self) -> Share:
        return self.past(Stage.PROPOSED)

    @property
    def decided(self) -> Share:
        return self.past(Stage.DECIDED)

    @property
    def state(self) -> State:
        stage = next((s for s in STAGES if self.stages[s]), None)
        if stage is None:
            return State(_("Không có ai thuộc diện"), "none")
        if self.late and not is_past(stage, Stage.PROPOSED):
            return State(_("Quá hạn"), "late")
        return State(_(stage.label), KINDS[stage])


def board_of(found: Round, unit: Unit, today: date) -> list[CellLine]:
    """The cells below the unit, in the order people expect, with their members by step: three queries."""
    rows = Review.objects.filter(round=found, unit_id__in=ids_under(unit, found.as_of), subject=Subject.MEMBER)
    told = rows.order_by().values_list("unit_id", "duty", "stage").annotate(n=Count("pk"))
    lines: dict[int, CellLine] = {}
    counted = list(told)
    for pk, name in names_of([row[0] for row in counted]).items():
        lines[pk] = CellLine(
            pk, name, reverse("reviews:board", args=[found.pk, pk]), late=today > found.cell_deadline
        )
    for pk, duty, stage, count in counted:
        if duty == Duty.REVIEWED:
            lines[pk].stages[stage] += count
        else:
            lines[pk].excused += count
    return list(lines.values())


def members_in(found: Round, unit: Unit) -> QuerySet[Review]:
    """The lines of a cell's members, in Vietnamese order."""
    rows = Review.objects.filter(round=found, unit=unit, subject=Subject.MEMBER)
    return rows.select_related("member", "unit", "round__unit").order_by("member__sort_key", "pk")


def collectives_in(found: Round, unit: Unit) -> QuerySet[Review]:
    """The collectives below the unit, and the leaders who are reviewed in one of them."""
    shown = (*COLLECTIVES, Subject.LEADER)
    rows = Review.objects.filter(round=found, unit_id__in=ids_under(unit, found.as_of), subject__in=shown)
    return rows.select_related("unit", "round", "member").order_by(
        "unit__sort_key", "subject", "member__sort_key", "pk"
    )


def to_record(found: Round, unit: Unit) -> list[Review]:
    """What the unit's review meeting votes on: its collectives first, then its members, with their criteria."""
    rows = Review.objects.filter(round=found, unit=unit, duty=Duty.REVIEWED).select_related("member", "unit", "round")
    rows = rows.prefetch_related("judgements")
    return sorted(
        rows, key=lambda r: (r.subject == Subject.MEMBER, r.subject, r.member.sort_key if r.member else "", r.pk)
    )


def at_stage(found: Round, unit: Unit, *stages: Stage) -> list[Review]:
    """What below the unit stands at one of these steps, cell by cell; leaders once, as in their cell."""
    rows = (
        Review.objects.filter(
            round=found, unit_id__in=ids_under(unit, found.as_of), duty=Duty.REVIEWED, stage__in=stages
        )
        .exclude(subject=Subject.LEADER)
        .select_related("member", "unit", "round")
    )
    return list(rows.prefetch_related("judgements").order_by("unit__sort_key", "subject", "member__sort_key", "pk"))


# ------------------------------------------------------------------------------------------ ballots

Ballots = Mapping[str, int]
"""What one subject's ballots said: a number by level, ``invalid`` and ``collected``."""


def tally_of(said: Ballots, present: int, base: int) -> Tally:
    votes: dict[str, int] = {level: said.get(level, 0) for level in LEVELS}
    return Tally(votes, said.get("invalid", 0), said.get("collected", 0), present, base)


def carried_of(review: Review) -> str:
    """The level that more than half of the ordinary base voted for; "" where none has that."""
    votes: dict[str, int] = {level: getattr(review, f"for_{level}") for level in LEVELS}
    return Tally(votes, review.invalid, review.collected, review.present, review.base).carried or ""


# ------------------------------------------------------------------------------------------ the ceiling


def ceiling_of(
    found: Round, subjects: Iterable[str] = (Subject.MEMBER,), changed: dict[int, str] | None = None
) -> Ceiling:
    """The ceiling over the whole ward (mỗi tổ chức cơ sở đảng) by what reviews have come to; ``changed`` foresees."""
    rows = Review.objects.filter(round=found, subject__in=list(subjects), duty=Duty.REVIEWED)
    levels = dict(rows.annotate(come_to=FORESEEN).values_list("pk", "come_to"))
    count = Counter({**levels, **{pk: lv for pk, lv in (changed or {}).items() if pk in levels}}.values())
    values = settings_on(["reviews.ceiling_percent", "reviews.ceiling_reading"], found.unit, found.last)
    reading = reading_of(values["reviews.ceiling_reading"])
    return Ceiling(count[Level.EXCELLENT], count[Level.GOOD], int(values["reviews.ceiling_percent"]), reading)


def highest_since(found: Round) -> date | None:
    """The day on which the last of those proposed for the highest level was proposed."""
    rows = Review.objects.filter(round=found, subject=Subject.MEMBER, duty=Duty.REVIEWED)
    counted = rows.annotate(come_to=FORESEEN).filter(come_to=Level.EXCELLENT)
    last: date | None = counted.aggregate(last=Max("proposed_on"))["last"]
    return last


def ceiling_in_words(ceiling: Ceiling) -> str:
    """How many there may be and why, in one sentence."""
    return _(CEILING_WORDS) % {
        "percent": ceiling.percent, "reading": _(ceiling.reading.label), "base": ceiling.base, "most": ceiling.most,
        "excellent": ceiling.excellent,
    }  # fmt: skip


def levels_in(found: Round, unit: Unit, subjects: Iterable[str]) -> list[tuple[Level, int]]:
    """How many have come to each level below the unit: counts, never names in order."""
    rows = Review.objects.filter(
        round=found, unit_id__in=ids_under(unit, found.as_of), subject__in=list(subjects), duty=Duty.REVIEWED
    )
    told = Counter(rows.annotate(come_to=FORESEEN).values_list("come_to", flat=True))
    return [(level, told[level]) for level in LEVELS]


def same_period_before(found: Round) -> Round | None:
    """The round of the same period of last year, if there was one."""
    then = Period(found.first, found.last).last_year()
    return Round.objects.filter(unit=found.unit, first=then.first, last=then.last).select_related("unit").first()


def levels_beside(found: Round, unit: Unit, subjects: Iterable[str]) -> list[tuple[Level, int, int | None]]:
    """Each level with its count now and in the same period of last year; None where there was no round."""
    of, before = tuple(subjects), same_period_before(found)
    then = dict(levels_in(before, unit, of)) if before else {}
    return [(level, count, then.get(level)) for level, count in levels_in(found, unit, of)]


# ------------------------------------------------------------------------------------------- lists


def state_of(review: Review) -> State:
    """The step a review is at; who is not reviewed, and why."""
    if review.duty != Duty.REVIEWED:
        return State(f"{review.get_duty_display()}: {_(review.why)}", "none")
    if review.subject == Subject.LEADER and review.stage in WAITING:
        return State(_(WAITING[Stage(review.stage)]), KINDS[Stage(review.stage)])
    return State(review.get_stage_display(), KINDS[Stage(review.stage)])


def level_of(review: Review) -> str:
    """The level decided, in words."""
    return str(review.get_decided_level_display()) if review.decided_level else ""


PEOPLE = (
    Column(gettext_lazy("Đảng viên"), "member.full_name", 28, link=link_to("reviews:review")),
    Column(gettext_lazy("Mẫu"), lambda r: r.get_blank_display(), 26),
    Column(gettext_lazy("Bước"), state_of, 34, "state"),
    Column(gettext_lazy("Ngày nộp"), "sent_on", 12, "date"),
    Column(gettext_lazy("Xếp loại"), level_of, 28),
)
CELLS = (
    Column(gettext_lazy("Chi bộ"), "name", 30, link=lambda line: line.url),
    Column(gettext_lazy("Trạng thái"), "state", 20, "state"),
    Column(gettext_lazy("Đã nộp"), "sent", 14, "number"),
    Column(gettext_lazy("Đã đề nghị"), "proposed", 14, "number"),
    Column(gettext_lazy("Đã quyết định"), "decided", 14, "number"),
    Column(gettext_lazy("Không kiểm điểm"), "excused", 14, "number"),
)
COLLECTIVE_COLUMNS = (
    Column(
        gettext_lazy("Tập thể, lãnh đạo kiểm điểm lần hai"),
        lambda r: (
            r.unit.name if r.subject == Subject.CELL else f"{r.member or r.get_subject_display()} · {r.unit.name}"
        ),
        34,
        link=link_to("reviews:review"),
    ),
    Column(gettext_lazy("Bước"), state_of, 34, "state"),
    Column(gettext_lazy("Ngày nộp"), "sent_on", 12, "date"),
    Column(gettext_lazy("Xếp loại"), level_of, 28),
)
