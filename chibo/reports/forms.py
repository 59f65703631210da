"""What people type to issue a report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.core.forms import VersionedForm, VietnameseDateField


class IssueReportForm(VersionedForm):
    on = VietnameseDateField(label=_("Ngày ban hành"), help_text=_("Số liệu được chốt đến ngày này."))
