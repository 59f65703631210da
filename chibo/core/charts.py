"""Charts drawn on the server: a title, a number on every mark, a table beneath. Pure: values in, HTML out.

Places are percentages and type is the page's own, so one drawing fits the phone, the desk, large type and paper.
No mark depends on colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Bar:
    """One bar: ``text`` is its number as it is written ("94,1% (160/170)"); ``url`` opens its rows."""

    label: str
    value: float | None
    text: str
    url: str = ""
    current: bool = False
    """Whether this is the unit the reader looks at."""


@dataclass(frozen=True)
class Point:
    """One mark of a trend; a month without a value is a gap."""

    label: str
    value: float | None
    text: str
    url: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a whole."""

    label: str
    value: float
    text: str
    url: str = ""


@dataclass(frozen=True)
class Square:
    """One square of the board: its words, its level 0 (nothing) to 4 (all), or None where nothing is asked."""

    text: str
    level: int | None = None
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the board, with what it is called and, if asked, a last cell that sums it up."""

    label: str
    squares: Sequence[Square]
    url: str = ""


@dataclass(frozen=True)
class Grid:
    """A board: ``heads`` over the columns, ``rows`` beneath, ``corner`` over the first column."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Row]
    corner: str = ""
    foot: Row | None = None


def bars(rows: Sequence[Bar], *, title: str = "", top: float | None = None, worst_first: bool = False) -> SafeString:
    """Horizontal bars with their numbers; it is a table for readers. ``top`` is the value of a full bar.

    The order is the caller's; ``worst_first`` puts the smallest on top, those without a value last.
    """
    if worst_first:
        rows = sorted(rows, key=lambda row: (row.value is None, row.value or 0))
    full = max([top or 0, *(row.value or 0 for row in rows)]) or 1
    lines = []
    for row in rows:
        label = escape(row.label)
        name = f'<a href="{escape(row.url)}">{label}</a>' if row.url else label
        width = 0 if row.value is None else max(row.value, 0) / full * 100
        mark = f'<rect class="bar" width="{width:.2f}%" height="100%" rx="2"></rect>' if width else ""
        here = ' class="current"' if row.current else ""
        lines.append(
            f'<tr{here}><th scope="row">{name}</th><td class="bar-cell"><svg class="bar-track" width="100%" '
            f'height="100%" aria-hidden="true" focusable="false">{mark}</svg></td>'
            f'<td class="number">{escape(row.text)}</td></tr>'
        )
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return _safe(f'<table class="bars">{caption}<tbody>{"".join(lines)}</tbody></table>')


def line(
    points: Sequence[Point], *, title: str, unit: str = "", low: float | None = None, high: float | None = None
) -> SafeString:
    """A trend with its number on every mark; months without a value are gaps. The scale begins at 0 unless told.

    ``low`` and ``high`` fix the scale (0 and 100 for shares).
    """
    known = [p.value for p in points if p.value is not None]
    bottom = min([0.0, *known]) if low is None else low
    peak = max([bottom, *known]) if high is None else high
    span = (peak - bottom) or 1
    step = 100 / max(len(points), 1)
    spots = [
        (p, (i + 0.5) * step, None if p.value is None else 84 - (p.value - bottom) / span * 70)
        for i, p in enumerate(points)
    ]
    runs: list[list[tuple[float, float]]] = [[]]
    for _point, x, y in spots:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    strokes = "".join(
        f'<polygon class="area" points="{run[0][0]:.2f},84 {_pairs(run)} {run[-1][0]:.2f},84"></polygon>'
        f'<polyline class="trend" points="{_pairs(run)}" vector-effect="non-scaling-stroke"></polyline>'
        for run in runs
        if len(run) > 1
    )
    marks = []
    thin = " thin" if len(points) > 6 else ""
    for i, (point, x, y) in enumerate(spots):
        odd = f"odd{thin}" if (len(points) - 1 - i) % 2 else "even"
        marks.append(f'<text class="axis {odd}" x="{x:.2f}%" y="97%">{escape(point.label)}</text>')
        if y is None:
            marks.append(f'<text class="gap" x="{x:.2f}%" y="82%">–</text>')
            continue
        mark = (
            f'<circle class="dot" cx="{x:.2f}%" cy="{y:.2f}%" r="4"></circle>'
            f'<text class="mark {odd}" x="{x:.2f}%" y="{y:.2f}%" dy="-0.75em">{escape(point.text)}</text>'
        )
        if point.url:
            mark = f'<a href="{escape(point.url)}" aria-label="{escape(f"{point.label}: {point.text}")}">{mark}</a>'
        marks.append(mark)
    told = "; ".join(f"{p.label}: {p.text if p.value is not None else _('chưa có')}" for p in points)
    measured = f" ({unit})" if unit else ""
    svg = (
        f'<svg class="line-chart" width="100%" height="100%" role="{"group" if any(p.url for p in points) else "img"}"'
        f' aria-label="{escape(title)}">'
        f"<desc>{escape(told)}</desc>"
        '<line class="base" x1="0" x2="100%" y1="84%" y2="84%"></line>'
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">'
        f"{strokes}</svg>{''.join(marks)}</svg>"
    )
    rows = [(p.label, p.text if p.value is not None else "–") for p in points]
    return _figure(f"{title}{measured}", f'<div class="line-box">{svg}</div>', rows)


