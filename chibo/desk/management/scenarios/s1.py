"""Seed S1: five years of Directive 05 in a ward; 152 members commented on in cell meetings, 396 news, 291 broadcasts."""

from __future__ import annotations

from datetime import date, timedelta

from chibo.access.charter import Post
from chibo.core.values import Period
from chibo.desk.management.scenarios import opinions, papers
from chibo.desk.management.scenarios.claims import Claim, asked, number, shortcomings, text
from chibo.desk.management.scenarios.inspections import cover
from chibo.desk.management.scenarios.office import AS_SETUP, LONG_AGO, Office
from chibo.desk.management.scenarios.study import hold_class, make_known, write_essays
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.outreach.actions.exemplars import approve_exemplar, find_exemplar, present_exemplar, propose_exemplar
from chibo.outreach.actions.items import enter_items
from chibo.outreach.rules import Entry, ItemKind
from chibo.outreach.rules.exemplars import Channel
from chibo.plans.models import Plan
from chibo.plans.rules import ResultLevel
from chibo.plans.rules.evaluating import Entry as Verdict
from chibo.programmes.models import Programme
from chibo.reports.selectors import kind_named
from chibo.reports.selectors.programme import programme_facts
from chibo.study.selectors import attended_by_class, range_words
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level

CELLS, PER_CELL, COMMENTED, INSPECTED = 9, 19, 152, 168
YEARS = range(2016, 2021)
NEWS, BROADCASTS = 396, 291
CLASSES = {2016: (133, 143), 2017: (144, 154), 2018: (140, 150), 2019: (150, 160), 2020: (160, 170)}
"""Who attended the year's class, of how many called: from 93 % to 94,11 % (S1-02)."""


def build() -> tuple[Claim, ...]:
    """171 members; 152 of them were commented on at least once, some of them in more than one year.

    In 2020 everybody has a plan; of the years before, the plans are told of those who were commented on.
    """
    office = Office.found("Thành phố Hoa Sen", "Quận Sông Xanh", "Phường Trúc Lam", key="s1", seed=1)
    cells = [office.cell(f"Chi bộ {n + 1}", f"s1-{n + 1}") for n in range(CELLS)]
    people = {cell: office.members(cell, PER_CELL) for cell in cells}
    everyone = [member for members in people.values() for member in members]
    chosen = set(office.chance.sample(everyone, COMMENTED))
    again = set(office.chance.sample(sorted(chosen, key=lambda m: m.pk), 30))
    programme = office.programme("ct05", "Chỉ thị 05-CT/TW", date(2016, 5, 15))
    papers.thirteen(office, programme)
    turns = 0
    for year in YEARS:
        campaign = office.campaign(programme, year)
        spoken_to = {m for m in chosen if m.pk % len(YEARS) == year % len(YEARS) or m in again}
        judged = everyone if year == YEARS[-1] else [m for m in everyone if m in spoken_to]
        plans: dict[int, Plan] = {m.pk: office.plan(campaign, m, confirmed=False) for m in judged}
        for cell, members in people.items():
            meeting = office.meet(cell, date(year, 6, 1), members=members)
            entries = office.good(plans[m.pk] for m in members if m.pk in plans)
            for m in members:
                if m in spoken_to:
                    entries[plans[m.pk]] = Verdict(
                        level=ResultLevel.GOOD, comment="Cần gắn với nhiệm vụ được giao", reported="Đã thực hiện"
                    )
                    turns += 1
            office.evaluate(meeting, entries)
        office.meet(cells[0], date(year, 7, 1), members=people[cells[0]])
    told = tell_the_public(office, cells, programme)
    assert turns > COMMENTED
    for year in YEARS:
        theme = office.theme(programme, year, f"Chuyên đề năm {year}")
        came, called = CLASSES[year]
        held = hold_class(
            office.ward,
            f"Học tập chuyên đề năm {year}",
            date(year, 3, 20),
            everyone[:came],
            everyone[came:called],
            theme=theme,
        )
        if year == YEARS[-1]:
            write_essays(held, everyone[:8])
            make_known(office, people, date(year, 1, 20), theme=theme)
    ward = office.ward
    _covered(office, cells, people)
    return (
        Claim("S1-10", "152 cán bộ, đảng viên được góp ý trong 5 năm", "152", number("plans.members_commented", ward, "2016..2020")),
        Claim("S1-02", "năm thấp nhất: 93%", "93 % (133/143)", text("study.attendance", ward, "2016")),
        Claim("S1-02", "năm cao nhất: 94,11% (cắt, không làm tròn)", "94,11 % (160/170)", text("study.attendance", ward, "2020")),
        Claim(
            "S1-02", "hằng năm từ 93% đến 94,11% đảng viên dự học", "93 %–94,11 %",
            lambda: range_words(share for _day, share in attended_by_class(asked(ward, "2016..2020"))),
        ),
        Claim("S1-02", "mỗi năm một lớp", "5", number("study.classes", ward, "2016..2020")),
        Claim("S1-03", "13 văn bản trong 5 năm", "13", number("programmes.papers", ward, "2016..2020")),
        Claim("S1-01", "chuyên đề của từng năm", "5", lambda: str(programme.themes.count())),
        Claim("S1-13", "đảng viên viết bài thu hoạch sau học tập", "95 % (152/160)", text("study.essays", ward, "2020")),
        Claim("S1-13", "ai chưa nộp thì gọi tên ở chi bộ đó", "Chi bộ 1: 1", shortcomings("study.essays", ward, "2020-12")),
        Claim("S1-01", "phổ biến đến 100% chi bộ", "100 % (9/9)", text("study.cells_reached", ward, "2020")),
        Claim("S1-13", "từng đảng viên đều đăng ký kế hoạch", "171", number("plans.registered", ward, "2020")),
        Claim("S1-12", "100% chi bộ được kiểm tra", "100 % (9/9)", text("inspections.cells", ward, "2016..2020")),
        Claim("S1-12", "168 đảng viên được kiểm tra", "168", number("inspections.members", ward, "2016..2020")),
        *opinions.seed_s1(office),
        Claim("S1-08", "kỳ không có ai báo cáo thì tự báo", "Chi bộ 1: 1", shortcomings("plans.reports", ward, "2020-08")),
        *told,
        Claim(
            "S1-17", "báo cáo tổng kết 5 năm nêu đủ các số liệu",
            "13; 93,56 % (727/777)" "; 396; 291 (1.746 phút; 5–7 phút); 152; 93 %–94,11 %", lambda: _summed_up(ward),
        ),
    )  # fmt: skip


