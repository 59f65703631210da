"""Congresses told with the product's own actions: for seed S4 and for the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from chibo.access.charter import Post
from chibo.congresses.actions import (
    approve_scheme,
    draw_lessons,
    finish_preparation,
    note_deviation,
    open_round,
    propose_scheme,
    schedule_congress,
    write_section,
)
from chibo.congresses.actions.conducting import (
    adopt_resolution,
    begin_congress,
    close_congress,
    close_list,
    elect_chair,
    elect_counters,
    open_election,
    put_forward,
)
from chibo.congresses.actions.counting import certify_count, collect_ballots, enter_ballot, issue_ballots
from chibo.congresses.actions.following import (
    approve_result,
    hand_over,
    install_committee,
    report_result,
    seal_ballots,
)
from chibo.congresses.actions.papers import issue_congress_paper
from chibo.congresses.actions.scanning import print_ballots
from chibo.congresses.models import Congress, Election, Polling
from chibo.congresses.rules.preparing import SECTIONS
from chibo.congresses.selectors import has_committee, number_of, official_count, people_in_charge, plans_of
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.meetings.actions import call_roll
from chibo.meetings.rules import Presence
from chibo.members.actions import invite_members
from chibo.members.models import Member
from chibo.units.models import Unit

TOLD = {
    "resolution": "Chi bộ hoàn thành 9/11 chỉ tiêu của nghị quyết nhiệm kỳ trước; hai chỉ tiêu về kết nạp chưa đạt.",
    "political": "Vận động 45 hộ hiến đất mở ngõ; tổ dân phố giữ danh hiệu văn hóa ba năm liền.",
    "party": "Sinh hoạt đủ kỳ, tỷ lệ dự họp bình quân trên 90%.",
    "inspection": "Mỗi năm kiểm tra hai đảng viên theo chương trình; không có đơn thư vượt cấp.",
    "committee": "Chi ủy đoàn kết, giữ nguyên tắc; có việc phân công chưa rõ người, rõ hạn.",
    "tasks": "Kết nạp hai đảng viên; lắp camera ngõ 5; mỗi tháng một buổi tổng vệ sinh.",
}


REVIEWED = {
    "work": "Chi ủy lãnh đạo hoàn thành 9/11 chỉ tiêu; hai chỉ tiêu về kết nạp chưa đạt.",
    "method": "Giữ nền nếp họp chi ủy trước sinh hoạt; phân công rõ từng đồng chí; nội bộ đoàn kết.",
    "faults": "Có việc giao chưa rõ hạn; trách nhiệm thuộc tập thể chi ủy, trước hết là đồng chí bí thư.",
    "people": "Từng đồng chí chi ủy viên đã tự kiểm điểm, được chi bộ góp ý.",
    "measures": "Việc nào cũng ghi người làm, hạn xong; rà soát vào kỳ họp chi ủy hằng tháng.",
}
"""The committee's review of itself, in cells that have one."""

LEAST_TOLD = 5
"""Members who vote, below which the demonstration tells no congress of a cell."""


def prepare(
    congress: Congress, seats: int, *, by_cell: dict[str, Any], by_ward: dict[str, Any], whole: bool = True
) -> None:
    """The scheme approved; ``whole``: also the report in all its parts and the checklist ticked."""
    day = congress.meeting.held_on
    for code, _title in SECTIONS if whole else ():
        write_section(congress, code=code, text=TOLD[code], **by_cell)
    propose_scheme(
        congress, seats=seats, women=1, young=1, reelected=2, standards="Đủ tiêu chuẩn, có uy tín.", **by_cell
    )
    congress.refresh_from_db()
    approve_scheme(congress, approved_on=day - timedelta(days=10), **by_ward)
    for code, text in REVIEWED.items() if whole and has_committee(congress) else ():
        write_section(congress, code=code, text=text, **by_cell)
    for line in congress.preparations.all() if whole else ():
        finish_preparation(line, done_on=line.due_on, **by_ward)


def gather(congress: Congress, present: Sequence[Member], excused: Sequence[Member] = (), **by: Any) -> None:
    presences = {m.pk: (Presence.PRESENT, "") for m in present} | {
        m.pk: (Presence.EXCUSED, "đi công tác") for m in excused
    }
    call_roll(congress.meeting, presences=presences, **by)


def listed(congress: Congress, office: str, names: Sequence[Member], seats: int, hands: int, **by: Any) -> Election:
    """Open the election of an office, put the names forward, close the list."""
    election = open_election(congress, office=office, seats=seats, **by)
    for member in names:
        put_forward(election, member=member, **by)
    return close_list(election, in_favour=hands, **by)


