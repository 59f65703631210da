"""The dossier of a congress as the records stand: what is there, what is due and missing, and where each piece is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.congresses.models import Congress, Polling
from chibo.congresses.rules import PollingState
from chibo.congresses.rules.dossier import WRITTEN, PieceKind, completeness, is_due, pieces_of
from chibo.congresses.rules.preparing import CHECKLIST
from chibo.congresses.selectors import has_committee, is_by_election
from chibo.core.values import Share

DRAFT = next(order for order, work in enumerate(CHECKLIST, 1) if work.code == "draft")


@dataclass(frozen=True, slots=True)
class DossierLine:
    title: str
    is_there: bool
    is_due: bool
    url: str


@dataclass(frozen=True, slots=True)
class Dossier:
    lines: list[DossierLine]
    share: Share


def dossier_of(actor: Actor, congress: Congress) -> Dossier:
    """Every piece with where it is seen; the request names personal facts, so others are led to the congress instead."""
    there, by_election, with_review = set(_there(congress)), is_by_election(congress), has_committee(congress)
    shut = () if actor.may(Can.SEE_MEMBER_FILES, congress.unit) else ("request",)
    lines = [
        DossierLine(
            _(piece.title), piece.code in there, is_due(piece, congress.state),
            _url(congress, "" if piece.code in shut else piece.code),
        )
        for piece in pieces_of(by_election=by_election, with_review=with_review)
    ]  # fmt: skip
    return Dossier(lines, completeness(there, congress.state, by_election=by_election, with_review=with_review))


def _there(congress: Congress) -> Iterator[str]:
    meeting = congress.meeting
    written = set(congress.sections.exclude(text="").values_list("code", flat=True))
    issued = set(congress.papers.values_list("kind", flat=True))
    rounds = Polling.objects.filter(election__congress=congress)
    over = (PollingState.CERTIFIED, PollingState.VOID)
    facts = {
        "plan": congress.round.plan_id is not None, "calendar": congress.in_charge_id is not None,
        **{kind.value: kind in issued or written.issuperset(dict(parts)) for kind, parts in WRITTEN.items()},
        "scheme": congress.scheme_approved_on is not None,
        "draft": congress.preparations.filter(order=DRAFT, done_on__isnull=False).exists(),
        "members": meeting.attendances.exists(), "chair": meeting.chair_id is not None and meeting.recorder_id is not None,
        "counts": rounds.exists() and not rounds.exclude(state__in=over).exists(), "minutes": bool(meeting.minutes),
        "resolution": congress.resolution_vote_id is not None, "sealed": congress.sealed_on is not None,
        "result": PieceKind.RESULT in issued, "handover": congress.handed_over_on is not None,
        "request": congress.reported_on is not None, "approval": bool(congress.decision),
    }  # fmt: skip
    return (code for code, is_there in facts.items() if is_there)


def _url(congress: Congress, code: str) -> str:
    if code in ("political", "review", "members", "request", "result", "handover"):
        return reverse("congresses:paper", args=[congress.pk, code])
    if code == "plan" and congress.round.plan is not None:
        return reverse("papers:paper", args=[congress.round.plan_id])
    if code in ("minutes", "resolution"):
        return reverse("meetings:meeting", args=[congress.meeting_id])
    return reverse("congresses:congress", args=[congress.pk])
