"""Papers of the dossier are issued, brought, waived and opened; the dossier is closed and taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from chibo.access.actions import grant_sight
from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc
from chibo.inspections.actions.steps import _finish_by_papers, _mark_done, _refuse_team
from chibo.inspections.models import Inspection, Piece, Subject
from chibo.inspections.rules.flows import PIECES, PieceKind
from chibo.inspections.rules.leading import objections_to_changing, objections_to_closing, objections_to_opening
from chibo.inspections.selectors import flow, remedies_open, still_looking, undone_before
from chibo.inspections.selectors.begun import begun_text
from chibo.inspections.selectors.documents import index_paper, is_of_team, paper_of
from chibo.inspections.selectors.dossiers import missing_of
from chibo.inspections.selectors.letterheads import letterhead_of, team_suffix
from chibo.members.selectors import term_of
from chibo.papers.actions import issue_paper, take_number
from chibo.papers.models import Number
from chibo.papers.rules import Document, Symbol, objections_to_issuing
from chibo.papers.rules.register import kind_of, objections_to_file
from chibo.papers.selectors import paper_file, pdf_of
from chibo.papers.selectors.register import content_of
from chibo.units.models import Unit

MANY = (PieceKind.OTHER, PieceKind.EXTENSION)
"""Papers of which a dossier may hold several."""


@action(Can.LEAD_INSPECTIONS)
def issue_piece(
    inspection: Inspection, *, actor: Actor, kind: str, text: str, on: date, subject: Subject | None = None
) -> Piece:
    """Issue a paper of the dossier as docx and PDF; numbered ones take their number and stand in the register."""
    if kind == PieceKind.EXTENSION:
        refuse_if([Objection(gettext_noop("Quyết định gia hạn được lập ở trang Gia hạn."))])
    return _issue(inspection, actor, PieceKind(kind), text, on, subject)


@action(Can.VERIFY_INSPECTIONS)
def record_minutes(subject: Subject, *, actor: Actor, kind: str, text: str, on: date) -> Piece:
    """The team's minutes at one place: a paper without a number."""
    _refuse_team(actor, subject)
    rule = PIECES[PieceKind(kind)]
    if rule.numbered or not rule.each:
        raise PermissionDenied(Can.LEAD_INSPECTIONS)
    return _issue(subject.inspection, actor, PieceKind(kind), text, on, subject)


def _issue(
    inspection: Inspection, actor: Actor, kind: PieceKind, text: str, on: date, subject: Subject | None
) -> Piece:
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *objections_to_opening(text),
            *_objections_to_piece(inspection, kind, text, on, subject),
        ]
    )
    number, symbol = _take_number(inspection, actor, kind, on) if PIECES[kind].numbered else (None, None)
    document = paper_of(inspection, kind, text, on, subject=subject, symbol=symbol)
    piece = _kept(inspection, actor, kind, document, on, subject, number)
    _finish_by_papers(inspection, on)
    return piece


def _objections_to_piece(
    inspection: Inspection, kind: PieceKind, text: str, on: date, subject: Subject | None
) -> list[Objection]:
    found = []
    if not text.strip():
        found.append(Objection(gettext_noop("Văn bản chưa có nội dung."), field="text"))
    open_line = next((line.strip() for line in text.splitlines() if "…" in line), "")
    if open_line:
        found.append(Objection(
            gettext_noop("Còn chỗ chưa ghi: “%(line)s”. Ghi vào chỗ “…”, hoặc bỏ dòng ấy."), params={"line": open_line[:120]},
            field="text",
        ))  # fmt: skip
    if on < inspection.decided_on:
        found.append(Objection(gettext_noop("Ngày của tài liệu ở trước ngày quyết định."), field="on"))
    if kind in (PieceKind.SELF_REPORT, PieceKind.INDEX):
        found.append(Objection(gettext_noop("Tài liệu này được lập ở trang riêng của nó.")))
    if kind in (PieceKind.NOTICE, PieceKind.ANNOUNCING) and inspection.concluded_on is None:
        found.append(Objection(gettext_noop("Chưa có kết luận.")))
    if inspection.pieces.filter(kind=kind, subject=subject, waived="").exclude(kind__in=MANY).exists():
        found.append(Objection(gettext_noop("Tài liệu này đã ban hành; bản thay thế hãy lưu ở “Tài liệu khác”.")))
    return found


def _take_number(inspection: Inspection, actor: Actor, kind: PieceKind, on: date) -> tuple[Number, Symbol]:
    """The next number of the series of the body that issues: the commission's are its own, and the teams'."""
    paper, head = PIECES[kind].paper, letterhead_of(inspection.unit, inspection.body, on)
    suffix = team_suffix(inspection) if is_of_team(kind) else head.suffix
    series = f"{paper.value}/UBKT" if suffix == "UBKT" else f"{paper.label}/{suffix}" if is_of_team(kind) else ""
    term = term_of(inspection.unit, on)
    taken = take_number(inspection.unit, actor=actor, kind=paper.value, term=term, series=series, on=on)
    return taken, Symbol(taken.number, paper.abbreviation, suffix)


