"""Who sits at the machine of a count: two people are two persons, though the laptop in the hall has one log-in (ADR 0113)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.congresses.rules import rule_set_on
from chibo.core.values import Objection, Word, gettext_noop

DIGITS = 6
MOST_WRONG = 5
"""Wrong codes in a row, after which a new one is given, and the minutes say so."""


class SignIn(Word):
    """How a member of the counting committee is known to be the one who counts."""

    OWN = "own", gettext_noop("bằng tài khoản riêng")
    CODE = "code", gettext_noop("bằng mã riêng")


OWN_LOG_INS = 2
"""Members with an account of their own from which a congress may ask that nobody counts by a code: the two counts."""


def objections_to_seat(*, is_proven: bool, on: date, own_only: bool = False) -> Iterator[Objection]:
    """What a member of the counting committee enters or sees is entered by that member (Đ8)."""
    article = rule_set_on(on).article("counting")
    if not is_proven and own_only:
        text = gettext_noop("Đại hội kiểm phiếu bằng tài khoản riêng: người kiểm đăng nhập bằng tài khoản của mình.")
        yield Objection(text, article, field="counter")
    elif not is_proven:
        text = gettext_noop("Người kiểm phải tự ngồi vào máy bằng mã của mình.")
        yield Objection(text, article, field="counter")


def objections_to_sign_in(
    *, own_only: bool, accounts: int, reason: str, asked: bool, on: date
) -> Iterator[Objection]:
    """Without codes both counts need a person with an account; codes come back only for a reason that the minutes tell."""
    article = rule_set_on(on).article("counting")
    if own_only and accounts < OWN_LOG_INS:
        text = gettext_noop(
            "Cần ít nhất %(least)s đồng chí trong ban kiểm phiếu có tài khoản dùng được; hiện có %(count)s."
        )
        yield Objection(text, article, {"least": OWN_LOG_INS, "count": accounts}, "own_only")
    if asked and not own_only and not reason.strip():
        text = gettext_noop("Hãy ghi vì sao cấp mã trở lại; biên bản kiểm phiếu ghi lý do này.")
        yield Objection(text, article, field="reason")


def objections_to_taking_back(*, is_own: bool, keeps: bool, own_only: bool, on: date) -> Iterator[Objection]:
    """Who entered a paper takes it back; where one laptop is shared, who keeps the congress may do it for them."""
    if not is_own and (own_only or not keeps):
        text = gettext_noop("Chỉ người đã nhập mới bỏ để nhập lại.")
        yield Objection(text, rule_set_on(on).article("counting"))


def objections_to_giving_code(
    *, is_running: bool, is_taken: bool, on: date, own_only: bool = False
) -> Iterator[Objection]:
    """Codes are given while the congress is in session, each to one member; none where all count by their own log-in."""
    article = rule_set_on(on).article("counting")
    if own_only:
        yield Objection(gettext_noop("Đại hội kiểm phiếu bằng tài khoản riêng nên không cấp mã."), article)
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
