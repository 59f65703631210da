"""The parts pages are made of. `docs/look.md` shows each with an example."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.context import Context
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chibo.core import charts, tables
from chibo.core.tables import Filter, Page, Table, chip, value_text
from chibo.core.values import Period, Share

register = template.Library()

register.simple_tag(tables.icon, name="icon")
register.simple_tag(charts.bars, name="bars")
register.simple_tag(charts.line, name="line")
register.simple_tag(charts.sparkline, name="sparkline")
register.simple_tag(charts.heatmap, name="heatmap")
register.simple_tag(charts.stacked, name="stacked")


@register.simple_tag
def state(kind: str, words: object = "") -> SafeString:
    """``{% state "late" "Quá hạn 3 ngày" %}``: ok, due, late, none or info, as word, shape and colour."""
    return chip(kind, words)


@register.simple_tag
def button(
    words: str,
    href: str = "",
    kind: str = "plain",
    icon: str = "",
    name: str = "",
    value: str = "",
    type: str = "submit",  # noqa: A002 - the attribute's own name
    attrs: str = "",
) -> SafeString:
    """A button, or a link that looks like one. ``kind``: main (one a page), plain, quiet or danger.

    ``attrs`` are more attributes as trusted text (``hx-post=…``); never put typed text into them.
    """
    inside = f"{tables.icon(icon) if icon else ''}<span>{escape(str(words))}</span>"
    css = f'class="button button-{escape(kind)}"'
    more = f" {attrs}" if attrs else ""
    if href:
        return mark_safe(f'<a {css} href="{escape(href)}"{more}>{inside}</a>')  # noqa: S308 - escaped above
    sent = f' name="{escape(name)}" value="{escape(str(value))}"' if name else ""
    return mark_safe(f'<button {css} type="{escape(type)}"{sent}{more}>{inside}</button>')  # noqa: S308 - escaped above


_NOTICE_ICONS = {"ok": "check", "due": "clock", "late": "late", "info": "info", "none": "info"}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """``{% notice "due" "Còn 2 ngày" %}What it means and what to do{% endnotice %}``."""
    kind = kind if kind in _NOTICE_ICONS else "info"
    head = f'<p class="notice-title">{escape(str(title))}</p>' if title else ""
    role = ' role="alert"' if kind == "late" else ""
    return mark_safe(  # noqa: S308 - the content is a rendered template
        f'<div class="notice notice-{kind}"{role}>{tables.icon(_NOTICE_ICONS[kind])}'
        f'<div class="notice-body">{head}{content}</div></div>'
    )


@register.simple_block_tag
def rendered(content: str) -> SafeString:
    """What stands between, kept for later: the frame makes room for the aside before the page streams in."""
    return mark_safe(content.strip())  # noqa: S308 - rendered by templates


@register.simple_tag
def blank(words: str, then: str = "", href: str = "", action: str = "", icon: str = "empty") -> SafeString:
    """An empty place that teaches: what is missing, ``then`` the next step, and the page to do it on.

    (Named ``blank`` because ``empty`` belongs to Django's ``for``.)
    """
    step = f'<p class="blank-then">{escape(str(then))}</p>' if then else ""
    link = button(action or _("Bắt đầu"), href) if href else ""
    return mark_safe(  # noqa: S308 - escaped above
        f'<div class="blank">{tables.icon(icon)}<p>{escape(str(words))}</p>{step}{link}</div>'
    )


@register.simple_tag
def stat(label: str, value: object = "", share: Share | None = None, href: str = "", hint: str = "") -> SafeString:
    """A big number: ``value``, or a ``share`` shown as percentage with its n/N; it leads to its figure page."""
    if share is not None:
        percent = str(value) or share.percent()
        big = f"{escape(percent)}<small>%</small>" if percent else "–"
        under = f'<span class="stat-base">{share.part}/{share.base}</span>'
    else:
        big, under = escape(value_text(value)) or "–", ""
    label = escape(str(label))
    name = f'<a href="{escape(href)}">{label}</a>' if href else label
    more = f'<p class="stat-hint">{escape(str(hint))}</p>' if hint else ""
    return mark_safe(  # noqa: S308 - escaped above
        f'<div class="stat"><p class="stat-value"><span>{big}</span>{under}</p><p class="stat-label">{name}</p>{more}</div>'
    )


@register.simple_tag
def progress(part: int, base: int, label: str = "") -> SafeString:
    """How far: a bar with n/N in words, for long work and for parts done."""
    words = f"{part}/{base}"
    name = escape(str(label or _("Đã làm")))
    return mark_safe(  # noqa: S308 - escaped above
        f'<div class="progress"><span class="progress-label">{name}</span><progress max="{max(base, 1)}" '
        f'value="{part}" aria-label="{name}"></progress><span class="progress-number">{words}</span></div>'
    )


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field with its label above, its help and its errors: ``{% field form.held_on %}``."""
    return bound.as_field_group()


@register.inclusion_tag("core/entry.html", takes_context=True)
def form(
    context: Context,
    form: BaseForm,
    submit: str = "",
    cancel: str = "",
    keep: str = "",
    action: str = "",
    enter: str = "",
    kind: str = "main",
) -> dict[str, Any]:
    """A whole form: token, errors on top, fields, the one button (``kind="plain"`` beside a main one), a way back.

    ``keep`` names what is typed, so that it survives a crash of the browser or of the power.
    """
    return {
        "form": form,
        "submit": submit or _("Lưu"),
        "cancel": cancel,
        "keep": keep,
        "action": action,
        "enter": enter,
        "kind": kind,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def stored_text(bound: BoundField) -> str:
    """After a conflict: what is stored now in the place of what was typed; else ""."""
    return str(getattr(bound.form, "stored", {}).get(bound.name, ""))


@register.simple_tag
def table(table: Table) -> SafeString:
    """``{% table table %}`` shows a ``core.tables.Table``."""
    return table.render()


@register.simple_tag
def choices(
    name: str, options: Iterable[Sequence[Any]], value: object = "", label: str = "", disabled: bool = False
) -> SafeString:
    """One answer of a roll call or an evaluation: options side by side, each as (value, words) or (value, words, key).

    The key is the letter that chooses it inside ``[data-grid]``.
    """
    given, parts = str(value if value is not None else ""), []
    lock = " disabled" if disabled else ""
    for option in options:
        code, words, key = str(option[0]), str(option[1]), str(option[2]) if len(option) > 2 else ""
        hint = f' data-key="{escape(key.lower())}"' if key else ""
        kbd = f'<kbd aria-hidden="true">{escape(key.upper())}</kbd>' if key else ""
        checked = " checked" if code == given else ""
        parts.append(
            f'<label><input type="radio" name="{escape(name)}" value="{escape(code)}"{hint}{checked}{lock}>'
            f"<span>{escape(words)}{kbd}</span></label>"
        )
    return mark_safe(  # noqa: S308 - escaped above
        f'<div class="segments" role="radiogroup" aria-label="{escape(str(label))}">{"".join(parts)}</div>'
    )


# --------------------------------------------------------------------------------------- list controls


def _address(query: QueryDict, **changes: object) -> str:
    """The same list with other answers; a changed list begins at its first page."""
    dropped = {"after", "format", *changes}
    kept = [(name, value) for name, values in query.lists() if name not in dropped for value in values]
    return "?" + urlencode(kept + [(name, str(value)) for name, value in changes.items() if value not in (None, "")])


@register.inclusion_tag("core/list_controls.html", takes_context=True)
def list_controls(
    context: Context,
    filters: Sequence[Filter] = (),
    count: int | None = None,
    search: str = "",
    sorts: Sequence[tuple[str, str]] = (),
    saved: Sequence[tuple[str, str]] = (),
    export: bool = True,
    most: int | None = None,
) -> dict[str, Any]:
    """Filter chips, a search box (with ``search`` as its label), order, count and the workbook.

    ``count`` is how many rows the whole list has, counted as far as ``most`` where that is given; ``sorts`` are (value, words) of ``?sort=``, the first being the
    default; ``saved`` are (query, words) of filters that are often asked for.
    """
    query: QueryDict = context["request"].GET
    chosen = query.get("sort", "") or (sorts[0][0] if sorts else "")
    return {
        "filters": [
            {
                "label": asked.label,
                "links": [
                    _chip(query, asked.name, value, words, *count)
                    for value, words, *count in (
                        asked.choices if "" in (c[0] for c in asked.choices) else [("", _("Tất cả")), *asked.choices]
                    )
                ],
            }
            for asked in filters
        ],
        "saved": [{"words": words, "url": f"?{text.lstrip('?')}"} for text, words in saved],
        "sorts": [
            {"words": words, "url": _address(query, sort=value), "current": value == chosen} for value, words in sorts
        ],
        "sorted_by": next((words for value, words in sorts if value == chosen), ""),
        "count": count,
        "most": most if most is not None and count is not None and count > most else None,
        "search": search,
        "q": query.get("q", ""),
        "kept": [(n, v) for n, values in query.lists() if n not in ("q", "after", "format") for v in values],
        "cleared": _address(query, q=""),
        "export": _address(query, format="xlsx") if export else "",
    }


def _chip(query: QueryDict, name: str, value: object, words: object, count: int | None = None) -> dict[str, Any]:
    return {
        "words": words,
        "count": count,
        "url": _address(query, **{name: value}),
        "current": query.get(name, "") == str(value),
    }


@register.inclusion_tag("core/next_page.html", takes_context=True)
def next_page(context: Context, page: Page) -> dict[str, Any]:
    """The way to the rows that follow, and back to the first."""
    query: QueryDict = context["request"].GET
    return {
        "next": _address(query, after=page.next_after) if page.next_after else "",
        "start": "" if page.first else _address(query),
    }


# ---------------------------------------------------------------------------------------------- words


@register.filter
def day(value: date | None) -> str:
    """dd/mm/yyyy, with the hour where there is one; "" for None."""
    return tables.day_text(value) if value else ""


@register.filter
def number(value: object) -> str:
    """1.234,5 as it is written in Vietnamese."""
    return value_text(value)


_QUARTERS = ("", "I", "II", "III", "IV")
_YEAR, _YEARS = gettext_noop("Năm %(first)s"), gettext_noop("%(first)s–%(last)s")
_QUARTER, _MONTH = gettext_noop("Quý %(quarter)s/%(first)s"), gettext_noop("Tháng %(month)s/%(first)s")
_SPAN = gettext_noop("%(from)s – %(to)s")


@register.filter
def period_words(period: Period | str) -> str:
    """Tháng 8/2026, Quý III/2026, Năm 2026, 2016–2020, or the two days."""
    if isinstance(period, str):
        try:
            period = Period.parse(period)
        except ValueError:
            return str(period)
    text, first = str(period), period.first
    if ".." not in text and "-" not in text:
        return _(_YEAR) % {"first": first.year}
    if "q" in text:
        return _(_QUARTER) % {"quarter": _QUARTERS[first.month // 3 + 1], "first": first.year}
    if period == Period.of_month(first):
        return _(_MONTH) % {"month": first.month, "first": first.year}
    if text == f"{first.year}..{period.last.year}":
        return _(_YEARS) % {"first": first.year, "last": period.last.year}
    if period.last == Period.of_month(period.last).last and first.day == 1 and first.year == period.last.year:
        return _("Tháng %(first)s–%(last)s/%(year)s") % {
            "first": first.month,
            "last": period.last.month,
            "year": first.year,
        }
    return _(_SPAN) % {"from": tables.day_text(first), "to": tables.day_text(period.last)}


@register.filter
def weekday(value: date) -> str:
    """Thứ hai, 03/08/2026."""
    return f"{date_format(value, 'l')}, {tables.day_text(value)}"


@register.filter
def anchor(words: object) -> str:
    """A name for a place in the page."""
    return slugify(str(words).replace("đ", "d").replace("Đ", "D")) or "muc"
