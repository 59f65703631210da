"""The papers of a dossier as official documents: their text begun from the records, their letterhead by body and day.

Official texts: always Vietnamese, whatever the language of the pages (HD 36-HD/VPTW, HD 05-HD/VPTW; rulebook §6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from django.utils.translation import override

from chibo.inspections.models import Inspection, Picture, Subject
from chibo.inspections.rules import Body, Role
from chibo.inspections.rules.flows import PIECES, PieceKind
from chibo.inspections.selectors.answers import self_report
from chibo.inspections.selectors.dossiers import index_lines
from chibo.inspections.selectors.letterheads import (
    about,
    archive_of,
    family_of,
    letterhead_of,
    looked_at,
    of_team,
    own_report,
    piece_words,
    recipients_of_subjects,
    role_words,
    signature_of,
    signer_of,
    subjects_in_short,
    team_name,
    who_decides,
    work_of,
)
from chibo.inspections.selectors.surveys import crosstab_table
from chibo.papers.rules import (
    Align,
    Annex,
    Block,
    Column,
    Document,
    Heading,
    PaperKind,
    Paragraph,
    Run,
    Signature,
    SignAuthority,
    Symbol,
    Table,
)
from chibo.units.rules import Level

_PART = re.compile(r"(?:[IVX]+\.|\d+\.) ")
_ARTICLE = re.compile(r"(Điều \d+\.)(.*)", re.DOTALL)
_TITLES = {
    PieceKind.SIGN_RECORD: "PHIẾU NẮM DẤU HIỆU VI PHẠM",
    PieceKind.OUTLINE: "ĐỀ CƯƠNG",
    PieceKind.SCHEDULE: "LỊCH LÀM VIỆC",
    PieceKind.ASSIGNMENT: "BẢNG PHÂN CÔNG NHIỆM VỤ",
    PieceKind.EXPLANATION: "BẢN GIẢI TRÌNH",
    PieceKind.INDEX: "MỤC LỤC HỒ SƠ",
}


@override("vi")
def paper_of(
    inspection: Inspection,
    kind: PieceKind,
    text: str,
    on: date,
    *,
    subject: Subject | None = None,
    symbol: Symbol | None = None,
    tables: bool = True,
) -> Document:
    """The paper with this text: each line a paragraph, a line that begins with a number a heading."""
    rule = PIECES[kind]
    head = letterhead_of(inspection.unit, inspection.body, on)
    issuer, superior = head.issuer, head.superior
    if kind in (PieceKind.SELF_REPORT, PieceKind.EXPLANATION) and subject is not None:
        own = letterhead_of(subject.unit, Body.CELL if subject.unit.level == Level.CELL else Body.COMMITTEE, on)
        issuer, superior = own.issuer, own.superior
    elif is_of_team(kind):
        superior, issuer = head.issuer, team_name(inspection)
    body: list[Block] = list(_blocks(text))
    annexes: tuple[Annex, ...] = ()
    if kind is PieceKind.SYNTHESIS and tables and (table := tuple(crosstab_table(inspection))):
        annexes = (Annex("Kết quả theo tiêu chí và chi bộ", table),)
    return Document(
        superior=superior,
        issuer=issuer,
        kind=rule.paper,
        title=_TITLES.get(kind, piece_words(kind, inspection).upper()) if rule.paper is PaperKind.FORM else "",
        subject=subject_line(inspection, kind, subject),
        body=tuple(body) or (Paragraph(""),),
        signatures=_signatures(inspection, kind, subject, on),
        symbol=symbol,
        place=head.place,
        issued_on=on,
        recipients=_recipients(inspection, kind, subject),
        addressees=_addressees(inspection, kind, on),
        annexes=annexes,
    )


def is_of_team(kind: PieceKind) -> bool:
    """Whether the team issues it, under the body that sent it."""
    minutes = PIECES[kind].paper is PaperKind.MINUTES
    return minutes or kind in (PieceKind.RESULT, PieceKind.SYNTHESIS, PieceKind.ASSIGNMENT, PieceKind.OUTLINE, PieceKind.SCHEDULE)  # fmt: skip


def _addressees(inspection: Inspection, kind: PieceKind, on: date) -> tuple[str, ...]:
    """Those after "Kính gửi": of a letter the inspected, of the team's report who sent it, of a self-report the team."""
    if PIECES[kind].paper is PaperKind.LETTER:
        return recipients_of_subjects(inspection)
    if kind in (PieceKind.RESULT, PieceKind.SYNTHESIS):
        return (who_decides(inspection.unit, inspection.body, on),)
    if kind in (PieceKind.SELF_REPORT, PieceKind.EXPLANATION):
        return (f"{team_name(inspection)} của {who_decides(inspection.unit, inspection.body, on)}",)
    return ()


