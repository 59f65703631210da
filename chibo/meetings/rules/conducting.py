"""What must hold while a meeting is under way: turns of the agenda, the floor, open votes, what is resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time

from chibo.core.values import Objection, gettext_noop
from chibo.meetings.rules import Mentioned, Presence, minutes_between
from chibo.members.rules import Condition, Standing
from chibo.tasks.rules import objections_to_vagueness

ADOPTION = "Điều lệ Đảng, Điều 9"
VOTING = "Quyết định 190-QĐ/TW ngày 10/10/2024, Điều 3"


# --------------------------------------------------------------------------------------- turns and clock


def objections_to_turns(began_at: time | None, ended_at: time | None) -> Iterator[Objection]:
    """An item ends after it began, and nothing ends that never began."""
    if ended_at and not began_at:
        yield Objection(gettext_noop("Nội dung này chưa ghi giờ bắt đầu."), field="began_at")
    if began_at and ended_at and ended_at < began_at:
        yield Objection(gettext_noop("Giờ kết thúc nội dung phải sau giờ bắt đầu."), field="ended_at")


def minutes_spent(began_at: time | None, ended_at: time | None) -> int | None:
    """The minutes that an item took; None unless both times are written down."""
    lasted = minutes_between(began_at, ended_at)
    return None if lasted is None else max(0, lasted)


# ---------------------------------------------------------------------------------------------- open votes


@dataclass(frozen=True, slots=True)
class Voter:
    """One line of the roll as an open vote sees it."""

    standing: str
    condition: str
    presence: str


def voting_base(roll: Iterable[Voter]) -> tuple[int, int]:
    """(present, all) of those who may vote: official members of the cell.

    The temporarily elsewhere and the exempt count only when they came; who is here for a time votes at home;
    members merely away stay in (294-QĐ/TW, 9.3.2; rulebook §1.6).
    """
    official = [v for v in roll if v.standing == Standing.OFFICIAL and v.condition != Condition.TEMPORARY_HERE]
    present = sum(voter.presence == Presence.PRESENT for voter in official)
    away = sum(voter.condition == Condition.ACTIVE and voter.presence != Presence.PRESENT for voter in official)
    return present, present + away


@dataclass(frozen=True, slots=True)
class Count:
    """Hands as they were counted, beside those who may raise them."""

    in_favour: int
    against: int
    abstaining: int
    base: int
    """Official members present."""
    entitled: int
    """All official members of the cell who may vote."""

    @property
    def hands(self) -> int:
        return self.in_favour + self.against + self.abstaining

    @property
    def is_adopted(self) -> bool:
        """More than half of **all** official members, not of those present (Charter, art. 9.5)."""
        return 2 * self.in_favour > self.entitled


def objections_to_voting(count: Count) -> Iterator[Objection]:
    """Hands agree with the roll, and more than half of all official members are there to raise them."""
    if not count.base:
        yield Objection(gettext_noop("Chưa điểm danh đảng viên chính thức nào có mặt, chưa biểu quyết được."), VOTING)
        return
    if 2 * count.base <= count.entitled:
        yield Objection(
            gettext_noop(
                "Chỉ có %(base)s/%(entitled)s đảng viên chính thức có mặt, chưa quá một nửa: không biểu quyết được."
            ),
            ADOPTION,
            {"base": count.base, "entitled": count.entitled},
        )
    if count.hands != count.base:
        yield Objection(
            gettext_noop(
                "Cộng lại được %(hands)s, nhưng có mặt %(base)s đảng viên chính thức theo điểm danh; hãy đếm lại hoặc sửa điểm danh."
            ),
            VOTING,
            {"hands": count.hands, "base": count.base},
            "in_favour",
        )


# ------------------------------------------------------------------------------------ floor, words, tasks


def objections_to_speaking(presence: str, name: str) -> Iterator[Objection]:
    """Who speaks is there: of the cell (``presence`` is not None by then) and not marked absent."""
    if presence in (Presence.EXCUSED, Presence.UNEXCUSED):
        yield Objection(
            gettext_noop("Đồng chí %(name)s đang được điểm danh là vắng mặt."), params={"name": name}, field="member"
        )


def objections_to_mentioning(kind: str, text: str) -> Iterator[Objection]:
    """A member is commended, reminded or criticised for something that is said (seed S2-12)."""
    if kind not in set(Mentioned):
        yield Objection(gettext_noop("Hãy chọn biểu dương, nhắc nhở hay phê bình."), field="kind")
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi biểu dương, nhắc nhở hay phê bình về việc gì."), field="text")


def objections_to_resolving(
    *, what: str, doer: str, due_on: date | None, measure: str, held_on: date, override_reason: str = ""
) -> Iterator[Objection]:
    """What is resolved says what, who, by when and how it is measured (seed S2-16).

    A vague item is refused with the reason; the secretary may keep it by saying why. A deadline before the meeting is
    refused either way.
    """
    if not what.strip():
        yield Objection(gettext_noop("Hãy ghi nội dung nghị quyết."), field="what")
        return
    if due_on is not None and due_on < held_on:
        yield Objection(
            gettext_noop("Thời hạn ở trước ngày họp %(day)s."), params={"day": f"{held_on:%d/%m/%Y}"}, field="due_on"
        )
    if not override_reason.strip():
        yield from objections_to_vagueness(what=what, doer=doer, due_on=due_on, measure=measure)