def counted(election: Election, ballots: Sequence[str], **by: Any) -> Polling:
    """Issue as many papers as there are ballots, enter them twice, certify."""
    election.refresh_from_db()
    polling = issue_ballots(election, printed=len(ballots), issued=len(ballots), **by)
    collect_ballots(polling, collected=len(ballots), **by)
    polling.refresh_from_db()
    first, second = election.congress.counters.all()[:2]
    for hand, counter in ((1, first), (2, second)):
        for number, marks in enumerate(ballots, 1):
            enter_ballot(polling, hand=hand, number=number, marks=marks, counter=counter, **by)
    polling.refresh_from_db()
    return certify_count(polling, **by)


def struck(names: Sequence[Member], losers: Sequence[Member], voters: int) -> list[str]:
    """A crowd that leaves the winners standing and strikes the losers, in the order of the printed list."""
    order = sorted(names, key=lambda member: (member.sort_key, member.pk))
    return ["".join("k" if member in losers else "d" for member in order)] * voters


def hold(
    congress: Congress, members: Sequence[Member], elected: Sequence[Member], loser: Member | None, *, present: int,
    others: Sequence[Member] = (),
) -> Congress:  # fmt: skip
    """One congress from roll to closing, as the installation; ``elected`` begins with the secretary and the deputy. A small
    cell has no ``loser``: it elects its secretary, and perhaps a deputy, without a committee. ``others`` came without a vote."""
    day = congress.meeting.held_on
    there, away = members[:present], members[present:]
    gather(congress, [*there, *others], away, **AS_SETUP)
    begin_congress(congress, **AS_SETUP)
    congress.refresh_from_db()
    elect_chair(congress, chair=elected[0], recorder=there[-1], in_favour=present, **AS_SETUP)
    names = [*elected, loser] if loser else list(elected)
    counters = [member for member in members if member not in names][:3]
    elect_counters(congress, members=counters, head=counters[0], in_favour=present, **AS_SETUP)
    if loser:
        election = listed(congress, "committee", names, len(elected), present, **AS_SETUP)
        counted(election, struck(names, [loser], present), **AS_SETUP)
    for office, one in zip(("secretary", "deputy"), elected, strict=False):
        counted(listed(congress, office, [one], 1, present, **AS_SETUP), ["d"] * present, **AS_SETUP)
    adopt_resolution(congress, in_favour=present, **AS_SETUP)
    congress.refresh_from_db()
    close_congress(congress, closed_on=day, **AS_SETUP)
    congress.refresh_from_db()
    seal_ballots(congress, sealed_on=day, sealed_by="Chi ủy khóa mới", **AS_SETUP)
    congress.refresh_from_db()
    return congress


def finish(congress: Congress, number: int) -> None:
    """Report in three days, posts at once, hand-over and approval a week later."""
    day = congress.closed_on
    assert day is not None
    handed = "Sổ sinh hoạt, sổ nghị quyết, danh sách đảng viên; đảng phí đã nộp đủ."
    hand_over(congress, handed_over_on=day + timedelta(days=7), handed_over=handed, **AS_SETUP)
    congress.refresh_from_db()
    install_committee(congress, **AS_SETUP)
    congress.refresh_from_db()
    report_result(congress, reported_on=day + timedelta(days=3), **AS_SETUP)
    congress.refresh_from_db()
    approve_result(congress, decided_on=day + timedelta(days=10), decision=f"{number:02}-QĐ/ĐU", **AS_SETUP)


