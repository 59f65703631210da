"""What members offer the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Importer, Manifest, NavItem, Setting
from chibo.members.actions.importing import enter_members, take_back_members
from chibo.members.selectors.figures import FIGURES, SUMS
from chibo.members.selectors.importing import FIELDS, LABELS, in_words, plan_members
from chibo.members.selectors.offers import errands_of, found_by

SETTINGS = (
    Setting(
        "members.probation_months",
        _("Thời gian dự bị"),
        12,
        "Điều lệ Đảng, Điều 5; Quy định 208-QĐ/TW",
        "S2",
        unit_word=_("tháng"),
    ),
    Setting(
        "members.young_until",
        _("Đảng viên trẻ tính đến hết tuổi"),
        35,
        "Chưa có văn bản quy định chung; đảng ủy tự đặt",
        "R",
        unit_word=_("tuổi"),
    ),
    Setting(
        "members.invitation_days",
        _("Phiếu mời dùng được trong"),
        30,
        "Chưa có văn bản quy định; đảng ủy tự đặt",
        "R",
        unit_word=_("ngày"),
    ),
)

VERBS = {
    "enter_members": _("ghi danh sách đảng viên"),
    "take_back_members": _("hoàn tác danh sách đảng viên"),
    "admit_member": _("kết nạp đảng viên"),
    "take_in_member": _("tiếp nhận đảng viên"),
    "amend_member": _("sửa hồ sơ đảng viên"),
    "change_condition": _("thay đổi tình trạng sinh hoạt"),
    "recognise_official": _("công nhận chính thức"),
    "transfer_member": _("chuyển sinh hoạt"),
    "take_over_members": _("tiếp nhận cả chi bộ"),
    "record_leaving": _("ghi rời đảng bộ"),
    "reveal_citizen_id": _("xem số định danh"),
    "appoint": _("giao chức vụ"),
    "end_term": _("thôi giữ chức vụ"),
    "form_group": _("lập nhóm đối tượng"),
    "join_group": _("đưa vào nhóm"),
    "leave_group": _("đưa ra khỏi nhóm"),
    "sort_into_groups": _("xếp nhóm đối tượng"),
    "invite_members": _("lập phiếu mời"),
    "open_office": _("cài đặt lần đầu"),
}

MANIFEST = Manifest(
    nav=(
        NavItem(_("Đảng viên"), "members:start", Can.SEE_MEMBERS, order=40, icon="members"),
        NavItem(_("Hồ sơ của tôi"), "members:own", "", order=45, icon="user"),
    ),
    settings=SETTINGS,
    verbs=VERBS,
    errands=(errands_of,),
    finders=(found_by,),
    figures=FIGURES,
    sums=SUMS,
    importers=(
        Importer(
            "members",
            _("Danh sách đảng viên"),
            Can.KEEP_MEMBERS,
            FIELDS,
            plan_members,
            enter_members,
            take_back_members,
            in_words,
            LABELS,
        ),
    ),
)
