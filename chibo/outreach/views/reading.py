"""The page for the public. Nobody logs in here; nothing is remembered of who reads; there is nothing while it is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_POST, require_safe

from chibo.access.charter import Can
from chibo.core.http import page, submit
from chibo.core.tables import page_by_key
from chibo.outreach.actions.publishing import withdraw_publication
from chibo.outreach.forms.articles import DayForm
from chibo.outreach.selectors.pictures import picture_of
from chibo.outreach.selectors.reading import (
    FEED,
    ORDER,
    PAGE,
    is_open,
    may_show,
    open_ward,
    publication_for,
    publications_of,
    shown,
    shown_by,
)
from chibo.units.selectors import unit_for, ward_of

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.outreach.models import Publication
    from chibo.units.models import Unit

View = Callable[..., HttpResponseBase]
FRESH = 300
"""Seconds for which a reader's browser, or a proxy on the way, may keep what it got."""
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}


def _public(view: View) -> View:
    """Read only, by anybody, kept a while, asked again by its mark; no script, no form, no frame."""
    kept = conditional_page(cache_control(public=True, max_age=FRESH)(view))
    return login_not_required(require_safe(csp_replace(POLICY)(kept)))


@_public
def index(request: HttpRequest, ward: str) -> HttpResponse:
    """What the ward shows, latest first."""
    here = open_ward(ward)
    found = page_by_key(shown_by(here), order=ORDER, after=request.GET.get("after"), size=PAGE)
    return page(request, "outreach/reading.html", {"ward": here, "found": found})


@_public
def show(request: HttpRequest, ward: str, pk: int) -> HttpResponse:
    """One article or exemplar."""
    return page(request, "outreach/reading_one.html", {"ward": open_ward(ward), "one": shown(ward, pk)})


@_public
def picture(request: HttpRequest, ward: str, pk: int) -> HttpResponse:  # noqa: ARG001 - a view is given it
    """Its picture."""
    content, content_type = picture_of(shown(ward, pk).picture)
    return HttpResponse(content, content_type=content_type)


class _News(Feed):  # type: ignore[type-arg]
    """The same list for readers of feeds (RSS)."""

    description = gettext_lazy("Bài viết và gương người tốt, việc tốt.")

    def get_object(self, request: HttpRequest, ward: str) -> Unit:  # noqa: ARG002
        return open_ward(ward)

    def title(self, ward: Unit) -> str:
        return ward.name

    def link(self, ward: Unit) -> str:
        return reverse("reading:index", args=[ward.key])

    def items(self, ward: Unit) -> list[tuple[Unit, Publication]]:
        return [(ward, one) for one in shown_by(ward)[:FEED]]

    def item_title(self, item: Any) -> str:
        return str(item[1].title)

    def item_description(self, item: Any) -> str:
        return str(item[1].text)

    def item_link(self, item: Any) -> str:
        return reverse("reading:show", args=[item[0].key, item[1].pk])

    def item_pubdate(self, item: Any) -> datetime:
        return make_aware(datetime.combine(item[1].shown_on, time()))

    def item_updateddate(self, item: Any) -> datetime:
        at: datetime = item[1].shown_at
        return at


class _AtomNews(_News):
    """The same as Atom."""

    feed_type = Atom1Feed
    subtitle = _News.description


rss = _public(_News())
atom = _public(_AtomNews())


# ---------------------------------------------------------------------------------- inside the house


def publications(request: Request, unit: int) -> HttpResponse:
    """What the unit shows to the public, and what it took away again."""
    here = unit_for(request.actor, unit, Can.SEE_OUTREACH)
    ward = ward_of(here)
    found = page_by_key(publications_of(here), order=ORDER, after=request.GET.get("after"))
    context = {
        "unit": here,
        "shown": found,
        "ward": ward,
        "is_open": is_open(ward, localdate()),
        "may_show": may_show(request.actor, here),
    }
    return page(request, "outreach/publications.html", context)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take something away from the public at once."""
    here = publication_for(request.actor, pk)
    if submit(DayForm(request.POST), withdraw_publication, here, actor=request.actor) is not None:
        messages.success(request, _("Đã gỡ khỏi trang công khai."))
    return redirect("outreach:publications", here.unit_id)
