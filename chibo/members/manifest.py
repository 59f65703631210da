"""What members offer the whole."""

from __future__ import annotations

from chibo.core.registry import Manifest
from chibo.members.selectors.figures import FIGURES, SUMS

MANIFEST = Manifest(
    figures=FIGURES,
    sums=SUMS,
)
