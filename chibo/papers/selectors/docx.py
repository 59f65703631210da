"""An official paper as an editable file (docx). HD 36, HD 05-HD/VPTW; rulebook §6.4.

Distances are properties of paragraphs, never empty paragraphs; head, foot and "Kính gửi" are tables without lines, so
nothing moves when a name is longer. Headings are real headings: Word and LibreOffice list them for navigation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO

import docx
from docx.document import Document as File
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as Written

from chibo.papers.rules.charts import Chart
from chibo.papers.rules.documents import Align, Document, PageBreak, Run, Table
from chibo.papers.rules.layouts import LayoutRules, layout_of
from chibo.papers.rules.printing import (
    NOTHING_TO_DRAW,
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
from chibo.papers.selectors.docx_parts import (
    Rows,
    bytes_of,
    describe,
    keep_whole,
    mark_figure,
    next_row,
    set_cell_margins,
    set_font,
    set_widths,
    short,
    style_id,
    underline,
    write_line,
    write_lines,
    write_run,
)
from chibo.papers.selectors.pdf import picture_of

ALIGNS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
SIDES = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "left"}
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
    layout = layout or layout_of(document)
    return Writer(printed(document, layout), layout).written(document.issued_on)


class Writer:
    """Writes the words of one paper into one file: a new one, or a template of the office."""

    def __init__(self, sheet: Printed, layout: LayoutRules, file: File | None = None) -> None:
        self.layout = layout
        self.sheet = sheet
        self.file: File = file or docx.Document()
        self._style_ids: dict[str, str | None] = {}

    def written(self, day: date | None = None) -> bytes:
        sheet = self.sheet
        self._set_page()
        self.set_styles()
        self.set_properties(day)
        self._write_head(sheet)
        self._write_title(sheet)
        self._write_addressees(sheet)
        self.write_body(sheet.body)
        self.write_foot(sheet)
        self.write_annexes()
        return bytes_of(self.file)

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
        set_font(self.file.styles["Header"], layout.font, layout.page_number_pt)

    def set_styles(self) -> None:
        layout, styles = self.layout, self.file.styles
        normal = set_font(styles["Normal"], layout.font, layout.body_pt)
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.widow_control = True
        for lang in styles.element.iter(qn("w:lang")):
            for script in ("w:val", "w:eastAsia"):
                lang.set(qn(script), "vi-VN")
        for name in STYLES.values():
            style = set_font(styles[name], layout.font, layout.body_pt)
            form = style.paragraph_format
            form.space_before, form.space_after = Pt(layout.paragraph_gap_pt), Pt(0)
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.line_pt)
            form.first_line_indent = Mm(layout.first_line_mm)
            form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            form.keep_with_next = name.startswith("Heading")
            style.font.bold = name in ("Heading 1", "Heading 2")
            style.font.italic = name in ("Heading 3", "Caption")
        note = styles["Caption"]
        assert isinstance(note, ParagraphStyle)
        note.font.size = Pt(layout.note_pt)

    def set_properties(self, day: date | None) -> None:
        properties, day = self.file.core_properties, day or UNDATED
        properties.title = short(self.sheet.name)
        properties.author = properties.last_modified_by = short(self.sheet.issuer)
        properties.subject = short(self.sheet.subject or self.sheet.letter_subject)
        properties.keywords = short(self.sheet.symbol)
        properties.language, properties.comments = "vi-VN", ""
        properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, no hour

    # ---------------------------------------------------------------------------------- parts of the sheet

    def _write_head(self, sheet: Printed) -> None:
        layout = self.layout
        left, right = self._hidden_row(layout.header_left_mm)
        write_lines(
            left,
            (sheet.superior, layout.superior_pt, ""),
            (sheet.issuer, layout.issuer_pt, "b"),
            (layout.issuer_mark, layout.issuer_pt, ""),
            (sheet.symbol, layout.symbol_pt, ""),
            (sheet.letter_subject, layout.letter_subject_pt, "i"),
            (sheet.draft, layout.draft_pt, "i"),
        )
        place = f"{sheet.place}{self._place_break(sheet)}{sheet.dated}"
        write_lines(right, (PARTY, layout.title_pt, "b"))
        self._rule_title(right.add_paragraph())
        for line in write_lines(right, (place, layout.place_pt, "i")):
            line.paragraph_format.space_before = Pt(layout.paragraph_gap_pt)

    def _rule_title(self, rule: Written) -> None:
        """The line under the title, a paragraph of its own: a font wider than Times still has the whole column."""
        column = self.layout.text_width_mm - self.layout.header_left_mm
        form = rule.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
        form.left_indent = form.right_indent = Length((Mm(column) - Pt(self.layout.title_line_pt)) // 2)
        underline(rule)

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
        (label,) = write_lines(left, (f"{sheet.salutation} ", layout.salutation_pt, "i"))
        label.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for line in write_lines(right, *((text, layout.salutation_pt, "") for text in sheet.addressees)):
            line.alignment = WD_ALIGN_PARAGRAPH.LEFT
            line.paragraph_format.left_indent = Mm(2)

    def write_body(self, pieces: Iterable[Piece]) -> None:
        self._write_pieces(pieces)
        self._keep_last_line_with_foot()

    def _write_pieces(self, pieces: Iterable[Piece]) -> None:
        broken, pieces = False, tuple(pieces)
        for piece, after in zip(pieces, (*pieces[1:], None), strict=False):
            if isinstance(piece, PageBreak):
                broken = True
                continue
            first = self._write_piece(piece, isinstance(after, Table))
            first.paragraph_format.page_break_before = broken or None
            broken = False

    def _write_piece(self, piece: Line | Table | Chart, is_before_table: bool) -> Written:
        """The piece; gives back the paragraph that comes first."""
        if isinstance(piece, Chart):
            return self._write_chart(piece, is_before_table)
        return self._write_line(piece) if isinstance(piece, Line) else self._write_table(piece)

    def _write_line(self, line: Line) -> Written:
        paragraph = self.file.add_paragraph()
        paragraph._p.style = style_id(self.file, STYLES[line.style], self._style_ids)  # noqa: SLF001
        if line.align is not Align.JUSTIFY:
            paragraph.alignment = ALIGNS[line.align]
        if not line.indent or line.align is CENTER:
            paragraph.paragraph_format.first_line_indent = Mm(0)
        for run in line.runs:
            write_run(paragraph, run)
        return paragraph

    def _write_chart(self, chart: Chart, with_next: bool) -> Written:
        """The chart under its title, a picture with all of its numbers as alternative text."""
        layout = self.layout
        title = self._centred(chart.title, layout.body_pt, before=layout.paragraph_gap_pt)
        assert title is not None
        if not chart.panels:
            title.paragraph_format.keep_with_next = True
            self._centred(NOTHING_TO_DRAW, layout.body_pt, letters="i")
            return title
        paragraph = self.file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.first_line_indent = WD_LINE_SPACING.SINGLE, Mm(0)
        title.paragraph_format.keep_with_next, form.keep_with_next = True, with_next
        picture = paragraph.add_run().add_picture(BytesIO(picture_of(chart, layout)), width=Mm(layout.text_width_mm))
        describe(picture, chart.title, chart.told)
        return title

    def _write_table(self, table: Table) -> Written:
        """The table under its caption; gives back the paragraph that comes first."""
        layout = self.layout
        caption = self._centred(table.caption, layout.body_pt, before=layout.paragraph_gap_pt)
        if caption:
            caption.paragraph_format.keep_with_next = True
            caption.paragraph_format.space_after = Pt(layout.paragraph_gap_pt)
        else:
            self._leave_gap()
        grid = self.file.add_table(rows=0, cols=len(table.columns), style="Table Grid")
        grid.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_cell_margins(grid, top=2, side=4)
        shares = [column.width / sum(c.width for c in table.columns) for column in table.columns]
        widths = [layout.text_width_mm * share for share in shares]
        set_widths(grid, widths)
        rows = Rows(grid, widths, layout.table_pt)
        rows.write([column.title for column in table.columns], ["center"] * len(widths), bold=True, repeated=True)
        sides = [SIDES[column.align] for column in table.columns]
        for cells in table.rows:
            rows.write(cells, sides)
        if table.total:
            rows.write(table.total, sides, bold=True)
            for cell, code in zip(grid.rows[-1].cells, table.total_figures, strict=False):
                if code:
                    mark_figure(cell.paragraphs[0].runs[0], code)
        first = grid.rows[0].cells[0].paragraphs[0]
        return caption or first

    def _leave_gap(self) -> None:
        """A table has no room of its own above it: the paragraph before it leaves some."""
        last = self.file.element.body.xpath("./*[not(self::w:sectPr)][last()][self::w:p]")
        if last:
            Written(last[0], self.file._body).paragraph_format.space_after = Pt(self.layout.paragraph_gap_pt)  # noqa: SLF001

    def _keep_last_line_with_foot(self) -> None:
        """Who signs never stands alone on a page: the last paragraph goes with the foot."""
        last = self.file.element.body.xpath("./w:p[last()][not(following-sibling::w:tbl)]")
        if last:
            Written(last[0], self.file._body).paragraph_format.keep_with_next = True  # noqa: SLF001

    def write_foot(self, sheet: Printed) -> None:
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
        for line in write_lines(cell, (RECIPIENTS, layout.recipients_heading_pt, "u"), *lines):
            line.alignment = WD_ALIGN_PARAGRAPH.LEFT

    def _write_signature(self, cell: Cell, signed: Signed) -> None:
        self._write_authority(cell, signed)
        self._write_name(cell, signed)

    def _write_signatures(self, row: tuple[Signed, ...]) -> None:
        """Side by side; the names stand on one line, whatever stands above them."""
        layout = self.layout
        cells = self._hidden_row(*[layout.text_width_mm / len(row)] * (len(row) - 1), before=layout.line_pt)
        names = list(next_row(cells[0]).cells)
        for cell, below, signed in zip(cells, names, row, strict=True):
            self._write_authority(cell, signed)
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = True
            below.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._write_name(below, signed)

    def _write_authority(self, cell: Cell, signed: Signed) -> None:
        layout = self.layout
        write_lines(cell, (signed.head, layout.authority_pt, "b"), (signed.position, layout.position_pt, ""))

    def _write_name(self, cell: Cell, signed: Signed) -> None:
        name = write_line(cell, signed.name, self.layout.name_pt, "b")
        name.paragraph_format.space_before = Pt(self.layout.signing_lines * self.layout.line_pt)

    def write_annexes(self) -> None:
        for annex in self.sheet.annexes:
            self._write_annex(annex)

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
        write_run(paragraph, Run(text, bold="b" in letters, italic="i" in letters), size)
        return paragraph

    def _hidden_row(self, *left_mm: float, before: float = 0) -> list[Cell]:
        """A row of cells without lines, as wide as the text; the last cell takes what the others leave."""
        widths = [*left_mm, self.layout.text_width_mm - sum(left_mm)]
        self._part_tables()
        grid = self.file.add_table(rows=1, cols=len(widths), style="Normal Table")
        set_cell_margins(grid, top=0, side=0)
        set_widths(grid, widths)
        keep_whole(grid.rows[0])
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
