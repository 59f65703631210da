"""The words that stand on the sheet, the same for docx, PDF and preview: numbers counted, capitals set, ends closed.

Here also, once, every text loses what no output can carry (control characters, signs that turn the direction of
reading); nothing else of what people typed is changed but its case where the guidance asks for capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from unicodedata import normalize

from chibo.papers.rules.charts import Chart, Mark
from chibo.papers.rules.documents import (
    Align,
    Block,
    Document,
    Heading,
    Marker,
    Note,
    Numbered,
    PageBreak,
    Paragraph,
    RichText,
    Run,
    Signature,
    SignAuthority,
    Table,
    runs_of,
)
from chibo.papers.rules.kinds import PaperKind
from chibo.papers.rules.layouts import LayoutRules, layout_of

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
RECIPIENTS = "Nơi nhận:"
NOTHING_TO_DRAW = "Chưa có số liệu."

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_CARRIED = (
    re.compile(r"(?P<n>[IVXLC]+)\s*[.\-–]\s+"),
    re.compile(r"(?P<n>\d{1,2})(?:\.|(?:\.\d+)+\.?)\s+"),
    re.compile(rf"(?P<n>[{_LETTERS}])\)\s+"),
)
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class LineStyle(StrEnum):
    """What a line of the body is; each output gives it its letters."""

    HEADING_1 = "heading-1"
    HEADING_2 = "heading-2"
    HEADING_3 = "heading-3"
    TEXT = "text"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the body, its number or marker already in it."""

    style: LineStyle
    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    indent: bool = True

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Piece = Line | Table | Chart | PageBreak


@dataclass(frozen=True, slots=True)
class Signed:
    """The block of one signature: bold first line, position below, name under the room for the hand."""

    head: str
    position: str
    name: str


@dataclass(frozen=True, slots=True)
class PrintedAnnex:
    """An annex as printed: PHỤ LỤC 1, its title, to which paper it belongs."""

    label: str
    title: str
    belongs: str
    body: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """The sheet in words; an empty text is a line that is not there."""

    superior: str
    issuer: str
    symbol: str
    letter_subject: str
    draft: str
    place: str
    """ "Phường Sao Mai," with its comma: the one spot where the line may break."""
    dated: str
    title: str
    subject: str
    salutation: str
    addressees: tuple[str, ...]
    body: tuple[Piece, ...]
    recipients: tuple[str, ...]
    signatures: tuple[Signed, ...]
    annexes: tuple[PrintedAnnex, ...]
    name: str
    """What the file is called by programs that show its title."""

    @property
    def signature_rows(self) -> tuple[tuple[Signed, ...], ...]:
        """The signatures in rows of two or three; one alone stands on the right."""
        wide = 3 if len(self.signatures) not in (1, 2, 4) else 2
        return tuple(self.signatures[i : i + wide] for i in range(0, len(self.signatures), wide))

    @property
    def is_beside(self) -> bool:
        """Whether the recipients stand left of the one signature, the form of every paper but minutes."""
        return len(self.signatures) <= 1


def clean(text: str) -> str:
    """``text`` without characters that cannot be printed, its letters composed, ends of lines as ``\\n``, trimmed."""
    return _printable(text).strip()


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))


def printed(document: Document, layout: LayoutRules | None = None) -> Printed:
    """The words of ``document`` under ``layout`` (by default that of its day)."""
    layout = layout or layout_of(document)
    letter = document.kind is PaperKind.LETTER
    subject = clean(document.subject)
    title = "" if letter else clean(document.title or document.kind.label).upper()
    shown = document.kind is not PaperKind.MINUTES or document.place or document.issued_on
    place = clean(document.place)
    addressees = tuple(filter(None, map(clean, document.addressees)))
    salutation = layout.proposal_salutation if document.kind is PaperKind.PROPOSAL else layout.letter_salutation
    symbol = _symbol(document)
    return Printed(
        superior=clean(document.superior).upper(),
        issuer=clean(document.issuer).upper(),
        symbol=symbol,
        letter_subject=subject if letter else "",
        draft=clean(document.draft),
        place=f"{place}," if place and shown else "",
        dated=layout.written_date(document.issued_on) if shown else "",
        title=title,
        subject="" if letter else subject,
        salutation=f"{salutation}:" if addressees else "",
        addressees=tuple(_closed(addressees, layout.recipient_end)) if len(addressees) > 1 else addressees,
        body=tuple(_pieces(document.body)),
        recipients=tuple(_recipients(document, layout)),
        signatures=tuple(map(_signed, document.signatures)),
        annexes=tuple(_annexes(document)),
        name=" ".join(filter(None, (document.kind.label if letter else title, symbol.removeprefix("Số "), subject))),
    )


def _symbol(document: Document) -> str:
    return clean(str(document.symbol)) if document.symbol else ""


def _closed(texts: tuple[str, ...], end: str) -> Iterator[str]:
    """Each text behind a dash, closed by ``end``, the last by a full stop."""
    for at, text in enumerate(texts, 1):
        words = text.lstrip("-–+ ").rstrip(" ,;.")
        yield f"- {words}{'.' if at == len(texts) else end}"


