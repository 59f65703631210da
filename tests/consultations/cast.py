"""A ward that asks 56 officials and heads of groups about its two leaders, in small: two groups, two subjects, two questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from chibo.consultations.actions import (
    announce_consultation,
    ask_question,
    hand_out_slips,
    invite_group,
    launch_consultation,
    name_subject,
    sum_up,
)
from chibo.consultations.actions.answering import fill_slip
from chibo.consultations.models import Consultation, Group, Slip
from chibo.consultations.rules import QuestionKind
from chibo.consultations.selectors import bearer_of, code_hash
from tests.world import World

OPENS, CLOSES, AFTER = date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 11)
LEVELS = ("Tốt", "Khá", "Yếu")
OFFICIALS, HEADS = "Cán bộ, công chức", "Bí thư, tổ trưởng, trưởng ban công tác mặt trận"


def drafted(world: World, groups: dict[str, Sequence[str]], **more: Any) -> Consultation:
    asked = {"title": "Góp ý lãnh đạo phường", "opens_on": OPENS, "closes_on": CLOSES, **more}
    made = announce_consultation(world.ward, actor=world.clerk, **asked)
    name_subject(made, actor=world.clerk, name="Ban Thường vụ Đảng ủy")
    ask_question(made, actor=world.clerk, kind=QuestionKind.LEVELS, text="Gương mẫu", levels=LEVELS)
    ask_question(made, actor=world.clerk, kind=QuestionKind.TEXT, text="Cần phát huy, khắc phục gì?")
    for name, people in groups.items():
        invite_group(made, actor=world.clerk, name=name, names=people)
    return made


def people(count: int, word: str = "Người") -> list[str]:
    return [f"{word} Số {n + 1}" for n in range(count)]


def launched(world: World, *sizes: int) -> Consultation:
    made = drafted(world, {f"Nhóm {n + 1}": people(size, f"Tổ {n + 1}") for n, size in enumerate(sizes)})
    return launch_consultation(made, actor=world.clerk)


def codes(world: World, made: Consultation) -> dict[str, list[str]]:
    """Slips for everybody who has none: codes by group."""
    waiting = list(made.invitees.filter(has_slip=False).select_related("group"))
    found: dict[str, list[str]] = {}
    for group, code in hand_out_slips(made, actor=world.clerk, invitees=waiting, today=OPENS):
        found.setdefault(group, []).append(code)
    return found


def sent(made: Consultation, code: str, level: int = 0, words: str = "") -> None:
    _slip, bearer = bearer_of(code)
    fill_slip(made, actor=bearer, code=code, filled={"1-1": level, "1-2": words}, today=OPENS)


def answered(world: World, *sizes: int, of: int | None = None) -> Consultation:
    """Launched, answered by everybody (or so many of each group), summed up."""
    made = launched(world, *sizes)
    for slips in codes(world, made).values():
        for n, code in enumerate(slips[:of]):
            sent(made, code, n % 3, f"Ý kiến {n % 2}")
    return sum_up(made, actor=world.clerk, today=AFTER)


def group_of(code: str) -> Group:
    return Slip.objects.select_related("group").get(code_hash=code_hash(code)).group
