"""What warnings offer the whole: their place in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem

MANIFEST = Manifest(
    nav=(NavItem(_("Việc còn thiếu"), "warnings:start", Can.SEE_WARNINGS, order=80, icon="warnings"),)
)
