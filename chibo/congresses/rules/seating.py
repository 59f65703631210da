"""Who sits at the machine of a count: two people are two persons, though the laptop in the hall has one log-in (ADR 0113)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.congresses.rules import rule_set_on
from chibo.core.values import Objection, gettext_noop

DIGITS = 6
MOST_WRONG = 5
"""Wrong codes in a row, after which a new one is given, and the minutes say so."""


def objections_to_seat(*, is_proven: bool, on: date) -> Iterator[Objection]:
    """What a member of the counting committee enters or sees is entered by that member (Đ8)."""
    if not is_proven:
        text = gettext_noop("Người kiểm phải tự ngồi vào máy bằng mã của mình.")
        yield Objection(text, rule_set_on(on).article("counting"), field="counter")


def objections_to_giving_code(*, is_running: bool, is_taken: bool, on: date) -> Iterator[Objection]:
    """Codes are given while the congress is in session, each to one member."""
    article = rule_set_on(on).article("counting")
    if not is_running:
        yield Objection(gettext_noop("Mã chỉ cấp khi đại hội đang tiến hành."), article)
    if is_taken:
        yield Objection(gettext_noop("Mã này trùng với mã của đồng chí khác; hãy nhận lại."), article)


def objections_to_sitting_down(*, has_code: bool, wrong: int, on: date) -> Iterator[Objection]:
    article = rule_set_on(on).article("counting")
    if not has_code:
        text = gettext_noop("Đồng chí này chưa nhận mã: hãy nhận mã ở mục Ban kiểm phiếu của trang đại hội.")
        yield Objection(text, article, field="code")
    elif wrong >= MOST_WRONG:
        text = gettext_noop("Đã nhập sai mã %(count)s lần: hãy nhận mã mới ở trang đại hội.")
        yield Objection(text, article, {"count": wrong}, "code")
