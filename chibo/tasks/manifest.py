"""What duties offer the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem, Setting
from chibo.tasks.selectors.checks import CHECKS
from chibo.tasks.selectors.figures import FIGURES
from chibo.tasks.selectors.offers import errands_of, events_of, found_by

SETTINGS = (
    Setting(
        "tasks.silent_months",
        _("Số tháng một nhiệm vụ, cam kết được phép không có tiến độ"),
        2,
        _("Chưa có văn bản quy định chung; đảng ủy tự đặt"),
        "R",
        unit_word=_("tháng"),
    ),
    Setting(
        "tasks.local_months",
        _("Số tháng chi bộ được phép không giao nhiệm vụ riêng của địa phương"),
        3,
        _("Chưa có văn bản quy định chung; đảng ủy tự đặt"),
        "R",
        unit_word=_("tháng"),
    ),
)

MANIFEST = Manifest(
    nav=(NavItem(_("Nhiệm vụ"), "tasks:start", Can.SEE_TASKS, order=25, icon="tasks"),),
    settings=SETTINGS,
    figures=FIGURES,
    checks=CHECKS,
    errands=(errands_of,),
    events=(events_of,),
    finders=(found_by,),
    verbs={
        "assign_remedy": _("giao khắc phục sau kiểm tra"),
        "assign_task": _("giao nhiệm vụ"),
        "note_progress": _("ghi tiến độ"),
        "extend_task": _("gia hạn nhiệm vụ"),
        "hand_over_task": _("bàn giao nhiệm vụ"),
        "escalate_task": _("báo cáo nhiệm vụ lên cấp trên"),
        "finish_task": _("hoàn thành nhiệm vụ"),
        "drop_task": _("thôi giao nhiệm vụ"),
        "reopen_task": _("mở lại nhiệm vụ"),
    },
)