def _recipients(document: Document, layout: LayoutRules) -> Iterator[str]:
    """The list under "Nơi nhận"; papers with addressees begin it with "Như trên"."""
    texts = tuple(filter(None, map(clean, document.recipients)))
    if document.addressees and texts and not texts[0].lstrip("- ").casefold().startswith("như trên"):
        texts = ("Như trên", *texts)
    return _closed(texts, layout.recipient_end)


def _signed(signature: Signature) -> Signed:
    body, position = clean(signature.body).upper(), clean(signature.position).upper()
    head = f"{signature.authority.prefix} {body}".strip()
    if signature.authority is SignAuthority.DIRECT and not body:
        head, position = position, ""
    return Signed(head, position, clean(signature.name))


def _annexes(document: Document) -> Iterator[PrintedAnnex]:
    for at, annex in enumerate(document.annexes, 1):
        label = f"PHỤ LỤC {at}" if len(document.annexes) > 1 else "PHỤ LỤC"
        yield PrintedAnnex(label, clean(annex.title), _belonging(document), tuple(_pieces(annex.body)))


def _belonging(document: Document) -> str:
    """ "(Kèm theo Báo cáo số 05-BC/CB, ngày 05/01/2026 của Chi bộ 5)"; the body only where its case is known."""
    words = f"Kèm theo {clean(document.title) or document.kind.label}"
    if document.symbol and document.symbol.number:
        words += f" số {clean(document.symbol.bare)}"
    if document.issued_on:
        words += f", ngày {document.issued_on:%d/%m/%Y}"
    issuer = clean(document.issuer)
    return f"({words} của {issuer})" if issuer != issuer.upper() else f"({words})"


# ---------------------------------------------------------------------------------------------- the body


def _pieces(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    counts, charts = [0, 0, 0], 0
    for block in blocks:
        if isinstance(block, Heading):
            yield _heading(block, counts)
        elif isinstance(block, Paragraph):
            yield Line(LineStyle.TEXT, _clean_runs(block.text), block.align, block.indent)
        elif isinstance(block, Numbered):
            for at, item in enumerate(block.items, block.start):
                yield Line(LineStyle.TEXT, (Run(_marker(block.marker, at)), *_clean_runs(item)))
        elif isinstance(block, Note):
            yield Line(
                LineStyle.NOTE, tuple(replace(run, italic=True) for run in _clean_runs(block.text)), indent=False
            )
        elif isinstance(block, Table):
            yield _table(block)
        elif isinstance(block, Chart):
            charts += 1
            yield _chart(block, charts)
        else:
            yield block


def _heading(heading: Heading, counts: list[int]) -> Line:
    """The heading with its number; ``counts`` are how many of each level came since the last higher one."""
    level = heading.level - 1
    text = clean(heading.text)
    if heading.counted:
        carried = _CARRIED[level].match(text)
        counts[level] = _value(carried["n"], level) if carried else counts[level] + 1
        counts[level + 1 :] = [0] * (2 - level)
        if not carried:
            text = f"{_number(counts[level], level)} {text}"
    style = (LineStyle.HEADING_1, LineStyle.HEADING_2, LineStyle.HEADING_3)[level]
    runs = (Run(text.upper(), bold=True), Run(text, bold=True), Run(text, italic=True))[level]
    return Line(style, (runs,))


def _number(count: int, level: int) -> str:
    return (f"{_roman(count)}.", f"{count}.", f"{_letter(count)})")[level]


def _value(carried: str, level: int) -> int:
    if level == 0:
        return next((n for n in range(1, 200) if _roman(n) == carried), 1)
    return int(carried) if level == 1 else _LETTERS.index(carried) + 1


def _marker(marker: Marker, at: int) -> str:
    return {Marker.NUMBER: f"{at}. ", Marker.LETTER: f"{_letter(at)}) ", Marker.DASH: "- ", Marker.PLUS: "+ "}[marker]


def _letter(count: int) -> str:
    """a, b, c, d, đ, e, g …: letters of the Vietnamese alphabet without hats; after y comes aa."""
    turn, place = divmod(count - 1, len(_LETTERS))
    return (_letter(turn) if turn else "") + _LETTERS[place]


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _clean_runs(text: RichText) -> tuple[Run, ...]:
    """The runs with their inner spaces kept: only the ends of the whole paragraph are trimmed."""
    runs = [replace(run, text=_printable(run.text)) for run in runs_of(text)]
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(run for run in runs if run.text)


def _table(table: Table) -> Table:
    return Table(
        tuple(replace(column, title=clean(column.title)) for column in table.columns),
        tuple(tuple(map(clean, row)) for row in table.rows),
        clean(table.caption),
        tuple(map(clean, table.total)),
        table.total_figures,
    )


def _chart(chart: Chart, number: int) -> Chart:
    """The chart under "Biểu đồ 1. …", counted through the body or the annex."""
    panels = (
        replace(
            panel,
            title=clean(panel.title),
            unit=clean(panel.unit),
            marks=tuple(Mark(clean(mark.label), mark.value, clean(mark.text)) for mark in panel.marks),
        )
        for panel in chart.panels
    )
    return Chart(f"Biểu đồ {number}. {clean(chart.title)}", tuple(panels))
