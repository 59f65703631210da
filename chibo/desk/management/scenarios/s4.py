"""Seed S4: a ward's cell congresses of spring 2020, term 2020–2022, and how directive and plan were made known (S4-03).

The text says that one pilot congress was held on 4/1/2020, that then 13 cells were directed to hold theirs from 9/2 to
22/3, and that 13/13 were done. It can be read in two ways, and both are told: in the first ward the pilot is apart (14
congresses, 13/13 besides the pilot), in the second it is among the 13 (13 congresses, one of them the pilot). The 55 elected,
32 again and 23 new, are told in the first; the second has small cells that elect only their secretary.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from chibo.access.charter import Post
from chibo.congresses.actions import (
    approve_scheme,
    draw_lessons,
    note_deviation,
    open_round,
    propose_scheme,
    schedule_congress,
)
from chibo.congresses.models import Congress, CongressRound
from chibo.congresses.rules import rule_set_on
from chibo.congresses.rules.preparing import SECTIONS
from chibo.congresses.selectors.boards import board_of
from chibo.core.registry import registry
from chibo.desk.management.scenarios.claims import Claim, asked, number, shortcomings, text
from chibo.desk.management.scenarios.congresses import finish, hold, prepare
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.desk.management.scenarios.study import make_known
from chibo.figures.selectors import broken_down, sides_of
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.members.rules import Qualification
from chibo.study.models import Reach
from chibo.tasks.models import Task
from chibo.units.models import Unit

TERM = "2020-2022"
PILOT, FIRST, LAST = date(2020, 1, 4), date(2020, 2, 9), date(2020, 3, 22)
PRESENT, PEOPLE = 6, 9
"""At each congress: three of nine are away with leave, so the base is 6 and 4 votes elect."""


def build() -> tuple[Claim, ...]:
    """Two wards, one for each reading."""
    apart, whole = _told(14, key="s4", seed=4, among=False)
    _among, other = _told(13, key="s4b", seed=44, among=True)
    ward = apart.ward
    year = "2020"
    return (
        *_made_known(),
        Claim("S4-01", "01 chi bộ đại hội điểm ngày 04/01/2020", "04/01/2020", lambda: _pilot_day(whole)),
        Claim("S4-01", "rút kinh nghiệm trước khi các chi bộ khác đại hội", "có", lambda: _lessons(whole)),
        Claim("S4-01", "các chi bộ đại hội từ ngày 9/2 đến 22/3/2020", "09/02–22/03/2020", lambda: _span(whole)),
        Claim("S4-02", "13/13 chi bộ xong (đại hội điểm để riêng: 14 đại hội)", "100 % (13/13)", text("congresses.held.rest", ward, year)),
        Claim("S4-02", "cách đọc một: cả đợt, kể đại hội điểm", "14/14, trong đó 1 đại hội điểm", lambda: board_of(whole, LAST).words),
        Claim("S4-02", "cách đọc hai: đại hội điểm nằm trong 13", "13/13, trong đó 1 đại hội điểm", lambda: board_of(other, LAST).words),
        Claim("S4-02", "bảng tiến độ đến hết 29/02/2020", "8/14, trong đó 1 đại hội điểm", lambda: board_of(whole, date(2020, 2, 29)).words),
        Claim("S4-04", "báo cáo chính trị của đại hội điểm đủ các phần", "6", lambda: _written(whole)),
        Claim("S4-05", "đề án nhân sự được thống nhất trước đại hội", "14/14", lambda: _schemes(whole)),
        Claim("S4-06", "bầu đúng quy chế của ngày đại hội", "Quy chế 244-QĐ/TW, Điều 32", lambda: _article(whole)),
        Claim("S4-07", "55 đồng chí được bầu", "55", number("congresses.elected", ward, year)),
        Claim("S4-07", "32 tái cử", "32", number("congresses.elected.again", ward, year)),
        Claim("S4-07", "23 mới tham gia", "23", number("congresses.elected.new", ward, year)),
        Claim("S4-07", "55 = 32 + 23", "55 = 55", lambda: _sums(ward)),
        Claim("S4-07", "theo giới tính, tuổi, trình độ cộng đủ 55", "55, 55, 55", lambda: _parts(ward)),
        Claim("S4-08", "hạn chế trong điều hành được ghi lại", "1", lambda: str(sum(c.deviations.count() for c in whole.congresses.all()))),
        Claim("S4-09", "không việc chuẩn bị nào quá hạn", "0", shortcomings("congresses.preparation", ward, year)),
        Claim("S4-10", "quy chế làm việc, phân công nhiệm vụ được giao ngay", "28", lambda: str(_duties(ward))),
        Claim("S4-10", "chuẩn y đủ", "100 % (14/14)", text("congresses.approved", ward, year)),
        Claim("S4-10", "chức vụ mới có hiệu lực", "0", shortcomings("congresses.posts", ward, year)),
        Claim("S4-11", "100% đảng viên biểu quyết nghị quyết", "100 % (14/14)", text("congresses.resolutions", ward, year)),
        Claim("S4-11", "nhiệm kỳ chi bộ", TERM, lambda: whole.term),
    )  # fmt: skip


def _made_known() -> tuple[Claim, ...]:
    """Eight cells with 168 members; the directive reached all of them, the plan all but one."""
    office = Office.found("Tỉnh Hoa Mai", "Huyện Đồng Xanh", "Xã An Khê", key="s4k", seed=4)
    cells = [office.cell(f"Chi bộ {n + 1}", f"s4k-{n + 1}") for n in range(8)]
    people = {cell: office.members(cell, 21) for cell in cells}
    directive = office.paper("35-CT/TW", "Chỉ thị", "Bộ Chính trị", "Đại hội đảng bộ các cấp", date(2024, 6, 14))
    plan = office.paper("12-KH/ĐU", "Kế hoạch", "Đảng ủy", "Tổ chức đại hội chi bộ", date(2024, 8, 1))
    last = cells[-1]
    make_known(office, people, date(2024, 8, 5), paper=directive)
    make_known(office, {**people, last: people[last][:-1]}, date(2024, 9, 5), paper=plan)
    ward = office.ward
    return (
        Claim("S4-03", "học tập Chỉ thị 35 đến 100% đảng viên", "100 % (168/168)", text("study.reached", ward, "2024-08")),
        Claim("S4-03", "đến 100% chi bộ", "100 % (8/8)", text("study.cells_reached", ward, "2024-08")),
        Claim("S4-03", "kế hoạch phổ biến đến từng đảng viên", "99,4 % (167/168)", text("study.reached", ward, "2024-09")),
        Claim("S4-03", "ai chưa được phổ biến thì gọi tên", "Chi bộ 8: 1", shortcomings("study.reached", ward, "2024-11")),
        Claim("X-03", "con số là số dòng của nó", "335", lambda: str(Reach.objects.filter(reached_on__isnull=False).count())),
    )  # fmt: skip


def _told(count: int, *, key: str, seed: int, among: bool) -> tuple[Office, CongressRound]:
    office = Office.found("Tỉnh Lúa Vàng", "Quận Cầu Mới", "Phường Đồng Sen", key=key, seed=seed)
    cells = [office.cell(f"Chi bộ {n}", f"{key}-{n}") for n in range(1, count + 1)]
    round_ = open_round(
        office.ward, name=f"Đại hội các chi bộ nhiệm kỳ {TERM}", term=TERM, past_term="2017-2020", first_on=FIRST,
        last_on=LAST, past_term_ends=date(2020, 3, 31), pilot_counted=among, **AS_SETUP,
    )  # fmt: skip
    seats, again = [4] * 13 + [3], [3] * 4 + [2] * 10
    step = (LAST - FIRST) / (count - 2)
    for n, cell in enumerate(cells):
        day = PILOT if not n else FIRST + timedelta(days=round(step.days * (n - 1))) if n < count - 1 else LAST
        congress = schedule_congress(
            round_, cell=cell, held_on=day, starts_at=time(8), ends_at=time(11), place="Nhà văn hóa",
            is_pilot=not n, **AS_SETUP,
        )  # fmt: skip
        if among:
            _small(office, cell, congress)
        else:
            _one(office, cell, congress, seats[n], again[n], number=n + 1)
        if not n:
            round_.refresh_from_db()
            draw_lessons(
                round_,
                lessons="Điều hành phần bầu cử theo kịch bản có giờ.",
                lessons_on=date(2020, 1, 10),
                **AS_SETUP,
            )
            note_deviation(congress, text="Báo cáo chính trị còn thiếu số liệu", noted_on=PILOT, **AS_SETUP)
            round_.refresh_from_db()
    return office, round_


def _one(office: Office, cell: Unit, congress: Congress, seats: int, again: int, *, number: int) -> None:
    """Ten official members, one of them away with leave: base 9. The first ``again`` of the elected led before."""
    members = _members(office, cell)
    elected, loser = members[:seats], members[seats]
    for place, member in enumerate(elected[:again]):
        post = Post.CELL_SECRETARY if not place else Post.CELL_DEPUTY if place == 1 else Post.CELL_COMMITTEE
        appoint(cell, member=member, post=post, valid_from=date(2017, 9, 1), term="2017-2020", **AS_SETUP)
    prepare(congress, seats, by_cell=AS_SETUP, by_ward=AS_SETUP, whole=congress.is_pilot)
    congress.refresh_from_db()
    finish(hold(congress, members, elected, loser, present=PRESENT), number)


def _members(office: Office, cell: Unit) -> list[Member]:
    chance, levels = office.chance, (Qualification.BACHELOR, Qualification.INTERMEDIATE, Qualification.NONE)
    return [
        office.member(cell, birth_date=date(1945 + chance.randrange(45), 5, 5), qualification=chance.choice(levels))
        for _ in range(PEOPLE)
    ]


def _small(office: Office, cell: Unit, congress: Congress) -> None:
    """Five members, who elect their secretary without a committee."""
    members = office.members(cell, 5)
    propose_scheme(congress, seats=1, **AS_SETUP)
    congress.refresh_from_db()
    approve_scheme(congress, approved_on=congress.meeting.held_on - timedelta(days=9), **AS_SETUP)
    congress.refresh_from_db()
    hold(congress, members, members[:1], None, present=5)


# ------------------------------------------------------------------------------------------------ asking


def _pilot_day(round_: CongressRound) -> str:
    return f"{round_.congresses.get(is_pilot=True).meeting.held_on:%d/%m/%Y}"


def _written(whole: CongressRound) -> str:
    """How many parts of the pilot's political report are written."""
    written = whole.congresses.get(is_pilot=True).sections.exclude(text="")
    return str(written.filter(code__in=dict(SECTIONS)).count())