def demonstrate(office: Office, people: dict[Unit, list[Member]], today: date) -> list[Member]:
    """A round under way: the pilot held with its lessons, one congress in its counting today, the rest in the calendar.
    Told are those of its counting committee who may log in (ADR 0155)."""
    cells = [cell for cell, members in people.items() if len(_voting(members, today)) >= LEAST_TOLD]
    cells[:2] = reversed(cells[:2])  # the congress of today is that of the first cell, whose secretary can log in
    round_ = open_round(
        office.ward, name=f"Đại hội các chi bộ nhiệm kỳ {today.year}-{today.year + 5}",
        term=f"{today.year}-{today.year + 5}", past_term=f"{today.year - 3}-{today.year}",
        first_on=today - timedelta(days=20), last_on=today + timedelta(days=40),
        plan=plans_of(office.ward).filter(subject__startswith="Đại hội").first(), **AS_SETUP,
    )  # fmt: skip
    leaders: list[Member | None] = [*people_in_charge(office.ward, today)] or [None]
    days = [today - timedelta(days=35), *(today + timedelta(days=3 * number) for number in range(len(cells) - 1))]
    congresses = [
        schedule_congress(
            round_, cell=cell, held_on=day, starts_at=time(8), ends_at=time(11, 30), place="Nhà văn hóa",
            is_pilot=not number, in_charge=leaders[number % len(leaders)], **AS_SETUP,
        )
        for number, (cell, day) in enumerate(zip(cells, days, strict=False))
    ]  # fmt: skip
    counters: list[Member] = []
    for congress in congresses[:2]:
        cell, day = congress.unit, congress.meeting.held_on
        prepare(congress, _seats(cell, day), by_cell=AS_SETUP, by_ward=AS_SETUP)
        congress.refresh_from_db()
        issue_congress_paper(congress, kind="political", on=day - timedelta(days=5), **AS_SETUP)
        voting, others = _voting(people[cell], day), _probationary(people[cell], day)
        if not congress.is_pilot:
            counters = _count_today(congress, voting, others)
            continue
        _hold_pilot(congress, voting, others)
        round_.refresh_from_db()
        draw_lessons(
            round_, lessons="Báo cáo chính trị cần số liệu từng năm; phần bầu cử phải có kịch bản điều hành theo giờ.",
            lessons_on=day + timedelta(days=3), **AS_SETUP,
        )  # fmt: skip
    return counters


def _seats(cell: Unit, day: date) -> int:
    """A committee of three where the cell elects one; else secretary and deputy."""
    return 3 if official_count(cell, day) >= number_of("committee_from", cell, day) else 2


def _hold_pilot(congress: Congress, members: list[Member], others: list[Member]) -> None:
    """The pilot to its end."""
    seats = _seats(congress.unit, congress.meeting.held_on)
    loser = members[3] if seats == 3 else None
    done = hold(congress, members, members[:seats], loser, present=len(members), others=others)
    day = done.meeting.held_on
    note_deviation(done, text="Phần bầu cử kéo dài 25 phút so với chương trình", noted_on=day, **AS_SETUP)
    report_result(done, reported_on=day + timedelta(days=4), **AS_SETUP)
    done.refresh_from_db()
    handed = "Sổ sinh hoạt, sổ nghị quyết, danh sách đảng viên.\nĐảng phí đã thu, đã nộp đến hết tháng."
    hand_over(done, handed_over_on=day + timedelta(days=6), handed_over=handed, **AS_SETUP)
    issue_congress_paper(done, kind="result", on=day + timedelta(days=1), **AS_SETUP)


def _count_today(congress: Congress, members: list[Member], others: list[Member]) -> list[Member]:
    """Up to a box that was emptied: its papers, printed from here, are to be counted, by hand or by the scanner. Told are the
    two of the counting committee who have log-ins of their own; the head has none and counts by code."""
    gather(congress, [*members, *others], **AS_SETUP)
    begin_congress(congress, **AS_SETUP)
    congress.refresh_from_db()
    voters = len(members)
    elect_chair(congress, chair=members[0], recorder=members[-1], in_favour=voters, **AS_SETUP)
    seats = _seats(congress.unit, congress.meeting.held_on)
    office, names, number = ("committee", members[:4], 3) if seats == 3 else ("secretary", members[:1], 1)
    election = listed(congress, office, names, number, voters, **AS_SETUP)
    head, *able = members[-3:]
    invite_members(congress.unit, members=able, **AS_SETUP)
    elect_counters(congress, members=[head, *able], head=head, in_favour=voters, **AS_SETUP)
    election.refresh_from_db()
    form = print_ballots(election, voters=voters, spare=1, **AS_SETUP)
    polling = issue_ballots(election, printed=form.sheets, issued=voters, **AS_SETUP)
    collect_ballots(polling, collected=voters, **AS_SETUP)
    return able


def _probationary(members: list[Member], day: date) -> list[Member]:
    """Who comes and speaks, and does not vote."""
    rows = {"standing": "probationary", "condition": "active", "valid_from__lte": day, "valid_to__isnull": True}
    return [member for member in members if member.memberships.filter(**rows).exists()]


def _voting(members: list[Member], day: date) -> list[Member]:
    """The official members who take part, those of the committee first."""
    rows = [
        member
        for member in members
        if member.memberships.filter(
            standing="official", condition="active", valid_from__lte=day, valid_to__isnull=True
        ).exists()
    ]
    led = {m.pk for m in rows if m.post_terms.filter(post__in=(Post.CELL_SECRETARY, Post.CELL_DEPUTY)).exists()}
    return sorted(rows, key=lambda member: member.pk not in led)
