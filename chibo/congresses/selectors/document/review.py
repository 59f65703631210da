"""Báo cáo kiểm điểm của chi ủy, and the minutes of handing over. Official texts: always Vietnamese (rulebook §1.8, §1.9)."""

from __future__ import annotations

from chibo.access.charter import Post
from chibo.congresses.models import Congress
from chibo.congresses.rules import Office
from chibo.congresses.rules.deadlines import DAY
from chibo.congresses.rules.preparing import REVIEW
from chibo.congresses.selectors import day_of
from chibo.meetings.selectors.document import blocks_of
from chibo.members.selectors import holder_of
from chibo.papers.rules import Block, Document, Heading, PaperKind, Paragraph, Signature, SignAuthority
from chibo.papers.selectors.letterhead import heads_of, signer_on
from chibo.units.selectors import name_on


def review_paper(congress: Congress) -> Document:
    """The committee reviews itself before the congress; its parts in order, empty ones say so."""
    day = day_of(congress)
    superior, issuer = heads_of(congress.unit, day)
    written, body = dict(congress.sections.values_list("code", "text")), list[Block]()
    for code, title in REVIEW:
        body.append(Heading(title, 1))
        body += list(blocks_of(written.get(code, ""))) or [Paragraph("…")]
    return Document(
        superior=superior, issuer=issuer, kind=PaperKind.REPORT,
        subject=f"Kiểm điểm của chi ủy nhiệm kỳ {congress.round.past_term or 'qua'} trình {congress}", body=tuple(body),
        signatures=(Signature(SignAuthority.ON_BEHALF, "CHI ỦY", *signer_on(congress.unit, day - DAY)),),
        place=name_on(congress.round.unit, day), recipients=(f"{superior} (báo cáo)", "Đảng viên dự đại hội", "Lưu chi bộ"),
        draft="Dự thảo",
    )  # fmt: skip


def handover_minutes(congress: Congress) -> Document:
    """What the old committee gave to the new one."""
    day = congress.handed_over_on or congress.closed_on or day_of(congress)
    superior, issuer = heads_of(congress.unit, day)
    before = holder_of(Post.CELL_SECRETARY, congress.unit_id, day_of(congress) - DAY)
    after = congress.elected.filter(office=Office.SECRETARY, is_refused=False).select_related("member").first()
    giver, taker = str(before or "…"), str(after.member if after else "…")
    term = congress.round.term
    return Document(
        superior=superior, issuer=issuer, kind=PaperKind.MINUTES, subject=f"bàn giao giữa chi ủy cũ và chi ủy nhiệm kỳ {term}",
        body=(
            Paragraph(
                f"Ngày {day:%d/%m/%Y}, chi ủy nhiệm kỳ {congress.round.past_term or 'trước'} do đồng chí {giver} đại diện bàn giao cho"
                f" chi ủy nhiệm kỳ {term} do đồng chí {taker} đại diện, sau {congress} ngày {day_of(congress):%d/%m/%Y}:"
            ),
            *(list(blocks_of(congress.handed_over)) or [Paragraph("…")]),
            Paragraph("Hai bên đã kiểm đủ, thống nhất ký. Biên bản lập thành ba bản: mỗi bên một bản, một bản gửi đảng ủy."),
        ),
        signatures=(
            Signature(SignAuthority.DIRECT, "BÊN GIAO", name=giver), Signature(SignAuthority.DIRECT, "BÊN NHẬN", name=taker),
        ),
        draft="" if congress.handed_over_on else "Dự thảo",
    )  # fmt: skip
