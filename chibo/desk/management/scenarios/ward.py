"""The demonstration: a fictional ward with its cells, members and two years of work, told through the actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from chibo.access.charter import Post
from chibo.core.values import month_of, months_after
from chibo.desk.management.scenarios import congresses, inspections, opinions, outreach, papers, reviews, road, study
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.desk.management.scenarios.people import CRITICISMS, PRAISE, REMINDERS
from chibo.members.actions import appoint, form_group, join_group
from chibo.members.models import Group, Member
from chibo.members.rules import DEFAULT_GROUPS, Condition, Qualification, StaffKind, Standing, Theory
from chibo.plans.actions import conclude_plans, propose_rota, suggest_items
from chibo.plans.models import Campaign, Plan
from chibo.plans.rules import PlanState, Remark, ResultLevel
from chibo.plans.rules.evaluating import Entry
from chibo.plans.rules.planning import SuggestedItem
from chibo.plans.selectors.plans import waiting_plans
from chibo.programmes.actions import plant_manifestations
from chibo.programmes.models import Programme
from chibo.units.models import Unit
from chibo.units.rules import CellKind

KINDS = (
    ("Chi bộ Tổ dân phố {}", CellKind.RESIDENTIAL, 10),
    ("Chi bộ Trường Tiểu học Hoa Ban", CellKind.SCHOOL, 1),
    ("Chi bộ Công ty May Sông Xanh", CellKind.COMPANY, 1),
    ("Chi bộ Công an phường", CellKind.POLICE, 1),
    ("Chi bộ Quân sự phường", CellKind.MILITARY, 1),
    ("Chi bộ Cơ quan Đảng, đoàn thể", CellKind.AGENCY, 1),
)
THEMES = {
    0: "Xây dựng khu dân cư sạch, đẹp, nghĩa tình theo gương Bác",
    1: "Nêu cao trách nhiệm, gần dân, giải quyết việc của dân đúng hẹn",
}
PLANS_STAND = (2, 15)
"""Month and day by which the cells of the story have confirmed their plans."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Demo:
    """Who logs in to the demonstration as what."""

    ward: Unit
    office: Member
    secretary: Member
    member: Member
    inspector: Member
    counter: Member | None
    second_counter: Member | None


def told_on(today: date) -> date:
    """The day on which the story ends: today, but in the first weeks of a year, in which no cell has its plans yet, the last of
    the year before.
    """
    return today if today >= date(today.year, *PLANS_STAND) else date(today.year - 1, 12, 31)


def build(today: date, *, small: bool = False, say: Progress = lambda _words: None) -> Demo:
    """Fill the ward: 15 cells and about 400 members over two years; ``small`` has 3 cells and one year."""
    today = told_on(today)
    office = Office.found("Thành phố Hoa Sen", "", "Phường Sao Khuê", key="saokhue", seed=2026)
    chance = office.chance
    cells = _cells(office, small=small)
    groups = {
        str(name): form_group(office.ward, name=str(name), order=n, **AS_SETUP)
        for n, name in enumerate(DEFAULT_GROUPS)
    }
    people: dict[Unit, list[Member]] = {}
    for cell in cells:
        size = 9 if small else chance.randint(18, 34)
        people[cell] = [_somebody(office, cell, n, today) for n in range(size)]
        say(f"{cell.name}: {size} đảng viên")
    since = date(today.year - 4, 6, 1)
    leaders = {cell: _lead(cell, members, groups, since) for cell, members in people.items()}
    road.plant_sheet(office, date(today.year, 1, 1))
    for cell in cells:
        road.fix_day(cell)
    _group(people, groups, chance)
    ward_posts = _ward_posts(office, people[cells[-1]], since)
    programme = _programme(office, today)
    for back in (0,) if small else (1, 0):
        year = today.year - back
        campaign = _campaign(office, programme, year, 1 - back, groups)
        plans = _plans(office, campaign, people, leaders)
        say(f"năm {year}: {len(plans)} kế hoạch")
        _months(office, year, today, people, plans, leaders, say)
        if back:
            _conclude(cells, year)
    outreach.tell(office, cells, people, programme, today)
    study.demonstrate(office, programme, people, campaign.guidance, today)
    road.carry_on(office, today)
    opinions.fill_demo(office, cells, today)
    road.brief(office, cells, ward_posts[Post.WARD_SECRETARY], ward_posts[Post.CLERK], today)
    inspections.carry_on(office.ward, cells, people[cells[-1]], today)
    papers.file_away(office, today)
    counters = congresses.demonstrate(office, people, today)
    reviews.demonstrate(office, cells, today, small=small)
    first = cells[0]
    plain = next(m for m in people[first] if m in plans and m not in [*leaders[first], *counters])
    return Demo(
        office.ward, ward_posts[Post.CLERK], leaders[first][0], plain, ward_posts[Post.INSPECTOR], *(counters or (None, None))
    )  # fmt: skip


