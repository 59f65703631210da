"""The one model of an official paper, from which docx, PDF and preview are made. Rulebook §6.3–6.5.

Texts are plain: nothing in them is ever read as markup. Measures are ratios; millimetres and points stand in the
layout rules, which change by date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chibo.core.values import Word, gettext_noop
from chibo.papers.rules.charts import Chart
from chibo.papers.rules.kinds import PaperKind
from chibo.papers.rules.symbols import Symbol


class Align(StrEnum):
    """How lines stand between the margins."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Marker(StrEnum):
    """What stands before each item of a list."""

    NUMBER = "number"  # 1.
    LETTER = "letter"  # a)
    DASH = "dash"  # -
    PLUS = "plus"  # +


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph in one kind of letters. ``figure``: the code of the figure whose text it is.

    In the .docx such a piece is marked unseen, so that a paper that comes back edited can be compared.
    """

    text: str
    bold: bool = False
    italic: bool = False
    figure: str = ""


RichText = str | tuple[Run, ...]


def runs_of(text: RichText) -> tuple[Run, ...]:
    """A plain text is one upright run."""
    return (Run(text),) if isinstance(text, str) else text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (I.), 2 (1.) or 3 (a)).

    The number is counted, and starts again under each higher heading; a heading that already carries a number of
    its level keeps it. ``counted=False``: no number (Điều 1…, Phần I…).
    """

    text: str
    level: int = 1
    counted: bool = True

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise ValueError(self.level)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a text or runs; its first line is indented and it fills both margins unless it says otherwise."""

    text: RichText
    align: Align = Align.JUSTIFY
    indent: bool = True

    @property
    def runs(self) -> tuple[Run, ...]:
        return runs_of(self.text)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list: each item a paragraph with its marker before it, counted from ``start``."""

    items: tuple[RichText, ...]
    marker: Marker = Marker.NUMBER
    start: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: heading, its share of the width (a ratio to the other columns), how its cells stand."""

    title: str
    width: float = 1
    align: Align = Align.LEFT

    def __post_init__(self) -> None:
        if self.width <= 0:
            raise ValueError(self.width)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a frame; the heading is repeated on each page. ``total`` is the last row, in bold.

    ``total_figures`` are the codes of the figures that stand in it, cell by cell, "" for none.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: tuple[str, ...] = ()
    total_figures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        rows = (*self.rows, self.total) if self.total else self.rows
        if not self.columns or any(len(row) != len(self.columns) for row in rows):
            raise ValueError(self.caption or "table")
        if self.total_figures and len(self.total_figures) != len(self.total):
            raise ValueError(self.caption or "table")


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small slanted letters, as under a table ("Ghi chú: …")."""

    text: RichText


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block = Heading | Paragraph | Numbered | Table | Chart | Note | PageBreak


class SignAuthority(Word):
    """By what right a paper is signed (quyền hạn ký). HD 36, HD 05-HD/VPTW; rulebook §6.5."""

    ON_BEHALF = "on_behalf", gettext_noop("Thay mặt")
    FOR = "for", gettext_noop("Ký thay")
    BY_ORDER = "by_order", gettext_noop("Thừa lệnh")
    ACTING = "acting", gettext_noop("Quyền")
    DIRECT = "direct", gettext_noop("Ký trực tiếp")

    @property
    def prefix(self) -> str:
        """What is printed before the body: "T/M"; "" for who signs directly."""
        return {"on_behalf": "T/M", "for": "K/T", "by_order": "T/L", "acting": "Q."}.get(self, "")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. ``body``: for whom or as what (ĐẢNG ỦY, CHÁNH VĂN PHÒNG, NGƯỜI CAM KẾT); ``position``: BÍ THƯ.

    T/M: on behalf of a committee. K/T: a deputy for the chief named in ``body``. DIRECT with an empty ``body``: the
    chief of an office signs, and the position itself is the first line.
    """

    authority: SignAuthority
    body: str = ""
    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (phụ lục): it begins on a new page, and says to which paper it belongs."""

    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FigureSaid:
    """A figure that the paper states: its code, what it is called, its text with n/N."""

    code: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An official paper, from the first line to the annexes.

    ``superior`` and ``issuer`` are the two lines on the left (ĐẢNG ỦY PHƯỜNG X / CHI BỘ TỔ DÂN PHỐ 5); ``place`` and
    ``issued_on`` the line on the right. ``addressees`` are those after "Kính gửi" (công văn, tờ trình), ``recipients``
    those under "Nơi nhận". Minutes are signed by two or three (``signatures``, from left to right: the writer, …, the
    chair). ``title`` replaces the name of the type (BẢN CAM KẾT). ``draft``: "Dự thảo lần 2", "" for a final text.
    ``figures``: those that the body states, for templates of the office that list them.
    """

    superior: str
    issuer: str
    kind: PaperKind
    subject: str
    body: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    symbol: Symbol | None = None
    place: str = ""
    issued_on: date | None = None
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    title: str = ""
    draft: str = ""
    figures: tuple[FigureSaid, ...] = ()
