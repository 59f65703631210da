"""Who follows which cell, and who came to a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import export, page, submit
from chibo.core.tables import Table
from chibo.core.values import Period
from chibo.meetings.actions.following import note_visit, strike_visit
from chibo.meetings.forms.following import VisitForm
from chibo.meetings.selectors import may_read_minutes, meeting_for
from chibo.meetings.selectors.following import COLUMNS, followed_in, visit_for, visitors_of
from chibo.units.selectors import scope_of, unit_choices, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def following(request: Request, unit: int, period: Period) -> HttpResponse:
    """Committee members and the cells they follow, with the meetings they came to; no ranking, by cell."""
    here = unit_for(request.actor, unit, Can.SEE_MEETINGS)
    rows = followed_in(scope_of(here, period, localdate()))
    if request.GET.get("format") == "xlsx":
        return export(_("Theo dõi chi bộ"), COLUMNS, rows)
    address = reverse("meetings:following", args=[0, period])
    context = {
        "unit": here,
        "period": period,
        "unit_choices": unit_choices(request.actor, here, Can.SEE_MEETINGS, address),
        "rows": rows,
        "table": Table(COLUMNS, rows),
    }
    return page(request, "meetings/following.html", context)


def visitors(request: Request, meeting: int) -> HttpResponse:
    """Who came to the meeting from above."""
    here = meeting_for(request.actor, meeting)
    may_keep = request.actor.may(Can.KEEP_MEETINGS, here.unit)
    form = None
    if may_keep or request.method == "POST":
        request.actor.require(Can.KEEP_MEETINGS, here.unit)
        form = VisitForm(request.POST or None, meeting=here)
        if submit(form, note_visit, here, actor=request.actor, today=localdate()):
            messages.success(request, _("Đã ghi."))
            return redirect("meetings:visitors", here.pk)
    context = {"unit": here.unit, "meeting": here, "visitors": visitors_of(here), "form": form, "may_keep": may_keep}
    context["may_read"] = may_read_minutes(request.actor, here)
    return page(request, "meetings/visitors.html", context, status=422 if form and form.is_bound else 200)


@require_POST
def strike(request: Request, pk: int) -> HttpResponse:
    """Take back a visit noted by mistake."""
    visit = visit_for(request.actor, pk)
    meeting = strike_visit(visit, actor=request.actor)
    messages.success(request, _("Đã bỏ."))
    return redirect("meetings:visitors", meeting.pk)
