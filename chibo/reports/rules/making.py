"""The steps by which a report is made, as people are told them while they wait."""

from __future__ import annotations

from collections.abc import Callable

from chibo.core.values import Word, gettext_noop


class Step(Word):
    """What is being done, in the order in which it is done."""

    FIGURES = "figures", gettext_noop("Đang tính số liệu cả kỳ")
    YEARS = "years", gettext_noop("Đang tính số liệu từng năm")
    CELLS = "cells", gettext_noop("Đang tính số liệu từng chi bộ")
    SHORT = "short", gettext_noop("Đang rà soát việc còn thiếu")
    EVIDENCE = "evidence", gettext_noop("Đang lập phụ lục")
    COMPOSING = "composing", gettext_noop("Đang soạn văn bản")
    FREEZING = "freezing", gettext_noop("Đang chốt số liệu")
    FILES = "files", gettext_noop("Đang dựng tệp .docx và PDF")
    NUMBERING = "numbering", gettext_noop("Đang lấy số và vào sổ")

    @property
    def place(self) -> int:
        """How many steps are done when this one begins."""
        return list(Step).index(self)


Say = Callable[[Step], None]
"""Told at the beginning of each step."""


def silent(_step: Step) -> None:
    """For whoever does not wait."""
