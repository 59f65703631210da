"""The minutes of an opening of sealed ballots (190-QĐ/TW Đ33, Đ35). An official text: always Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime

from chibo.congresses.models import SealOpening
from chibo.congresses.rules.sealing import witnesses_in
from chibo.congresses.selectors import day_of
from chibo.congresses.selectors.document import CENTER
from chibo.meetings.selectors.document import blocks_of
from chibo.papers.rules import Block, Column, Document, Heading, PaperKind, Paragraph, Signature, SignAuthority, Table
from chibo.papers.selectors.letterhead import heads_of


def _hour(at: datetime) -> str:
    return f"{localtime(at):%H giờ %M ngày %d/%m/%Y}"


def opening_minutes(opening: SealOpening) -> Document:
    congress = opening.complaint.congress
    superior, issuer = heads_of(congress.round.unit, localtime(opening.opened_at).date())
    sealed_on = congress.sealed_on or day_of(congress)
    body = [
        Paragraph(
            f"Hồi {_hour(opening.opened_at)}, tại {opening.place}, theo quyết định số {opening.decision} ngày"
            f" {opening.decided_on:%d/%m/%Y}, mở niêm phong phiếu bầu của {congress} ngày {day_of(congress):%d/%m/%Y} để"
            f" giải quyết khiếu nại nhận ngày {opening.complaint.received_on:%d/%m/%Y}."
        ),
        Paragraph(f"Phiếu niêm phong ngày {sealed_on:%d/%m/%Y}, người giữ: {congress.sealed_by}."),
        Heading("Người chứng kiến", 2),
        *(Paragraph(f"- {one}") for one in witnesses_in(opening.witnesses)),
        Heading("Tình trạng khi mở", 2),
        Paragraph(_state(opening)),
        *_journals(opening),
        Heading("Kết quả xem lại", 2),
        *(list(blocks_of(opening.findings)) or [Paragraph("…")]),
        Paragraph(
            f"Niêm phong lại hồi {_hour(opening.resealed_at)}, người giữ: {opening.resealed_by}."
            if opening.resealed_at
            else "Phiếu đang mở, chưa niêm phong lại."
        ),
    ]
    return Document(
        superior=superior, issuer=issuer, kind=PaperKind.MINUTES, subject="mở niêm phong phiếu bầu", body=tuple(body),
        signatures=(
            Signature(SignAuthority.DIRECT, "NGƯỜI CHỨNG KIẾN", name=""),
            Signature(SignAuthority.DIRECT, "ĐẠI DIỆN ĐẢNG ỦY", name=""),
        ),
        draft="" if opening.resealed_at else "Dự thảo",
    )  # fmt: skip


def _state(opening: SealOpening) -> str:
    whole = "Niêm phong còn nguyên" if opening.seal_whole else "Niêm phong không còn nguyên"
    return f"{whole}: {opening.seal_found}." if opening.seal_found else f"{whole}."


def _journals(opening: SealOpening) -> Iterable[Block]:
    if not opening.journals:
        yield Paragraph("Không có lượt đếm bằng máy quét: chỉ có phiếu giấy.")
        return
    columns = (Column("Lần bầu", 2), Column("Dấu niêm in trong biên bản", 4), Column("Sổ đếm khi mở", 2, CENTER))
    rows = tuple(
        (one["title"], one["printed"], "nguyên vẹn, đúng kết quả đã công bố" if one["same"] else "KHÔNG KHỚP")
        for one in opening.journals
    )
    yield Table(columns, rows)
