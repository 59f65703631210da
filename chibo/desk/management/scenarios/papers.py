"""The register told: what came from above, what the ward issued under its own numbers, and what seeds S1 and S2 cite."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.base import ContentFile

from chibo.access.actor import SETUP
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.members.selectors import term_of
from chibo.papers.actions import link_papers, register_paper, reserve_number, take_number, void_number
from chibo.papers.actions.templates import adopt_template
from chibo.papers.models import Paper
from chibo.papers.rules import PaperKind
from chibo.papers.rules.register import Direction, Relation, Secrecy
from chibo.papers.selectors.citing import cited_in
from chibo.papers.selectors.letterhead import committee_of
from chibo.papers.selectors.templates import standard_file
from chibo.programmes.actions import attach_paper
from chibo.programmes.models import Programme
from chibo.units.models import Unit

ABOVE = (
    ("05-CT/TW", "Chỉ thị", "Bộ Chính trị", "Đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", date(2016, 5, 15), ""),
    ("04-NQ/TW", "Nghị quyết", "Ban Chấp hành Trung ương Đảng",
     "Tăng cường xây dựng, chỉnh đốn Đảng; ngăn chặn, đẩy lùi sự suy thoái về tư tưởng chính trị, đạo đức, lối sống",
     date(2016, 10, 30), "Nghị quyết Trung ương 4 khóa XII"),
    ("01-KL/TW", "Kết luận", "Bộ Chính trị", "Tiếp tục thực hiện Chỉ thị số 05-CT/TW", date(2021, 5, 18), ""),
    ("21-KL/TW", "Kết luận", "Ban Chấp hành Trung ương Đảng", "Đẩy mạnh xây dựng, chỉnh đốn Đảng và hệ thống chính trị", date(2021, 10, 25), ""),
    ("08-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương Đảng", "Trách nhiệm nêu gương của cán bộ, đảng viên", date(2018, 10, 25), ""),
    ("37-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương Đảng", "Những điều đảng viên không được làm", date(2021, 10, 25), ""),
)  # fmt: skip
ISSUED = (
    ("Kế hoạch", "KH", "Kiểm tra, giám sát của Ban Chấp hành Đảng bộ phường năm {year}", "37-QĐ/TW", 20),
    ("Kế hoạch", "KH", "Kiểm tra, giám sát của Ủy ban Kiểm tra Đảng ủy năm {year}", "37-QĐ/TW", 22),
    ("Chương trình", "CTr", "Chương trình công tác của Ban Chấp hành Đảng bộ phường năm {year}", "21-KL/TW", 12),
    ("Thông báo", "TB", "Kết luận hội nghị Ban Chấp hành Đảng bộ phường tháng 1", "21-KL/TW", 28),
    ("Kế hoạch", "KH", "Tuyên truyền chuyên đề học tập và làm theo Bác năm {year}", "05-CT/TW", 30),
    ("Kế hoạch", "KH", "Đại hội các chi bộ nhiệm kỳ {year}-{last}", "21-KL/TW", 31),
)
S2_SENTENCE = (
    "Kiểm tra công tác lãnh đạo, chỉ đạo, tổ chức thực hiện Chương trình số 01-CTr/QU, ngày 04/01/2021 của Quận ủy; "
    "Kết luận số 01-KL/TW, ngày 18/5/2021 của Bộ Chính trị (khóa XIII); Kết luận số 21-KL/TW, ngày 25/10/2021 của Ban "
    "Chấp hành Trung ương Đảng (khóa XIII); Quy định số 08-QĐ/TW, ngày 25/10/2018 của Ban Chấp hành Trung ương Đảng "
    "(khóa XII); Quy định số 37-QĐ/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương Đảng (khóa XIII) đối với 05 tổ "
    "chức đảng và 04 đảng viên."
)
"""The legal bases as the seed itself writes them."""


def file_away(office: Office, today: date) -> None:
    """A year of the demonstration's register: numbers given, kept, voided, one missing; a secret one by number only."""
    above = from_above(office)
    year = today.year
    for kind, letters, subject, basis, day in ISSUED:
        on = min(date(year, 1, day), today)
        number = take_number(office.ward, kind=_kind(kind), term=term_of(office.ward, on), on=on, **AS_SETUP)
        paper = _own(office, kind, f"{number.number:02d}-{letters}/ĐU", subject.format(year=year, last=year + 5), on)
        link_papers(paper, to=above[basis], relation=Relation.BASED_ON, since=on, **AS_SETUP)
    term = term_of(office.ward, today)
    spoilt = take_number(office.ward, kind=PaperKind.PLAN, term=term, on=today, **AS_SETUP)
    void_number(spoilt, reason="Ghi nhầm số khi ban hành, đã thu hồi trước khi gửi", **AS_SETUP)
    reserve_number(
        office.ward, kind=PaperKind.PLAN, term=term, reason="Kế hoạch tổng kết năm, đang chờ ký", **AS_SETUP
    )
    register_paper(
        office.ward, kind="Báo cáo", symbol="03-BC/ĐU", issuer=committee_of(office.ward, today), secrecy=Secrecy.SECRET,
        direction=Direction.OUTGOING, issued_on=today - timedelta(days=20), **AS_SETUP,
    )  # fmt: skip
    content, name = standard_file(PaperKind.PLAN.value, today)
    adopt_template(
        office.ward, kind=PaperKind.PLAN.value, valid_from=date(year, 1, 1), file=ContentFile(content, name=name),
        **AS_SETUP,
    )  # fmt: skip
    renewed = Paper.objects.filter(unit=office.ward, symbol="07-CT/TW").first()
    if renewed is not None:
        link_papers(renewed, to=above["05-CT/TW"], relation=Relation.REPLACES, **AS_SETUP)


