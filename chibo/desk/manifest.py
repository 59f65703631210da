"""What the desk offers the whole: the first doors of the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem

MANIFEST = Manifest(
    nav=(
        NavItem(_("Bàn làm việc"), "desk:home", "", order=0, icon="desk"),
        NavItem(_("Sổ chi bộ"), "desk:book_start", Can.SEE_MEETINGS, order=10, icon="book"),
        NavItem(_("Bảng theo dõi"), "desk:board_start", Can.SEE_FIGURES, order=22, icon="board"),
    )
)
