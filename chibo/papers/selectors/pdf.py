"""An official paper as PDF, through Typst's compiler, which comes inside its package. HD 36, HD 05-HD/VPTW; rulebook §6.4.

The template is constant and reads all words as strings from JSON: nothing that people type can become markup.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from chibo.papers.rules.charts import Chart
from chibo.papers.rules.documents import Document, PageBreak, Table
from chibo.papers.rules.layouts import LayoutRules, layout_of
from chibo.papers.rules.printing import PARTY, RECIPIENTS, Piece, printed

TEMPLATES = Path(__file__).parents[1] / "templates" / "papers"
PICTURE_PPI = 200
FONTS = ("Times New Roman", "Tinos", "Liberation Serif", "Nimbus Roman", "Libertinus Serif")
"""Letters of the guidance, then those of the same measures, then the ones that Typst brings along."""

PROBE = """
#let wide(font, letters) = measure(text(font: font, fallback: false, letters)).width
#let whole(font) = ("aạẵậ", "eẻẽệ", "iỉĩị", "oỏộọ", "uủũụ", "yỷỹỵ").all(row => row.clusters().all(
  letter => wide(font, letter) == wide(font, row.first())
)) and wide(font, "Ơ") != wide(font, "ư")
#context [#metadata(json(bytes(sys.inputs.fonts)).filter(whole)) <whole>]
"""
"""Which fonts have the letters of Vietnamese: one with a mark is as wide as the one without, a missing one is not."""


def pdf_of(document: Document, layout: LayoutRules | None = None) -> bytes:
    """The paper as PDF, A4, tagged, in the layout of its day; the same paper gives the same bytes."""
    layout = layout or layout_of(document)
    made = typst.compile(
        _template("chart.typ", "paper.typ"),
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(_facts(document, layout), ensure_ascii=False)},
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=16)
def picture_of(chart: Chart, layout: LayoutRules) -> bytes:
    """The chart as PNG, as wide as the text, for files that carry no drawing of ours: the same drawing as in the PDF."""
    facts = {"chart": _drawn(chart), "fonts": fonts_for(layout.font), "width": layout.text_width_mm}
    made = typst.compile(
        _template("chart.typ", "picture.typ"),
        format="png",
        ppi=PICTURE_PPI,
        font_paths=_fonts(),
        sys_inputs={"picture": json.dumps(facts, ensure_ascii=False)},
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=4)
def _template(*names: str) -> bytes:
    """The parts of a template in one text: Typst reads no other file of the machine."""
    return b"".join((TEMPLATES / name).read_bytes() for name in names)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The fonts of the machine, looked for once: that takes longer than a paper."""
    return typst.Fonts()


@lru_cache(maxsize=8)
def fonts_for(font: str) -> tuple[str, ...]:
    """``font`` and ``FONTS`` as far as the machine has them with every Vietnamese letter, the best first.

    Some builds of Liberation Serif and Nimbus Roman lack ạ, ẵ, ữ; letters of two fonts would stand in one word.
    The last of ``FONTS`` is always there.
    """
    families = {family.casefold() for family in _fonts().families()}
    there = [name for name in dict.fromkeys((font, *FONTS)) if name.casefold() in families]
    probe = typst.Compiler(PROBE.encode(), font_paths=_fonts(), sys_inputs={"fonts": json.dumps(there)})
    return tuple(json.loads(probe.query("<whole>", field="value", one=True)))


def _facts(document: Document, layout: LayoutRules) -> dict[str, Any]:
    """What the template reads: the words of the sheet, the measures, and nothing else."""
    sheet = printed(document, layout)
    facts = asdict(sheet)
    facts["body"] = [_piece(piece) for piece in sheet.body]
    for annex, facts_of_annex in zip(sheet.annexes, facts["annexes"], strict=True):
        facts_of_annex["body"] = [_piece(piece) for piece in annex.body]
    return {
        "sheet": facts,
        "rows": [[asdict(signed) for signed in row] for row in sheet.signature_rows],
        "layout": {k: v for k, v in asdict(layout).items() if not isinstance(v, date | None)},
        "day": _numbers(document.issued_on),
        "party": PARTY,
        "recipients": RECIPIENTS,
        "fonts": fonts_for(layout.font),
    }


def _piece(piece: Piece) -> dict[str, Any]:
    if isinstance(piece, PageBreak):
        return {"is": "break"}
    if isinstance(piece, Chart):
        return {"is": "chart", **_drawn(piece)}
    return {"is": "table" if isinstance(piece, Table) else "line", **asdict(piece)}


def _drawn(chart: Chart) -> dict[str, Any]:
    """The chart as the template draws it: each mark with the share of the panel that it fills."""
    panels = []
    for panel in chart.panels:
        marks = [
            {"label": mark.label, "text": mark.text, "share": share}
            for mark, share in zip(panel.marks, panel.shares(), strict=True)
        ]
        panels.append({"heading": panel.heading, "drawing": panel.drawing, "marks": marks})
    return {"title": chart.title, "told": chart.told, "panels": panels}


def _numbers(day: date | None) -> tuple[int, int, int] | None:
    return (day.year, day.month, day.day) if day else None
