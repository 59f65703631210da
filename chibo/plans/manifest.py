"""What plans offer the whole."""

from __future__ import annotations

from chibo.core.registry import Manifest
from chibo.plans.selectors.figures import FIGURES

MANIFEST = Manifest(
    figures=FIGURES,
)