def _recipients(inspection: Inspection, kind: PieceKind, subject: Subject | None) -> tuple[str, ...]:
    """Those under "Nơi nhận", the archive last."""
    archive, team = archive_of(inspection.body), team_name(inspection)
    if PIECES[kind].paper is PaperKind.MINUTES:
        return ()
    if kind is PieceKind.SELF_REPORT and subject is not None:
        own = "Lưu chi bộ" if subject.unit.level == Level.CELL else "Lưu Văn phòng"
        return ("Như trên", "Lưu" if subject.member_id else own)
    if kind is PieceKind.DECISION:
        return ("Như Điều 3", archive)
    if kind is PieceKind.EXTENSION:
        return ("Như Điều 2", archive)
    if kind in (PieceKind.RESULT, PieceKind.SYNTHESIS):
        return ("Như trên", f"Lưu hồ sơ {team.lower()}")
    if PIECES[kind].paper is PaperKind.LETTER:
        return ("Như trên", archive)
    if kind in (PieceKind.PLAN, PieceKind.NOTICE, PieceKind.OUTLINE, PieceKind.SCHEDULE):
        return (*recipients_of_subjects(inspection), f"Các thành viên {team.lower()}", archive)
    if kind is PieceKind.ASSIGNMENT:
        return (f"Các thành viên {team.lower()}", archive)
    return ("Như trên", "Lưu hồ sơ") if kind is PieceKind.EXPLANATION else ("Lưu hồ sơ",)


def subject_line(inspection: Inspection, kind: PieceKind, subject: Subject | None) -> str:
    """What the paper is about, as its head says."""
    what = about(inspection)
    whom = (
        f"đồng chí {subject.member}" if subject and subject.member else str(subject or subjects_in_short(inspection))
    )
    own, work = own_report(inspection), work_of(inspection)
    return {
        PieceKind.DECISION: f"về việc {what} đối với {whom}",
        PieceKind.EXTENSION: f"về việc gia hạn thời gian {what} đối với {whom}",
        PieceKind.PLAN: f"{what} đối với {whom}",
        PieceKind.OUTLINE: f"gợi ý báo cáo {own} {looked_at(inspection)}",
        PieceKind.SELF_REPORT: f"{own} {looked_at(inspection)}",
        PieceKind.DEPLOYING: f"triển khai {what} tại {whom}",
        PieceKind.WORKING: f"làm việc, thẩm tra, xác minh tại {whom}",
        PieceKind.CONFERENCE: f"hội nghị xem xét kết quả {what} tại {whom}",
        PieceKind.RESULT: f"kết quả {what} đối với {whom}",
        PieceKind.SYNTHESIS: f"kết quả {what} tại {inspection.subjects.count()} chi bộ",
        PieceKind.NOTICE: f"kết luận {what} đối với {whom}",
        PieceKind.ANNOUNCING: f"công bố thông báo kết luận {work} tại {whom}",
        PieceKind.FOLLOW_UP: f"yêu cầu báo cáo kết quả khắc phục sau {work}",
        PieceKind.INDEX: f"cuộc {what}",
    }.get(kind, what)


def _signatures(inspection: Inspection, kind: PieceKind, subject: Subject | None, on: date) -> tuple[Signature, ...]:
    head = role_words(Role.HEAD, inspection).upper()
    by_head = Signature(SignAuthority.DIRECT, head, name=of_team(inspection, Role.HEAD))
    if kind in (PieceKind.SELF_REPORT, PieceKind.EXPLANATION) and subject is not None:
        return (_of_inspected(subject, kind, on),)
    if PIECES[kind].paper is PaperKind.MINUTES:
        whom = subject or (
            inspection.subjects.select_related("unit", "member").first() if inspection.subjects.count() == 1 else None
        )
        own = (_beside(whom, family_of(inspection), on),) if whom else ()
        return (_by_scribe(inspection, "NGƯỜI GHI BIÊN BẢN"), *own, by_head)
    if kind is PieceKind.INDEX:
        return (_by_scribe(inspection, "NGƯỜI LẬP"),)
    if is_of_team(kind):
        return (Signature(SignAuthority.ON_BEHALF, team_name(inspection), head, by_head.name),)
    return (signature_of(inspection.unit, inspection.body, on),)


def _by_scribe(inspection: Inspection, words: str) -> Signature:
    """Who keeps the team's papers; its head where it has no secretary."""
    scribe = of_team(inspection, Role.SECRETARY)
    return Signature(SignAuthority.DIRECT, words, name=scribe if scribe != "…" else of_team(inspection, Role.HEAD))


