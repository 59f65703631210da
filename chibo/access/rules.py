"""What must hold of a post that gives powers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import fold, split_name

CELL_LEVEL = "cell"
HELD_BY_NOBODY = ("setup", "bearer", "passer_by")
"""Posts that stand in the charter for what may be done without an appointment."""


def objections_to_granting(post: str, level: str, valid_from: date, valid_to: date | None) -> Iterator[Objection]:
    """A cell's post is held in a cell, a ward's above it; a team member's wherever the team inspects; it ends no earlier
    than it begins; set-up is no post."""
    of_cell = post.startswith("cell_") or post in ("follower", "counter")
    if post in HELD_BY_NOBODY:
        yield Objection(gettext_noop("Không ai giữ chức vụ này."), field="post")
    elif of_cell and level != CELL_LEVEL:
        yield Objection(gettext_noop("Chức vụ này chỉ có ở chi bộ."), field="post")
    elif not of_cell and level == CELL_LEVEL and post != "team_member":
        yield Objection(gettext_noop("Chức vụ này chỉ có ở cấp đảng ủy."), field="post")
    if valid_to is not None and valid_to < valid_from:
        yield Objection(gettext_noop("Ngày kết thúc trước ngày bắt đầu."), field="valid_to")


def username_of(full_name: str) -> str:
    """The log-in name that a name gives, in plain letters: "Nguyễn Văn An" → "an.nguyenvan"."""
    parts = (
        "".join(c for c in fold(part) if c.isascii() and c.isalnum()) for part in reversed(split_name(full_name))
    )
    return ".".join(part for part in parts if part)[:50] or "dangvien"


def objections_to_claiming(*, known: bool, used: bool, expired: bool) -> Iterator[Objection]:
    """A slip opens one account, once, until its day."""
    if not known:
        yield Objection(
            gettext_noop("Không có phiếu mời nào mang mã này. Hãy xem lại từng chữ trên phiếu."), field="code"
        )
    elif used:
        yield Objection(
            gettext_noop("Phiếu mời này đã dùng rồi. Nếu quên mật khẩu, hãy xin phiếu mới ở bí thư chi bộ."),
            field="code",
        )
    elif expired:
        yield Objection(gettext_noop("Phiếu mời này đã hết hạn. Hãy xin phiếu mới ở bí thư chi bộ."), field="code")


def objections_to_new_password(*, same: bool) -> Iterator[Objection]:
    if not same:
        yield Objection(gettext_noop("Hai lần gõ không giống nhau; hãy gõ lại."), field="again")


_WEAKNESSES = {
    "password_too_short": gettext_noop("Mật khẩu cần ít nhất 10 ký tự."),
    "password_too_common": gettext_noop("Mật khẩu này nhiều người dùng, dễ bị đoán; hãy chọn câu khác."),
    "password_too_similar": gettext_noop("Mật khẩu quá giống tên đăng nhập; hãy chọn câu khác."),
}


def objections_to_weakness(codes: Iterable[str]) -> Iterator[Objection]:
    """What is weak about a password, by the codes of Django's validators."""
    for code in codes:
        yield Objection(
            _WEAKNESSES.get(code, gettext_noop("Mật khẩu này dễ bị đoán; hãy chọn câu khác.")), field="password"
        )
