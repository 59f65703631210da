"""The base of the majority with each subtraction named, and who wins. 244-QĐ/TW Đ32 = 190-QĐ/TW Đ30; rulebook §1.6."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chibo.congresses.rules import CHARTER_QUORUM, ElectionState, Office, RoundKind, cell_article, rule_set_on
from chibo.core.values import Objection, Share, gettext_noop
from chibo.meetings.rules import Presence
from chibo.members.rules import Condition, Standing


@dataclass(frozen=True, slots=True)
class Person:
    """One membership of the cell on the day of the congress, with the line of the roll ("" if not called)."""

    standing: str
    condition: str
    presence: str


def may_vote(standing: str, condition: str) -> bool:
    """Official members vote and stand; the suspended and guests from elsewhere do not (Charter Đ3; rulebook §1.2)."""
    return standing == Standing.OFFICIAL and condition not in (
        Condition.SUSPENDED,
        Condition.TEMPORARY_HERE,
    )


@dataclass(frozen=True, slots=True)
class Base:
    """The base of the majority of a member congress: every part named, so that the chair can read it out."""

    convened: int
    """Official members of the cell."""
    elsewhere: int = 0
    """Introduced for temporary activity in another organisation."""
    exempt_absent: int = 0
    """Exempt from work and activity, and not there."""
    suspended: int = 0
    """Suspended, prosecuted or detained."""
    excused: int = 0
    """Away from the whole congress for a reason that the convening committee accepts."""
    present: int = 0
    """Those who may vote and are there: not more ballots than this are issued."""

    @property
    def total(self) -> int:
        return self.convened - self.elsewhere - self.exempt_absent - self.suspended - self.excused

    @property
    def needed(self) -> int:
        """The fewest votes that are more than half."""
        return self.total // 2 + 1

    @property
    def quorum(self) -> Share:
        """Present of those who ought to come: as the base, before excuses are taken off (rulebook §9(c) 2, [R])."""
        return Share(self.present, self.total + self.excused)

    @property
    def lines(self) -> tuple[tuple[str, int], ...]:
        """Each subtraction with its words, those that are nil included."""
        return (
            (gettext_noop("Đảng viên được giới thiệu sinh hoạt tạm thời nơi khác"), self.elsewhere),
            (gettext_noop("Đảng viên được miễn công tác và sinh hoạt, không có mặt"), self.exempt_absent),
            (gettext_noop("Đảng viên bị đình chỉ sinh hoạt, bị khởi tố, tạm giam"), self.suspended),
            (gettext_noop("Đảng viên vắng mặt suốt thời gian đại hội có lý do chính đáng được cấp ủy triệu tập chấp nhận"), self.excused),
        )  # fmt: skip


def base_of(people: Iterable[Person]) -> Base:
    """The base as the roll of the congress stands. Who is temporarily elsewhere and yet present stays in it, like the
    exempt who came; who is away without an accepted reason, or for a part only (present on the roll), stays in."""
    official = [p for p in people if p.standing == Standing.OFFICIAL and p.condition != Condition.TEMPORARY_HERE]
    there = Presence.PRESENT

    def count(condition: str, *, away: bool = True) -> int:
        return sum(p.condition == condition and (not away or p.presence != there) for p in official)

    return Base(
        convened=len(official),
        elsewhere=count(Condition.TEMPORARY_ELSEWHERE),
        exempt_absent=count(Condition.EXEMPT),
        suspended=count(Condition.SUSPENDED, away=False),
        excused=sum(p.condition == Condition.ACTIVE and p.presence == Presence.EXCUSED for p in official),
        present=sum(p.presence == there and p.condition != Condition.SUSPENDED for p in official),
    )


def is_elected_by(votes: int, base: int) -> bool:
    """More than half of the base: 10 of 20 is not (Đ30 "quá một nửa"). Percentages are never compared."""
    return 2 * votes > base


def objections_to_opening(base: Base, *, thirds: int) -> Iterator[Objection]:
    """At least two thirds are there (Charter Đ11.5, [R])."""
    share = base.quorum
    if not share.base or 3 * share.part < thirds * share.base:
        yield Objection(
            gettext_noop("Có mặt %(part)s/%(base)s đảng viên chính thức, chưa đủ %(thirds)s/3 số được triệu tập."),
            CHARTER_QUORUM,
            {"part": share.part, "base": share.base, "thirds": thirds},
        )


def objections_to_carrying(in_favour: int, base: int) -> Iterator[Objection]:
    """A vote by show of hands decides with more than half of all official members of the cell (Charter Đ9.5)."""
    if not is_elected_by(in_favour, base):
        yield Objection(
            gettext_noop("%(count)s/%(base)s đảng viên chính thức tán thành, chưa quá một nửa: đại hội chưa thông qua. Thảo luận lại rồi biểu quyết lại."),
            "Điều lệ Đảng, Điều 9", {"count": in_favour, "base": base}, "in_favour",
        )  # fmt: skip


# ------------------------------------------------------------------------------------------------ winners


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round gives. ``elected`` by votes, highest first; ``tied`` are those at the cut line who are voted on again
    for ``open_seats`` seats."""

    elected: tuple[int, ...]
    tied: tuple[int, ...]
    open_seats: int

    @property
    def state(self) -> ElectionState:
        if self.tied:
            return ElectionState.RUNOFF_TIE
        return ElectionState.RUNOFF_SHORT if self.open_seats else ElectionState.ELECTED


