"""Words and rules of bringing a workbook in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from chibo.core.values import Objection, Word, gettext_noop
from chibo.units.rules import CellKind


class RunState(Word):
    """How far a workbook has come."""

    UPLOADED = "uploaded", gettext_noop("Đang đọc")
    MAPPING = "mapping", gettext_noop("Chờ chọn cột")
    PREVIEW = "preview", gettext_noop("Chờ xác nhận")
    APPLYING = "applying", gettext_noop("Đang ghi")
    APPLIED = "applied", gettext_noop("Đã ghi")
    UNDOING = "undoing", gettext_noop("Đang hoàn tác")
    UNDONE = "undone", gettext_noop("Đã hoàn tác")
    REFUSED = "refused", gettext_noop("Không đọc được")
    DISCARDED = "discarded", gettext_noop("Đã bỏ")


WORKING = (RunState.UPLOADED, RunState.APPLYING, RunState.UNDOING)
"""States in which a job is at work, or should be."""

OPEN = (RunState.MAPPING, RunState.PREVIEW, RunState.REFUSED)
"""States in which nothing has been written yet and the workbook may be put aside."""


def objections_to_choosing_columns(state: str) -> Iterator[Objection]:
    if state not in (RunState.MAPPING, RunState.PREVIEW):
        yield Objection(gettext_noop("Tệp này không còn chờ chọn cột."))


def objections_to_confirming(state: str, *, writable: int, refused: int, all_or_nothing: bool) -> Iterator[Objection]:
    """A preview with something to write; where the user says so, one with no bad row."""
    if state != RunState.PREVIEW:
        yield Objection(gettext_noop("Tệp này không còn chờ xác nhận."))
    elif not writable:
        yield Objection(gettext_noop("Không có dòng nào để ghi."))
    elif all_or_nothing and refused:
        yield Objection(
            gettext_noop("Còn %(refused)s dòng lỗi nên chưa ghi dòng nào; hãy sửa tệp rồi tải lên lại."),
            params={"refused": refused},
            field="mode",
        )


def objections_to_undoing(state: str, *, applied_on: date | None, today: date, days: int) -> Iterator[Objection]:
    """A run can be taken back as one step for some days after it was written."""
    if state != RunState.APPLIED or applied_on is None:
        yield Objection(gettext_noop("Chỉ hoàn tác được lần nhập đã ghi."))
    elif today > applied_on + timedelta(days=days):
        yield Objection(
            gettext_noop("Đã quá %(days)s ngày kể từ khi ghi nên không hoàn tác cả lần nhập được nữa."),
            params={"days": days},
        )


def objections_to_discarding(state: str) -> Iterator[Objection]:
    if state not in OPEN:
        yield Objection(gettext_noop("Chỉ bỏ được tệp chưa ghi."))


KIND_WORDS: tuple[tuple[str, CellKind], ...] = (
    (r"truong|mam non|tieu hoc|thcs|thpt|giao duc|hoc vien|dai hoc", CellKind.SCHOOL),
    (r"cong an|canh sat", CellKind.POLICE),
    (r"quan su|quan doi|bo doi|bch qs", CellKind.MILITARY),
    (r"cong ty|doanh nghiep|hop tac xa|\bhtx\b|ngan hang|tong cong ty", CellKind.COMPANY),
    (r"khu dan cu|dan pho|\btdp\b|\bkdc\b|khu pho|thon|xom|\bap\b|ban\b|to dan", CellKind.RESIDENTIAL),
    (r"co quan|uy ban|ubnd|tram y te|van phong|mat tran|doan the|su nghiep|hanh chinh|don vi", CellKind.AGENCY),
)


def cell_kind_of(plain: str) -> CellKind | None:
    """The kind of cell that words without accents tell: of a column "Loại hình", or of the cell's own name."""
    return next((kind for pattern, kind in KIND_WORDS if re.search(pattern, plain)), None)
