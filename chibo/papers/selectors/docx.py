"""An official paper as an editable file (docx). HD 36, HD 05-HD/VPTW; rulebook §6.4.

Distances are properties of paragraphs, never empty paragraphs; head, foot and "Kính gửi" are tables without lines, so
nothing moves when a name is longer. Headings are real headings: Word and LibreOffice list them for navigation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as File
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as Grid
from docx.table import _Cell as Cell
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph as Written
from docx.text.run import Run as WrittenRun

from chibo.papers.rules.documents import Align, Document, PageBreak, Run, Table
from chibo.papers.rules.layouts import LayoutRules, layout_of
from chibo.papers.rules.printing import (
    PARTY,
    RECIPIENTS,
    Line,
    LineStyle,
    Piece,
    Printed,
    PrintedAnnex,
    Signed,
    printed,
)

ALIGNS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
STYLES = {
    LineStyle.HEADING_1: "Heading 1",
    LineStyle.HEADING_2: "Heading 2",
    LineStyle.HEADING_3: "Heading 3",
    LineStyle.TEXT: "Body Text",
    LineStyle.NOTE: "Caption",
}
CENTER, LEFT = Align.CENTER, Align.LEFT
UNDATED = date(2018, 4, 3)
"""What stands as the file's own date where the paper has none, so that the same paper gives the same bytes."""


def docx_of(document: Document, layout: LayoutRules | None = None) -> bytes:
    """The paper as a docx file, A4, in the layout of its day; the same paper gives the same bytes."""
    return _Writer(document, layout or layout_of(document)).written()


