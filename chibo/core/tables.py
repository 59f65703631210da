"""Lists: rows with columns, fast; and the next page by key, never by offset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any, Final

from django.core.exceptions import FieldError, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chibo.core.registry import Column
from chibo.core.values import Share

STATES: Final[Mapping[str, tuple[str, str]]] = {
    "ok": ("check", gettext_noop("Xong")),
    "due": ("clock", gettext_noop("Sắp đến hạn")),
    "late": ("late", gettext_noop("Quá hạn")),
    "none": ("none", gettext_noop("Chưa có")),
    "info": ("info", gettext_noop("Đang làm")),
}
"""The five kinds of state: the shape that stands before the word, and the word if no better one is given."""


class State(str):
    """A state in words, with its kind: ``State("Chưa đăng ký", "late")``. In a workbook it is just the words."""

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, words: object, kind: str = "none") -> State:
        state = super().__new__(cls, words)
        state.kind = kind
        return state


@lru_cache
def _sprite() -> str:
    return escape(static("core/icons.svg"))


def icon(name: str, label: object = "", size: str = "") -> SafeString:
    """A drawing of the house's sprite; it is silent for readers unless it has a ``label``."""
    spoken = f'role="img" aria-label="{escape(str(label))}"' if label else 'aria-hidden="true"'
    css = f"icon icon-{escape(size)}" if size else "icon"
    return mark_safe(  # noqa: S308 - every part is escaped
        f'<svg class="{css}" {spoken} focusable="false"><use href="{_sprite()}#{escape(name)}"></use></svg>'
    )


def chip(kind: str, words: object = "") -> SafeString:
    """A state as word, shape and colour."""
    shape, word = STATES.get(kind, STATES["none"])
    kind = kind if kind in STATES else "none"
    return mark_safe(  # noqa: S308 - every part is escaped
        f'<span class="state state-{kind}">{icon(shape)}<span>{escape(str(words) if words else _(word))}</span></span>'
    )


# ---------------------------------------------------------------------------------------------- values


def cell_value(column: Column, row: Any) -> Any:
    """The raw value of one cell: what a workbook stores and a list shows.

    A path goes through dictionaries, attributes and methods; it ends at the first None on its way.
    """
    return column.value(row) if callable(column.value) else _follow(row, column.value.split("."))


def export_value(value: Any) -> Any:
    """What a workbook stores of a cell's value: numbers and dates as they are, the rest as it reads."""
    plain = value is None or (isinstance(value, (int, float, Decimal, date)) and not isinstance(value, bool))
    return value if plain else value_text(value)


def _follow(value: Any, path: Sequence[str]) -> Any:
    for name in path:
        if value is None:
            return None
        value = value[name] if isinstance(value, dict) else getattr(value, name)
        if callable(value):
            value = value()
    return value


def _reader(column: Column) -> Callable[[Any], Any]:
    """``cell_value`` with its path split once for all rows."""
    if callable(column.value):
        return column.value
    path = column.value.split(".")
    return lambda row: _follow(row, path)


def link_to(name: str, key: str = "pk") -> Callable[[Any], str]:
    """What leads from a row to its page: ``link_to("members:member")``; ``key`` is the path to the number of the page."""
    path = key.split(".")

    def link(row: Any) -> str:
        before, after = _road(name)
        return f"{before}{_follow(row, path)}{after}"

    return link


@lru_cache
def _road(name: str) -> tuple[str, str]:
    """An address before and after its number: the same for every row, so it is looked up once."""
    before, _zero, after = reverse(name, args=[0]).rpartition("/0/")
    return f"{before}/", f"/{after}"


def road_to(name: str, *after: object) -> Callable[[int], str]:
    """What leads to a page of one unit among many (``road_to("plans:index", 2026)(unit)``): looked up once for all."""
    before, end = _road_among(name, after)
    return lambda key: f"{before}{key}{end}"


@lru_cache
def _road_among(name: str, after: tuple[object, ...]) -> tuple[str, str]:
    before, _zero, end = reverse(name, args=[0, *after]).partition("/0/")
    return f"{before}/", f"/{end}"


def number_text(value: Any) -> str:
    """1234567.5 is written 1.234.567,5."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def day_text(value: date) -> str:
    """dd/mm/yyyy, with the hour where there is one."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local.hour:02}:{local.minute:02} {local.day:02}/{local.month:02}/{local.year}"
    return f"{value.day:02}/{value.month:02}/{value.year}"


def value_text(value: Any) -> str:
    """How a value reads in Vietnamese; nothing reads as ""."""
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, (int, float, Decimal)):
        return number_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Share):
        percent = value.percent()
        return f"{value.part}/{value.base} ({percent}%)" if percent else f"{value.part}/{value.base}"
    if isinstance(value, (list, tuple)):
        return ", ".join(value_text(part) for part in value)
    return str(value)


# ---------------------------------------------------------------------------------------------- tables

_NIL = '<span class="nil" aria-hidden="true">–</span>'
_CSS = {"number": ' class="number"', "date": ' class="date"', "code": ' class="code"', "state": ' class="state-cell"'}