def _cells(office: Office, *, small: bool) -> list[Unit]:
    cells: list[Unit] = []
    for name, kind, count in KINDS:
        for n in range(1 if small else count):
            title = name.format(n + 1)
            cells.append(office.cell(title, f"saokhue-{len(cells) + 1}", kind))
    return cells[:2] + cells[-1:] if small else cells


def _somebody(office: Office, cell: Unit, number: int, today: date) -> Member:
    """A member with an ordinary life: retired in residential cells, at work elsewhere."""
    chance = office.chance
    at_work = cell.cell_kind != CellKind.RESIDENTIAL
    age = chance.randint(24, 58) if at_work else chance.choice((chance.randint(28, 60), chance.randint(60, 88)))
    born = date(today.year - age, chance.randint(1, 12), chance.randint(1, 28))
    admitted = date(born.year + chance.randint(21, min(age - 2, 40)), 2, 3)
    facts: dict[str, Any] = {
        "birth_date": born,
        "admitted_on": admitted,
        "official_on": admitted.replace(year=admitted.year + 1),
        "phone": f"09{chance.randint(10, 99)} 000 {chance.randint(100, 999)}",
        "qualification": chance.choice(
            (
                Qualification.BACHELOR,
                Qualification.BACHELOR,
                Qualification.COLLEGE,
                Qualification.INTERMEDIATE,
                Qualification.MASTER,
            )
        ),
        "theory": chance.choice((Theory.ELEMENTARY, Theory.INTERMEDIATE, Theory.INTERMEDIATE, Theory.ADVANCED)),
        "staff_kind": StaffKind.RETIRED if age > 60 else StaffKind.OTHER,
        "occupation": "Hưu trí" if age > 60 else "Đang công tác",
    }
    if cell.cell_kind == CellKind.AGENCY:
        facts["staff_kind"] = (StaffKind.CADRE, StaffKind.CIVIL_SERVANT, StaffKind.CIVIL_SERVANT, StaffKind.CONTRACT)[
            number % 4
        ]
        facts["occupation"] = "Cán bộ, công chức phường"
    if age > 80 and number > 5:
        facts["condition"] = Condition.EXEMPT
    elif number == 7 and age < 45:
        facts["condition"] = Condition.TEMPORARY_ELSEWHERE
    if number == 8:
        facts |= {"standing": Standing.PROBATIONARY, "official_on": None, "admitted_on": date(today.year, 2, 3)}
        return office.member(cell, since=date(today.year, 2, 3), **facts)
    return office.member(cell, since=max(facts["official_on"], date(2015, 1, 1)), **facts)


def _fit(member: Member, since: date) -> bool:
    """Whether they stood in the cell as an active official member when the posts were given."""
    stays = member.memberships.filter(condition=Condition.ACTIVE, standing=Standing.OFFICIAL, valid_from__lte=since)
    return stays.exists()


