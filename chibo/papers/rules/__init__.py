"""What an official paper of the Party is and how it must look. Quy định 399-QĐ/TW, HD 36 and 05-HD/VPTW; rulebook §6.

One model of a paper (``Document``), its number and symbol, the layout in force on a day, what keeps it from being
issued, and the words that stand on the sheet (``printed``). ``docs/rules/the-thuc-van-ban.md`` has every source.
"""

from __future__ import annotations

from chibo.papers.rules.charts import Chart, Drawing, Mark, Panel
from chibo.papers.rules.documents import (
    Align,
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Marker,
    Note,
    Numbered,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    SignAuthority,
    Table,
)
from chibo.papers.rules.issuing import objections_to_issuing
from chibo.papers.rules.kinds import PaperKind, kinds_abbreviated
from chibo.papers.rules.layouts import HD05, HD36, LAYOUTS, LayoutRules, layout_of, layout_on
from chibo.papers.rules.printing import Line, LineStyle, Printed, printed
from chibo.papers.rules.symbols import Symbol, parse_symbol

__all__ = [
    "HD05",
    "HD36",
    "LAYOUTS",
    "Align",
    "Annex",
    "Block",
    "Chart",
    "Column",
    "Document",
    "Drawing",
    "Heading",
    "LayoutRules",
    "Line",
    "LineStyle",
    "Mark",
    "Marker",
    "Note",
    "Numbered",
    "PageBreak",
    "Panel",
    "PaperKind",
    "Paragraph",
    "Printed",
    "Run",
    "SignAuthority",
    "Signature",
    "Symbol",
    "Table",
    "kinds_abbreviated",
    "layout_of",
    "layout_on",
    "objections_to_issuing",
    "parse_symbol",
    "printed",
]
