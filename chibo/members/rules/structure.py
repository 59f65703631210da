"""How people are counted by what they are: kind, qualification, political theory, sex, age (rulebook §7.4; seed S3-08).

Each cut has a line for what the files do not say, so that every way of adding up comes to the same whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, Share, Word, gettext_noop
from chibo.members.rules import Qualification, Sex, StaffKind, Theory

ARTICLE = "Mẫu thống kê tổ chức, cán bộ"
UNKNOWN = "unknown"
AGES = (
    ("to30", gettext_noop("Đến 30 tuổi"), 0, 30),
    ("31to35", gettext_noop("31–35 tuổi"), 31, 35),
    ("36to40", gettext_noop("36–40 tuổi"), 36, 40),
    ("41to45", gettext_noop("41–45 tuổi"), 41, 45),
    ("46to50", gettext_noop("46–50 tuổi"), 46, 50),
    ("51to55", gettext_noop("51–55 tuổi"), 51, 55),
    ("56to60", gettext_noop("56–60 tuổi"), 56, 60),
    ("over60", gettext_noop("Trên 60 tuổi"), 61, 150),
)
"""The age bands of the form (rulebook §7.4; the second is recalled, [R]): years of age on the day, both included."""


class Cut(Word):
    """By what people are sorted."""

    KIND = "kind", gettext_noop("Đối tượng")
    QUALIFICATION = "qualification", gettext_noop("Trình độ chuyên môn")
    THEORY = "theory", gettext_noop("Lý luận chính trị")
    SEX = "sex", gettext_noop("Giới tính")
    AGE = "age", gettext_noop("Độ tuổi")


@dataclass(frozen=True, slots=True)
class Person:
    """What is counted of somebody; "" and None where their file does not say it."""

    kind: str
    qualification: str
    theory: str
    sex: str
    born: date | None


def age_on(born: date, day: date) -> int:
    """Full years of age on the day; who was born on 29 February is a year older on 1 March where there is no such day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band_of(born: date | None, day: date) -> str:
    if born is None:
        return UNKNOWN
    age = age_on(born, day)
    return next((code for code, _label, least, most in AGES if least <= age <= most), UNKNOWN)


def value_of(person: Person, cut: Cut, day: date) -> str:
    """Under which line of a cut somebody is counted."""
    return band_of(person.born, day) if cut == Cut.AGE else getattr(person, cut.value) or UNKNOWN


WORDS: dict[Cut, tuple[tuple[str, str], ...]] = {
    Cut.KIND: tuple((one.value, one.label) for one in StaffKind),
    Cut.QUALIFICATION: tuple((one.value, one.label) for one in Qualification),
    Cut.THEORY: tuple((one.value, one.label) for one in Theory),
    Cut.SEX: tuple((one.value, one.label) for one in Sex),
    Cut.AGE: tuple((code, label) for code, label, _least, _most in AGES),
}
NOT_SAID = gettext_noop("Chưa ghi")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cut: how many now, how many in the same period of last year, and now by kind."""

    label: str
    now: int
    then: int
    by_kind: tuple[int, ...]

    @property
    def share(self) -> Share:
        """Kỳ này × 100 / cùng kỳ: of nothing there is no percentage."""
        return Share(self.now, self.then)


@dataclass(frozen=True, slots=True)
class Section:
    """One cut: its lines, and the whole under them."""

    cut: Cut
    kinds: tuple[str, ...]
    lines: tuple[Line, ...]
    whole: Line


def section_of(
    cut: Cut, now: Sequence[Person], then: Sequence[Person], *, kinds: Sequence[str], day: date, before: date
) -> Section:
    """The people of two days by one cut, crossed with their kind. Lines nobody stands in on either day are left out."""
    told = Counter(value_of(person, cut, day) for person in now)
    earlier = Counter(value_of(person, cut, before) for person in then)
    pairs = Counter((value_of(person, cut, day), person.kind or UNKNOWN) for person in now)
    lines = tuple(
        Line(label, told[code], earlier[code], tuple(pairs[code, kind] for kind in kinds))
        for code, label in (*WORDS[cut], (UNKNOWN, NOT_SAID))
        if told[code] or earlier[code]
    )
    of_kind = Counter(person.kind or UNKNOWN for person in now)
    return Section(cut, tuple(kinds), lines, Line("", len(now), len(then), tuple(of_kind[kind] for kind in kinds)))


def kinds_in(people: Iterable[Person]) -> tuple[str, ...]:
    """The kinds that occur, in the order of the form: the columns of a cross-table."""
    there = {person.kind or UNKNOWN for person in people}
    return tuple(code for code, _label in (*WORDS[Cut.KIND], (UNKNOWN, NOT_SAID)) if code in there)


def kind_label(code: str) -> str:
    return dict(WORDS[Cut.KIND]).get(code, NOT_SAID)


def objections_to_section(section: Section, *, counted: int) -> Iterator[Objection]:
    """Lines, columns and the figure of the whole say the same number, down and across."""
    ways = (
        sum(line.now for line in section.lines), sum(section.whole.by_kind), section.whole.now,
        *(sum(line.by_kind[at] for line in section.lines) - section.whole.by_kind[at] + counted
          for at in range(len(section.kinds))),
        *(sum(line.by_kind) - line.now + counted for line in section.lines),
    )  # fmt: skip
    if any(number != counted for number in ways):
        yield Objection(
            gettext_noop("Các cách cộng theo %(cut)s không khớp với tổng số %(counted)s."), ARTICLE,
            {"cut": section.cut.label.lower(), "counted": counted},
        )  # fmt: skip
