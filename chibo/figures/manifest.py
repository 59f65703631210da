"""What figures offer the whole: their place in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem
from chibo.figures.selectors import found_by

MANIFEST = Manifest(
    nav=(NavItem(_("Số liệu"), "figures:start", Can.SEE_FIGURES, order=70, icon="figures"),),
    finders=(found_by,),
)
