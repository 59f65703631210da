"""What reports offer the whole: their place in the rail, the two reports on plans, the summary of a programme."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem, ReportKind
from chibo.reports.rules import inspection_report, summary_report
from chibo.reports.rules.programme import CULTIVATING, LEADING, PRAISING, STUDYING, TELLING, programme_report
from chibo.reports.selectors import plan_facts
from chibo.reports.selectors.programme import programme_facts

FIGURES = (
    "members.counted", "plans.having", "plans.confirmed", "plans.measured", "plans.timed", "plans.on_theme",
    "plans.evaluated", "plans.evaluations", "plans.commended", "plans.reminded", "plans.criticised",
    "plans.members_commented", "meetings.attendance",
)  # fmt: skip

PROGRAMME = (*LEADING, *STUDYING, *TELLING, *CULTIVATING, *PRAISING)

MANIFEST = Manifest(
    nav=(NavItem(_("Báo cáo"), "reports:start", Can.SEE_REPORTS, order=75, icon="papers"),),
    reports=(
        ReportKind(
            "plans-inspection",
            _("Báo cáo kết quả xây dựng, thực hiện kế hoạch tu dưỡng (phục vụ kiểm tra)"),
            Can.ISSUE_REPORTS,
            plan_facts,
            inspection_report,
            FIGURES,
            ("members.standing",),
        ),
        ReportKind(
            "plans-summary",
            _("Báo cáo tổng hợp kế hoạch tu dưỡng của các chi bộ"),
            Can.ISSUE_REPORTS,
            plan_facts,
            summary_report,
            FIGURES,
            ("members.standing", "members.staff"),
            for_cell=False,
        ),
        ReportKind(
            "programme-summary",
            _("Báo cáo sơ kết, tổng kết chương trình (nhiều năm)"),
            Can.ISSUE_REPORTS,
            programme_facts,
            programme_report,
            PROGRAMME,
            for_cell=False,
        ),
    ),
    verbs={
        "ask_for_report": _("đề nghị ban hành báo cáo"),
        "issue_report": _("ban hành báo cáo"),
        "give_up_report": _("ghi vì sao chưa ban hành được báo cáo"),
    },
)
