"""Invitations to a meeting, the digest of what it makes known, and the code on a person's slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.safestring import SafeString

from chibo.core.slips import qr_of
from chibo.core.vietnamese import within
from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingKind, Presence
from chibo.meetings.selectors.agenda import papers_for
from chibo.meetings.selectors.closing import head_of
from chibo.meetings.selectors.roll import RollLine, roll_of
from chibo.members.models import Member
from chibo.papers.models import Paper
from chibo.papers.rules import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Numbered,
    PaperKind,
    Paragraph,
    Signature,
    SignAuthority,
    Table,
)

# ------------------------------------------------------------------------------------- the code on the slip

_SIGNER = Signer(salt="chibo.meetings.presence")


def presence_token(meeting: Meeting, member: Member) -> str:
    """The end of the address that a slip's QR code holds: it names one member at one meeting, and only chibo makes it.

    It opens nothing by itself: whoever keeps the roll scans it, logged in.
    """
    return _SIGNER.sign(f"{meeting.pk}.{member.pk}")


def who_is(token: str) -> tuple[int, int] | None:
    """(meeting id, member id) of a token that chibo signed; None of any other text."""
    try:
        meeting, _dot, member = _SIGNER.unsign(token).partition(".")
        return int(meeting), int(member)
    except (BadSignature, ValueError):
        return None


# ------------------------------------------------------------------------------------------------- slips


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person is handed: name, and the code that marks them present."""

    member: Member
    qr: SafeString


def slips_of(meeting: Meeting, address: Callable[[str], str]) -> list[Slip]:
    """A slip for everybody expected at the meeting; ``address`` makes the full address that ends in a token."""
    return [Slip(line.member, qr_of(address(presence_token(meeting, line.member)))) for line in invited_to(meeting)]


def invited_to(meeting: Meeting) -> Iterator[RollLine]:
    """All of the roll but those whom the register excuses."""
    return (line for line in roll_of(meeting) if line.foreseen not in (Presence.EXEMPT, Presence.ELSEWHERE))


# ---------------------------------------------------------------- official texts: always Vietnamese


def invitation_of(meeting: Meeting) -> Document:
    """The invitation to the meeting as a paper: when, where, and the order of business with its minutes."""
    head = head_of(meeting.unit, meeting.held_on, meeting.chair)
    hour = f"{meeting.starts_at.hour} giờ {meeting.starts_at.minute:02}, " if meeting.starts_at else ""
    place = "Họp trực tuyến" if meeting.online and not meeting.place else meeting.place or "…"
    items = list(meeting.agenda.select_related("presenter"))
    rows = tuple(
        (
            str(number),
            item.title,
            f"{item.minutes_planned} phút" if item.minutes_planned else "",
            str(item.presenter or ""),
        )
        for number, item in enumerate(items, 1)
    )
    columns = (
        Column("TT", 0.5, Align.CENTER),
        Column("Nội dung", 5),
        Column("Thời gian", 1.2),
        Column("Trình bày", 2),
    )
    told: list[Block] = [
        Paragraph(
            f"{head.issuer} kính mời đồng chí dự {within(MeetingKind(meeting.kind).label)} tháng {meeting.month:%m/%Y}."
        ),
        Paragraph(f"Thời gian: {hour}ngày {meeting.held_on:%d/%m/%Y}."),
        Paragraph(f"Địa điểm: {place}."),
        *([Paragraph(f"Chuyên đề: {meeting.topic}.")] if meeting.topic else []),
        Heading("Chương trình", 2, counted=False),
        Table(columns, rows),
    ]
    papers = [_cited(paper) for paper in papers_for(meeting)]
    if papers:
        told += [Paragraph("Văn bản đọc trước (không đọc lại tại cuộc họp):"), Numbered(tuple(papers))]
    told.append(Paragraph("Đề nghị đồng chí đọc trước tài liệu, chuẩn bị ý kiến và dự họp đúng giờ."))
    return Document(
        superior=head.superior,
        issuer=head.issuer,
        kind=PaperKind.INVITATION,
        subject=f"Dự {within(MeetingKind(meeting.kind).label)}",
        body=tuple(told),
        signatures=(
            Signature(
                SignAuthority.ON_BEHALF, "CHI ỦY" if head.has_committee else "CHI BỘ", head.position, head.signer
            ),
        ),
        place=head.place,
        issued_on=meeting.notified_on,
        recipients=("Đảng viên chi bộ", "Lưu chi bộ"),
    )


def digest_of(meeting: Meeting, address: Callable[[Paper], str]) -> Document:
    """What the meeting makes known, on one page: subject and where to read it. It is handed out, not read aloud
    (seed S2-13). ``address`` gives the full address of a paper, "" where no file is kept."""
    head = head_of(meeting.unit, meeting.held_on, meeting.chair)
    rows = tuple(
        (str(number), _cited(paper), address(paper) or "Bản giấy, hỏi bí thư chi bộ")
        for number, paper in enumerate(papers_for(meeting), 1)
    )
    columns = (Column("TT", 0.4, Align.CENTER), Column("Văn bản", 4), Column("Đọc ở đâu", 3))
    empty = Paragraph("Từ kỳ trước đến nay không có văn bản mới cần phổ biến.")
    return Document(
        superior=head.superior,
        issuer=head.issuer,
        kind=PaperKind.FORM,
        title="Điểm văn bản mới",
        subject=f"Phục vụ {within(MeetingKind(meeting.kind).label)} ngày {meeting.held_on:%d/%m/%Y}; đảng viên tự đọc, không đọc tại cuộc họp",
        body=(Table(columns, rows) if rows else empty,),
        signatures=(),
        place=head.place,
    )


def _cited(paper: Paper) -> str:
    day = f" ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""
    return " ".join(f"{paper.kind} {paper.symbol}{day} của {paper.issuer}: {paper.subject}".split())
