"""What access offers the whole: the words of its lines in the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.core.registry import Manifest

MANIFEST = Manifest(
    verbs={
        "open_account": _("mở tài khoản"),
        "close_account": _("đóng tài khoản"),
        "invite": _("lập phiếu mời"),
        "claim_account": _("dùng phiếu mời"),
        "set_password": _("đặt mật khẩu"),
        "prefer": _("đổi cách hiện trang"),
        "note_looked": _("xem thay đổi trên bàn làm việc"),
        "grant_post": _("giao quyền theo chức vụ"),
        "grant_sight": _("cho đoàn kiểm tra xem đơn vị"),
        "grant_counting": _("giao quyền kiểm phiếu"),
        "end_post": _("thôi quyền theo chức vụ"),
    }
)