def _kept(
    inspection: Inspection,
    actor: Actor,
    kind: PieceKind,
    document: Document,
    on: date,
    subject: Subject | None,
    number: Number | None = None,
) -> Piece:
    """Check the document, put a numbered one into the register of who issues it, and keep it in both forms."""
    refuse_if(objections_to_issuing(document))
    inspection.pieces.filter(kind=kind, subject=subject).exclude(waived="").delete()
    piece = Piece(
        unit=inspection.unit, inspection=inspection, subject=subject, kind=kind, title=document.subject[:300], issued_on=on,
        entered_by=actor.user,
    )  # fmt: skip
    if number is not None and document.symbol is not None:
        piece.symbol = document.symbol.bare
        piece.paper = issue_paper(number, actor=actor, document=replace(document, subject=document.subject[:400]))
    name = uuid4().hex
    docx = paper_file(inspection.unit, document, "docx")
    piece.docx.save(f"{name}.docx", ContentFile(docx), save=False)
    piece.pdf.save(f"{name}.pdf", ContentFile(pdf_of(document)), save=False)
    piece.save()
    return piece


@action(Can.LEAD_INSPECTIONS)
def bring_piece(
    inspection: Inspection, *, actor: Actor, kind: str, file: Any, on: date, subject: Subject | None = None
) -> Piece:
    """Keep a paper that came from elsewhere, or the scan of a signed one; what it is, its content tells."""
    content = content_of(file)
    refuse_if([*objections_to_changing(inspection.closed_on), *objections_to_file(content)])
    suffix = kind_of(content)
    piece = Piece(
        unit=inspection.unit, inspection=inspection, subject=subject, kind=kind, issued_on=on, entered_by=actor.user,
        name=nfc(str(file.name))[-160:],
    )  # fmt: skip
    piece.upload.save(f"{uuid4().hex}.{suffix}", file, save=False)
    inspection.pieces.filter(kind=kind, subject=subject).exclude(waived="").delete()
    piece.save()
    _finish_by_papers(inspection, on)
    return piece


@action(Can.LEAD_INSPECTIONS)
def waive_piece(
    inspection: Inspection, *, actor: Actor, kind: str, reason: str, today: date, subject: Subject | None = None
) -> Piece:
    """Say why there is no such paper: the dossier can then be closed without it."""
    found = list(objections_to_changing(inspection.closed_on))
    if not reason.strip():
        found.append(Objection(gettext_noop("Hãy ghi lý do."), field="reason"))
    if inspection.pieces.filter(kind=kind, subject=subject).exists():
        found.append(Objection(gettext_noop("Tài liệu này đã có trong hồ sơ.")))
    refuse_if(found)
    piece = Piece.objects.create(
        unit=inspection.unit, inspection=inspection, subject=subject, kind=kind, issued_on=today,
        waived=nfc(reason.strip()), entered_by=actor.user,
    )  # fmt: skip
    _finish_by_papers(inspection, today)
    return piece


# ---------------------------------------------------------------------------------------- preparing, closing


@action(Can.LEAD_INSPECTIONS)
def issue_prepared(inspection: Inspection, *, actor: Actor, on: date) -> Inspection:
    """Issue at once every paper that the inspected need before it is announced, as the records word it."""
    steps = flow(inspection)
    before = steps[: [step.code for step in steps].index("announce")]
    for step in before:
        for kind in step.pieces:
            if not inspection.pieces.filter(kind=kind).exists():
                _issue(inspection, actor, kind, begun_text(inspection, kind, None, on), on, None)
    return inspection


@action(Can.LEAD_INSPECTIONS)
def close_dossier(inspection: Inspection, *, actor: Actor, on: date) -> Inspection:
    """Make the index and close: refused while a paper, a step or the proof of a remedy is missing, naming each."""
    refuse_if(
        objections_to_closing(
            already=inspection.closed_on, missing=missing_of(inspection),
            undone=[_(words) for words in undone_before(inspection, "archive")],
            unverified=remedies_open(inspection).count(), on=on,
        )
    )  # fmt: skip
    _kept(inspection, actor, PieceKind.INDEX, index_paper(inspection, on), on, None)
    _mark_done(inspection, "archive", on)
    inspection.closed_on = on
    inspection.save()
    users = [one.member.account for one in inspection.team.select_related("member__account") if one.member.account]
    since = inspection.announced_on
    for unit in Unit.objects.filter(pk__in=inspection.subjects.values("unit")):
        leaving = [user for user in users if user.pk not in still_looking(inspection, unit)]
        if since is not None and leaving:
            grant_sight(unit, actor=actor, users=leaving, valid_from=since, valid_to=max(on, since))
    return inspection


@action(Can.LEAD_INSPECTIONS)
def take_out_copy(inspection: Inspection, *, actor: Actor, seal: str) -> Inspection:
    """A sealed copy of the dossier leaves the office; its seal stays in the journal."""
    return inspection
