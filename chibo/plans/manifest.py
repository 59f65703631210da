"""What plans offer the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem, Setting
from chibo.plans.rules.quality import STOCK_PHRASES
from chibo.plans.selectors.campaigns import years_of_programme
from chibo.plans.selectors.checks import CHECKS
from chibo.plans.selectors.evaluations import (
    VERBS as EVALUATION_VERBS,
)
from chibo.plans.selectors.evaluations import (
    cautions_of_evaluations,
    errands_of_evaluations,
    events_of_evaluations,
    minutes_of_evaluations,
    minutes_of_rota,
    panel_of_meeting,
    panel_of_plan,
)
from chibo.plans.selectors.figures import FIGURES
from chibo.plans.selectors.offers import VERBS, errands_of_plans, events_of_plans, found_by
from chibo.plans.selectors.rota import errands_of_rota

OFFICE = _("Chưa có văn bản quy định chung; đảng ủy tự đặt")
SETTINGS = (
    Setting(
        "plans.secretary_confirmed_by_ward",
        _("Kế hoạch của bí thư chi bộ do đảng ủy xác nhận (1: có, 0: chi ủy xác nhận)"),
        1,
        _("Theo phân cấp quản lý cán bộ; cần hỏi đảng ủy"),
        "R",
    ),
    Setting(
        "plans.alike_percent",
        _("Hai kế hoạch giống nhau từ mức này thì coi là sao chép"),
        85,
        OFFICE,
        "R",
        unit_word="%",
    ),
    Setting(
        "plans.least_words",
        _("Nội dung ít hơn số từ này, không kể câu chữ khuôn sáo và không có con số, thì coi là chung chung"),
        6,
        OFFICE,
        "R",
        unit_word=pgettext_lazy("đơn vị đếm", "từ"),
    ),
    Setting("plans.stock_phrases", _("Câu chữ khuôn sáo, cách nhau bằng dấu chấm phẩy"), STOCK_PHRASES, OFFICE, "R"),
    Setting(
        "plans.quiet_months",
        _("Số tháng đánh giá liền nhau mà không biểu dương, nhắc nhở, phê bình ai"),
        3,
        OFFICE,
        "R",
        unit_word=_("tháng"),
    ),
    Setting(
        "plans.warning_days",
        _("Nhắc trước hạn đăng ký kế hoạch"),
        15,
        OFFICE,
        "R",
        unit_word=_("ngày"),
    ),
)

MANIFEST = Manifest(
    nav=(
        NavItem(_("Kế hoạch"), "plans:start", Can.SEE_PLANS, order=30, icon="plans"),
        NavItem(_("Kế hoạch của tôi"), "plans:mine", "", order=44, icon="edit"),
    ),
    settings=SETTINGS,
    figures=FIGURES,
    checks=CHECKS,
    finders=(found_by,),
    verbs={**VERBS, **EVALUATION_VERBS},
    errands=(errands_of_plans, errands_of_evaluations, errands_of_rota),
    events=(
        events_of_plans,
        events_of_evaluations,
    ),
    panels={
        "meeting": panel_of_meeting,
        "plan": panel_of_plan,
        "programme:years": years_of_programme,
        "minutes:rota": minutes_of_rota,
        "minutes:evaluations": minutes_of_evaluations,
        "closing:cautions": cautions_of_evaluations,
    },
)
