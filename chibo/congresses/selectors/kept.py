"""Papers of congresses as they were kept when they went out."""

from __future__ import annotations

from chibo.congresses.models import Congress, CongressRound, KeptFile, Polling
from chibo.papers.models import Paper
from chibo.papers.selectors.kept import Kept, kept_in


def kept_paper(congress: Congress, kind: str) -> Kept | None:
    """A paper of the congress as it was issued; the hand-over as it was signed."""
    if kind == "handover":
        return kept_in(KeptFile.objects.filter(handover=congress).first())
    issued = congress.papers.filter(kind=kind).select_related("paper").first()
    return _kept_of(issued.paper) if issued else None


def kept_report(round_: CongressRound) -> Kept | None:
    return _kept_of(round_.report) if round_.report else None


def kept_minutes(polling: Polling) -> Kept | None:
    return kept_in(KeptFile.objects.filter(polling=polling).first())


def _kept_of(paper: Paper) -> Kept | None:
    return kept_in(KeptFile.objects.filter(paper=paper).first())
