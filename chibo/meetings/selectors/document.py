"""The minutes as an official paper: docx, PDF and preview come from it (HD 36-HD/VPTW, HD 05-HD/VPTW; rulebook §6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingState
from chibo.meetings.selectors.minutes import composed_minutes
from chibo.papers.rules import Block, Document, Heading, PaperKind, Paragraph, Signature, SignAuthority
from chibo.papers.selectors.letterhead import heads_of

_ITEM = re.compile(r"\d+\. ")


def document_of(meeting: Meeting) -> Document:
    """The minutes as they were closed, with their corrections; before closing, a draft of them."""
    superior, issuer = heads_of(meeting.unit, meeting.held_on)
    closed = meeting.state == MeetingState.CLOSED
    text = meeting.minutes if closed else meeting.minutes or composed_minutes(meeting)
    return Document(
        superior=superior,
        issuer=issuer,
        kind=PaperKind.MINUTES,
        subject=f"{meeting.get_kind_display()} tháng {meeting.month:%m/%Y}",
        body=(*blocks_of(text), *corrections_to(meeting)),
        signatures=(
            Signature(SignAuthority.DIRECT, "THƯ KÝ", name=str(meeting.recorder or "")),
            Signature(SignAuthority.DIRECT, "CHỦ TRÌ", name=str(meeting.chair or "")),
        ),
        draft="" if closed else "Dự thảo",
    )


def blocks_of(text: str) -> Iterator[Block]:
    """Each line a paragraph; a line that begins with a number is the heading of an item."""
    for line in filter(None, map(str.strip, text.splitlines())):
        yield Heading(line, 2) if _ITEM.match(line) else Paragraph(line)


def corrections_to(meeting: Meeting) -> Iterator[Block]:
    for number, correction in enumerate(meeting.corrections.all()):
        if not number:
            yield Heading("Bổ sung, đính chính", 2, counted=False)
        yield Paragraph(f"Ngày {correction.corrected_on:%d/%m/%Y}: {correction.text}")
