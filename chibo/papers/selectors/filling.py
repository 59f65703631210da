"""A paper in the office's own template: words in the place of fields, rows repeated, the content as real paragraphs.

Nothing in a template is computed. Its letters stay; the content comes in the template's own styles of the same names
(Heading 1–3, Body Text, Caption, Table Grid), which the office changes in Word as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as File
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.styles import BabelFish
from docx.text.run import Run as WrittenRun
from lxml import etree

from chibo.papers.rules.charts import Chart, Mark, Panel
from chibo.papers.rules.documents import (
    Annex,
    Column,
    Document,
    FigureSaid,
    Heading,
    Paragraph,
    Run,
    Signature,
    SignAuthority,
    Table,
)
from chibo.papers.rules.kinds import PaperKind
from chibo.papers.rules.layouts import LayoutRules, layout_of, layout_on
from chibo.papers.rules.printing import Line, LineStyle, printed
from chibo.papers.rules.symbols import Symbol
from chibo.papers.rules.templates import FIELDS, Fills, filling_of, names_in, standard_sheet, unplaced, unsigned
from chibo.papers.selectors.docx import STYLES, Writer
from chibo.papers.selectors.docx_parts import bytes_of, mark_figure

_HELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACE = "\ue000"
"""Stands for a brace that somebody typed, until all fields are filled: what people type is never a field."""
_BY_LINES = frozenset(f.code for f in FIELDS if f.fills is Fills.LINES)


def standard_template(kind: PaperKind, day: date) -> bytes:
    """The layout in force on the day as a template: what the office downloads, edits in Word and uploads."""
    writer = Writer(standard_sheet(kind, day), layout_on(day))
    writer.written(day)
    writer.file.add_paragraph("{{phu_luc}}")
    return bytes_of(writer.file)


def filled(template: bytes, document: Document) -> bytes:
    """``document`` in the office's template, which was found harmless when it was taken in."""
    layout = layout_of(document)
    file: File = docx.Document(BytesIO(template))
    sheet = printed(document, layout)
    writer = Writer(sheet, layout, file)
    _add_missing_styles(file, layout)
    roots = [file.element.body, *_heads_and_feet(file)]
    held = {name.casefold() for root in roots for p in root.iter(qn("w:p")) for name in names_in(_text(p))}
    filling = filling_of(document, sheet)
    for name, entries in filling.lists.items():
        _repeat(file.element.body, name, entries)
    for root in roots:
        for paragraph in list(root.iter(qn("w:p"))):
            _fill(paragraph, filling.words, filling.figures)
    anchors = _anchors(file.element.body)
    for text in (t for root in roots for t in root.iter(qn("w:t")) if _BRACE in (t.text or "")):
        text.text = text.text.replace(_BRACE, "{")
    _place_blocks(writer, document, held, anchors)
    _forget_author(file)
    writer.set_properties(document.issued_on)
    return bytes_of(file)


def _forget_author(file: File) -> None:
    """What the template says of itself is not the paper's; LibreOffice links it by a name of its own."""
    package = file.part.package
    assert package is not None
    for key in [
        k for k, rel in package.rels.items() if rel.reltype.endswith(("core-properties", "custom-properties"))
    ]:
        del package.rels[key]


def _heads_and_feet(file: File) -> list[Any]:
    kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    rels = file.part.rels.values()
    return [rel.target_part.element for rel in rels if not rel.is_external and rel.reltype in kinds]


# ---------------------------------------------------------------------------------------------- words


def _own_texts(paragraph: Any) -> list[Any]:
    """The pieces of text of a paragraph, not those of a text box that hangs on it."""
    return [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph]


def _text(paragraph: Any) -> str:
    return "".join(t.text or "" for t in _own_texts(paragraph))


def _fill(paragraph: Any, words: Mapping[str, str], figures: Mapping[str, str]) -> None:
    """Put words in the place of each field, in the letters that its first brace has; blank lines go."""
    texts = _own_texts(paragraph)
    whole = "".join(t.text or "" for t in texts)
    found = [m for m in _HELD.finditer(whole) if m[1].casefold() in words]
    for match in reversed(found):
        name = match[1].casefold()
        _put(texts, match.start(), match.end(), words[name].replace("{", _BRACE), figures.get(name, ""))
    if found and not _text(paragraph).strip():
        _remove(paragraph)


