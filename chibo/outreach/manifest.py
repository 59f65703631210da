"""What outreach offers the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from chibo.access.charter import Can
from chibo.core.registry import Importer, Manifest, NavItem, Setting
from chibo.outreach.actions.importing import enter_listed_items, take_back_items
from chibo.outreach.selectors.checks import CHECKS
from chibo.outreach.selectors.figures import FIGURES
from chibo.outreach.selectors.importing import FIELDS, LABELS, in_words, plan_items
from chibo.outreach.selectors.offers import errands_of, events_of, found_by

OFFICE = _("Chưa có văn bản quy định chung; đảng ủy tự đặt")
SETTINGS = (
    Setting(
        "outreach.theme_months",
        _("Nhắc khi chi bộ không tuyên truyền chuyên đề năm trong (0: không nhắc)"),
        3,
        OFFICE,
        "R",
        unit_word=_("tháng"),
    ),
    Setting(
        "outreach.present_days",
        _("Nhắc khi gương đã duyệt chưa được giới thiệu sau (0: không nhắc)"),
        60,
        OFFICE,
        "R",
        unit_word=_("ngày"),
    ),
    Setting(
        "outreach.public",
        _("Trang đọc công khai cho nhân dân (0: đóng, 1: mở)"),
        0,
        _("Đảng ủy quyết định; chỉ hiện bài và gương đã duyệt"),
        "R",
    ),
)

MANIFEST = Manifest(
    nav=(NavItem(_("Tuyên truyền"), "outreach:start", Can.SEE_OUTREACH, order=52, icon="star"),),
    settings=SETTINGS,
    figures=FIGURES,
    checks=CHECKS,
    errands=(errands_of,),
    events=(events_of,),
    finders=(found_by,),
    importers=(
        Importer(
            "outreach",
            gettext_noop("Tin bài, phát thanh, băng rôn đã qua"),
            Can.LEAD_OUTREACH,
            FIELDS,
            plan_items,
            enter_listed_items,
            take_back_items,
            in_words,
            LABELS,
        ),
    ),
    verbs={
        "enter_item": _("ghi việc tuyên truyền"),
        "enter_items": _("ghi nhiều việc tuyên truyền"),
        "amend_item": _("sửa việc tuyên truyền"),
        "strike_item": _("xóa việc tuyên truyền ghi nhầm"),
        "enter_listed_items": _("ghi danh sách tuyên truyền từ tệp"),
        "take_back_items": _("hoàn tác danh sách tuyên truyền"),
        "orient_week": _("định hướng tuyên truyền tuần"),
        "ask_for_articles": _("yêu cầu viết bài"),
        "call_off_article": _("rút yêu cầu viết bài"),
        "offer_article": _("gửi bài tự viết"),
        "write_article": _("viết bài"),
        "send_article": _("gửi bài để duyệt"),
        "approve_article": _("duyệt bài"),
        "return_article": _("trả lại bài"),
        "publish_article": _("ghi nơi đăng bài"),
        "find_exemplar": _("ghi gương điển hình"),
        "amend_exemplar": _("sửa gương điển hình"),
        "propose_exemplar": _("đề nghị gương điển hình"),
        "approve_exemplar": _("duyệt gương điển hình"),
        "return_exemplar": _("trả lại gương điển hình"),
        "present_exemplar": _("giới thiệu gương điển hình"),
        "commend_exemplar": _("khen thưởng gương điển hình"),
        "show_article": _("công khai bài viết"),
        "show_exemplar": _("công khai gương điển hình"),
        "withdraw_publication": _("gỡ khỏi trang công khai"),
    },
)
