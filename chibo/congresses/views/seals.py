"""The pages of a seal that is opened for a complaint: the decision, what is seen, minutes, and the seal again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.congresses.actions.sealing import open_seal, reseal
from chibo.congresses.forms.counting import OpenSealForm, ResealForm
from chibo.congresses.selectors import complaint_for
from chibo.congresses.selectors.document.sealing import opening_minutes
from chibo.congresses.selectors.sealing import albums_of, opening_for, sealed_picture
from chibo.core.http import DOCX, PDF, download, page, submit
from chibo.papers.selectors import html_of, paper_file

if TYPE_CHECKING:
    from chibo.access.request import Request

FILES = {"docx": DOCX, "pdf": PDF}


def unseal(request: Request, complaint: int) -> HttpResponse:
    """Open the ballots for a complaint, by a decision, before witnesses."""
    here = complaint_for(request.actor, complaint)
    form = OpenSealForm(request.POST or None, initial={"place": str(here.congress.round.unit)})
    made = submit(form, open_seal, here, actor=request.actor)
    if made is not None:
        messages.success(request, _("Đã ghi việc mở niêm phong; xem xong hãy niêm phong lại."))
        return redirect("congresses:opening", made.pk)
    context = {
        "unit": here.unit, "form": form, "title": _("Mở niêm phong phiếu bầu"), "back": "congresses:congress",
        "back_pk": here.congress_id, "of": here.congress,
        "lead": _("Chỉ mở khi có quyết định và có người chứng kiến; việc mở được ghi vào sổ."),
    }  # fmt: skip
    return page(request, "congresses/entry.html", context, status=422 if form.is_bound else 200)


def opening(request: Request, opening: int) -> HttpResponse:
    """What lies open: the journals against their printed seals, the pictures; and the form to seal it again."""
    here = opening_for(request.actor, opening)
    request.actor.require(Can.LEAD_CONGRESSES, here.unit)
    form = ResealForm(request.POST or None) if here.resealed_at is None else None
    if form is not None and submit(form, reseal, here, actor=request.actor) is not None:
        messages.success(request, _("Đã niêm phong lại; in biên bản để các bên ký."))
        return redirect("congresses:opening", here.pk)
    context = {
        "unit": here.unit, "opening": here, "complaint": here.complaint, "congress": here.complaint.congress,
        "albums": albums_of(here), "form": form,
    }  # fmt: skip
    return page(
        request, "congresses/opening.html", context, status=422 if form is not None and form.is_bound else 200
    )


def opening_paper(request: Request, opening: int) -> HttpResponse:
    """The minutes of the opening."""
    here = opening_for(request.actor, opening)
    request.actor.require(Can.LEAD_CONGRESSES, here.unit)
    document, title = opening_minutes(here), _("Biên bản mở niêm phong")
    if (suffix := request.GET.get("format", "")) in FILES:
        return download(
            paper_file(here.unit, document, suffix), f"{title} {here.complaint.congress}.{suffix}", FILES[suffix]
        )
    context: dict[str, Any] = {
        "unit": here.unit, "title": title, "of": here, "paper": html_of(document), "back": "congresses:opening"
    }  # fmt: skip
    return page(request, "congresses/paper.html", context)


def sealed(request: Request, opening: int, scan: int, item: str) -> HttpResponse:
    """One picture, while the seal is open."""
    here = opening_for(request.actor, opening)
    request.actor.require(Can.LEAD_CONGRESSES, here.unit)
    file = sealed_picture(here, scan, item)
    if file is None:
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type="image/png")
    response["Cache-Control"], response["X-Content-Type-Options"] = "no-store", "nosniff"
    return response
