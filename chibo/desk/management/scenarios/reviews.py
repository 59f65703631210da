"""The yearly review as cells hold it: last year's round decided, this year's under way; and seed S3's of 2018."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from chibo.access.charter import Post
from chibo.desk.management.scenarios.claims import Claim, number, shortcomings, text
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.meetings.actions import call_roll, convene_meeting
from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingKind, Presence
from chibo.meetings.selectors.roll import roll_of
from chibo.members.actions import appoint
from chibo.reviews.actions import (
    appraise_reviews,
    decide_reviews,
    give_comment,
    judge_review,
    open_round,
    propose_levels,
    record_ballots,
    send_review,
    undertake,
)
from chibo.reviews.models import Review, Round
from chibo.reviews.rules import Level, Mark, Met, Source, Stage, Subject
from chibo.reviews.selectors import rules_of
from chibo.reviews.selectors.board import at_stage, to_record
from chibo.units.models import Unit

RESULTS = (
    "Hoàn thành các nhiệm vụ chi bộ giao, dự đủ các kỳ sinh hoạt, tham gia tuyên truyền tại tổ dân phố.",
    "Phụ trách nhóm 12 hộ, vận động xong việc hiến đất mở ngõ; nộp đảng phí đúng hạn.",
    "Làm tốt việc theo dõi quỹ, công khai hằng quý; giúp đỡ ba hộ khó khăn.",
)
FAULTS = (
    (
        "Còn ngại góp ý trong sinh hoạt chi bộ.",
        "Nể nang, ngại va chạm.",
        "Mỗi kỳ sinh hoạt góp ý ít nhất một việc cụ thể.",
    ),
    ("Nộp báo cáo tháng chậm hai lần.", "Sắp xếp việc chưa khoa học.", "Nộp báo cáo trước ngày 25 hằng tháng."),
    ("Chưa sâu sát các hộ được phân công.", "Bận việc gia đình.", "Mỗi tháng đến thăm hai hộ, ghi vào sổ."),
)
ADVICE = (
    "Đồng chí làm việc chắc chắn; cần phát biểu nhiều hơn trong sinh hoạt.",
    "Nên báo cáo sớm khi gặp khó để chi bộ cùng gỡ.",
    "Gần dân, nhiệt tình; cần kiên quyết hơn khi góp ý.",
)


def open_for(office: Office, year: int, opened_on: date, **more: Any) -> Round:
    """The ward's round of a year: cells by the end of December, decided in mid-January."""
    usual: dict[str, Any] = {
        "first": date(year, 1, 1), "last": date(year, 12, 31), "as_of": opened_on, "opened_on": opened_on,
        "cell_deadline": date(year, 12, 31), "deadline": date(year + 1, 1, 15),
    }  # fmt: skip
    return open_round(office.ward, **{**usual, **more}, **AS_SETUP)


def send(office: Office, review: Review, on: date, *, silent: bool = False, level: str = Level.GOOD) -> Review:
    """One writes and hands in; the silent one names no fault."""
    fault, cause, remedy = office.chance.choice(FAULTS)
    texts = {"results": office.chance.choice(RESULTS), "direction": remedy}
    if not silent:
        texts |= {"shortcomings": fault, "causes": cause, "responsibility": "Thuộc về bản thân."}
    return send_review(review, texts=texts, own=_own(review, level), own_level=level, sent_on=on, **AS_SETUP)


def _own(review: Review, level: str) -> dict[str, str]:
    rules = rules_of(review.round)
    mark = {Level.EXCELLENT: Mark.EXCELLENT, Level.GOOD: Mark.GOOD}.get(Level(level), Mark.AVERAGE)
    return {c.code: Met.MET if rules.by_points else mark for c in rules.criteria(review.subject)}


def hold(unit: Unit, on: date, kind: MeetingKind = MeetingKind.EXTRAORDINARY) -> Meeting:
    """The review meeting, everybody present."""
    made = convene_meeting(unit, kind=kind, held_on=on, starts_at=time(7, 30), place="Nhà văn hóa", **AS_SETUP)
    call_roll(
        made,
        presences={line.member.pk: (Presence.PRESENT, "") for line in roll_of(made) if not line.foreseen},
        **AS_SETUP,
    )
    return made


def vote(unit: Unit, found: Round, meeting: Meeting, others: Mapping[int, str] | None = None) -> None:
    """The secret ballot: all but one for good, or for the level of ``others``; and the cell proposes it."""
    levels: dict[int, str] = {
        r.pk: (others or {}).get(r.pk, Level.GOOD) for r in to_record(found, unit) if r.stage == Stage.SENT
    }
    present = sum(line.standing == "official" and line.presence == Presence.PRESENT for line in roll_of(meeting))
    against = 1 if present > 3 else 0
    ballots = {
        pk: {
            level: present - against,
            Level.DONE if level != Level.DONE else Level.GOOD: against,
            "collected": present,
        }
        for pk, level in levels.items()
    }
    asked: dict[str, Any] = {"found": found, **AS_SETUP}
    record_ballots(unit, meeting=meeting, today=meeting.held_on, ballots=ballots, **asked)
    propose_levels(unit, levels=levels, reasons={}, proposed_on=meeting.held_on, **asked)


def decide(unit: Unit, found: Round, on: date) -> None:
    """The office appraises as proposed, the committee decides the same day."""
    rows = at_stage(found, unit, Stage.PROPOSED)
    levels = {r.pk: r.proposed_level for r in rows}
    reasons = {r.pk: "Theo kết quả kiểm tra hồ sơ của Văn phòng" for r in rows}
    appraise_reviews(found, levels=levels, reasons=reasons, appraised_on=on, **AS_SETUP)
    decided_above = {
        r.pk: "Theo quyết định của Ban Thường vụ cấp trên" for r in rows if r.subject == Subject.WARD_COMMITTEE
    }
    decide_reviews(found, levels=levels, reasons=decided_above, decided_on=on, decision="15-QĐ/ĐU", **AS_SETUP)


