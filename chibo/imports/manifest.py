"""What imports offer the whole: the list of cells as a workbook, and how long a run can be taken back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from chibo.access.charter import Can
from chibo.core.registry import Importer, Manifest, NavItem, Setting
from chibo.imports.actions.units import enter_units, take_back_units
from chibo.imports.selectors.units import FIELDS, in_words, plan_units

MANIFEST = Manifest(
    nav=(NavItem(gettext_lazy("Nhập từ Excel"), "imports:start", Can.BRING_LISTS, order=85, icon="upload"),),
    importers=(
        Importer(
            "units",
            _("Danh sách chi bộ"),
            Can.SHAPE_UNITS,
            FIELDS,
            plan_units,
            enter_units,
            take_back_units,
            in_words,
        ),
    ),
    settings=(
        Setting(
            "imports.keep_days",
            _("Số ngày còn hoàn tác được một lần nhập; sau đó tệp đã tải lên bị xóa"),
            30,
            _("Luật Bảo vệ dữ liệu cá nhân 2025: chỉ lưu trong thời hạn cần cho mục đích xử lý"),
            "R",
            unit_word=_("ngày"),
        ),
    ),
    verbs={
        "receive_workbook": gettext_lazy("nhận tệp danh sách"),
        "refuse_workbook": gettext_lazy("không nhận tệp"),
        "ask_for_columns": gettext_lazy("hỏi lại các cột"),
        "choose_columns": gettext_lazy("chọn các cột"),
        "show_preview": gettext_lazy("xem trước danh sách"),
        "confirm_run": gettext_lazy("đồng ý ghi danh sách vào sổ"),
        "write_rows": gettext_lazy("ghi danh sách vào sổ"),
        "undo_run": gettext_lazy("xin hoàn tác lần nhập"),
        "take_back_rows": gettext_lazy("hoàn tác lần nhập"),
        "discard_run": gettext_lazy("bỏ tệp danh sách"),
        "forget_files": gettext_lazy("xóa tệp đã hết hạn lưu"),
        "enter_units": gettext_lazy("ghi danh sách chi bộ"),
        "take_back_units": gettext_lazy("hoàn tác danh sách chi bộ"),
    },
)
