"""What stands around every page: the doors of the rail, the period, who is acting. See ``core/base.html``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from types import SimpleNamespace
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from chibo.core.registry import NavItem, registry
from chibo.core.tables import icon
from chibo.core.templatetags.ui import period_words
from chibo.core.values import Period

register = template.Library()


@dataclass(frozen=True)
class Door:
    """One entry of the rail or of the phone's dock."""

    label: str
    url: str
    icon: str
    current: bool = False
    own: bool = False
    """It leads to what is one's own, not to the work of a post."""


@dataclass(frozen=True)
class Choice:
    """Another period for the page that is shown."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Frame:
    """Everything ``core/base.html`` needs to know; empty for somebody who is not logged in."""

    user: Any = None
    doors: tuple[Door, ...] = ()
    own: tuple[Door, ...] = ()
    dock: tuple[Door, ...] = ()
    rest: tuple[Door, ...] = ()
    home: str = "/"
    search: str = ""
    account: str = ""
    journal: str = ""
    appearance: str = ""
    language: str = ""
    log_out: str = ""
    here: str = "/"
    period: str = ""
    before: str = ""
    after: str = ""
    periods: tuple[Choice, ...] = ()
    languages: tuple[tuple[str, str], ...] = field(default_factory=tuple)


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, or "" where no app offers it: a page never breaks because a door is missing."""
    if not args and not kwargs:
        return _plain_address(name, get_urlconf(), get_script_prefix())
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=200)
def _plain_address(name: str, urlconf: str | None, _prefix: str) -> str:
    """The frame asks for thirty such addresses on every page; they do not change while the house stands."""
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""


register.simple_tag(address, name="address")


@register.simple_tag(takes_context=True)
def frame(context: Context) -> Frame:
    """``{% frame as frame %}``: the doors this person may open, and where they are now."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    user = getattr(actor, "user", None)
    if request is None or actor is None or user is None:
        return Frame(language=address("access:language"), languages=tuple(settings.LANGUAGES))
    doors = tuple(_doors(request, actor.holds))
    head = doors if len(doors) <= 4 else doors[:3]
    search = address("desk:search")
    if search and len(doors) > 3:
        head = (*doors[:3], Door(translation.gettext("Tìm"), search, "search", current=request.path == search))
    elif len(doors) > 4:
        head = doors[:4]
    shown = {door.url for door in head}
    return Frame(
        user=user,
        doors=tuple(door for door in doors if not door.own),
        own=tuple(door for door in doors if door.own),
        dock=head,
        rest=tuple(door for door in doors if door.url not in shown),
        home=address("desk:home") or "/",
        search=search,
        account=address("access:account"),
        journal=address("desk:journal"),
        appearance=address("access:appearance"),
        language=address("access:language"),
        log_out=address("account_logout"),
        here=request.get_full_path(),
        languages=tuple(settings.LANGUAGES),
        **_period_switch(request, context.get("period")),
    )


def _doors(request: Any, holds: Callable[[str], bool]) -> list[Door]:
    """The registry's navigation, by order, for the powers held; the door of the page shown is marked."""
    items: list[NavItem] = sorted(registry.each("nav"), key=lambda item: item.order)
    found = [(item, address(item.url_name)) for item in items if holds(item.can)]
    found = [(item, url) for item, url in found if url]
    here = max(
        (url for _item, url in found if request.path == url or (url != "/" and request.path.startswith(url))),
        key=len,
        default="",
    )
    match = getattr(request, "resolver_match", None)
    if not here and match is not None and match.namespace:
        beside = [url for item, url in found if item.url_name.startswith(f"{match.namespace}:")]
        here = beside[0] if beside and "/" not in beside else ""  # what stands beside the first page has no door
    return [
        Door(
            translation.gettext(str(item.label)),
            url,
            item.icon or item.url_name.split(":")[0],
            current=url == here,
            own=not item.can and item.order > 0,
        )
        for item, url in found
    ]


def _period_switch(request: Any, period: Any) -> dict[str, Any]:
    """The same page in other periods, where its address names one: before, after, this year, quarter and month."""
    match = getattr(request, "resolver_match", None)
    kwargs: dict[str, Any] = dict(getattr(match, "kwargs", {}) or {})
    name = next((key for key, value in kwargs.items() if isinstance(value, Period)), "")
    shown = period if isinstance(period, Period) else kwargs.get(name)
    words = period_words(shown) if isinstance(shown, Period) else str(period or "")
    if not name or match is None:
        return {"period": words}

    def url(other: Period) -> str:
        return address(match.view_name, **{**kwargs, name: other})

    now: Period = kwargs[name]
    today = timezone.localdate()
    following = _following(now)
    others: list[Period] = [
        now.before(),
        now,
        *([following] if following.first <= today else []),
        Period.of_month(today),
        Period.parse(f"{today.year}-q{(today.month + 2) // 3}"),
        Period.of_year(today.year),
        Period.of_year(today.year - 1),
    ]
    return {
        "period": words,
        "before": url(now.before()),
        "after": url(following) if following.first <= today else "",
        "periods": tuple(Choice(period_words(other), url(other), other == now) for other in dict.fromkeys(others)),
    }


def _following(period: Period) -> Period:
    """The period of the same number of months just after this one."""
    count = sum(1 for _month in period.months())
    first = period.first.year * 12 + period.first.month - 1 + count
    last = first + count - 1
    return Period.parse(f"{first // 12}-{first % 12 + 1:02}..{last // 12}-{last % 12 + 1:02}")


@register.simple_tag
def doors(items: Iterable[Door], around: str = "") -> SafeString:
    """Doors side by side, each in an ``around`` ("li") if one is named: on every page three times, so in one go."""
    before, after = (f"<{around}>", f"</{around}>") if around else ("", "")
    return mark_safe(  # noqa: S308 - every part is escaped
        "".join(
            f'{before}<a href="{escape(door.url)}"{CURRENT_PAGE if door.current else ""}>{icon(door.icon)}'
            f"<span>{escape(str(door.label))}</span></a>{after}"
            for door in items
        )
    )


@register.simple_tag
def links(choices: Iterable[Any]) -> SafeString:
    """The lines of a menu of units or periods (``label``, ``url``, ``current``): a ward has forty."""
    return mark_safe(  # noqa: S308 - every part is escaped
        "".join(
            f'<li><a href="{escape(one.url)}"{CURRENT if one.current else ""}>{escape(str(one.label))}</a></li>'
            if not isinstance(one, dict)
            else links([SimpleNamespace(**one)])
            for one in choices
        )
    )


CURRENT, CURRENT_PAGE = ' aria-current="true"', ' aria-current="page"'


@register.simple_tag(takes_context=True)
def mine(context: Context) -> SafeString:
    """The menu of one's own account: it stands on every page twice and is made once."""
    return render_to_string("core/mine.html", context.flatten(), request=None)  # type: ignore[arg-type]


@register.simple_tag(takes_context=True)
def panel(context: Context, name: str, *args: Any) -> SafeString:
    """What apps above offer for this place: ``{% panel "member" member %}``.

    Each manifest's ``panels[name]`` is called with the request and the arguments; it gives HTML, or "" for nothing.
    """
    request = context.get("request")
    parts = []
    for manifest in registry.manifests.values():
        make = manifest.panels.get(name)
        if make is not None and (made := make(request, *args)):
            parts.append(made if isinstance(made, SafeString) else escape(str(made)))
    return mark_safe("".join(parts))  # noqa: S308 - escaped above unless marked safe by its maker
