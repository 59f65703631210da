"""What meetings offer the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.core.registry import Manifest, Setting
from chibo.meetings.selectors.checks import CHECKS
from chibo.meetings.selectors.figures import FIGURES

MANIFEST = Manifest(
    settings=(
        Setting(
            "meetings.absences_in_a_row",
            _("Vắng liên tiếp bao nhiêu kỳ thì nhắc"),
            3,
            "HD 12-HD/BTCTW (2018): không quá 3 kỳ vắng liên tiếp trong năm",
            "S",
            unit_word=_("kỳ"),
        ),
    ),
    figures=FIGURES,
    checks=CHECKS,
)