def _lead(cell: Unit, members: list[Member], groups: dict[str, Group], since: date) -> list[Member]:
    """Secretary, deputy and a third for the committee: the first three fit ones."""
    fit = [m for m in members if _fit(m, since)][:3]
    posts = (Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE)
    for member, post in zip(fit, posts, strict=True):
        appoint(cell, member=member, post=post, valid_from=since, term=f"{since.year}–{since.year + 5}", **AS_SETUP)
    join_group(groups[str(DEFAULT_GROUPS[0])], members=fit, **AS_SETUP)
    return fit


def _group(people: dict[Unit, list[Member]], groups: dict[str, Group], chance: Random) -> None:
    """Everybody into the group that their life puts them in."""
    everyone = [m for members in people.values() for m in members]
    join_group(groups["Nghỉ hưu"], members=[m for m in everyone if m.staff_kind == StaffKind.RETIRED], **AS_SETUP)
    staff = (StaffKind.CADRE, StaffKind.CIVIL_SERVANT, StaffKind.CONTRACT)
    join_group(
        groups["Cán bộ, công chức, viên chức"], members=[m for m in everyone if m.staff_kind in staff], **AS_SETUP
    )
    young = [m for m in everyone if m.birth_date and m.birth_date.year > 1991]
    join_group(groups["Đảng viên trẻ"], members=young, **AS_SETUP)
    join_group(groups["Đi làm ăn xa"], members=chance.sample(young, len(young) // 4), **AS_SETUP)


def _ward_posts(office: Office, staff: list[Member], since: date) -> dict[Post, Member]:
    """The ward's leaders and its office, out of the agency's cell."""
    posts = (Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.CLERK, Post.INSPECTOR)
    fit = [m for m in staff if _fit(m, since)][-4:]
    for member, post in zip(fit, posts, strict=True):
        appoint(
            office.ward,
            member=member,
            post=post,
            valid_from=since,
            term=f"{since.year + 3}–{since.year + 8}",
            **AS_SETUP,
        )
    return dict(zip(posts, fit, strict=True))


def _programme(office: Office, today: date) -> Programme:
    plant_manifestations(office.ward, **AS_SETUP)
    basis = office.paper(
        "07-CT/TW", "Chỉ thị", "Ban Bí thư", "Đẩy mạnh học tập và làm theo Bác", date(today.year - 1, 1, 2)
    )
    return office.programme(
        "hoc-tap", "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", date(2016, 5, 15), basis
    )


def _campaign(office: Office, programme: Programme, year: int, which: int, groups: dict[str, Group]) -> Campaign:
    theme = office.theme(programme, year, THEMES[which])
    guidance = office.paper(
        f"{10 + which:02}-HD/ĐU",
        "Hướng dẫn",
        "Đảng ủy phường Sao Khuê",
        f"Xây dựng kế hoạch tu dưỡng năm {year}",
        date(year, 1, 4),
    )
    campaign = office.campaign(programme, year, theme, guidance)
    for name, statement, measure in (
        ("Cấp ủy viên", "Dự và chỉ đạo một hoạt động theo chuyên đề tại khu dân cư", "1 hoạt động mỗi quý"),
        ("Nghỉ hưu", "Kể chuyện về Bác cho thiếu nhi trong tổ dân phố", "2 buổi"),
        ("Cán bộ, công chức, viên chức", "Giải quyết hồ sơ của dân đúng hẹn", "100% hồ sơ"),
        ("Đảng viên trẻ", "Hướng dẫn người cao tuổi dùng dịch vụ công", "20 lượt"),
        ("Đi làm ăn xa", "Giữ liên hệ với chi bộ, báo cáo khi không dự được sinh hoạt", "mỗi tháng 1 lần"),
    ):
        suggest_items(
            campaign, group=groups[name],
            items=[SuggestedItem("5", statement, measure, on_theme=True)], **AS_SETUP,
        )  # fmt: skip
    return campaign


def _plans(
    office: Office, campaign: Campaign, people: dict[Unit, list[Member]], leaders: dict[Unit, list[Member]]
) -> dict[Member, Plan]:
    """Most register; here and there one is missing, vague or still waits for the committee."""
    plans: dict[Member, Plan] = {}
    for cell, members in people.items():
        for n, member in enumerate(members):
            stay = member.memberships.filter(valid_from__lte=date(campaign.year, 1, 5)).first()
            if stay is None or stay.condition != Condition.ACTIVE:
                continue
            if n % 17 == 11 and member not in leaders[cell]:
                continue
            plans[member] = office.plan(campaign, member, vague=n % 13 == 9, confirmed=n % 11 != 10)
    return plans


def _months(
    office: Office,
    year: int,
    today: date,
    people: dict[Unit, list[Member]],
    plans: dict[Member, Plan],
    leaders: dict[Unit, list[Member]],
    say: Progress,
) -> None:
    for cell in people:
        propose_rota(cell, year=year, **AS_SETUP)
    month = date(year, 1, 1)
    while month.year == year and month.replace(day=3) <= today:
        for n, (cell, members) in enumerate(people.items()):
            if (n, month.month) == (4, 5) or (n == 6 and month.month == 9):
                continue  # two cells that did not meet that month: the board shows it
            _meeting(office, cell, month, members, plans, leaders[cell], today=today)
        say(f"sinh hoạt tháng {month:%m/%Y}")
        month = months_after(month, 1)


def _meeting(
    office: Office,
    cell: Unit,
    month: date,
    members: list[Member],
    plans: dict[Member, Plan],
    leaders: list[Member],
    *,
    today: date,
) -> None:
    """Most come; the committee evaluates from February on; this month's minutes are still open in some cells."""
    chance = office.chance
    held_on = month.replace(day=3)
    due = [
        m for m in members
        if m.memberships.filter(valid_from__lte=held_on, condition=Condition.ACTIVE).exclude(valid_to__lt=held_on).exists()
    ]  # fmt: skip
    absent = [m for m in due if m not in leaders and chance.random() < 0.08]
    unexcused = [m for m in absent if chance.random() < 0.15]
    meeting = office.meet(
        cell, month, members=due, absent=[m for m in absent if m not in unexcused], unexcused=unexcused,
        chair=leaders[0], recorder=leaders[2],
    )  # fmt: skip
    skipped = cell.pk % 5 == 0 and month.month == 6
    if month.month > 1 and not skipped:
        entries = {
            plans[m]: _verdict(chance) for m in due if m in plans and (plans[m].registered_on or held_on) <= held_on
        }
        office.evaluate(meeting, entries)
    if months_after(month, road.MONTHS) > today:
        road.conduct(office, meeting, [m for m in due if m not in absent])
    if not (month_of(today) == month and cell.pk % 3 == 0):
        office.close(meeting)


def _conclude(cells: list[Unit], year: int) -> None:
    """At the end of the year every cell gives its confirmed plans their result: mostly good."""
    for cell in cells:
        plans = waiting_plans(cell, year, PlanState.CONFIRMED).order_by("pk")
        results = {
            plan: (
                ResultLevel.EXCELLENT if n % 6 == 1 else ResultLevel.AVERAGE if n % 9 == 4 else ResultLevel.GOOD,
                "",
            )
            for n, plan in enumerate(plans)
        }
        if results:
            conclude_plans(cell, results=results, concluded_on=date(year, 12, 31), **AS_SETUP)


def _verdict(chance: Random) -> Entry:
    """Mostly good; some commended, a few reminded, rarely criticised."""
    luck = chance.random()
    if luck < 0.06:
        return Entry(
            level=ResultLevel.EXCELLENT,
            remark=Remark.COMMEND,
            comment=chance.choice(PRAISE),
            reported="Đã hoàn thành nội dung của tháng.",
        )
    if luck < 0.11:
        return Entry(level=ResultLevel.AVERAGE, remark=Remark.REMIND, comment=chance.choice(REMINDERS))
    if luck < 0.115:
        return Entry(level=ResultLevel.POOR, remark=Remark.CRITICISE, comment=chance.choice(CRITICISMS))
    return Entry(level=ResultLevel.GOOD)