def _put(texts: list[Any], start: int, end: int, word: str, figure: str) -> None:
    """Replace the letters from ``start`` to ``end``, which may lie in several runs, by ``word``."""
    at, first = 0, True
    for text in texts:
        said = text.text or ""
        here, there = max(start - at, 0), min(end - at, len(said))
        at += len(said)
        if here >= there:
            continue
        if first:
            _write(text, said[:here], word, said[there:], figure)
        else:
            text.text = said[:here] + said[there:]
            text.set(qn("xml:space"), "preserve")
        first = False


def _write(text: Any, before: str, word: str, after: str, figure: str) -> None:
    """``before`` + ``word`` + ``after`` in the run of ``text``; lines broken, a figure in a marked run of its own."""
    text.set(qn("xml:space"), "preserve")
    if not figure:
        first, *lines = word.split("\n")
        text.text = before + first + (after if not lines else "")
        last = text
        for number, line in enumerate(lines, 1):
            broken, more = OxmlElement("w:br"), OxmlElement("w:t")
            more.text = line + (after if number == len(lines) else "")
            more.set(qn("xml:space"), "preserve")
            last.addnext(broken)
            broken.addnext(more)
            last = more
        return
    run = text.getparent()
    text.text = before
    marked, rest = _like(run, word), _like(run, after)
    run.addnext(marked)
    marked.addnext(rest)
    mark_figure(WrittenRun(marked, None), figure)  # type: ignore[arg-type]