def from_above(office: Office) -> dict[str, Paper]:
    """The papers of the centre that everything rests on."""
    return {
        symbol: register_paper(
            office.ward, symbol=symbol, kind=kind, issuer=issuer, subject=subject, issued_on=on, known_as=known_as,
            **AS_SETUP,
        )
        for symbol, kind, issuer, subject, on, known_as in ABOVE
    }  # fmt: skip


def thirteen(office: Office, programme: Programme) -> None:
    """S1-03: what the ward issued in five years to lead the study of Directive 05: a plan and a guidance a year, three letters."""
    yearly = (
        ("Kế hoạch", "KH", "Thực hiện chuyên đề năm {year}"),
        ("Hướng dẫn", "HD", "Tuyên truyền chuyên đề năm {year}"),
    )
    lines = [(kind, letters, words, year) for year in range(2016, 2021) for kind, letters, words in yearly]
    lines += [
        ("Công văn", "CV", "Đôn đốc viết tin, bài làm theo Bác năm {year}", year) for year in (2017, 2018, 2020)
    ]
    for kind, letters, words, year in lines:
        on = date(year, 6 if kind == "Kế hoạch" else 7, 10)
        number = take_number(office.ward, kind=_kind(kind), term=term_of(office.ward, on), on=on, **AS_SETUP)
        paper = _own(office, kind, f"{number.number:02d}-{letters}/ĐU", words.format(year=year), on)
        attach_paper(programme, paper=paper, **AS_SETUP)


def bases_of_s2(office: Office) -> None:
    """S2-02: the five papers that the inspection rests on, in the register."""
    from_above(office)
    office.paper("01-CTr/QU", "Chương trình", "Quận ủy Suối Mơ", "Tăng cường xây dựng Đảng bộ quận", date(2021, 1, 4))


def cited(unit: Unit, sentence: str = S2_SENTENCE) -> str:
    """What the reader finds in the sentence and the register beside it: the one that users get."""
    found = cited_in(sentence, unit, SETUP)
    return ", ".join(
        f"{paper.symbol} ({paper.issued_on:%d/%m/%Y})"
        for one in found
        if one.resolved.match == "found"
        for paper in one.papers
    )


def _own(office: Office, kind: str, symbol: str, subject: str, on: date) -> Paper:
    return register_paper(
        office.ward, kind=kind, symbol=symbol, issuer=committee_of(office.ward, on), subject=subject, issued_on=on, in_force_from=on,
        direction=Direction.OUTGOING, signer="Bí thư Đảng ủy", **AS_SETUP,
    )  # fmt: skip


def _kind(label: str) -> PaperKind:
    return next(kind for kind in PaperKind if kind.label == label)