@dataclass
class Table:
    """Rows under columns. On the phone each row becomes a card under its first column.

    ``empty`` says what is missing when there is no row; ``wide`` lets many columns scroll inside their own frame.
    ``numbered`` counts the rows ("STT"). ``row_class`` may mark a row; ``foot`` is a last row of plain values.
    """

    columns: Sequence[Column]
    rows: Iterable[Any]
    empty: str = ""
    caption: str = ""
    wide: bool = False
    numbered: bool = False
    foot: Sequence[Any] = field(default_factory=tuple)

    def render(self) -> SafeString:
        body = self._body()
        if not body:
            words = escape(str(self.empty or _("Chưa có dòng nào.")))
            return mark_safe(f'<div class="blank">{icon("empty")}<p>{words}</p></div>')  # noqa: S308 - escaped
        css = "table-box wide" if self.wide else "table-box"
        caption = f"<caption>{escape(str(self.caption))}</caption>" if self.caption else ""
        return mark_safe(  # noqa: S308 - every part is escaped where it is made
            f'<div class="{css}"{_scroller(self.caption) if self.wide else ""}><table class="list" data-list>{caption}'
            f"<thead><tr>{self._head()}</tr></thead><tbody>{body}</tbody>{self._foot()}</table></div>"
        )

    __html__ = render
    __str__ = render

    def _head(self) -> str:
        cells = [f'<th scope="col"{_CSS.get(c.kind, "")}>{escape(str(c.label))}</th>' for c in self.columns]
        return (
            '<th scope="col" class="number nth">' + escape(_("STT")) + "</th>" if self.numbered else ""
        ) + "".join(cells)

    def _body(self) -> str:
        plans = [
            (_reader(c), c.kind, c.link, f'{_CSS.get(c.kind, "")} data-label="{escape(str(c.label))}">')
            for c in self.columns
        ]
        chips: dict[tuple[str, str], str] = {}
        parts: list[str] = []
        add = parts.append
        for number, row in enumerate(self.rows, 1):
            add("<tr>")
            if self.numbered:
                add(f'<td class="number nth">{number}</td>')
            tag = "th"
            for read, kind, link, attributes in plans:
                value = read(row)
                if kind == "state" and value:
                    key = (getattr(value, "kind", "none"), str(value))
                    text = chips.get(key) or chips.setdefault(key, chip(*key))
                elif value is None or value == "":
                    text = _NIL
                else:
                    text = escape(value if type(value) is str else value_text(value))
                if link is not None and (url := link(row)):
                    text = f'<a href="{escape(url)}">{text}</a>'
                add(f'<th scope="row"{attributes}{text}</th>' if tag == "th" else f"<td{attributes}{text}</td>")
                tag = "td"
            add("</tr>")
        return "".join(parts)

    def _foot(self) -> str:
        if not self.foot:
            return ""
        cells = [
            f'<td{_CSS.get(c.kind, "")} data-label="{escape(str(c.label))}">{escape(value_text(value))}</td>'
            for c, value in zip(self.columns, self.foot, strict=True)
        ]
        return f"<tfoot><tr>{'<td></td>' if self.numbered else ''}{''.join(cells)}</tr></tfoot>"


def _scroller(label: object) -> str:
    """What makes a scrolling box reachable by keyboard and known to readers."""
    return f' tabindex="0" role="region" aria-label="{escape(str(label or _("Bảng")))}"'


# --------------------------------------------------------------------------------------- list controls


@dataclass(frozen=True)
class Filter:
    """A question a list can be narrowed by: ``name`` in the address, its answers as (value, words) or
    (value, words, count). The answer "" means all and need not be listed; if it is, it goes by those words."""

    name: str
    label: str | Promise
    choices: Sequence[tuple[Any, ...]]


# ------------------------------------------------------------------------------------------ next page


@dataclass(frozen=True)
class Page:
    """Some rows of a long list, and the token of those after them. ``first`` is False further down the list."""

    rows: list[Any]
    next_after: str | None
    first: bool = True

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_by_key(queryset: QuerySet[Any], *, order: tuple[str, ...], after: str | None, size: int = 50) -> Page:
    """The rows that follow the token ``after`` (from the start without one), read by index, never by offset.

    ``order`` are lookups, "-" for descending, that never hold null; the last must be unique ("pk"). A token that
    was tampered with, or made for another order, shows the first page.
    """
    signer = Signer(salt="core.page:" + ",".join(order))
    rows = None
    if after:
        try:
            keys = signer.unsign_object(after)
            rows = list(queryset.filter(_beyond(order, keys)).order_by(*order)[: size + 1])
        except (BadSignature, FieldError, ValidationError, ValueError, TypeError):
            rows = None
    first = rows is None
    if rows is None:
        rows = list(queryset.order_by(*order)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, signer.sign_object([_key(rows[-1], name) for name in order]) if more else None, first)


def _beyond(order: Sequence[str], keys: Sequence[Any]) -> Q:
    """Strictly behind ``keys``; the outer bound on the first column lets the database start at the right place."""
    if len(order) != len(keys):
        raise ValueError(keys)
    name, descending = order[0].lstrip("-"), order[0].startswith("-")
    side = "lt" if descending else "gt"
    strict = Q(**{f"{name}__{side}": keys[0]})
    if len(order) == 1:
        return strict
    return Q(**{f"{name}__{side}e": keys[0]}) & (strict | _beyond(order[1:], keys[1:]))


def _key(row: Any, lookup: str) -> Any:
    value = _follow(row, lookup.lstrip("-").split("__"))
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
