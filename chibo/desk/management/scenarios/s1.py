"""Seed S1: five years of Directive 05 in a ward; 152 cadres and members were commented on in cell meetings."""

from __future__ import annotations

from datetime import date

from chibo.desk.management.scenarios.claims import Claim, asked, number, shortcomings, text
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.desk.management.scenarios.study import hold_class, make_known, write_essays
from chibo.plans.models import Plan
from chibo.plans.rules import ResultLevel
from chibo.plans.rules.evaluating import Entry
from chibo.programmes.actions import attach_paper
from chibo.study.selectors import attended_by_class, range_words

CELLS, PER_CELL, COMMENTED = 9, 19, 152
YEARS = range(2016, 2021)
CLASSES = {2016: (133, 143), 2017: (144, 154), 2018: (140, 150), 2019: (150, 160), 2020: (160, 170)}
"""Who attended the year's class, of how many called: from 93 % to 94,11 % (S1-02)."""
PAPERS = {2016: 3, 2017: 2, 2018: 2, 2019: 3, 2020: 3}


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
                    entries[plans[m.pk]] = Entry(
                        level=ResultLevel.GOOD, comment="Cần gắn với nhiệm vụ được giao", reported="Đã thực hiện"
                    )
                    turns += 1
            office.evaluate(meeting, entries)
        office.meet(cells[0], date(year, 7, 1), members=people[cells[0]])
    assert turns > COMMENTED
    for year in YEARS:
        theme = office.theme(programme, year, f"Chuyên đề năm {year}")
        for n in range(PAPERS[year]):
            issued = office.paper(
                f"{n + 1:02}-KH/ĐU-{year}", "Kế hoạch", "Đảng ủy", f"Chuyên đề {year}", date(year, 1, 10 + n)
            )
            attach_paper(programme, paper=issued, **AS_SETUP)
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
        Claim("S1-08", "kỳ không có ai báo cáo thì tự báo", "Chi bộ 1: 1", shortcomings("plans.reports", ward, "2020-08")),
    )  # fmt: skip
