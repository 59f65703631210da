"""What plans offer the whole."""

from __future__ import annotations

from chibo.core.registry import Manifest
from chibo.plans.selectors.evaluations import (
    cautions_of_evaluations,
    errands_of_evaluations,
    events_of_evaluations,
    minutes_of_evaluations,
    minutes_of_rota,
)
from chibo.plans.selectors.figures import FIGURES
from chibo.plans.selectors.rota import errands_of_rota

MANIFEST = Manifest(
    figures=FIGURES,
    errands=(errands_of_evaluations, errands_of_rota),
    events=(events_of_evaluations,),
    panels={
        "minutes:rota": minutes_of_rota,
        "minutes:evaluations": minutes_of_evaluations,
        "closing:cautions": cautions_of_evaluations,
    },
)
