"""The dossier: what it holds, what it lacks, who may open which paper, and its sealed copy (rulebook §4.7, S0-09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.inspections.models import Inspection, Picture, Piece, Subject, TeamMember
from chibo.inspections.rules.flows import PIECES, PieceKind, Shown, missing_pieces
from chibo.inspections.selectors import Sight, flow, sight_of
from chibo.inspections.selectors.letterheads import piece_words
from chibo.units.models import Unit

ORDER = {kind.value: order for order, kind in enumerate(PieceKind)}


def pieces_of(inspection: Inspection) -> list[Piece]:
    """The papers in the order of the index."""
    rows = inspection.pieces.select_related("subject__unit", "subject__member")
    return sorted(rows, key=lambda one: (ORDER[one.kind], one.subject_id or 0, one.issued_on, one.pk))


def may_read(sight: Sight, piece: Piece) -> bool:
    """Whoever works on it reads all; the inspected what is theirs or everybody's, from the day it is shown."""
    if sight.works:
        return True
    if piece.waived or (piece.subject_id and piece.subject_id not in {one.pk for one in sight.subjects}):
        return False
    shown = PIECES[PieceKind(piece.kind)].shown
    if shown == Shown.ANNOUNCED:
        return sight.inspection.announced_on is not None
    return bool(shown == Shown.PUBLISHED and sight.inspection.published_on is not None)


def pieces_for(sight: Sight) -> list[Piece]:
    return [piece for piece in pieces_of(sight.inspection) if may_read(sight, piece)]


def piece_for(actor: Actor, pk: int) -> tuple[Sight, Piece]:
    """A paper, for who may read it (404)."""
    piece = Piece.objects.filter(pk=pk, waived="").select_related("subject").first()
    if piece is None:
        raise Http404
    sight = sight_of(actor, piece.inspection_id)
    if not may_read(sight, piece):
        raise Http404
    return sight, piece


def missing_of(inspection: Inspection, until: str = "") -> list[str]:
    """What the dossier lacks, in words; with ``until`` only of the steps before that one."""
    subjects = {one.pk: str(one) for one in inspection.subjects.select_related("unit", "member")}
    steps = list(flow(inspection))
    if until:
        steps = steps[: [step.code for step in steps].index(until)]
    lacking = missing_pieces(
        steps,
        subjects=subjects,
        kept=[(kind, subject) for kind, subject in inspection.pieces.values_list("kind", "subject_id")],
        waived_steps=list(inspection.steps.exclude(waived="").values_list("code", flat=True)),
    )
    return [f"{_(kind.label)} ({subjects[pk]})" if pk else _(kind.label) for kind, pk in lacking]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A paper that is missing: where it is written, and where it is said why there is none."""

    words: str
    write: str
    waive: str


def lacking_of(inspection: Inspection) -> list[Lacking]:
    """What the dossier lacks, each with its doors; the self-report is handed in by the inspected."""
    subjects = {one.pk: str(one) for one in inspection.subjects.select_related("unit", "member")}
    kept = list(inspection.pieces.values_list("kind", "subject_id"))
    waived = list(inspection.steps.exclude(waived="").values_list("code", flat=True))
    found = []
    for kind, pk in missing_pieces(flow(inspection), subjects=subjects, kept=kept, waived_steps=waived):
        query = f"?subject={pk}" if pk else ""
        words = f"{_(kind.label)} ({subjects[pk]})" if pk else _(kind.label)
        own = kind is PieceKind.SELF_REPORT
        write = "" if own else reverse("inspections:write", args=[inspection.pk, kind.value]) + query
        found.append(
            Lacking(
                words,
                write,
                "" if own else f"{reverse('inspections:waive', args=[inspection.pk, kind.value])}{query}",
            )
        )
    return found


def right_to_open(actor: Actor, sight: Sight) -> Unit | Subject | TeamMember:
    """By what right this person opens a paper: they lead it, are on its team, or are inspected."""
    if sight.leads:
        return sight.inspection.unit
    if sight.works:
        place: TeamMember = sight.inspection.team.select_related("member", "unit").get(member__account=actor.user)
        return place
    return sight.subjects[0]


def this_hour(actor: Actor, what: str, pk: int) -> dict[str, Any]:
    """For the gate: the token (``once``) by which it leaves one line within the hour, however often this person opens this. Longer than the
    token of any form, and sealed: nobody can use it up beforehand."""
    said = f"{what} {pk} {actor.user and actor.user.pk} {localtime():%Y%m%d%H}"
    return {"once": salted_hmac("chibo.inspections.openings", said).hexdigest()}


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One line of the index: a paper, or why there is none."""

    title: str
    symbol: str
    day: date | None
    note: str
    piece: Piece | None = None


def pictures_in(sight: Sight) -> int:
    """How many pictures of the verification go with the dossier, for who works on it."""
    return Picture.objects.filter(subject__inspection=sight.inspection).count() if sight.works else 0


def index_lines(inspection: Inspection) -> list[IndexLine]:
    return [
        IndexLine(
            f"{piece_words(PieceKind(piece.kind), inspection)}{f' – {piece.subject}' if piece.subject else ''}",
            piece.symbol,
            None if piece.waived else piece.issued_on,
            f"Không có: {piece.waived}" if piece.waived else "",
            piece,
        )
        for piece in pieces_of(inspection)
    ]


def file_of(piece: Piece, suffix: str) -> tuple[bytes, str, str]:
    """The stored file as (content, name, content type); 404 where there is none."""
    kept: dict[str, Any] = {"docx": piece.docx, "pdf": piece.pdf, "file": piece.upload}
    stored = kept.get(suffix)
    if not stored:
        raise Http404
    try:
        with stored.open("rb") as opened:
            content = opened.read()
    except FileNotFoundError:
        raise Http404 from None
    ending = PurePath(stored.name or "").suffix
    name = piece.name or f"{piece.get_kind_display()} {piece.issued_on:%Y-%m-%d}{ending}"
    return content, name.replace("/", "-"), TYPES.get(ending, "application/octet-stream")


TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
