"""Lists: how long, who may be on them, who may put whom there. 244-QĐ/TW Đ13, Đ16; 190-QĐ/TW Đ11, Đ14; rulebook §1.2, §1.3."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chibo.congresses.rules import CHARTER_RIGHTS, UPWARD, Office, Source, cell_article, rule_set_on
from chibo.congresses.rules.voting import may_vote
from chibo.core.values import Objection, gettext_noop


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings of lists."""

    percent: int = 30
    """The most surplus in percent of the seats (Đ14.1)."""
    small: int = 1
    """The most surplus for 3 to 5 seats, and for 2 ([R])."""
    support_percent: int = 30
    """A floor nominee needs more than this share of those attending (Đ14.3)."""
    least_for_committee: int = 9
    """Official members from which on a cell elects a committee."""
    committee_most: int = 7


def max_surplus(seats: int, limits: Limits) -> int:
    """1 for 2 to 5 seats; else 30 % rounded down, so that it never exceeds the limit ([R] for the rounding)."""
    if seats < 2:
        return limits.small
    return limits.small if seats <= 5 else limits.percent * seats // 100


def prepared_surplus(seats: int) -> tuple[int, int]:
    """How many more the convening committee introduces: 10 to 15 % of the seats, at least one (Đ14.1)."""
    least = max(1, -(-seats // 10))
    return least, max(least, 15 * seats // 100)


def objections_to_list(office: str, seats: int, names: int, *, on: date, limits: Limits) -> Iterator[Objection]:
    """A committee's list is longer than its seats, but not by more than the limit; secretary and deputy may have one name."""
    article = rule_set_on(on).article("surplus")
    facts: dict[str, object] = {"seats": seats, "names": names, "most": seats + max_surplus(seats, limits)}
    if names < seats:
        yield Objection(gettext_noop("Danh sách có %(names)s người, ít hơn số cần bầu %(seats)s."), article, facts)
    elif office == Office.COMMITTEE and names == seats:
        yield Objection(
            gettext_noop("Danh sách bầu chi ủy phải có số dư: cần bầu %(seats)s, danh sách mới có %(names)s người."),
            article,
            facts,
        )
    elif names > facts["most"]:  # type: ignore[operator]
        yield Objection(
            gettext_noop(
                "Danh sách có %(names)s người, số dư vượt quy định: bầu %(seats)s thì danh sách nhiều nhất %(most)s. Hãy lấy phiếu về danh sách và chọn từ cao xuống."
            ),
            article,
            facts,
        )


def shortened(support: Mapping[int, int], introduced: Collection[int], seats: int, limits: Limits) -> list[int]:
    """Too long a list is polled and taken from the highest support down to the limit (Đ14.3b); who is equal at the cut is
    left to the congress, so those are not taken."""
    most = seats + max_surplus(seats, limits)
    ranked = sorted(support, key=lambda who: (-support[who], who not in introduced, who))
    if len(ranked) <= most:
        return ranked
    cut = support[ranked[most]]
    return [who for who in ranked[:most] if support[who] > cut]


def is_supported(votes: int, attending: int, limits: Limits) -> bool:
    """More than 30 %: 8 of 27 is not, 9 of 27 is."""
    return 100 * votes > limits.support_percent * attending


def objections_to_missing(
    office: str, seats: int, sitting: int, *, is_small: bool, on: date, limits: Limits, holder: str = ""
) -> Iterator[Objection]:
    """A by-election (190-QĐ/TW Đ28) fills what is missing: the committee does not grow beyond its most ([R]), and an office
    that its ``holder`` keeps is not missing."""
    article = rule_set_on(on).article("by")
    if holder:
        yield Objection(
            gettext_noop("%(office)s đang là %(name)s, không khuyết: ghi thôi giữ chức vụ trước ngày hội nghị rồi mới bầu bổ sung."),
            article, {"office": Office(office).label, "name": holder}, "office",
        )  # fmt: skip
    if office in UPWARD:
        yield Objection(gettext_noop("Bầu bổ sung chỉ bầu chi ủy, bí thư, phó bí thư."), article, field="office")
    if office == Office.COMMITTEE and is_small:
        yield Objection(
            gettext_noop("Chi bộ này không có chi ủy: bầu bổ sung bí thư hoặc phó bí thư."), article, field="office"
        )
    if office == Office.COMMITTEE and not 1 <= seats <= limits.committee_most - sitting:
        yield Objection(
            gettext_noop("Chi ủy đang có %(sitting)s đồng chí, nhiều nhất %(most)s: bầu bổ sung vượt quá số lượng."),
            article, {"sitting": sitting, "most": limits.committee_most}, "seats",
        )  # fmt: skip
    if office != Office.COMMITTEE and seats != 1:
        yield Objection(gettext_noop("Chi bộ bầu một bí thư và một phó bí thư."), article, field="seats")


# ------------------------------------------------------------------------------------------ putting forward


@dataclass(frozen=True, slots=True)
class Putting:
    """A name put forward: ``by_incumbent`` if a member of the convening committee nominates, ``is_incumbent`` if one is
    nominated."""

    name: str
    source: str
    standing: str
    condition: str
    agreed: bool = True
    is_incumbent: bool = False
    by_incumbent: bool = False
    already: bool = False
    counts: bool = False
    """Whether this person sits on the counting committee."""
    in_committee: bool = True
    """Whether this person was elected to the committee (for secretary and deputy)."""
    is_delegate: bool = False
    """Whether this person was elected a delegate (for their alternates)."""
    holds: str = ""
    """The office of the cell that this person keeps while others are elected within a term."""


_KEPT = {
    Office.COMMITTEE: (Office.COMMITTEE, Office.SECRETARY, Office.DEPUTY), Office.SECRETARY: (Office.SECRETARY,),
    Office.DEPUTY: (Office.DEPUTY, Office.SECRETARY),
}  # fmt: skip
"""Who holds one of these sits already where a by-election would put them, or would have to step down."""


def objections_to_putting(asked: Putting, office: str, *, has_committee: bool, on: date) -> Iterator[Objection]:
    rules = rule_set_on(on)
    who: dict[str, object] = {"name": asked.name}
    if not may_vote(asked.standing, asked.condition):
        yield Objection(
            gettext_noop("%(name)s không phải đảng viên chính thức đủ quyền của chi bộ, không được ứng cử, đề cử."),
            CHARTER_RIGHTS, who, "member",
        )  # fmt: skip
    if asked.already:
        yield Objection(gettext_noop("%(name)s đã có trong danh sách."), params=who, field="member")
    if not asked.agreed:
        yield Objection(gettext_noop("%(name)s chưa đồng ý được đề cử."), rules.article("incumbents"), who, "agreed")
    if asked.source != Source.INTRODUCED and asked.by_incumbent:
        yield Objection(
            gettext_noop("Cấp ủy viên của cấp ủy triệu tập không được đề cử người ngoài danh sách do cấp ủy giới thiệu."),
            rules.article("incumbents"), field="nominated_by",
        )  # fmt: skip
    if asked.source != Source.INTRODUCED and asked.is_incumbent:
        yield Objection(
            gettext_noop("%(name)s là cấp ủy viên của cấp ủy triệu tập: không được ứng cử, nhận đề cử ngoài danh sách do cấp ủy giới thiệu."),
            rules.article("incumbents"), who, "member",
        )  # fmt: skip
    if asked.counts:
        yield Objection(
            gettext_noop("%(name)s ở trong ban kiểm phiếu; người trong danh sách bầu cử không được kiểm phiếu."),
            rules.article("counting"), who, "member",
        )  # fmt: skip
    if asked.holds in _KEPT.get(Office(office), ()):
        yield Objection(
            gettext_noop("%(name)s đang giữ chức vụ (%(office)s), không bầu bổ sung vào chức vụ này."),
            rules.article("by"), {**who, "office": Office(asked.holds).label}, "member",
        )  # fmt: skip
    if office == Office.ALTERNATES and asked.is_delegate:
        yield Objection(gettext_noop("%(name)s đã là đại biểu chính thức."), rules.article("method"), who, "member")
    if office in (Office.SECRETARY, Office.DEPUTY) and has_committee and not asked.in_committee:
        yield Objection(
            gettext_noop("%(name)s không trúng cử chi ủy; bí thư, phó bí thư bầu trong số chi ủy viên."),
            rules.article("order"), who, "member",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nominee:
    """A name as it stands when the list is closed."""

    name: str
    source: str
    withdrawal: str
    support: int | None
    attending: int


def objections_to_nominee(nominee: Nominee, *, on: date, limits: Limits) -> Iterator[Objection]:
    """Withdrawals are decided; who was not introduced by the committee has more than 30 % support."""
    article = rule_set_on(on).article("surplus")
    if nominee.withdrawal == "asked":
        yield Objection(
            gettext_noop("Đại hội chưa quyết định về việc xin rút của %(name)s."), article, {"name": nominee.name}
        )
    if nominee.source == Source.INTRODUCED or nominee.withdrawal == "allowed":
        return
    if nominee.support is None or not is_supported(nominee.support, nominee.attending, limits):
        yield Objection(
            gettext_noop(
                "%(name)s không do cấp ủy giới thiệu và được %(votes)s/%(attending)s người ủng hộ: phải trên %(percent)s %% mới xem xét đưa vào danh sách."
            ),
            article,
            {"name": nominee.name, "votes": nominee.support or 0, "attending": nominee.attending, "percent": limits.support_percent},
        )  # fmt: skip


def objections_to_office(
    office: str, seats: int, official: int, *, earlier_done: bool, on: date, limits: Limits, delegates: int = 0
) -> Iterator[Objection]:
    """Which elections a cell has: a committee from 9 official members on, of 3 to 7; then the secretary, then one deputy;
    and as many ``delegates`` as the level above allotted (190-QĐ/TW Đ3.1; the number is the plan's, [R])."""
    article = cell_article(on)
    small = official < limits.least_for_committee
    if office == Office.COMMITTEE and small:
        yield Objection(
            gettext_noop("Chi bộ có %(official)s đảng viên chính thức, dưới %(least)s: không bầu chi ủy, bầu thẳng bí thư và nếu cần một phó bí thư."),
            article, {"official": official, "least": limits.least_for_committee}, "office",
        )  # fmt: skip
    if office == Office.COMMITTEE and not small and not 3 <= seats <= limits.committee_most:
        yield Objection(
            gettext_noop("Chi ủy có từ 3 đến %(most)s đồng chí."), article, {"most": limits.committee_most}, "seats"
        )
    if office == Office.DELEGATES and seats != delegates:
        yield Objection(
            gettext_noop("Đảng ủy phân bổ %(delegates)s đại biểu cho chi bộ (đề án nhân sự)."),
            rule_set_on(on).article("method"), {"delegates": delegates}, "seats",
        )  # fmt: skip
    if office == Office.ALTERNATES and not delegates:
        yield Objection(
            gettext_noop("Chi bộ không được phân bổ đại biểu nên không bầu đại biểu dự khuyết."),
            rule_set_on(on).article("method"), field="office",
        )  # fmt: skip
    if office in (Office.SECRETARY, Office.DEPUTY) and seats != 1:
        yield Objection(gettext_noop("Chi bộ bầu một bí thư và một phó bí thư."), article, field="seats")
    if not earlier_done:
        yield Objection(
            gettext_noop("Bầu chi ủy trước, rồi bí thư, rồi phó bí thư; mỗi cuộc bầu một phiếu và một biên bản riêng."),
            rule_set_on(on).article("order"), field="office",
        )  # fmt: skip


def objections_to_counters(
    names: Mapping[int, str],
    *,
    head: int | None,
    listed: Collection[int],
    voters: Collection[int],
    least: int,
    on: date,
) -> Iterator[Objection]:
    """The counting committee: official members who are not on any list, one of them its head, at least three ([R])."""
    article = rule_set_on(on).article("counting")
    if len(names) < least:
        yield Objection(
            gettext_noop("Ban kiểm phiếu có ít nhất %(least)s đồng chí."), article, {"least": least}, "members"
        )
    if head not in names:
        yield Objection(
            gettext_noop("Hãy chọn trưởng ban trong số thành viên ban kiểm phiếu."), article, field="head"
        )
    for who, name in names.items():
        if who in listed:
            yield Objection(
                gettext_noop("%(name)s có tên trong danh sách bầu cử, không được ở ban kiểm phiếu."),
                article, {"name": name}, "members",
            )  # fmt: skip
        elif who not in voters:
            yield Objection(
                gettext_noop("%(name)s không phải đảng viên chính thức của chi bộ."),
                article,
                {"name": name},
                "members",
            )
