"""The dossier: what it holds, what it lacks, who may open which paper, and its sealed copy (rulebook §4.7, S0-09)."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import PurePath
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from chibo.access.actor import Actor
from chibo.inspections.models import Inspection, Piece, Subject, TeamMember
from chibo.inspections.rules import Role
from chibo.inspections.rules.flows import PIECES, PieceKind, Shown, missing_pieces
from chibo.inspections.selectors import Sight, flow, sight_of
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


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One line of the index: a paper, or why there is none."""

    title: str
    symbol: str
    day: date | None
    note: str
    piece: Piece | None = None


def index_lines(inspection: Inspection) -> list[IndexLine]:
    return [
        IndexLine(
            f"{piece.get_kind_display()}{f' – {piece.subject}' if piece.subject else ''}",
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


# ------------------------------------------------------------------------------------------- sealed copy


@override("vi")  # what is kept for years reads the same, whoever took it out
def sealed_copy(inspection: Inspection) -> bytes:
    """A zip with every paper, an index for people and one for programs, and ``SHA256SUMS`` of all of them.

    Whoever has it checks it with ``sha256sum -c SHA256SUMS``; the digest of that list stands in the journal.
    """
    files: dict[str, bytes] = {}
    listed = []
    for number, line in enumerate(index_lines(inspection), 1):
        piece = line.piece
        names = []
        if piece is not None and not piece.waived:
            for suffix in ("pdf", "docx", "file"):
                try:
                    content, name, _kind = file_of(piece, suffix)
                except Http404:
                    continue
                safe = re.sub(r"[^\w.\- ]", "", name).strip()[-80:] or suffix
                path = f"{number:02} {safe}"
                files[path] = content
                names.append(path)
        day = line.day.isoformat() if line.day else ""
        listed.append(
            {"number": number, "title": line.title, "symbol": line.symbol, "day": day, "note": line.note, "files": names}
        )  # fmt: skip
    files["index.json"] = json.dumps(_told(inspection, listed), ensure_ascii=False, indent=1).encode()
    files["index.html"] = _page(inspection, listed).encode()
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*sorted(files.items()), ("SHA256SUMS", sums.encode())]:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def seal_of(copy: bytes) -> str:
    """The digest of the list of digests: what the journal keeps of a copy."""
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        return hashlib.sha256(archive.read("SHA256SUMS")).hexdigest()


def _told(inspection: Inspection, listed: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": str(inspection),
        "led_by": inspection.unit.name,
        "decided_on": inspection.decided_on.isoformat(),
        "closed_on": inspection.closed_on.isoformat() if inspection.closed_on else "",
        "subjects": [str(one) for one in inspection.subjects.select_related("unit", "member")],
        "team": [f"{one.member}, {Role(one.role).label}" for one in inspection.team.select_related("member")],
        "papers": listed,
    }


def _page(inspection: Inspection, listed: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td>{one['number']}</td><td>{escape(one['title'])}</td><td>{escape(one['symbol'])}</td>"
        f"<td>{one['day']}</td><td>{escape(one['note'])}"
        + " ".join(f'<a href="{escape(name)}">{escape(name)}</a>' for name in one["files"])
        + "</td></tr>"
        for one in listed
    )
    title = escape(str(inspection))
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><h1>Mục lục hồ sơ</h1><p>{title}</p>'
        f"<table border=1><tr><th>TT<th>Tài liệu<th>Số, ký hiệu<th>Ngày<th>Tệp, ghi chú</tr>{rows}</table>"
        "<p>Kiểm tra: <code>sha256sum -c SHA256SUMS</code></p></html>\n"
    )