def sparkline(values: Sequence[float | None], *, label: str = "", low: float = 0) -> SafeString:
    """A small trend for one row of a list: no axis, the last value marked. Put the number beside it."""
    known = [v for v in values if v is not None]
    if not known:
        return _safe('<span class="nil" aria-hidden="true">–</span>')
    bottom = min(low, *known)
    span = (max(known) - bottom) or 1
    step = 100 / max(len(values) - 1, 1)
    spots = [(i * step, None if v is None else 90 - (v - bottom) / span * 80) for i, v in enumerate(values)]
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in spots:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    strokes = "".join(
        f'<polyline class="trend" points="{_pairs(run)}" vector-effect="non-scaling-stroke"></polyline>'
        for run in runs
        if len(run) > 1
    )
    last_x, last_y = [(x, y) for x, y in spots if y is not None][-1]
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return _safe(
        f'<svg class="sparkline" {spoken} focusable="false"><svg viewBox="0 0 100 100" preserveAspectRatio="none" '
        f'width="100%" height="100%">{strokes}</svg>'
        f'<circle class="dot" cx="{last_x:.2f}%" cy="{last_y:.2f}%" r="2.5"></circle></svg>'
    )


def heatmap(grid: Grid) -> SafeString:
    """The board: words in every square, a level as tint and as a rule of quarters along its foot, heads that stay."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in grid.heads)
    body = "".join(_heat_row(row) for row in grid.rows)
    foot = f"<tfoot>{_heat_row(grid.foot)}</tfoot>" if grid.foot else ""
    title = escape(grid.title)
    return _safe(
        f'<div class="heat-box" tabindex="0" role="region" aria-label="{title}"><table class="heat">'
        f'<caption>{title}</caption><thead><tr><th scope="col" class="corner">{escape(grid.corner)}</th>{heads}</tr>'
        f"</thead><tbody>{body}</tbody>{foot}</table></div>"
    )


def _heat_row(row: Row) -> str:
    label = escape(row.label)
    name = f'<a href="{escape(row.url)}">{label}</a>' if row.url else label
    return f'<tr><th scope="row">{name}</th>{"".join(map(_square, row.squares))}</tr>'


def _square(square: Square) -> str:
    level = "none" if square.level is None else str(max(0, min(4, square.level)))
    text = escape(square.text).replace("/", "/<wbr>") or "–"
    hint = f' title="{escape(square.hint)}"' if square.hint else ""
    inside = f'<a href="{escape(square.url)}"{hint}>{text}</a>' if square.url else f"<span{hint}>{text}</span>"
    return f'<td class="heat-{level}">{inside}</td>'


def stacked(parts: Sequence[Part], *, title: str, text: str = "") -> SafeString:
    """One bar of the parts of a whole, in order, each with its number; ``text`` is the whole ("tổng 170")."""
    whole = sum(max(part.value, 0) for part in parts) or 1
    x, marks, words = 0.0, [], []
    for i, part in enumerate(parts):
        width = max(part.value, 0) / whole * 100
        if width:
            number = (
                f'<text class="stack-text stack-text-{i % 5}" x="{x + width / 2:.2f}%" y="50%" dy="0.35em">'
                f"{escape(part.text)}</text>"
                if width >= 12
                else ""
            )
            marks.append(
                f'<rect class="stack stack-{i % 5}" x="{x:.2f}%" width="{width:.2f}%" height="100%"></rect>{number}'
            )
        x += width
        label = escape(part.label)
        name = f'<a href="{escape(part.url)}">{label}</a>' if part.url else f"<span>{label}</span>"
        words.append(
            f'<li><svg class="swatch" aria-hidden="true" focusable="false"><rect class="stack stack-{i % 5}" '
            f'width="100%" height="100%"></rect></svg>{name}<b>{escape(part.text)}</b></li>'
        )
    total = f'<span class="chart-total">{escape(text)}</span>' if text else ""
    return _safe(
        f'<figure class="chart"><figcaption>{escape(title)}{total}</figcaption>'
        f'<svg class="stack-bar" width="100%" aria-hidden="true" focusable="false">{"".join(marks)}</svg>'
        f'<ul class="legend">{"".join(words)}</ul></figure>'
    )


def _pairs(run: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in run)


def _figure(title: str, drawing: str, rows: Sequence[tuple[str, str]]) -> SafeString:
    """A drawing under its title, with the same numbers as a table for readers and printers."""
    body = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td class="number">{escape(text)}</td></tr>' for label, text in rows
    )
    return _safe(
        f'<figure class="chart"><figcaption>{escape(title)}</figcaption>{drawing}'
        f'<details class="chart-table"><summary>{escape(_("Bảng số liệu"))}</summary>'
        f'<table class="list"><tbody>{body}</tbody></table></details></figure>'
    )


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - every text was escaped where it was put in