def _summed_up(ward: Unit) -> str:
    """What the summary of five years says of itself, as the report is composed for everybody."""
    kind = kind_named("programme-summary")
    assert kind is not None
    facts = programme_facts(kind, asked(ward, "2016..2020"), Period.parse("2016..2020"))
    codes = (
        "programmes.papers",
        "study.attendance",
        "outreach.portal",
        "outreach.broadcasts",
        "plans.members_commented",
    )
    return "; ".join((*(facts.figures[code].text for code in codes), facts.attended))


def tell_the_public(office: Office, cells: list[Unit], programme: Programme) -> tuple[Claim, ...]:
    """Every year news on the portal and broadcasts by loudspeaker; one cell becomes an exemplar, shown on television."""
    today = date(2021, 3, 31)
    first = date(YEARS[0], 6, 1)
    told = {
        ItemKind.PORTAL: [
            Entry(ItemKind.PORTAL, first + timedelta(days=4 * n), f"Tin số {n + 1}", f"https://truclam.example/{n}")
            for n in range(NEWS)
        ],
        ItemKind.LOUDSPEAKER: [
            Entry(ItemKind.LOUDSPEAKER, first + timedelta(days=5 * n), f"Phát thanh số {n + 1}", minutes=5 + n % 3)
            for n in range(BROADCASTS)
        ],
    }
    for entries in told.values():
        enter_items(office.ward, entries=entries, programme=programme, today=today, **AS_SETUP)
    exemplar = find_exemplar(
        cells[-1], praised_unit=cells[-1], title="Sinh hoạt chi bộ đổi mới, mỗi tháng một việc làm theo",
        story="Mỗi kỳ sinh hoạt một đảng viên kể việc đã làm, chi bộ góp ý tại chỗ.", found_on=date(2020, 11, 3),
        programme=programme, today=today, **AS_SETUP,
    )  # fmt: skip
    propose_exemplar(exemplar, on=date(2020, 11, 10), **AS_SETUP)
    approve_exemplar(exemplar, on=date(2020, 11, 20), **AS_SETUP)
    present_exemplar(exemplar, channel=Channel.BULLETIN, on=date(2020, 12, 15), today=today, **AS_SETUP)
    present_exemplar(exemplar, channel=Channel.TELEVISION, on=date(2021, 1, 12), today=today, **AS_SETUP)
    ward = office.ward
    return (
        Claim("S1-04", "396 tin, bài có ảnh trên cổng thông tin của phường", "396", number("outreach.portal", ward, "2016..2020")),
        Claim("S1-05", "291 buổi phát thanh, mỗi buổi 5 đến 7 phút", "291 (1.746 phút; 5–7 phút)", text("outreach.broadcasts", ward, "2016..2020")),
        Claim("S1-07", "tháng 1/2021 một chi bộ được giới thiệu trên truyền hình", "1", number("outreach.presentations", ward, "2021-01")),
    )  # fmt: skip


def _covered(office: Office, cells: list[Unit], people: dict[Unit, list[Member]]) -> None:
    """A team of the district's agency; every cell is inspected once, and 168 members."""
    agency = found_unit(
        Unit.objects.get(key="s1-q"), name="Chi bộ Cơ quan", level=Level.CELL, key="s1-cq", on=LONG_AGO,
        cell_kind=CellKind.AGENCY, **AS_SETUP,
    )  # fmt: skip
    everyone = [member for members in people.values() for member in members]
    appoint(office.ward, member=everyone[-1], post=Post.WARD_SECRETARY, valid_from=date(2016, 1, 1), **AS_SETUP)
    cover(office.ward, cells, everyone[:INSPECTED], office.members(agency, 3), YEARS)
