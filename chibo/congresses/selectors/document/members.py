"""Báo cáo tình hình đảng viên dự đại hội: read out before the first vote (rulebook §1.5, §1.9). Always Vietnamese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from chibo.congresses.models import Congress
from chibo.congresses.rules import AgeBand, age_band
from chibo.congresses.selectors import base_for, day_of, people_of
from chibo.congresses.selectors.document import CENTER
from chibo.congresses.selectors.pages import base_sheet
from chibo.meetings.rules import Presence
from chibo.members.models import Member
from chibo.members.rules import Sex, Standing
from chibo.papers.rules import Block, Column, Document, Heading, PaperKind, Paragraph, Signature, SignAuthority, Table
from chibo.papers.selectors.letterhead import heads_of
from chibo.units.selectors import name_on


def members_paper(congress: Congress) -> Document:
    superior, issuer = heads_of(congress.unit, day_of(congress))
    presence = dict(congress.meeting.attendances.values_list("member_id", "presence"))
    rows = list(people_of(congress))
    there = [row.member for row in rows if presence.get(row.member_id) == Presence.PRESENT]
    official = sum(row.standing == Standing.OFFICIAL for row in rows)
    base = base_for(congress)
    body: list[Block] = [
        Paragraph(f"Chi bộ có {len(rows)} đảng viên: {official} chính thức, {len(rows) - official} dự bị."),
        *_away(congress, presence),
        Heading("Đảng viên có mặt", 1),
        *_told(there, congress),
        Heading("Căn cứ tính kết quả bầu cử", 1),
        Table(
            (Column("Căn cứ", 5), Column("Số người", 1, CENTER)),
            (
                ("Đảng viên chính thức được triệu tập", str(base.convened)),
                *((f"Trừ: {words.lower()}", str(count)) for words, count in base.lines),
            ),
            caption=base_sheet(congress).article, total=("Số để tính quá một nửa", str(base.total)),
        ),
        Paragraph(
            f"Có mặt {base.quorum.part}/{base.quorum.base} đảng viên chính thức được triệu tập; người trúng cử phải được ít"
            f" nhất {base.needed} phiếu."
        ),
    ]  # fmt: skip
    return Document(
        superior=superior, issuer=issuer, kind=PaperKind.REPORT, subject="Tình hình đảng viên dự đại hội",
        body=tuple(body), signatures=(Signature(SignAuthority.ON_BEHALF, "ĐẠI HỘI", "CHỦ TỌA", str(congress.meeting.chair or "")),),
        place=name_on(congress.round.unit, day_of(congress)), issued_on=day_of(congress), draft="" if presence else "Dự thảo",
    )  # fmt: skip


def _away(congress: Congress, presence: dict[int, str]) -> Iterable[Block]:
    count = Counter(presence.values())
    yield Paragraph(
        f"Có mặt {count[Presence.PRESENT]}; vắng có lý do {count[Presence.EXCUSED]}; vắng không lý do {count[Presence.UNEXCUSED]}."
    )
    lines = congress.meeting.attendances.filter(presence=Presence.EXCUSED).select_related("member")
    for line in lines.order_by("member__sort_key"):
        yield Paragraph(f"- {line.member}: {line.reason or 'có lý do'}.")


def _told(there: list[Member], congress: Congress) -> Iterable[Block]:
    """By sex, age and schooling; who is youngest and oldest is not named."""
    day = day_of(congress)
    bands = Counter(age_band(one.birth_date, day) for one in there)
    women = sum(one.sex == Sex.FEMALE for one in there)
    yield Paragraph(f"Nữ {women}, nam {len(there) - women}.")
    yield Paragraph(
        "; ".join(f"{band.label.lower()}: {bands[band]}" for band in AgeBand if bands[band]).capitalize() + "."
    )
    learned = Counter(str(one.get_qualification_display()) for one in there)
    yield Paragraph("Trình độ chuyên môn: " + "; ".join(f"{name} {n}" for name, n in sorted(learned.items())) + ".")