def demonstrate(office: Office, cells: Sequence[Unit], today: date, *, small: bool) -> None:
    """Last year's round through to its decision, with commitments; this year's as far as the day lets it be."""
    if not small:
        _last_year(office, cells, today.year - 1)
    opened_on = min(today, date(today.year, 11, 15))
    until = min(max(today + timedelta(days=20), date(today.year, 12, 20)), date(today.year, 12, 31))
    found = open_for(office, today.year, opened_on, cell_deadline=until)
    for number_, cell in enumerate(cells):
        rows = to_record(found, cell)
        for at, review in enumerate(rows[: len(rows) * (3 - number_) // 3] if number_ < 3 else ()):
            send(office, review, today, silent=at == 3)
            if at % 3 == 0:
                give_comment(review, source=Source.RESIDENCE, giver="Chi ủy nơi cư trú", text=office.chance.choice(ADVICE), given_on=today, **AS_SETUP)  # fmt: skip
    first = cells[0]
    for at, review in enumerate(at_stage(found, first, Stage.SENT)):
        judge_review(review, judged=_own(review, Level.GOOD), grounds={"1": "Sổ theo dõi sinh hoạt"}, assigned=8 + at % 3, done=8 + at % 3, exceeding=at % 2, **AS_SETUP)  # fmt: skip
    vote(first, found, hold(first, today))
    for review in at_stage(found, first, Stage.PROPOSED)[:4]:
        _undertake(review, today)


def _last_year(office: Office, cells: Sequence[Unit], year: int) -> None:
    found = open_for(office, year, date(year, 11, 20))
    for unit in (*cells, office.ward):
        kind = MeetingKind.CONFERENCE if unit == office.ward else MeetingKind.EXTRAORDINARY
        rows = to_record(found, unit)
        for review in rows:
            if review.subject == Subject.LEADER:
                give_comment(review, source=Source.CELL, text=office.chance.choice(ADVICE), given_on=date(year, 12, 5), **AS_SETUP)  # fmt: skip
                continue
            send(office, review, date(year, 12, 1))
            give_comment(review, source=Source.CELL, text=office.chance.choice(ADVICE), given_on=date(year, 12, 5), **AS_SETUP)  # fmt: skip
        best = rows[len(rows) // 2].pk
        vote(
            unit, found, hold(unit, date(year, 12, 5), kind), {best: Level.EXCELLENT} if unit != office.ward else None
        )
    decide(office.ward, found, date(year, 12, 20))
    for review in at_stage(found, cells[0], Stage.DECIDED)[:5]:
        _undertake(review, date(year, 12, 22))


def _undertake(review: Review, on: date) -> None:
    fault, _cause, _remedy = FAULTS[1]
    undertake(
        review, shortcoming=fault, title="Nộp 12 báo cáo tháng trước ngày 25 hằng tháng", measure="12 báo cáo đúng hạn",
        due_on=date(on.year + 1, 11, 30), made_on=on, **AS_SETUP,
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------- seed S3


def of_2018(office: Office, agency: Unit, cell: Unit) -> tuple[Claim, ...]:
    """Every member and collective reviewed by the guidance; one review names no fault; one offender is handled."""
    ward, day = office.ward, date(2018, 12, 3)
    found = open_for(office, 2018, date(2018, 11, 5))
    for post, row in zip(
        (Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.WARD_COMMITTEE), to_record(found, agency)[1:4], strict=True
    ):
        assert row.member is not None
        appoint(ward, member=row.member, post=post, valid_from=date(2015, 6, 1), **AS_SETUP)
    for unit in (ward, agency, cell):
        rows = to_record(found, unit)
        for at, review in enumerate(rows):
            silent = unit == cell and at == 5
            send(office, review, date(2018, 11, 20), silent=silent)
            if not silent:
                give_comment(review, source=Source.CELL, text=ADVICE[at % 3], given_on=day, **AS_SETUP)
        kind = MeetingKind.CONFERENCE if unit == ward else MeetingKind.EXTRAORDINARY
        offender = rows[-1].pk if unit == agency else 0
        vote(unit, found, hold(unit, day, kind), {offender: Level.FAILED})
        if offender:
            judge_review(rows[-1], judged=_own(rows[-1], Level.GOOD), grounds={}, disciplined=True, **AS_SETUP)
    decide(agency, found, date(2018, 12, 20))
    for review in to_record(found, cell)[:6]:
        _undertake(review, date(2018, 12, 21))
    year = "2018"
    return (
        Claim("S3-01", "từng cá nhân kiểm điểm", "100 % (61/61)", text("reviews.members", ward, year)),
        Claim("S3-01", "từng tập thể kiểm điểm", "100 % (3/3)", text("reviews.collectives", ward, year)),
        Claim("S3-01", "đề ra giải pháp và thời gian khắc phục", "6", number("reviews.commitments_open", ward, year)),
        Claim("S3-02", "nể nang, né tránh, ngại va chạm thì tự báo", "Chi bộ 3: 1", shortcomings("reviews.silent", ward, year)),
        Claim("S3-02", "bản không nêu khuyết điểm nào", "1", number("reviews.no_shortcoming", ward, year)),
        Claim("S3-13", "xử lý nghiêm cá nhân thực hiện không nghiêm túc", "1", number("reviews.failed", ward, year)),
    )  # fmt: skip
