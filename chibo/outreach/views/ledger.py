"""The ledger: its list, one entry, entering one or many, mending, striking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.core.http import export, page, submit
from chibo.core.tables import Table, day_text, page_by_key
from chibo.outreach.actions.items import amend_item, enter_item, enter_items, strike_item
from chibo.outreach.forms import ItemForm, SeveralForm, StrikeForm
from chibo.outreach.rules import is_web_address
from chibo.outreach.selectors import ORDER, filters, item_for, items_in, narrowed, same_link
from chibo.outreach.selectors.columns import COLUMNS, SHEET
from chibo.outreach.selectors.pictures import picture_of
from chibo.units.selectors import home_unit, scope_of, unit_choices, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.core.values import Period

KEPT = ("kind", "held_on", "title", "link", "minutes", "pieces", "programme", "theme", "topic", "place")


def start(request: Request) -> HttpResponse:
    """The ledger of where one works, this year."""
    home = home_unit(request.actor, Can.SEE_OUTREACH)
    if home is None:
        raise Http404
    return redirect("outreach:index", home.pk, str(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """What a unit and those below it told in a period, latest first."""
    here = unit_for(request.actor, unit, Can.SEE_OUTREACH)
    rows = narrowed(items_in(scope_of(here, period)), request.GET.dict())
    if request.GET.get("format") == "xlsx":
        return export(_("Sổ tuyên truyền %(period)s") % {"period": period}, SHEET, rows.order_by(*ORDER))
    shown = page_by_key(rows, order=ORDER, after=request.GET.get("after"))
    context = {
        "unit": here,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_OUTREACH, reverse("outreach:index", args=[0, period])
        ),
        "period": period,
        "shown": shown,
        "table": Table(COLUMNS, shown.rows),
        "count": rows.count(),
        "filters": filters(here, period),
        "narrowed": bool(request.GET),
        "may_write": request.actor.may(Can.WRITE_OUTREACH, here),
        "may_import": request.actor.may(Can.LEAD_OUTREACH, here) and request.actor.may(Can.BRING_LISTS, here),
    }
    return page(request, "outreach/index.html", context, partial="rows")


def enter(request: Request, unit: int) -> HttpResponse:
    """Enter one thing; the form opens again for the next one where that is asked."""
    here = unit_for(request.actor, unit, Can.SEE_OUTREACH)
    request.actor.require(Can.WRITE_OUTREACH, here)
    usual = {name: request.GET.get(name) for name in ("kind", "held_on", "theme", "programme") if name in request.GET}
    form = ItemForm(request.POST or None, request.FILES or None, unit=here, initial=usual)
    made = submit(form, enter_item, here, actor=request.actor, today=localdate())
    if made is None:
        return page(request, "outreach/enter.html", {"unit": here, "form": form}, status=_status(form))
    _say(request, made)
    if "another" in request.POST:
        return redirect(f"{reverse('outreach:enter', args=[here.pk])}?kind={made.kind}")
    return redirect("outreach:item", made.pk)


def _say(request: Request, made: Any) -> None:
    """That it is entered; and, where the ward has that link already, where."""
    messages.success(request, _("Đã ghi vào sổ: %(title)s.") % {"title": made.title})
    twin = same_link(made.unit, made.link_key, but=made.pk).first()
    if twin is not None:
        told = {"title": twin.title, "day": day_text(twin.held_on)}
        messages.warning(
            request,
            _("Đường dẫn này đã có trong sổ: “%(title)s”, ngày %(day)s. Nếu nhập hai lần, hãy xóa bớt.") % told,
        )


def several(request: Request, unit: int) -> HttpResponse:
    """Enter many past things at once, a line each."""
    here = unit_for(request.actor, unit, Can.SEE_OUTREACH)
    request.actor.require(Can.WRITE_OUTREACH, here)
    form = SeveralForm(request.POST or None, unit=here)
    if submit(form, enter_items, here, actor=request.actor, today=localdate()) is None:
        return page(request, "outreach/several.html", {"unit": here, "form": form}, status=_status(form))
    days = [entry.held_on for entry in form.cleaned_data["entries"]]
    messages.success(request, _("Đã ghi %(count)s mục vào sổ.") % {"count": len(days)})
    first, last = min(days).year, max(days).year
    return redirect("outreach:index", here.pk, str(first) if first == last else f"{first}..{last}")


def item(request: Request, pk: int) -> HttpResponse:
    """One entry, with its picture, and the others that have its link."""
    here = item_for(request.actor, pk)
    context = {
        "item": here,
        "unit": here.unit,
        "is_web": is_web_address(here.link),
        "twins": same_link(here.unit, here.link_key, but=here.pk)[:5],
        "may_write": request.actor.may(Can.WRITE_OUTREACH, here.unit),
    }
    return page(request, "outreach/item.html", context)


def amend(request: Request, pk: int) -> HttpResponse:
    """Mend an entry."""
    here = item_for(request.actor, pk)
    request.actor.require(Can.WRITE_OUTREACH, here)
    stored = {name: getattr(here, name) for name in KEPT}
    form = ItemForm(request.POST or None, request.FILES or None, unit=here.unit, record=here, initial=stored)
    if submit(form, amend_item, here, actor=request.actor, today=localdate()) is not None:
        messages.success(request, _("Đã lưu."))
        return redirect("outreach:item", here.pk)
    return page(request, "outreach/amend.html", {"unit": here.unit, "item": here, "form": form}, status=_status(form))


def strike(request: Request, pk: int) -> HttpResponse:
    """Take out an entry made by mistake."""
    here = item_for(request.actor, pk)
    request.actor.require(Can.WRITE_OUTREACH, here)
    form = StrikeForm(request.POST or None, record=here)
    if submit(form, strike_item, here, actor=request.actor) is not None:
        messages.success(request, _("Đã xóa khỏi sổ."))
        return redirect("outreach:index", here.unit_id, str(here.held_on.year))
    return page(
        request, "outreach/strike.html", {"unit": here.unit, "item": here, "form": form}, status=_status(form)
    )


def picture(request: Request, pk: int) -> HttpResponse:
    """The picture of an entry."""
    return shown_picture(item_for(request.actor, pk).picture.name or "")


def shown_picture(name: str) -> HttpResponse:
    content, content_type = picture_of(name)
    answer = HttpResponse(content, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
