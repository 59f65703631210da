"""Rules of who leads and who is guided together: posts and their terms, and the groups for guidance.

Charter of the Party, art. 3; rulebook §3 and §7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from chibo.core.values import Objection, gettext_noop, same_day_after
from chibo.members.rules import (
    CHARTER,
    DEFAULT_GROUPS,
    SINGLE_POSTS,
    Condition,
    StaffKind,
    Standing,
    written,
)


def objections_to_appointing(
    post: str,
    *,
    valid_from: date,
    valid_to: date | None,
    standing: str,
    belongs: bool,
    holders: Iterable[str],
    holds_already: bool,
) -> Iterator[Objection]:
    """Holding a post: an official member who belongs there, and no two secretaries at once.

    ``standing`` is that of the day the term begins ("" if the member stood nowhere), ``holders`` the names of others
    who hold the post on that day or later.
    """
    if valid_to is not None and valid_to < valid_from:
        yield Objection(gettext_noop("Ngày kết thúc trước ngày bắt đầu."), field="valid_to")
    if not belongs:
        yield Objection(gettext_noop("Vào ngày bắt đầu, đồng chí này không sinh hoạt ở tổ chức này."), field="member")
    elif standing != Standing.OFFICIAL:
        yield Objection(
            gettext_noop("Chỉ đảng viên chính thức mới giữ chức vụ trong Đảng."), f"{CHARTER}, Điều 3", field="member"
        )
    if holds_already:
        yield Objection(gettext_noop("Đồng chí này đang giữ chức vụ đó."), field="member")
    names = list(holders)
    if post in SINGLE_POSTS and names:
        yield Objection(
            gettext_noop(
                "%(holder)s đang giữ chức vụ này. Đánh dấu “Thay người đang giữ chức vụ này” nếu đồng chí mới thay."
            ),
            params={"holder": ", ".join(names)},
            field="ends_previous",
        )


def objections_to_ending(valid_from: date, valid_to: date | None, *, last_day: date) -> Iterator[Objection]:
    """A term ends once, and no earlier than it begins."""
    if valid_to is not None and valid_to <= last_day:
        yield Objection(gettext_noop("Nhiệm kỳ này đã kết thúc ngày %(ended)s."), params={"ended": written(valid_to)})
    if last_day < valid_from:
        yield Objection(gettext_noop("Ngày kết thúc trước ngày bắt đầu."), field="last_day")


def objections_to_grouping(*, name: str, within: bool) -> Iterator[Objection]:
    """A ward's groups are for its own members."""
    if not within:
        yield Objection(
            gettext_noop("Đồng chí %(name)s không thuộc đảng bộ của nhóm này."),
            params={"name": name},
            field="members",
        )


_MASS = ("hoi truong", "chu tich hoi", "pho chu tich hoi", "doan thanh nien", "bi thu doan", "mat tran", "cong doan")
"""How an occupation says that somebody heads a mass organisation, without accents."""


def proposed_groups(
    *, leads: bool, staff_kind: str, occupation: str, condition: str, born: date | None, on: date, young_until: int
) -> frozenset[str]:
    """Which of ``DEFAULT_GROUPS`` fit somebody, by posts, kind of staff, occupation (folded), condition and age."""
    committee, mass, staff, retired, young, away = DEFAULT_GROUPS
    fits = {
        committee: leads,
        mass: any(word in occupation for word in _MASS),
        staff: staff_kind in (StaffKind.CADRE, StaffKind.CIVIL_SERVANT, StaffKind.PUBLIC_EMPLOYEE),
        retired: staff_kind == StaffKind.RETIRED,
        young: born is not None and on <= same_day_after(born, young_until * 12),
        away: condition == Condition.TEMPORARY_ELSEWHERE,
    }
    return frozenset(name for name, fit in fits.items() if fit)
