"""Opening sealed ballots: by a decision, for a complaint that is open, before witnesses, and sealed again. 190-QĐ/TW Đ33, Đ35."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from chibo.congresses.rules import rule_set_on
from chibo.core.values import Objection, gettext_noop


@dataclass(frozen=True, slots=True)
class Sealed:
    """How the ballots of a congress lie."""

    sealed_on: date | None
    destroyed: bool
    settled: bool
    """Whether the complaint is settled already."""
    is_open: bool
    """Whether they are open now, for this complaint or another."""


def witnesses_in(text: str) -> list[str]:
    """One a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def objections_to_opening_seal(
    sealed: Sealed,
    *,
    decided_on: date,
    opened_on: date,
    witnesses: int,
    least: int,
    whole: bool,
    found: str,
    on: date,
) -> Iterator[Objection]:
    """Nobody opens ballots but by a decision (Đ35)."""
    article = rule_set_on(on).article("sealing")
    if sealed.sealed_on is None:
        yield Objection(gettext_noop("Phiếu bầu chưa được niêm phong."), article)
    if sealed.destroyed:
        yield Objection(gettext_noop("Phiếu bầu đã hủy."), article)
    if sealed.settled:
        yield Objection(gettext_noop("Khiếu nại đã giải quyết: không mở niêm phong nữa."), article)
    if sealed.is_open:
        yield Objection(gettext_noop("Phiếu bầu đang mở; hãy niêm phong lại trước."), article)
    if opened_on < decided_on:
        yield Objection(gettext_noop("Ngày mở ở trước ngày quyết định."), article, field="opened_at")
    if sealed.sealed_on and opened_on < sealed.sealed_on:
        yield Objection(gettext_noop("Ngày mở ở trước ngày niêm phong."), article, field="opened_at")
    if witnesses < least:
        text = gettext_noop("Mở niêm phong trước mặt ít nhất %(least)s người; ghi mỗi người một dòng.")
        yield Objection(text, article, {"least": least}, "witnesses")
    if not whole and not found.strip():
        text = gettext_noop("Niêm phong không còn nguyên: hãy ghi tình trạng khi mở.")
        yield Objection(text, article, field="seal_found")


def objections_to_resealing(
    resealed_at: datetime, *, opened_at: datetime, done: bool, findings: str, on: date
) -> Iterator[Objection]:
    article = rule_set_on(on).article("sealing")
    if done:
        yield Objection(gettext_noop("Đã niêm phong lại."), article)
    if resealed_at < opened_at:
        yield Objection(gettext_noop("Giờ niêm phong lại ở trước giờ mở."), article, field="resealed_at")
    if not findings.strip():
        yield Objection(gettext_noop("Hãy ghi kết quả xem lại phiếu."), article, field="findings")


def objections_to_settling_while_open(*, is_open: bool, on: date) -> Iterator[Objection]:
    if is_open:
        yield Objection(
            gettext_noop("Phiếu bầu đang mở: hãy niêm phong lại rồi mới ghi kết quả giải quyết."),
            rule_set_on(on).article("sealing"),
        )