def _of_inspected(subject: Subject, kind: PieceKind, on: date) -> Signature:
    """Who signs what the inspected write: the person themselves, or on behalf of their organisation."""
    if subject.member is not None:
        words = "NGƯỜI GIẢI TRÌNH" if kind is PieceKind.EXPLANATION else "NGƯỜI BÁO CÁO"
        return Signature(SignAuthority.DIRECT, words, name=subject.member.full_name)
    is_cell = subject.unit.level == Level.CELL
    position, name = signer_of(subject.unit, Body.CELL if is_cell else Body.COMMITTEE, on)
    return Signature(SignAuthority.ON_BEHALF, "CHI BỘ" if is_cell else "ĐẢNG ỦY", position, name)


def _beside(subject: Subject, family: str, on: date) -> Signature:
    """Who signs the team's minutes for the inspected."""
    if subject.member is not None:
        return Signature(SignAuthority.DIRECT, f"ĐẢNG VIÊN ĐƯỢC {family.upper()}", name=subject.member.full_name)
    is_cell = subject.unit.level == Level.CELL
    position, name = signer_of(subject.unit, Body.CELL if is_cell else Body.COMMITTEE, on)
    return Signature(SignAuthority.DIRECT, "ĐẠI DIỆN CHI BỘ" if is_cell else "ĐẠI DIỆN ĐẢNG ỦY", position, name)


def _blocks(text: str) -> Iterator[Block]:
    """A numbered line is a heading unless it is a sentence; "Điều 1." begins an article; capitals stand in the middle."""
    for line in _closed(list(filter(None, map(str.strip, text.splitlines())))):
        article = _ARTICLE.fullmatch(line)
        if article:
            yield Paragraph((Run(article[1], bold=True), Run(article[2])))
        elif line.isupper():
            yield Paragraph((Run(line, bold=True),), Align.CENTER, indent=False)
        elif _PART.match(line) and not line.endswith((".", ";", ":")):
            yield Heading(line, 1 if line[0] in "IVX" else 2)
        else:
            yield Paragraph(line)


def _closed(lines: list[str]) -> Iterator[str]:
    """Lines behind dashes end with a semicolon, the last of them with a full stop."""
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        ends = line.startswith("- ") and line.endswith(";") and not after.startswith("- ")
        yield f"{line[:-1]}." if ends else line


@override("vi")
def self_report_paper(subject: Subject, on: date, symbol: Symbol | None = None) -> Document:
    """The self-report: each section a heading, each item with what is declared, and why it differs where it does."""
    body: list[Block] = []
    section = ""
    for line in self_report(subject):
        if line.item.section and line.item.section != section:
            section = line.item.section
            body.append(Heading(section, 1))
        told = line.declared.strip().splitlines() or [""]
        body += [Paragraph(_ended(said)) for said in (f"{line.item.title}: {told[0]}", *told[1:])]
        if line.explanation.strip():
            body.append(Paragraph(_ended(f"Giải thích: {line.explanation.strip()}")))
    found = paper_of(subject.inspection, PieceKind.SELF_REPORT, "", on, subject=subject, symbol=symbol)
    found = replace(found, body=tuple(body) or found.body)
    if symbol is None:  # a person reports on a sheet without a number
        return replace(found, kind=PaperKind.FORM, title="BÁO CÁO TỰ KIỂM TRA")
    return found


def _ended(text: str) -> str:
    return text if text.endswith((".", ":", ";", "!", "?")) else f"{text}."


@override("vi")
def index_paper(inspection: Inspection, on: date) -> Document:
    """Mục lục hồ sơ: every paper in the order of the form, with number, day, and why one is not there."""
    rows = tuple(
        (str(n), line.title, line.symbol, f"{line.day:%d/%m/%Y}" if line.day else "", line.note)
        for n, line in enumerate(index_lines(inspection), 1)
    )
    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Tài liệu", 4), Column("Số, ký hiệu", 1.6),
        Column("Ngày", 1.3, Align.CENTER), Column("Ghi chú", 2),
    )  # fmt: skip
    found = paper_of(inspection, PieceKind.INDEX, "", on)
    body: list[Block] = [Table(columns, rows) if rows else Paragraph("Hồ sơ trống.")]
    taken = Picture.objects.filter(subject__inspection=inspection).count()
    if taken:
        body.append(Paragraph(f"Kèm theo hồ sơ: {taken} ảnh thẩm tra."))
    return replace(found, body=tuple(body))
