"""Words of bringing a workbook in."""

from __future__ import annotations

from chibo.core.values import Word, gettext_noop


class RunState(Word):
    UPLOADED = "uploaded", gettext_noop("Đang đọc")
    MAPPING = "mapping", gettext_noop("Chờ chọn cột")
    PREVIEW = "preview", gettext_noop("Chờ xác nhận")
    APPLYING = "applying", gettext_noop("Đang ghi")
    APPLIED = "applied", gettext_noop("Đã ghi")
    UNDONE = "undone", gettext_noop("Đã hoàn tác")
    REFUSED = "refused", gettext_noop("Không đọc được")


class RowState(Word):
    ADDED = "added", gettext_noop("Thêm mới")
    CHANGED = "changed", gettext_noop("Thay đổi")
    UNCHANGED = "unchanged", gettext_noop("Giữ nguyên")
    REFUSED = "refused", gettext_noop("Không nhận")
