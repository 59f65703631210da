"""The columns of the ledger: of its list, of its workbook, of the figures' evidence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from chibo.core.registry import Column
from chibo.core.tables import link_to


def _size(item: Any) -> str:
    """ "6 phút", "12 tấm"."""
    if item.minutes:
        return str(_("%(count)s phút") % {"count": item.minutes})
    return str(_("số lượng %(count)s") % {"count": item.pieces}) if item.pieces else ""


COLUMNS = (
    Column(_("Tiêu đề, nội dung"), "title", 50, link=link_to("outreach:item")),
    Column(_("Ngày"), "held_on", 12, "date"),
    Column(_("Hình thức"), lambda item: item.get_kind_display(), 24),
    Column(_("Thời lượng, số lượng"), _size, 16),
    Column(_("Đơn vị"), "unit.name", 24),
    Column(_("Chuyên đề"), "theme.title", 30),
)
SHEET = (
    *COLUMNS[:3],
    Column(_("Số phút"), "minutes", 10, "number"),
    Column(_("Số lượng"), "pieces", 10, "number"),
    COLUMNS[4],
    Column(_("Chương trình"), "programme.name", 30),
    COLUMNS[5],
    Column(_("Chủ đề"), "topic", 24),
    Column(_("Nơi đăng, phát, treo"), "place", 24),
    Column(_("Đường dẫn"), "link", 50),
)
"""The same as a workbook: every number in a column of its own, and the link."""
