"""What members offer the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Importer, Manifest, NavItem, Setting
from chibo.members.actions.importing import enter_members, take_back_members
from chibo.members.selectors.figures import FIGURES, SUMS
from chibo.members.selectors.importing import FIELDS, LABELS, in_words, plan_members

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

MANIFEST = Manifest(
    nav=(
        NavItem(_("Đảng viên"), "members:start", Can.SEE_MEMBERS, order=40, icon="members"),
        NavItem(_("Hồ sơ của tôi"), "members:own", "", order=45, icon="user"),
    ),
    settings=SETTINGS,
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
