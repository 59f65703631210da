"""What must hold of a post that gives powers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.core.values import Objection, gettext_noop

CELL_LEVEL = "cell"


def objections_to_granting(post: str, level: str, valid_from: date, valid_to: date | None) -> Iterator[Objection]:
    """A cell's post is held in a cell, a ward's above it; it ends no earlier than it begins; set-up is no post."""
    of_cell = post.startswith("cell_") or post == "follower"
    if post == "setup":
        yield Objection(gettext_noop("Không ai giữ chức vụ này."), field="post")
    elif of_cell and level != CELL_LEVEL:
        yield Objection(gettext_noop("Chức vụ này chỉ có ở chi bộ."), field="post")
    elif not of_cell and level == CELL_LEVEL:
        yield Objection(gettext_noop("Chức vụ này chỉ có ở cấp đảng ủy."), field="post")
    if valid_to is not None and valid_to < valid_from:
        yield Objection(gettext_noop("Ngày kết thúc trước ngày bắt đầu."), field="valid_to")
