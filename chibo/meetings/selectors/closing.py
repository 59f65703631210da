"""What a meeting leaves behind: is it complete, its resolution, its files, and its trace in the tasks it opened."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet, Sum
from django.http import Http404
from django.template.loader import render_to_string

from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.core.values import Objection
from chibo.core.vietnamese import within
from chibo.meetings.models import Attachment, Meeting, Resolution, ResolutionItem, Vote
from chibo.meetings.rules import AttachmentKind, ItemKind, Marker, MeetingKind
from chibo.meetings.rules.books import Assigned, Head, Resolved, resolution_paper
from chibo.meetings.rules.closing import Written, cautions_on_parts, objections_to_adopting
from chibo.meetings.selectors.conducting import adopting_votes, is_adopted
from chibo.meetings.selectors.reading import Held
from chibo.members.models import Member
from chibo.members.selectors import posts_on
from chibo.papers.rules import Document, PaperKind, Symbol, parse_symbol
from chibo.papers.rules.register import FileKind
from chibo.papers.selectors.letterhead import committee_of, heads_of, signer_on
from chibo.units.models import Unit
from chibo.units.selectors import name_on, ward_of

# ----------------------------------------------------------------------------------------- completeness


def written_of(meeting: Meeting | Held, minutes: str, ends_at: time | None = None) -> Written:
    """The minutes as the rules look for their parts."""
    return Written(
        meeting.kind, minutes, meeting.starts_at, ends_at or meeting.ends_at, meeting.place, meeting.online
    )


def lacking_in(meeting: Meeting, minutes: str) -> list[Objection]:
    """What the minutes lack, each by name; it holds nothing up."""
    return list(cautions_on_parts(written_of(meeting, minutes)))


def objections_to_resolution_of(meeting: Meeting) -> list[Objection]:
    """What keeps the meeting's resolution from being issued: it was not put to the vote, or not carried."""
    votes = [is_adopted(vote) for vote in adopting_votes(meeting)]
    return list(objections_to_adopting(kind=meeting.kind, resolved=meeting.resolved.count(), votes=votes))


# ------------------------------------------------------------------------------------------- resolution


def head_of(unit: Unit, on: Any, chair: Member | None = None) -> Head:
    """Who issues and signs the cell's papers on the day: the secretary or deputy in the chair, else the secretary."""
    position, signer = signer_on(unit, on, chair)
    if not signer:
        position, signer = "CHỦ TRÌ CUỘC HỌP", chair.full_name if chair else ""
    committee = posts_on(on, [unit.pk]).filter(post=Post.CELL_COMMITTEE).exists()
    ward, (superior, issuer) = ward_of(unit), heads_of(unit, on)
    return Head(
        superior=superior,
        issuer=issuer,
        place=name_on(ward, on),
        on=on,
        has_committee=committee,
        position=position,
        signer=signer,
        recipients=(f"{committee_of(ward, on)} (báo cáo)", "Đảng viên chi bộ", "Lưu chi bộ"),
    )


def resolution_of(meeting: Meeting, *, symbol: Symbol | None = None, self_rating: str = "") -> Document:
    """The resolution of the meeting as a paper: as issued, or, before closing, as it would be."""
    issued = Resolution.objects.filter(meeting=meeting).select_related("paper").first()
    if issued is not None:
        symbol, self_rating = parse_symbol(issued.paper.symbol), issued.self_rating
    facts = Resolved(
        meeting=within(MeetingKind(meeting.kind).label),
        month=f"{meeting.month:%m/%Y}",
        held_on=meeting.held_on,
        results=_noted(meeting, ItemKind.RESULTS, ItemKind.TASKS, ItemKind.LOCAL),
        directions=_noted(meeting, ItemKind.DIRECTION, ItemKind.CLOSING),
        assigned=tuple(assigned_of(item) for item in meeting.resolved.select_related("doer", "doer_unit")),
        vote=_vote_words(adopting_votes(meeting)),
        self_rating=self_rating,
    )
    return resolution_paper(facts, head_of(meeting.unit, meeting.held_on, meeting.chair), symbol)


