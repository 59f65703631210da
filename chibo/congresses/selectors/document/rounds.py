"""Báo cáo kết quả đợt đại hội: done, elected, structure, faults and lessons (seeds S4-02, S4-07, S4-08, S4-09)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from chibo.congresses.models import CongressRound, Elected
from chibo.congresses.rules import AgeBand, CongressState, Office
from chibo.congresses.selectors import deviations_in
from chibo.congresses.selectors.boards import Board, board_of
from chibo.congresses.selectors.document import CENTER
from chibo.core.values import Share
from chibo.meetings.selectors.document import blocks_of
from chibo.members.rules import Sex
from chibo.papers.rules import Block, Column, Document, Heading, PaperKind, Paragraph, Table
from chibo.papers.selectors.letterhead import heads_of, signature_of
from chibo.units.selectors import name_on


def round_report(round_: CongressRound, on: date) -> Document:
    """As the round stands at the end of the day ``on``, or when it was over."""
    day = min(on, round_.last_on)
    board = board_of(round_, on)
    superior, issuer = heads_of(round_.unit, on)
    found = [f"- {one.unit.name}: {one.text.rstrip('.')}." for one in deviations_in(round_)]
    return Document(
        superior=superior, issuer=issuer, kind=PaperKind.REPORT, subject=f"Kết quả {round_.name}",
        body=(
            Heading("Kết quả", 1), *_done(round_, board, day), *_elected(round_, board, day), _by_cell(board),
            Heading("Hạn chế", 1), *map(Paragraph, found or ["Không có."]),
            Heading("Bài học kinh nghiệm", 1), *(list(blocks_of(round_.lessons)) or [Paragraph("…")]),
        ),
        signatures=(signature_of(round_.unit, on),), place=name_on(round_.unit, on),
        recipients=(f"{superior} (báo cáo)", "Các chi bộ trực thuộc", "Lưu văn phòng đảng ủy"), draft="Dự thảo",
    )  # fmt: skip


def _done(round_: CongressRound, board: Board, day: date) -> Iterable[Block]:
    pilots = f", trong đó {board.pilots} đại hội điểm" if board.pilots else ""
    yield Paragraph(
        f"Đến hết ngày {day:%d/%m/%Y} có {board.done.part}/{board.done.base} chi bộ tổ chức xong đại hội{pilots}."
    )
    votes = [line.congress.resolution_vote for line in board.lines if line.congress]
    told = [vote for vote in votes if vote is not None]
    if told:
        whole = sum(vote.in_favour == vote.base for vote in told)
        yield Paragraph(
            f"Nghị quyết được 100% đảng viên chính thức có mặt biểu quyết tán thành: {whole}/{len(told)} đại hội."
        )
    approved = sum(
        line.congress is not None and line.congress.state == CongressState.APPROVED for line in board.lines
    )
    yield Paragraph(f"Đã chuẩn y kết quả bầu cử: {approved}/{board.done.part} chi bộ.")


def _elected(round_: CongressRound, board: Board, day: date) -> Iterable[Block]:
    rows = Elected.objects.filter(congress__round=round_, congress__closed_on__lte=day)
    rows = rows.exclude(congress__state=CongressState.REJECTED)
    people = list(rows.filter(has_seat=True).select_related("member"))
    yield Paragraph(f"Bầu {board.elected} cấp ủy viên: tái cử {board.again}, mới tham gia {board.new}.")
    women = sum(one.member.sex == Sex.FEMALE for one in people)
    young = sum(one.age_band == AgeBand.YOUNG for one in people)
    yield Paragraph(f"Nữ {_share(women, people)}; dưới 40 tuổi {_share(young, people)}.")
    learned = Counter(str(one.member.get_qualification_display()) for one in people)
    if learned:
        yield Paragraph(
            "Trình độ chuyên môn: " + "; ".join(f"{name} {n}" for name, n in sorted(learned.items())) + "."
        )
    offices = Counter(rows.filter(is_refused=False).values_list("office", flat=True))
    yield Paragraph(f"Bầu {offices[Office.SECRETARY]} bí thư, {offices[Office.DEPUTY]} phó bí thư chi bộ.")


def _share(part: int, whole: list[Elected]) -> str:
    share = Share(part, len(whole))
    return f"{share.part}/{share.base} ({share.percent()}%)" if share.base else "0"


def _by_cell(board: Board) -> Table:
    columns = (
        Column("Chi bộ", 4), Column("Ngày đại hội", 1.6, CENTER), Column("Trúng cử", 1, CENTER), Column("Tái cử", 1, CENTER),
        Column("Bước", 2),
    )  # fmt: skip
    rows = tuple(
        (
            line.cell.name,
            f"{one.meeting.held_on:%d/%m/%Y}",
            str(one.seated),  # type: ignore[attr-defined]
            str(one.again),  # type: ignore[attr-defined]
            str(one.get_state_display()),
        )
        if (one := line.congress)
        else (line.cell.name, "", "", "", "Chưa có lịch")
        for line in board.lines
    )
    return Table(columns, rows, total=("Cộng", "", str(board.elected), str(board.again), ""))
