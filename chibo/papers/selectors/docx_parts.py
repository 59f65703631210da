"""Small parts of a docx file that python-docx has no words for: lines, borders, widths, and bytes without the hour."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as Grid
from docx.table import _Cell as Cell
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph as Written
from docx.text.run import Run as WrittenRun
from lxml.etree import SubElement

from chibo.papers.rules.documents import Run
from chibo.papers.rules.templates import bookmark_of


def set_font(style: object, font: str, size: float) -> ParagraphStyle:
    """Upright black letters of ``font`` for every script of the style, ``size`` in points."""
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = font, Pt(size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = None
    properties = style.element.get_or_add_rPr()
    for colour in properties.findall(qn("w:color")):
        properties.remove(colour)
    fonts = properties.rFonts
    for theme in [key for key in fonts.attrib if "heme" in key]:
        del fonts.attrib[theme]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), font)
    return style


def style_id(file: File, name: str, known: dict[str, str | None]) -> str | None:
    """The key of a style, looked up once: for each paragraph python-docx would go through all styles."""
    if name not in known:
        known[name] = file.part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)  # type: ignore[no-untyped-call]
    return known[name]


def write_lines(cell: Cell, *lines: tuple[str, float, str]) -> list[Written]:
    """Each text that is not empty as a paragraph: (text, points, letters of "biu")."""
    return [write_line(cell, text, size, letters) for text, size, letters in lines if text]


def write_line(cell: Cell, text: str, size: float, letters: str) -> Written:
    """One more paragraph in the cell; the one every cell begins with is used first."""
    first = cell.paragraphs[0]
    unused = len(cell.paragraphs) == 1 and not first.runs
    paragraph: Written = first if unused else cell.add_paragraph()
    paragraph.alignment = first.alignment
    run = write_run(paragraph, Run(text, bold="b" in letters, italic="i" in letters), size)
    run.underline = True if "u" in letters else None
    return paragraph


def write_run(paragraph: Written, run: Run, size: float | None = None) -> WrittenRun:
    written = paragraph.add_run(run.text)
    written.bold, written.italic = run.bold or None, run.italic or None
    if size is not None:
        written.font.size = Pt(size)
    if run.figure:
        mark_figure(written, run.figure)
    return written


def mark_figure(run: WrittenRun, code: str) -> None:
    """Mark the run as a figure, unseen: a bookmark whose name begins with a line, which Word hides and LibreOffice keeps.

    Not a content control: LibreOffice loses its tag, and many readers lose the text inside.
    """
    element = run._r  # noqa: SLF001
    taken = element.getroottree().xpath("//w:bookmarkStart/@w:id", namespaces=element.nsmap)
    number = max((int(one) for one in taken if one.isdigit()), default=0) + 1
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), bookmark_of(code, number))
    end.set(qn("w:id"), str(number))
    element.addprevious(start)
    element.addnext(end)


def describe(picture: InlineShape, name: str, words: str) -> None:
    """What the picture says to who cannot see it; it stands at the margin (readers leave room where nothing is said)."""
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")  # noqa: SLF001
    properties = picture._inline.docPr  # noqa: SLF001
    properties.set("name", name)
    properties.set("descr", words)


def underline(paragraph: Written) -> None:
    """A solid line of ¾ point under the paragraph, as long as the room between its indents."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        bottom.set(qn(key), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def set_widths(grid: Grid, widths_mm: list[float]) -> None:
    """Fixed widths, in the table, its grid and each cell: Word reads the cells, LibreOffice the grid."""
    grid.autofit = False
    for column, width in zip(grid.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in grid.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def next_row(cell: Cell) -> Row:
    """One more row under that of ``cell``, kept whole as well."""
    grid = cell._parent  # noqa: SLF001
    assert isinstance(grid, Grid)
    row: Row = grid.add_row()  # type: ignore[no-untyped-call]
    keep_whole(row)
    return row


def set_cell_margins(grid: Grid, *, top: float, side: float) -> None:
    """Room inside the cells, in points; the table itself begins at the margin of the page."""
    properties = grid._tbl.tblPr  # noqa: SLF001
    margins = OxmlElement("w:tblCellMar")
    for edge, points in (("top", top), ("left", side), ("bottom", top), ("right", side)):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), str(round(points * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


class Rows:
    """Rows of plain cells, written straight: a table of evidence has thousands, and python-docx takes ten times as long."""

    def __init__(self, grid: Grid, widths_mm: Sequence[float], points: float) -> None:
        self.table = grid._tbl  # noqa: SLF001
        self.widths = [str(Mm(width).twips) for width in widths_mm]
        self.size = str(round(points * 2))

    def write(
        self, texts: Sequence[str], sides: Sequence[str], *, bold: bool = False, repeated: bool = False
    ) -> None:
        """One row that does not break over two pages; ``repeated``: it is printed again at the top of each page."""
        row = SubElement(self.table, _TR)
        properties = SubElement(row, _TR_PR)
        SubElement(properties, _CANT_SPLIT)
        if repeated:
            SubElement(properties, _HEADER)
        for text, side, width in zip(texts, sides, self.widths, strict=True):
            self._write_cell(row, text, side, width, bold)

    def _write_cell(self, row: Any, text: str, side: str, width: str, bold: bool) -> None:
        cell = SubElement(row, _TC)
        properties = SubElement(cell, _TC_PR)
        SubElement(properties, _TC_W, {_TYPE: "dxa", _W: width})
        SubElement(properties, _V_ALIGN, {_VAL: "center"})
        paragraph = SubElement(cell, _P)
        SubElement(SubElement(paragraph, _P_PR), _JC, {_VAL: side})
        run = SubElement(paragraph, _R)
        letters = SubElement(run, _R_PR)
        if bold:
            SubElement(letters, _B)
        SubElement(letters, _SZ, {_VAL: self.size})
        if "\n" in text or "\t" in text:
            run.text = text  # python-docx breaks the lines
        elif text:
            SubElement(run, _T).text = text


_TR, _TR_PR, _CANT_SPLIT, _HEADER, _TC, _TC_PR, _TC_W, _V_ALIGN, _TYPE, _W, _VAL = (
    qn(f"w:{name}")
    for name in ("tr", "trPr", "cantSplit", "tblHeader", "tc", "tcPr", "tcW", "vAlign", "type", "w", "val")
)
_P, _P_PR, _JC, _R, _R_PR, _B, _SZ, _T = (qn(f"w:{name}") for name in ("p", "pPr", "jc", "r", "rPr", "b", "sz", "t"))


def keep_whole(row: Row) -> None:
    """The row does not break over two pages."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))  # noqa: SLF001


def short(text: str) -> str:
    """Properties of a file hold 255 characters."""
    return " ".join(text.split())[:255]


def bytes_of(file: File) -> bytes:
    """The file with the hour of its making left out."""
    raw, fixed = BytesIO(), BytesIO()
    package = file.part.package
    assert package is not None
    for part in package.parts:
        part.before_marshal()
    PackageWriter.write(raw, package.rels, package.parts)  # type: ignore[no-untyped-call]
    with ZipFile(raw) as loose, ZipFile(fixed, "w", ZIP_DEFLATED) as packed:
        for name in loose.namelist():
            packed.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), loose.read(name), ZIP_DEFLATED)
    return fixed.getvalue()
