"""The secret ballot on a level, against the ordinary base of the cell; and the ceiling on the highest level.

Rulebook §5.2 (294-QĐ/TW, 9.3.2: the ordinary base, test T18) and §5.3 (HD 21: 20 %, two readings, test T21).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chibo.core.values import Objection, Word, gettext_noop
from chibo.reviews.rules import LEVELS, Level

BASE_ARTICLE = "294-QĐ/TW 2025, điểm 9.3.2"
CEILING_ARTICLE = "HD 21-HD/BTCTW 2019"


def needed(base: int) -> int:
    """More than half: the least number of votes that carries."""
    return base // 2 + 1


@dataclass(frozen=True, slots=True)
class Tally:
    """Ballots as the counters read them. ``base``: the official members who count (``meetings.rules.voting_base``)."""

    votes: Mapping[str, int]
    invalid: int
    collected: int
    present: int
    base: int

    @property
    def carried(self) -> Level | None:
        """The level for which more than half of the ordinary base voted; None where no level has that."""
        least = needed(self.base)
        return next((level for level in LEVELS if self.votes.get(level, 0) >= least), None) if self.base else None


def objections_to_tally(tally: Tally) -> Iterator[Objection]:
    if not tally.present:
        yield Objection(gettext_noop("Chưa điểm danh cuộc họp, nên chưa biết bao nhiêu đồng chí được bỏ phiếu."))
        return
    if any(number < 0 for number in (*tally.votes.values(), tally.invalid, tally.collected)):
        yield Objection(gettext_noop("Số phiếu không thể âm."), field="collected")
    if tally.collected > tally.present:
        yield Objection(
            gettext_noop("Thu về %(collected)s phiếu, nhiều hơn %(present)s đảng viên chính thức có mặt."),
            BASE_ARTICLE, {"collected": tally.collected, "present": tally.present}, "collected",
        )  # fmt: skip
    said = sum(tally.votes.values()) + tally.invalid
    if said != tally.collected:
        yield Objection(
            gettext_noop("Cộng các mức và phiếu không hợp lệ được %(said)s, phiếu thu về là %(collected)s."),
            params={"said": said, "collected": tally.collected}, field="collected",
        )  # fmt: skip


class Reading(Word):
    """Of whom the twenty percent are: the wording takes the second level alone; many offices take both [R]."""

    LITERAL = "b", gettext_noop("trên số hoàn thành tốt nhiệm vụ")
    ELIGIBLE = "a", gettext_noop("trên số hoàn thành tốt nhiệm vụ trở lên")


def reading_of(value: object) -> Reading:
    """The setting's value; what is not known is the literal reading."""
    return Reading.ELIGIBLE if str(value).strip().lower() == Reading.ELIGIBLE else Reading.LITERAL


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How many of the highest level there may be, beside how many there are."""

    excellent: int
    good: int
    percent: int
    reading: Reading

    @property
    def base(self) -> int:
        return self.good + (self.excellent if self.reading == Reading.ELIGIBLE else 0)

    @property
    def most(self) -> int:
        """Cut, never rounded up: 5,4 allows five."""
        return self.percent * self.base // 100

    @property
    def exceeded_by(self) -> int:
        return max(0, self.excellent - self.most)


def objections_to_ceiling(ceiling: Ceiling) -> Iterator[Objection]:
    if ceiling.exceeded_by:
        yield Objection(
            gettext_noop("Vượt trần hoàn thành xuất sắc: được %(most)s, quyết định này làm thành %(excellent)s."),
            CEILING_ARTICLE, {"most": ceiling.most, "excellent": ceiling.excellent},
        )  # fmt: skip


CEILING_WORDS = gettext_noop(
    "Tối đa %(percent)s%% %(reading)s: %(percent)s%% của %(base)s là %(most)s; hiện có %(excellent)s."
)
"""How the ceiling is explained; filled with the numbers of ``Ceiling``."""
