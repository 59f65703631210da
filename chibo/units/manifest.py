"""What units offer the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem
from chibo.units.selectors import errands_of, found_by

MANIFEST = Manifest(
    nav=(NavItem(_("Tổ chức"), "units:start", Can.SEE_UNITS, order=50, icon="units"),),
    errands=(errands_of,),
    finders=(found_by,),
    verbs={
        "found_unit": _("thành lập tổ chức"),
        "rename_unit": _("đổi tên tổ chức"),
        "move_unit": _("chuyển trực thuộc"),
        "merge_units": _("hợp nhất tổ chức"),
        "split_unit": _("chia tách tổ chức"),
        "close_unit": _("kết thúc hoạt động"),
        "decide_setting": _("quyết định giá trị áp dụng"),
    },
)
