"""The week's orientation and the articles it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.http import export, page, submit
from chibo.core.tables import Table, page_by_key
from chibo.outreach.actions.articles import (
    approve_article,
    ask_for_articles,
    call_off_article,
    offer_article,
    orient_week,
    publish_article,
    return_article,
    send_article,
    write_article,
)
from chibo.outreach.actions.publishing import show_article
from chibo.outreach.forms.articles import (
    ArticleForm,
    AskForm,
    DayForm,
    NothingForm,
    OfferForm,
    PublishForm,
    ReturnForm,
    WeekForm,
)
from chibo.outreach.rules.articles import JUDGED, OPEN, ArticleState
from chibo.outreach.selectors import article_for, week_for
from chibo.outreach.selectors.articles import (
    ORDER,
    WEEK_COLUMNS,
    articles_in,
    articles_of_week,
    columns_on,
    filters,
    may_read,
    narrowed,
    state_on,
    weeks_in,
)
from chibo.outreach.selectors.reading import shown_of
from chibo.outreach.views.ledger import shown_picture
from chibo.units.rules import Level
from chibo.units.selectors import scope_of, unit_choices, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.core.values import Period

# ------------------------------------------------------------------------------------------------- weeks


def weeks(request: Request, unit: int, period: Period) -> HttpResponse:
    """The orientations of a period, with what they asked for."""
    here = unit_for(request.actor, unit, Can.SEE_OUTREACH)
    rows = weeks_in(request.actor, scope_of(here, period))
    if request.GET.get("format") == "xlsx":
        return export(_("Định hướng tuyên truyền tuần"), WEEK_COLUMNS, rows)
    context = {
        "unit": here,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_OUTREACH, reverse("outreach:weeks", args=[0, period])
        ),
        "period": period,
        "table": Table(WEEK_COLUMNS, rows),
        "may_lead": here.level == Level.WARD and request.actor.may(Can.LEAD_OUTREACH, here),
    }
    return page(request, "outreach/weeks.html", context)


def orient(request: Request, unit: int) -> HttpResponse:
    """Write the orientation of a week."""
    here = unit_for(request.actor, unit, Can.SEE_OUTREACH)
    request.actor.require(Can.LEAD_OUTREACH, here)
    form = WeekForm(request.POST or None)
    if made := submit(form, orient_week, here, actor=request.actor):
        messages.success(request, _("Đã lưu định hướng tuần; các chi bộ đọc được."))
        return redirect("outreach:week", made.pk)
    return page(request, "outreach/orient.html", {"unit": here, "form": form}, status=422 if form.is_bound else 200)


def week(request: Request, pk: int) -> HttpResponse:
    """One week: what is to be told, who writes; units are asked here."""
    here, today = week_for(request.actor, pk), localdate()
    may_lead = request.actor.may(Can.LEAD_OUTREACH, here.unit)
    form = AskForm(request.POST or None, unit=here.unit, day=here.starts_on, record=here) if may_lead else None
    if request.method == "POST":
        request.actor.require(Can.LEAD_OUTREACH, here.unit)
        if submit(form, ask_for_articles, here, actor=request.actor) is not None:  # type: ignore[arg-type]
            messages.success(request, _("Đã yêu cầu; các đơn vị thấy trên bàn làm việc."))
            return redirect("outreach:week", here.pk)
    context = {
        "unit": here.unit,
        "week": here,
        "table": Table(columns_on(today), articles_of_week(request.actor, here)),
        "form": form,
    }
    return page(request, "outreach/week.html", context, status=422 if form and form.is_bound else 200)


# ---------------------------------------------------------------------------------------------- articles


def articles(request: Request, unit: int, period: Period) -> HttpResponse:
    """The articles asked of a unit and those below it, or offered by them."""
    here, today = unit_for(request.actor, unit, Can.SEE_OUTREACH), localdate()
    rows = narrowed(articles_in(scope_of(here, period)), request.GET.dict(), today)
    if request.GET.get("format") == "xlsx":
        return export(_("Bài viết"), columns_on(today), rows.order_by(*ORDER))
    shown = page_by_key(rows, order=ORDER, after=request.GET.get("after"))
    context = {
        "unit": here,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_OUTREACH, reverse("outreach:articles", args=[0, period])
        ),
        "period": period,
        "shown": shown,
        "table": Table(columns_on(today), shown.rows),
        "count": rows.count(),
        "filters": filters(),
        "narrowed": bool(request.GET),
        "may_write": request.actor.may(Can.WRITE_OUTREACH, here),
    }
    return page(request, "outreach/articles.html", context, partial="rows")


def offer(request: Request, unit: int) -> HttpResponse:
    """Send an article that nobody asked for."""
    here = unit_for(request.actor, unit, Can.SEE_OUTREACH)
    request.actor.require(Can.WRITE_OUTREACH, here)
    form = OfferForm(request.POST or None, request.FILES or None, unit=here)
    if made := submit(form, offer_article, here, actor=request.actor, today=localdate()):
        messages.success(request, _("Đã gửi bài để duyệt."))
        return redirect("outreach:article", made.pk)
    return page(request, "outreach/offer.html", {"unit": here, "form": form}, status=422 if form.is_bound else 200)


DEEDS: dict[str, tuple[Any, type[Any], Callable[..., Any], Can, tuple[str, ...]]] = {
    "approve": (gettext_lazy("Duyệt bài"), DayForm, approve_article, Can.APPROVE_OUTREACH, (ArticleState.SENT,)),
    "return": (gettext_lazy("Trả lại để sửa"), ReturnForm, return_article, Can.APPROVE_OUTREACH, (ArticleState.SENT,)),
    "publish": (
        gettext_lazy("Ghi nơi đăng"), PublishForm, publish_article, Can.LEAD_OUTREACH, (ArticleState.APPROVED,),
    ),
    "show": (gettext_lazy("Công khai trên trang đọc"), DayForm, show_article, Can.APPROVE_OUTREACH, JUDGED),
    "revise": (gettext_lazy("Sửa và gửi duyệt lại"), ArticleForm, send_article, Can.WRITE_OUTREACH, JUDGED),
    "call-off": (
        gettext_lazy("Rút yêu cầu"), NothingForm, call_off_article, Can.LEAD_OUTREACH, (ArticleState.ASKED,),
    ),
}  # fmt: skip
"""What may be done with an article: its words, what is typed, the action, the power it asks, in which states."""
NEEDING_TODAY = ("publish", "revise")


def article(request: Request, pk: int) -> HttpResponse:
    """One article: written here by who owes it, read by the others, judged and published by whose it is."""
    here = article_for(request.actor, pk)
    may_write = request.actor.may(Can.WRITE_OUTREACH, here.unit) and here.state in OPEN
    form = _article_form(request, here) if may_write else None
    if request.method == "POST":
        request.actor.require(Can.WRITE_OUTREACH, here.unit)
        if form is not None and _kept(request, here, form):
            return redirect("outreach:article", here.pk)
    offered = [
        (name, words)
        for name, (words, _form, _act, can, states) in DEEDS.items()
        if here.state in states and request.actor.may(can, here.unit)
    ]
    context = {
        "article": here,
        "unit": here.unit,
        "state": state_on(localdate(), here),
        "form": form,
        "readable": may_read(request.actor, here),
        "shown": shown_of(here),
        "main": [] if form else offered[:1],
        "deeds": offered if form else offered[1:],
    }
    return page(request, "outreach/article.html", context, status=422 if form and form.is_bound else 200)


def _article_form(request: Request, here: Any) -> ArticleForm:
    stored = {"title": here.title, "text": here.text}
    return ArticleForm(request.POST or None, request.FILES or None, record=here, initial=stored)


def _kept(request: Request, here: Any, form: ArticleForm) -> bool:
    """Keep the draft or send it, as the button says."""
    if "send" in request.POST:
        more = {"on": localdate(), "today": localdate()}
        done, words = submit(form, send_article, here, actor=request.actor, **more), _("Đã gửi bài để duyệt.")
    else:
        done, words = submit(form, write_article, here, actor=request.actor), _("Đã lưu nháp, chưa gửi.")
    if done is not None:
        messages.success(request, words)
    return done is not None


def article_deed(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one of the things that may be done with an article."""
    here = article_for(request.actor, pk)
    if name not in DEEDS:
        raise Http404
    words, form_of, act, can, _states = DEEDS[name]
    request.actor.require(can, here)
    stored = {"title": here.title, "text": here.text}
    form = form_of(request.POST or None, request.FILES or None, record=here, initial=stored)
    more = {"today": localdate()} if name in NEEDING_TODAY else {}
    if submit(form, act, here, actor=request.actor, **more) is not None:
        messages.success(request, _("Đã ghi: %(deed)s.") % {"deed": str(words).lower()})
        gone = name == "call-off"
        return redirect("outreach:week", here.week_id) if gone else redirect("outreach:article", here.pk)
    context = {
        "record": here, "unit": here.unit, "form": form, "words": words, "name": name,
        "back": reverse("outreach:article", args=[here.pk]),
    }  # fmt: skip
    return page(request, "outreach/deed.html", context, status=422 if form.is_bound else 200)


def article_picture(request: Request, pk: int) -> HttpResponse:
    """The picture of an article, for who may read it."""
    here = article_for(request.actor, pk)
    if not may_read(request.actor, here):
        raise Http404
    return shown_picture(here.picture.name or "")
