"""A ward in its yearly review: cell 5 with a secretary, six members who vote, one exempt, one who came last month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.utils.timezone import localdate

from chibo.access.charter import Post
from chibo.meetings.actions import call_roll, convene_meeting
from chibo.meetings.models import Meeting
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.members.rules import Condition
from chibo.programmes.actions import plant_manifestations
from chibo.reviews.actions import judge_review, open_round, propose_levels, record_ballots, send_review
from chibo.reviews.models import Review, Round
from chibo.reviews.rules import Level, Met, Subject
from chibo.reviews.selectors import rules_of
from tests.world import World

TODAY = localdate()
TEXTS = {
    "results": "Hoàn thành 10 việc", "shortcomings": "Còn chậm báo cáo", "causes": "Chủ quan", "explanations": "",
    "responsibility": "Của tôi", "direction": "Nộp báo cáo trước ngày 25 hằng tháng",
}  # fmt: skip


@dataclass
class Year:
    """The cast of one round: who is who in cell 5, and the short words of its work."""

    world: World
    round: Round
    people: list[Member]
    exempt: Member
    newcomer: Member

    @property
    def by_clerk(self) -> dict[str, Any]:
        return {"actor": self.world.clerk}

    @property
    def by_cell(self) -> dict[str, Any]:
        return {"actor": self.world.secretary}

    def of(self, member: Member) -> Review:
        rows = Review.objects.select_related("round", "unit", "member", "moved_from")
        return rows.get(round=self.round, member=member, subject=Subject.MEMBER)

    def own(self, review: Review, word: str = "") -> dict[str, str]:
        """Every criterion judged alike: the best mark of the time, or the one asked for."""
        rules = rules_of(review.round)
        best = Met.MET if rules.by_points else "excellent"
        return {c.code: word or best for c in rules.criteria(review.subject)}

    def send(self, review: Review, **more: Any) -> Review:
        usual = {"texts": TEXTS, "own": self.own(review), "own_level": Level.GOOD, "sent_on": TODAY}
        return send_review(review, **{**usual, **self.by_cell, **more})

    def send_all(self) -> list[Review]:
        return [self.send(self.of(member)) for member in self.people]

    def judge(self, review: Review, **numbers: Any) -> Review:
        usual: dict[str, Any] = {"assigned": 10, "done": 10, "late": 0, "exceeding": 0}
        return judge_review(
            review, judged=self.own(review), grounds={"1": "Sổ theo dõi"}, **{**usual, **numbers}, **self.by_cell
        )

    def meet(self, absent: int = 0) -> Meeting:
        """Today's review meeting of cell 5: all voters present but the last ``absent``, who are away on business."""
        meeting = convene_meeting(
            self.world.cell5, kind="extraordinary", held_on=TODAY, starts_at=time(8), **self.by_cell
        )
        there = self.people[: len(self.people) - absent]
        presences = {m.pk: ("present", "") for m in there}
        presences |= {m.pk: ("excused", "đi công tác") for m in self.people[len(there) :]}
        call_roll(meeting, presences=presences, **self.by_cell)
        return meeting

    def vote(self, meeting: Meeting, ballots: dict[Review, dict[str, int]]) -> Any:
        counted = {review.pk: {"collected": sum(votes.values()), **votes} for review, votes in ballots.items()}
        return record_ballots(
            self.world.cell5, found=self.round, meeting=meeting, today=TODAY, ballots=counted, **self.by_cell
        )

    def propose(self, levels: dict[Review, str], **reasons: str) -> Any:
        said = {review.pk: reasons.get("reason", "") for review in levels}
        return propose_levels(
            self.world.cell5, found=self.round, levels={r.pk: lv for r, lv in levels.items()}, reasons=said,
            proposed_on=TODAY, **self.by_cell,
        )  # fmt: skip

    def proposed(self, level: str = Level.GOOD) -> list[Review]:
        """All six sent, voted on and proposed for one level."""
        reviews = self.send_all()
        for review in reviews:
            self.judge(review, exceeding=10 if level == Level.EXCELLENT else 0)
        self.vote(self.meet(), {review: {level: 6} for review in reviews})
        self.propose(dict.fromkeys(reviews, level))
        return [self.of(member) for member in self.people]


def build_year(world: World, *, year: int | None = None) -> Year:
    """The ward opens its round this year; everybody but the newcomer has been here for long."""
    plant_manifestations(world.ward, actor=world.clerk)
    people = [world.member(world.cell5, name, account=True) for name in (
        "Bùi Văn Chủ", "Cao Thị Bạn", "Đinh Văn Ba", "Hồ Thị Tư", "Lý Văn Năm", "Mai Thị Sáu",
    )]  # fmt: skip
    exempt = world.member(world.cell5, "Nguyễn Cụ Già", condition=Condition.EXEMPT)
    newcomer = world.member(world.cell5, "Phan Văn Mới", since=TODAY - timedelta(days=30))
    appoint(world.cell5, member=people[1], post=Post.CELL_COMMITTEE, valid_from=date(2020, 1, 1), actor=world.clerk)
    return Year(world, opened(world, year or TODAY.year), people, exempt, newcomer)


def opened(world: World, year: int, **more: Any) -> Round:
    first, last = date(year, 1, 1), date(year, 12, 31)
    day = min(last, TODAY)
    usual: dict[str, Any] = {
        "first": first, "last": last, "as_of": day, "opened_on": day, "cell_deadline": max(last, day),
        "deadline": max(last, day) + timedelta(days=15),
    }  # fmt: skip
    return open_round(world.ward, actor=world.clerk, **{**usual, **more})


def collective(year: Year, subject: Subject) -> Review:
    unit = year.world.ward if subject == Subject.WARD_COMMITTEE else year.world.cell5
    return Review.objects.select_related("round", "unit").get(round=year.round, subject=subject, unit=unit)
