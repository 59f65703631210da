"""The layout in force on a day (thể thức và kỹ thuật trình bày): dated data, never constants of a renderer.

Where the guidance gives a range (body 14–15, line 18–22) the value is the one chibo prints; the ranges, and the
mark [S], [S2] or [R] of every value, stand in ``docs/rules/the-thuc-van-ban.md``. An office that must print another
value passes ``dataclasses.replace(layout, body_pt=15)``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from chibo.papers.rules.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutRules:
    """One guidance on layout. Names end in their unit: ``_mm`` millimetres, ``_pt`` points."""

    effective_from: date
    effective_to: date | None
    source: str
    """The guidance, as objections and pages cite it."""

    page_width_mm: float = 210
    page_height_mm: float = 297
    margin_top_mm: float = 20
    margin_bottom_mm: float = 20
    margin_left_mm: float = 30
    margin_right_mm: float = 15
    page_number_top_mm: float = 10
    font: str = "Times New Roman"

    title_pt: float = 15
    """ĐẢNG CỘNG SẢN VIỆT NAM."""
    title_line_pt: float = 205
    """The line under the title: as long as the title is in Times New Roman at that size."""
    superior_pt: float = 14
    issuer_pt: float = 14
    symbol_pt: float = 14
    place_pt: float = 14
    kind_pt: float = 16
    subject_pt: float = 14
    letter_subject_pt: float = 12
    """The subject of a công văn, slanted, under its number."""
    salutation_pt: float = 14
    body_pt: float = 14
    table_pt: float = 13
    note_pt: float = 12
    authority_pt: float = 14
    position_pt: float = 14
    name_pt: float = 14
    recipients_heading_pt: float = 14
    recipients_pt: float = 12
    draft_pt: float = 14
    page_number_pt: float = 14

    line_pt: float = 18
    """Exact distance of lines in the body."""
    paragraph_gap_pt: float = 6
    first_line_mm: float = 10
    header_left_mm: float = 78
    """Width of the left column of the head and of the foot; the right one takes the rest."""
    signing_lines: int = 5
    """Room for the signature, in lines of the body."""

    issuer_mark: str = "*"
    subject_rule: str = "-----"
    months_padded_through: int = 2
    """Months up to this one are written with two digits: tháng 02, tháng 5. Days below 10 always are."""
    recipient_end: str = ";"
    proposal_salutation: str = "Kính trình"
    letter_salutation: str = "Kính gửi"

    @property
    def text_width_mm(self) -> float:
        return self.page_width_mm - self.margin_left_mm - self.margin_right_mm

    def written_date(self, day: date | None) -> str:
        """ "ngày 03 tháng 02 năm 2026", "ngày 27 tháng 5 năm 2026"; gaps to fill by hand for no date."""
        if day is None:
            return f"ngày{' ' * 7}tháng{' ' * 7}năm{' ' * 8}".rstrip() + " " * 8
        month = f"{day.month:02d}" if day.month <= self.months_padded_through else str(day.month)
        return f"ngày {day:%d} tháng {month} năm {day.year}"


HD36 = LayoutRules(
    effective_from=date(2018, 4, 3),
    effective_to=date(2026, 5, 26),
    source="HD 36-HD/VPTW",
    recipient_end=",",
    proposal_salutation="Kính gửi",
)
"""Hướng dẫn 36-HD/VPTW, 3/4/2018, on Quy định 66-QĐ/TW."""

HD05 = replace(
    HD36,
    effective_from=date(2026, 5, 27),
    effective_to=None,
    source="HD 05-HD/VPTW",
    recipient_end=";",
    proposal_salutation="Kính trình",
)
"""Hướng dẫn 05-HD/VPTW, 27/5/2026, on Quy định 399-QĐ/TW."""

LAYOUTS = (HD36, HD05)
"""Every layout, oldest first, without a gap."""


def layout_on(day: date) -> LayoutRules:
    """The layout in force on ``day``; for days before the oldest that is known, the oldest."""
    return next((layout for layout in reversed(LAYOUTS) if layout.effective_from <= day), LAYOUTS[0])


def layout_of(document: Document) -> LayoutRules:
    """The layout of the day the paper is issued; of today's guidance while it has no date."""
    return layout_on(document.issued_on) if document.issued_on else LAYOUTS[-1]