class _Writer:
    """Writes one paper into one file."""

    def __init__(self, document: Document, layout: LayoutRules) -> None:
        self.document = document
        self.layout = layout
        self.sheet = printed(document, layout)
        self.file: File = docx.Document()

    def written(self) -> bytes:
        sheet = self.sheet
        self._set_page()
        self._set_styles()
        self._set_properties()
        self._write_head(sheet)
        self._write_title(sheet)
        self._write_addressees(sheet)
        self._write_pieces(sheet.body)
        self._keep_last_line_with_foot()
        self._write_foot(sheet)
        for annex in sheet.annexes:
            self._write_annex(annex)
        return _bytes_of(self.file)

    # ---------------------------------------------------------------------------------- page and styles

    def _set_page(self) -> None:
        layout, section = self.layout, self.file.sections[0]
        section.page_width, section.page_height = Mm(layout.page_width_mm), Mm(layout.page_height_mm)
        section.top_margin, section.bottom_margin = Mm(layout.margin_top_mm), Mm(layout.margin_bottom_mm)
        section.left_margin, section.right_margin = Mm(layout.margin_left_mm), Mm(layout.margin_right_mm)
        section.header_distance = section.footer_distance = Mm(layout.page_number_top_mm)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        field.append(number.add_run("2")._r)  # noqa: SLF001 - python-docx has no field of its own
        number._p.append(field)  # noqa: SLF001
        _set_font(self.file.styles["Header"], layout.font, layout.page_number_pt)

    def _set_styles(self) -> None:
        layout, styles = self.layout, self.file.styles
        normal = _set_font(styles["Normal"], layout.font, layout.body_pt)
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.widow_control = True
        for lang in styles.element.iter(qn("w:lang")):
            for script in ("w:val", "w:eastAsia"):
                lang.set(qn(script), "vi-VN")
        for name in STYLES.values():
            style = _set_font(styles[name], layout.font, layout.body_pt)
            form = style.paragraph_format
            form.space_before, form.space_after = Pt(layout.paragraph_gap_pt), Pt(0)
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.line_pt)
            form.first_line_indent = Mm(layout.first_line_mm)
            form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            form.keep_with_next = name.startswith("Heading")
        note = styles["Caption"]
        assert isinstance(note, ParagraphStyle)
        note.font.size = Pt(layout.note_pt)

    def _set_properties(self) -> None:
        properties, day = self.file.core_properties, self.document.issued_on or UNDATED
        properties.title = _short(self.sheet.name)
        properties.author = properties.last_modified_by = _short(self.sheet.issuer)
        properties.subject = _short(self.sheet.subject or self.sheet.letter_subject)
        properties.keywords = _short(self.sheet.symbol)
        properties.language, properties.comments = "vi-VN", ""
        properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, no hour

    # ---------------------------------------------------------------------------------- parts of the sheet

    def _write_head(self, sheet: Printed) -> None:
        layout = self.layout
        left, right = self._hidden_row(layout.header_left_mm)
        _lines(
            left,
            (sheet.superior, layout.superior_pt, ""),
            (sheet.issuer, layout.issuer_pt, "b"),
            (layout.issuer_mark, layout.issuer_pt, ""),
            (sheet.symbol, layout.symbol_pt, ""),
            (sheet.letter_subject, layout.letter_subject_pt, "i"),
            (sheet.draft, layout.draft_pt, "i"),
        )
        place = f"{sheet.place}{self._place_break(sheet)}{sheet.dated}"
        title, *rest = _lines(right, (PARTY, layout.title_pt, "b"), (place, layout.place_pt, "i"))
        column = layout.text_width_mm - layout.header_left_mm
        aside = Length((Mm(column) - Pt(layout.title_line_pt + 2)) // 2)
        title.paragraph_format.left_indent = title.paragraph_format.right_indent = aside
        _underline(title)
        for line in rest:
            line.paragraph_format.space_before = Pt(layout.paragraph_gap_pt)

    def _place_break(self, sheet: Printed) -> str:
        """A new line between place and date where both are too long for the column (0.45 em a letter)."""
        if not sheet.place or not sheet.dated:
            return ""
        room = Mm(self.layout.text_width_mm - self.layout.header_left_mm).pt
        needed = (len(sheet.place) + 1 + len(sheet.dated)) * self.layout.place_pt * 0.45
        return "\n" if needed > room else " "

    def _write_title(self, sheet: Printed) -> None:
        layout = self.layout
        title = self._centred(sheet.title, layout.kind_pt, before=layout.line_pt)
        if title:
            title.paragraph_format.keep_with_next = True
        subject = self._centred(sheet.subject, layout.subject_pt)
        rule = self._centred(layout.subject_rule if sheet.title else "", layout.subject_pt)
        if subject:
            form = subject.paragraph_format
            form.keep_with_next = True
            form.left_indent = form.right_indent = Mm(layout.first_line_mm)
        if rule:
            rule.paragraph_format.space_after = Pt(layout.paragraph_gap_pt)

    def _write_addressees(self, sheet: Printed) -> None:
        if not sheet.addressees:
            return
        layout = self.layout
        left, right = self._hidden_row(layout.text_width_mm * 0.3, before=layout.line_pt)
        (label,) = _lines(left, (f"{sheet.salutation} ", layout.salutation_pt, "i"))
        label.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for line in _lines(right, *((text, layout.salutation_pt, "") for text in sheet.addressees)):
            line.alignment = WD_ALIGN_PARAGRAPH.LEFT
            line.paragraph_format.left_indent = Mm(2)

    def _write_pieces(self, pieces: Iterable[Piece]) -> None:
        broken = False
        for piece in pieces:
            if isinstance(piece, PageBreak):
                broken = True
                continue
            first = self._write_line(piece) if isinstance(piece, Line) else self._write_table(piece)
            first.paragraph_format.page_break_before = broken or None
            broken = False

    def _write_line(self, line: Line) -> Written:
        paragraph = self.file.add_paragraph(style=STYLES[line.style])
        if line.align is not Align.JUSTIFY:
            paragraph.alignment = ALIGNS[line.align]
        if not line.indent or line.align is CENTER:
            paragraph.paragraph_format.first_line_indent = Mm(0)
        for run in line.runs:
            _write_run(paragraph, run)
        return paragraph

    def _write_table(self, table: Table) -> Written:
        """The table under its caption; gives back the paragraph that comes first."""
        layout = self.layout
        caption = self._centred(table.caption, layout.body_pt, before=layout.paragraph_gap_pt)
        if caption:
            caption.paragraph_format.keep_with_next = True
            caption.paragraph_format.space_after = Pt(layout.paragraph_gap_pt)
        else:
            self._leave_gap()
        grid = self.file.add_table(rows=1, cols=len(table.columns), style="Table Grid")
        grid.alignment = WD_TABLE_ALIGNMENT.CENTER
        shares = [column.width / sum(c.width for c in table.columns) for column in table.columns]
        widths = [layout.text_width_mm * share for share in shares]
        _set_cell_margins(grid, top=2, side=4)
        self._fill_row(grid.rows[0], [(column.title, CENTER) for column in table.columns], bold=True)
        _repeat(grid.rows[0])
        for cells in table.rows:
            aligned = [(text, column.align) for text, column in zip(cells, table.columns, strict=True)]
            self._fill_row(grid.add_row(), aligned)
        if table.total:
            aligned = [(text, column.align) for text, column in zip(table.total, table.columns, strict=True)]
            self._fill_row(grid.add_row(), aligned, bold=True)
        _set_widths(grid, widths)
        first = grid.rows[0].cells[0].paragraphs[0]
        return caption or first

    def _leave_gap(self) -> None:
        """A table has no room of its own above it: the paragraph before it leaves some."""
        last = self.file.element.body.xpath("./*[not(self::w:sectPr)][last()][self::w:p]")
        if last:
            Written(last[0], self.file._body).paragraph_format.space_after = Pt(self.layout.paragraph_gap_pt)  # noqa: SLF001

    def _fill_row(self, row: Row, cells: list[tuple[str, Align]], *, bold: bool = False) -> None:
        _keep_whole(row)
        for cell, (text, align) in zip(row.cells, cells, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if align is Align.JUSTIFY else ALIGNS[align]
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _write_run(paragraph, Run(text, bold=bold), self.layout.table_pt)

    def _keep_last_line_with_foot(self) -> None:
        """Who signs never stands alone on a page: the last paragraph goes with the foot."""
        last = self.file.element.body.xpath("./w:p[last()][not(following-sibling::w:tbl)]")
        if last:
            Written(last[0], self.file._body).paragraph_format.keep_with_next = True  # noqa: SLF001

    def _write_foot(self, sheet: Printed) -> None:
        layout = self.layout
        left = layout.header_left_mm
        if sheet.is_beside:
            cells = self._hidden_row(left, before=layout.line_pt)
            self._write_recipients(cells[0], sheet)
            for signed in sheet.signatures:
                self._write_signature(cells[1], signed)
            return
        for row in sheet.signature_rows:
            if len(row) == 1:
                self._write_signature(self._hidden_row(left, before=layout.line_pt)[1], row[0])
            else:
                self._write_signatures(row)
        if sheet.recipients:
            self._write_recipients(self._hidden_row(left, before=layout.line_pt)[0], sheet)

    def _write_recipients(self, cell: Cell, sheet: Printed) -> None:
        if not sheet.recipients:
            return
        layout = self.layout
        lines = ((text, layout.recipients_pt, "") for text in sheet.recipients)
        for line in _lines(cell, (RECIPIENTS, layout.recipients_heading_pt, "u"), *lines):
            line.alignment = WD_ALIGN_PARAGRAPH.LEFT

    def _write_signature(self, cell: Cell, signed: Signed) -> None:
        self._write_authority(cell, signed)
        self._write_name(cell, signed)

    def _write_signatures(self, row: tuple[Signed, ...]) -> None:
        """Side by side; the names stand on one line, whatever stands above them."""
        layout = self.layout
        cells = self._hidden_row(*[layout.text_width_mm / len(row)] * (len(row) - 1), before=layout.line_pt)
        names = list(_next_row(cells[0]).cells)
        for cell, below, signed in zip(cells, names, row, strict=True):
            self._write_authority(cell, signed)
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = True
            below.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._write_name(below, signed)

    def _write_authority(self, cell: Cell, signed: Signed) -> None:
        layout = self.layout
        _lines(cell, (signed.head, layout.authority_pt, "b"), (signed.position, layout.position_pt, ""))

    def _write_name(self, cell: Cell, signed: Signed) -> None:
        name = _add_line(cell, signed.name, self.layout.name_pt, "b")
        name.paragraph_format.space_before = Pt(self.layout.signing_lines * self.layout.line_pt)

    def _write_annex(self, annex: PrintedAnnex) -> None:
        layout = self.layout
        label = self._centred(annex.label, layout.subject_pt)
        assert label is not None
        label.paragraph_format.page_break_before = True
        self._centred(annex.title, layout.subject_pt)
        belongs = self._centred(annex.belongs, layout.body_pt, letters="i")
        self._centred(layout.subject_rule, layout.subject_pt)
        for line in filter(None, (label, belongs)):
            line.paragraph_format.keep_with_next = True
        self._write_pieces(annex.body)

    # ---------------------------------------------------------------------------------- pieces of the sheet

    def _centred(self, text: str, size: float, *, letters: str = "b", before: float = 0) -> Written | None:
        if not text:
            return None
        paragraph = self.file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(before)
        _write_run(paragraph, Run(text, bold="b" in letters, italic="i" in letters), size)
        return paragraph

    def _hidden_row(self, *left_mm: float, before: float = 0) -> list[Cell]:
        """A row of cells without lines, as wide as the text; the last cell takes what the others leave."""
        widths = [*left_mm, self.layout.text_width_mm - sum(left_mm)]
        self._part_tables()
        grid = self.file.add_table(rows=1, cols=len(widths), style="Normal Table")
        _set_cell_margins(grid, top=0, side=0)
        _set_widths(grid, widths)
        _keep_whole(grid.rows[0])
        cells = list(grid.rows[0].cells)
        for cell in cells:
            first = cell.paragraphs[0]
            first.alignment = WD_ALIGN_PARAGRAPH.CENTER
            first.paragraph_format.space_before = Pt(before)
        return cells

    def _part_tables(self) -> None:
        """Word joins two tables that touch: a line of one point stands between them."""
        last = self.file.element.body.xpath("./*[not(self::w:sectPr)][last()]")
        if last and last[0].tag == qn("w:tbl"):
            form = self.file.add_paragraph().paragraph_format
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
            form.keep_with_next = True


# ------------------------------------------------------------------------------------------------- small parts


def _set_font(style: object, font: str, size: float) -> ParagraphStyle:
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


def _lines(cell: Cell, *lines: tuple[str, float, str]) -> list[Written]:
    """Each text that is not empty as a paragraph: (text, points, letters of "biu")."""
    return [_add_line(cell, text, size, letters) for text, size, letters in lines if text]


def _add_line(cell: Cell, text: str, size: float, letters: str) -> Written:
    """One more paragraph in the cell; the one every cell begins with is used first."""
    first = cell.paragraphs[0]
    unused = len(cell.paragraphs) == 1 and not first.runs
    paragraph: Written = first if unused else cell.add_paragraph()
    paragraph.alignment = first.alignment
    run = _write_run(paragraph, Run(text, bold="b" in letters, italic="i" in letters), size)
    run.underline = True if "u" in letters else None
    return paragraph


def _write_run(paragraph: Written, run: Run, size: float | None = None) -> WrittenRun:
    written = paragraph.add_run(run.text)
    written.bold, written.italic = run.bold or None, run.italic or None
    if size is not None:
        written.font.size = Pt(size)
    return written


def _underline(paragraph: Written) -> None:
    """A solid line of ¾ point under the paragraph, as long as the room between its indents."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        bottom.set(qn(key), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _set_widths(grid: Grid, widths_mm: list[float]) -> None:
    """Fixed widths, in the table, its grid and each cell: Word reads the cells, LibreOffice the grid."""
    grid.autofit = False
    for column, width in zip(grid.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in grid.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def _next_row(cell: Cell) -> Row:
    """One more row under that of ``cell``, kept whole as well."""
    grid = cell._parent  # noqa: SLF001
    assert isinstance(grid, Grid)
    row: Row = grid.add_row()  # type: ignore[no-untyped-call]
    _keep_whole(row)
    return row


def _set_cell_margins(grid: Grid, *, top: float, side: float) -> None:
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


def _repeat(row: Row) -> None:
    """The row is printed again at the top of each page."""
    heading = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(heading)  # noqa: SLF001


def _keep_whole(row: Row) -> None:
    """The row does not break over two pages."""
    row.height_rule = WD_ROW_HEIGHT_RULE.AUTO
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))  # noqa: SLF001


def _short(text: str) -> str:
    """Properties of a file hold 255 characters."""
    return " ".join(text.split())[:255]


def _bytes_of(file: File) -> bytes:
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