def resolution_symbol(number: int) -> Symbol:
    return Symbol(number, PaperKind.RESOLUTION.abbreviation, "CB")


def assigned_of(item: ResolutionItem, state: str = "") -> Assigned:
    """One thing resolved as the table of a paper has it; an official text, so always Vietnamese."""
    doer = f"đồng chí {item.doer}" if item.doer else str(item.doer_unit or "")
    return Assigned(item.what, doer, f"{item.due_on:%d/%m/%Y}" if item.due_on else "", item.measure, state)


def _noted(meeting: Meeting, *kinds: ItemKind) -> str:
    return "\n".join(item.notes for item in meeting.agenda.filter(kind__in=kinds) if item.notes.strip())


def _vote_words(votes: list[Vote]) -> str:
    """How the resolution was adopted: "Nghị quyết được 12/14 đảng viên chính thức tán thành"."""
    if not votes:
        return ""
    last = votes[-1]
    return (
        f"Nghị quyết này đã được chi bộ biểu quyết thông qua, có {last.in_favour}/{last.entitled} đảng viên chính thức của chi bộ"
        f" tán thành."
    )


def resolution_for(actor: Actor, meeting: Meeting) -> Resolution:
    """The resolution that the meeting issued; 404 where it issued none."""
    found = Resolution.objects.visible_to(actor).select_related("paper", "unit").filter(meeting=meeting).first()
    if found is None:
        raise Http404
    return found


# ------------------------------------------------------------------------------------------------ files


def attachments_of(actor: Actor, meeting: Meeting) -> QuerySet[Attachment]:
    """The files that the actor may have: a signed resolution goes to whoever sees the meeting, what else is kept with
    its minutes only to whom the charter lets read them."""
    rows = meeting.attachments.order_by("pk")
    return rows if actor.may(Can.READ_PLANS, meeting.unit) else rows.filter(kind=AttachmentKind.SIGNED_RESOLUTION)


def attachment_for(actor: Actor, pk: int) -> Attachment:
    found = Attachment.objects.visible_to(actor).select_related("meeting__unit", "unit").filter(pk=pk).first()
    if found is None or not attachments_of(actor, found.meeting).filter(pk=pk).exists():
        raise Http404
    return found


def content_kept(attachment: Attachment) -> tuple[bytes, str, str]:
    """The stored file as (content, the name its sender gave it, content type); 404 where it is gone."""
    try:
        with attachment.file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        raise Http404 from None
    suffix = attachment.name.rpartition(".")[2]
    known = FileKind(suffix).label if suffix in set(FileKind) else "application/octet-stream"
    return content, attachment.name, known


# ------------------------------------------------------------------------------------------- what it opened


def panel_of_task(request: Any, task: Any) -> str:
    """What a task's page shows of the meeting that resolved it, to whoever sees that meeting."""
    found = ResolutionItem.objects.visible_to(request.actor).select_related("meeting").filter(task=task).first()
    if found is None:
        return ""
    issued = Resolution.objects.filter(meeting=found.meeting).select_related("paper").first()
    return render_to_string(
        "meetings/of_task.html", {"item": found, "meeting": found.meeting, "issued": issued}, request
    )


def ended_at(meeting: Meeting) -> time | None:
    """When the meeting ended: as its last item did, or as it was planned."""
    last: time | None = meeting.agenda.aggregate(last=Max("ended_at"))["last"]
    return last or meeting.ends_at


def rating_of(meeting: Meeting) -> str:
    """How the cell marked its own meeting so far, as the resolution may say it; "" before it is marked."""
    marked = meeting.marks.filter(marker=Marker.CELL).aggregate(points=Sum("points"), most=Sum("criterion__most"))
    if marked["points"] is None:
        return ""
    return f"Chi bộ tự chấm {_points(marked['points'])}/{_points(marked['most'])} điểm."


def _points(value: Decimal) -> str:
    """92.50 is written 92,5."""
    return f"{value.normalize():f}".replace(".", ",")