def outcome_of(votes: Mapping[int, int], *, seats: int, base: int, kind: str = RoundKind.FIRST) -> Outcome:
    """Who is elected: more than half of the base, the highest first, as many as there are seats (Đ32.4 of 244, [R]).

    Equal at the cut line: only those are voted on again, and then the higher number wins even without half ([R]).
    Names, ages and the order of the list decide nothing.
    """
    passed = {who: n for who, n in votes.items() if is_elected_by(n, base) or (kind == RoundKind.TIE and n > 0)}
    ranked = sorted(passed.values(), reverse=True)
    if len(ranked) <= seats:
        elected = passed
        tied: list[int] = []
    else:
        cut, after = ranked[seats - 1], ranked[seats]
        safe = {who: n for who, n in passed.items() if n > after}
        elected = safe if cut == after else {who: n for who, n in passed.items() if n >= cut}
        tied = sorted(who for who, n in passed.items() if n == cut) if cut == after else []
    order = tuple(sorted(elected, key=lambda who: (-elected[who], who)))
    return Outcome(order, tuple(tied), seats - len(order))


def objections_to_another_round(
    office: str, kind: str, *, held: int, most_for_secretary: int, on: date
) -> Iterator[Objection]:
    """The secretary is voted on three times at the most; then the level above appoints (24-QĐ/TW point 22)."""
    if office == Office.SECRETARY and kind == RoundKind.SHORT and held >= most_for_secretary:
        yield Objection(
            gettext_noop(
                "Đã bầu bí thư %(held)s lần mà không ai đủ phiếu: không bầu nữa, báo cáo đảng ủy để chỉ định một đồng chí phụ trách chi bộ."
            ),
            cell_article(on),
            {"held": held},
        )


# --------------------------------------------------------------------------------------------- a slow look


def check_sums(
    *, votes: Sequence[int], seats: int, valid: int, invalid: int, issued: int, collected: int, present: int,
    with_surplus: bool, on: date,
) -> Iterator[Objection]:  # fmt: skip
    """What must reconcile before a count is certified (rulebook §1.7; 190-QĐ/TW Đ8)."""
    article = rule_set_on(on).article("counting")
    if collected > issued:
        yield Objection(
            gettext_noop(
                "Thu về %(collected)s phiếu, nhiều hơn %(issued)s phiếu phát ra: đại hội hủy cuộc bỏ phiếu và bầu lại, không được bốc bớt phiếu."
            ),
            article,
            {"collected": collected, "issued": issued},
            "collected",
        )
        return
    if issued > present:
        yield Objection(
            gettext_noop("Phát ra %(issued)s phiếu cho %(present)s đảng viên chính thức có mặt."),
            article,
            {"issued": issued, "present": present},
            "issued",
        )
    if valid + invalid != collected:
        yield Objection(
            gettext_noop("Thu về %(collected)s phiếu nhưng đã kiểm %(told)s phiếu (hợp lệ %(valid)s, không hợp lệ %(invalid)s)."),
            article,
            {"collected": collected, "told": valid + invalid, "valid": valid, "invalid": invalid},
        )  # fmt: skip
    if any(count > valid for count in votes):
        yield Objection(gettext_noop("Có người được nhiều phiếu hơn số phiếu hợp lệ."), article)
    if with_surplus and not valid <= sum(votes) <= seats * valid:
        yield Objection(
            gettext_noop("Tổng số phiếu bầu %(sum)s không nằm trong khoảng %(valid)s đến %(most)s."),
            article,
            {"sum": sum(votes), "valid": valid, "most": seats * valid},
        )


def is_void(issued: int, collected: int) -> bool:
    """More ballots came back than went out: the congress declares the vote void and votes again (190-QĐ/TW Đ8)."""
    return collected > issued