def _like(run: Any, words: str) -> Any:
    """A run in the same letters with other words."""
    made, properties = OxmlElement("w:r"), run.find(qn("w:rPr"))
    if properties is not None:
        made.append(deepcopy(properties))
    text = OxmlElement("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    made.append(text)
    return made


def _remove(paragraph: Any) -> None:
    """Take the blank line away; a cell keeps its last paragraph, and a section its properties."""
    around = paragraph.getparent()
    alone = around.tag != qn("w:body") and len(around.findall(qn("w:p"))) == 1
    if not alone and paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        around.remove(paragraph)


# ---------------------------------------------------------------------------------------------- repeated lines and rows


def _repeat(body: Any, name: str, entries: Iterable[Mapping[str, str]]) -> None:
    """Each line or row that holds fields of the list, once for each entry; with none, it goes."""
    entries, prefix = list(entries), f"{name}."
    done: set[Any] = set()
    for paragraph in list(body.iter(qn("w:p"))):
        asked = {n.casefold() for n in names_in(_text(paragraph)) if n.casefold().startswith(prefix)}
        row = next(paragraph.iterancestors(qn("w:tr")), None)
        pattern = paragraph if row is None or asked & _BY_LINES else row
        if not asked or pattern in done:
            continue
        done.add(pattern)
        for entry in entries:
            made = deepcopy(pattern)
            pattern.addprevious(made)
            values = {prefix + key: word for key, word in entry.items()}
            figures = {"so_lieu.gia_tri": entry["code"]} if "code" in entry else {}
            for inner in [made] if made.tag == qn("w:p") else list(made.iter(qn("w:p"))):
                _fill(inner, values, figures)
        _take_away(pattern, bool(entries))


def _take_away(pattern: Any, repeated: bool) -> None:
    around = pattern.getparent()
    if repeated:
        around.remove(pattern)
    elif pattern.tag == qn("w:p"):
        for text in _own_texts(pattern):
            text.text = ""
        _remove(pattern)
    elif len(around.findall(qn("w:tr"))) > 1:
        around.remove(pattern)
    else:
        around.getparent().remove(around)


# ---------------------------------------------------------------------------------------------- blocks of the layout


def _anchors(body: Any) -> dict[str, list[Any]]:
    """The paragraphs that are nothing but the field of a block, by its name."""
    found: dict[str, list[Any]] = {name: [] for name in ("noi_dung", "phan_ky", "phu_luc")}
    for paragraph in body.iterchildren(qn("w:p")):
        match = _HELD.fullmatch(_text(paragraph).strip())
        if match and match[1].casefold() in found:
            found[match[1].casefold()].append(paragraph)
    return found


def _place_blocks(writer: Writer, document: Document, held: set[str], anchors: dict[str, list[Any]]) -> None:
    """Content, foot and annexes where their fields stand; who has no place signs after all else, before the annexes."""
    sheet = writer.sheet
    lines = tuple(Line(LineStyle.TEXT, (Run(text),)) for text in unplaced(document, held))
    late = replace(sheet, signatures=unsigned(document, held), recipients=())
    _set(anchors["noi_dung"], writer, lambda: writer.write_body((*lines, *sheet.body)))
    _set(anchors["phan_ky"], writer, lambda: writer.write_foot(sheet))
    if late.signatures:
        _set(anchors["phu_luc"][:1], writer, lambda: writer.write_foot(late), keep=True)
    if late.signatures and not anchors["phu_luc"]:
        writer.write_foot(late)
    _set(anchors["phu_luc"], writer, writer.write_annexes)
    if not anchors["phu_luc"]:
        writer.write_annexes()


def _set(anchors: Iterable[Any], writer: Writer, write: Callable[[], object], *, keep: bool = False) -> None:
    """Put what ``write`` adds to the end of the file in the place of each anchor; two tables never touch."""
    for anchor in anchors:
        made = _made_by(writer, write)
        for element in made:
            anchor.addprevious(element)
        grid = qn("w:tbl")
        touching = made and (
            (made[0].tag == grid and _tag(made[0].getprevious()) == grid)
            or (made[-1].tag == grid and _tag(anchor.getnext()) in (grid, qn("w:sectPr")))
        )
        if keep:
            continue
        if touching:
            for text in _own_texts(anchor):
                text.text = ""
        else:
            _remove(anchor)


def _tag(element: Any) -> str:
    return "" if element is None else str(element.tag)


def _made_by(writer: Writer, write: Callable[[], object]) -> list[Any]:
    """What ``write`` puts at the end of the file, element by element; it does not touch what was there."""
    edge = writer.file.add_paragraph()._p  # noqa: SLF001
    write()
    made = [e for e in edge.itersiblings() if e.tag != qn("w:sectPr")]
    edge.getparent().remove(edge)
    return made


def _add_missing_styles(file: File, layout: LayoutRules) -> None:
    """A template that lost a style of the content gets that of the layout; one it has is the office's own."""
    for name in file.styles.element.iter(qn("w:name")):  # LibreOffice writes "Heading 1" for Word's "heading 1"
        known = BabelFish.ui2internal(name.get(qn("w:val")))
        name.set(qn("w:val"), known)
    there = {style.name for style in file.styles}
    wanted = [name for name in (*STYLES.values(), "Table Grid", "Normal Table") if name not in there]
    if wanted:
        empty = Document(superior="", issuer="", kind=PaperKind.REPORT, subject="", body=(), signatures=())
        standard = Writer(printed(empty), layout)
        standard.set_styles()
        for name in wanted:
            file.styles.element.append(deepcopy(standard.file.styles[name].element))


def tried(template: bytes) -> bool:
    """Whether a paper with one of everything can be put into the template and read again."""
    try:
        docx.Document(BytesIO(filled(template, SAMPLE)))
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, etree.LxmlError, PackageNotFoundError):
        return False
    return True


SAMPLE = Document(
    superior="Đảng ủy phường", issuer="Chi bộ", kind=PaperKind.REPORT, subject="kết quả", place="Phường",
    symbol=Symbol(1, "BC", "CB"), issued_on=date(2026, 6, 1), recipients=("Đảng ủy",), addressees=("Đảng ủy",),
    body=(Heading("Kết quả"), Paragraph("Nội dung"), Chart("Biểu đồ", (Panel("Số", (Mark("1", 1, "1"),)),)),
          Table((Column("Mục"),), (("1",),), "Bảng", ("1",))),
    signatures=(Signature(SignAuthority.ON_BEHALF, "Chi bộ", "Bí thư", "Họ Tên"),),
    annexes=(Annex("Danh sách", (Paragraph("Nội dung"),)),), figures=(FigureSaid("a.b", "Số liệu", "1/2"),),
)  # fmt: skip
"""One of everything that a paper may hold."""