def _lessons(round_: CongressRound) -> str:
    first = round_.congresses.filter(is_pilot=False).order_by("meeting__held_on").first()
    return "có" if first and round_.lessons_on and round_.lessons_on < first.meeting.held_on else "không"


def _span(round_: CongressRound) -> str:
    days = [one.meeting.held_on for one in round_.congresses.filter(is_pilot=False).select_related("meeting")]
    return f"{min(days):%d/%m}–{max(days):%d/%m/%Y}"


def _schemes(round_: CongressRound) -> str:
    rows = list(round_.congresses.select_related("meeting"))
    done = [one for one in rows if one.scheme_approved_on and one.scheme_approved_on < one.meeting.held_on]
    return f"{len(done)}/{len(rows)}"


def _article(round_: CongressRound) -> str:
    return ", ".join({rule_set_on(one.meeting.held_on).article("majority") for one in round_.congresses.all()})


def _sums(ward: Unit) -> str:
    left, right = sides_of(registry.named("sums", "congresses.elected"), asked(ward, "2020"))
    return f"{left.total} = {right.total}"


def _parts(ward: Unit) -> str:
    of = registry.named("figures", "congresses.elected")
    kinds = [broken_down(of, asked(ward, "2020"), kind) for kind in of.breakdowns[:3]]
    return ", ".join(str(sum(line.answer.part for line in lines)) for lines in kinds)


def _duties(ward: Unit) -> int:
    return Task.objects.filter(unit__path__startswith=ward.path, origin_text__startswith="Đại hội").count()
