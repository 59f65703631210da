"""The pages of consultations: laying down, how it goes, what was summed up, a slip in somebody's hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.consultations.actions import (
    announce_consultation,
    ask_question,
    hand_out_slips,
    invite_group,
    launch_consultation,
    name_subject,
    reply_to_results,
    report_sent,
    reword_consultation,
    sort_opinions,
    strike_out,
    sum_up,
    take_slip,
    tick_sent,
)
from chibo.consultations.actions.answering import fill_slip
from chibo.consultations.forms import (
    CodeForm,
    ConsultationForm,
    GroupForm,
    InviteesForm,
    QuestionForm,
    ReplyForm,
    SlipForm,
    SubjectForm,
    ThemeForm,
)
from chibo.consultations.rules import ConsultationState
from chibo.consultations.selectors import (
    all_in,
    bearer_of,
    consultation_for,
    consultations_in,
    invitation_for,
    invitees_of,
    least_for,
    sheets_of,
    subject_for,
    turnout_of,
)
from chibo.consultations.selectors.columns import COLUMNS
from chibo.consultations.selectors.document import result_sheet, slips_to_print
from chibo.consultations.selectors.lookup import looked_up
from chibo.consultations.selectors.results import results_of
from chibo.core.http import DOCX, PDF, accept_refusal, download, export, page, submit
from chibo.core.tables import Table, page_by_key
from chibo.papers.selectors import docx_of, pdf_of
from chibo.units.selectors import home_unit, unit_choices, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request

PARTS: dict[str, tuple[Any, type[Any], Callable[..., Any]]] = {
    "subject": (gettext_lazy("Thêm người, tập thể được góp ý"), SubjectForm, name_subject),
    "question": (gettext_lazy("Thêm câu hỏi"), QuestionForm, ask_question),
    "group": (gettext_lazy("Thêm nhóm người góp ý"), GroupForm, invite_group),
}
"""What a consultation is made of: the words, what is typed, and the action."""
HAND, TICK = "hand", "tick"


def start(request: Request) -> HttpResponse:
    home = home_unit(request.actor, Can.SEE_CONSULTATIONS)
    if home is None:
        raise Http404
    return redirect("consultations:index", home.pk)


def index(request: Request, unit: int) -> HttpResponse:
    """The consultations of a unit and of those below it."""
    here = unit_for(request.actor, unit, Can.SEE_CONSULTATIONS)
    rows = consultations_in(here)
    if request.GET.get("format") == "xlsx":
        return export(_("Lấy ý kiến góp ý"), COLUMNS, rows)
    shown = page_by_key(rows, order=("-opens_on", "-pk"), after=request.GET.get("after"))
    context = {
        "unit": here,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_CONSULTATIONS, reverse("consultations:index", args=[0])
        ),
        "shown": shown,
        "table": Table(COLUMNS, shown.rows),
        "may_lead": request.actor.may(Can.LEAD_CONSULTATIONS, here),
        "may_look_up": request.actor.may(Can.SEE_RESULTS, here),
    }
    return page(request, "consultations/index.html", context, partial="rows")


def lookup(request: Request, unit: int) -> HttpResponse:
    """What was summed up, round after round: filtered and crossed from what was published, by levels or by themes."""
    here = unit_for(request.actor, unit, Can.SEE_RESULTS)
    found = looked_up(here, request.GET.dict())
    if request.GET.get("format") == "xlsx" and found.tables:
        title, table = found.tables[0]
        return export(title[:80], table.columns, table.rows)
    return page(request, "consultations/lookup.html", {"unit": here, "found": found})


def announce(request: Request, unit: int) -> HttpResponse:
    here = unit_for(request.actor, unit, Can.SEE_CONSULTATIONS)
    request.actor.require(Can.LEAD_CONSULTATIONS, here)
    form = ConsultationForm(request.POST or None, unit=here)
    if made := submit(form, announce_consultation, here, actor=request.actor):
        return redirect("consultations:consultation", made.pk)
    context = {"unit": here, "form": form, "words": _("Đợt lấy ý kiến mới")}
    return page(request, "consultations/entry.html", context, status=422 if form.is_bound else 200)


def consultation(request: Request, pk: int) -> HttpResponse:
    """Where it stands: what is still to be laid down, how many came back, or what was summed up."""
    here = consultation_for(request.actor, pk)
    may_lead = request.actor.may(Can.LEAD_CONSULTATIONS, here.unit)
    may_see = request.actor.may(Can.SEE_RESULTS, here.unit)
    context = {
        "unit": here.unit,
        "consultation": here,
        "subjects": here.subjects.select_related("group"),
        "questions": here.questions.all(),
        "turnout": turnout_of(here),
        "least": least_for(here),
        "may_lead": may_lead,
        "waiting": invitees_of(here).filter(has_sent=False) if may_lead else (),
        "may_sum_up": here.closes_on < localdate() or all_in(here),
        "results": results_of(here) if may_see and here.state == ConsultationState.CLOSED else None,
    }
    return page(request, "consultations/consultation.html", context)


def reword(request: Request, pk: int) -> HttpResponse:
    here = consultation_for(request.actor, pk)
    request.actor.require(Can.LEAD_CONSULTATIONS, here)
    initial = {name: getattr(here, name) for name in ("title", "opens_on", "closes_on", "basis")}
    form = ConsultationForm(request.POST or None, unit=here.unit, record=here, initial=initial)
    if submit(form, reword_consultation, here, actor=request.actor):
        return redirect("consultations:consultation", here.pk)
    context = {"unit": here.unit, "form": form, "consultation": here, "words": _("Sửa đợt lấy ý kiến")}
    return page(request, "consultations/entry.html", context, status=422 if form.is_bound else 200)


def add(request: Request, pk: int, part: str) -> HttpResponse:
    """Add a subject, a question or a group."""
    here = consultation_for(request.actor, pk)
    if part not in PARTS:
        raise Http404
    request.actor.require(Can.LEAD_CONSULTATIONS, here)
    words, form_of, act = PARTS[part]
    more = {} if part == "question" else {"consultation": here}
    form = form_of(request.POST or None, **more)
    if submit(form, act, here, actor=request.actor):
        return redirect("consultations:consultation", here.pk)
    context = {"unit": here.unit, "form": form, "consultation": here, "words": words}
    return page(request, "consultations/entry.html", context, status=422 if form.is_bound else 200)


@require_POST
def strike(request: Request, pk: int, part: str, number: int) -> HttpResponse:
    return _deed(request, pk, strike_out, _("Đã bỏ."), part=part, number=number)


@require_POST
def launch(request: Request, pk: int) -> HttpResponse:
    return _deed(request, pk, launch_consultation, _("Đã niêm phong nội dung, danh sách; từ nay phát phiếu."))


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    words = _("Đã tổng hợp kết quả và hủy phiếu gốc.")
    return _deed(request, pk, sum_up, words, today=localdate())


def _deed(request: Request, pk: int, act: Callable[..., Any], words: str, **more: Any) -> HttpResponse:
    """Do it, or say why not on the page it was asked from."""
    here = consultation_for(request.actor, pk)
    try:
        act(here, actor=request.actor, **more)
    except ValidationError as refusal:
        for text in refusal.messages:
            messages.error(request, text)
    else:
        messages.success(request, words)
    return redirect("consultations:consultation", here.pk)


def roll(request: Request, pk: int, what: str) -> HttpResponse:
    """Choose who is handed a slip on paper (they are printed at once), or who has put theirs into the box."""
    here = consultation_for(request.actor, pk)
    request.actor.require(Can.LEAD_CONSULTATIONS, here)
    form = InviteesForm(request.POST if request.method == "POST" else None, consultation=here)
    if what == HAND and form.is_bound and form.is_valid():
        slips = submit(form, hand_out_slips, here, actor=request.actor, today=localdate())
        if slips:
            address = request.build_absolute_uri(reverse("consultations:slip"))
            context = {"unit": here.unit, "consultation": here, "slips": slips_to_print(here, slips, address)}
            return page(request, "consultations/slips.html", context)
    elif what == TICK and submit(form, tick_sent, here, actor=request.actor) is not None:
        return redirect("consultations:consultation", here.pk)
    waiting = invitees_of(here).filter(**{"has_slip" if what == HAND else "has_sent": False})
    context = {"unit": here.unit, "consultation": here, "form": form, "waiting": waiting, "hands": what == HAND}
    return page(request, "consultations/roll.html", context, status=422 if form.is_bound else 200)


# --------------------------------------------------------------------------------------- whom it concerns


def subject(request: Request, pk: int) -> HttpResponse:
    """What was summed up about one person or collective; they answer it here, the office sorts the opinions."""
    here = subject_for(request.actor, pk)
    leads = request.actor.may(Can.LEAD_CONSULTATIONS, here.unit)
    closed = here.consultation.state == ConsultationState.CLOSED
    is_theme = "opinions" in request.POST or "name" in request.POST
    theme = ThemeForm(request.POST if is_theme else None, subject=here) if leads and closed else None
    reply = ReplyForm(None if is_theme else request.POST or None, record=here) if closed else None
    if theme is not None and submit(theme, sort_opinions, here, actor=request.actor) is not None:
        return redirect("consultations:subject", here.pk)
    if reply is not None and submit(reply, reply_to_results, here, actor=request.actor) is not None:
        messages.success(request, _("Đã ghi ý kiến tiếp thu, giải trình."))
        return redirect("consultations:subject", here.pk)
    (result,) = results_of(here.consultation, of=here)
    context = {
        "unit": here.unit,
        "consultation": here.consultation,
        "result": result,
        "theme": theme,
        "reply": reply,
        "closed": closed,
    }
    return page(request, "consultations/subject.html", context, status=422 if request.method == "POST" else 200)


def sheet(request: Request, pk: int, form: str) -> HttpResponse:
    """The result sheet in the official layout."""
    here = consultation_for(request.actor, pk)
    request.actor.require(Can.SEE_RESULTS, here)
    if here.state != ConsultationState.CLOSED or form not in ("docx", "pdf"):
        raise Http404
    document = result_sheet(here)
    if form == "docx":
        return download(docx_of(document), f"{here}.docx", DOCX)
    return download(pdf_of(document), f"{here}.pdf", PDF)


# ------------------------------------------------------------------------------------ who is asked


def mine(request: Request, pk: int) -> HttpResponse:
    """My own place on the list: take my slip, and say, whenever I like, that it is sent."""
    here = invitation_for(request.actor, pk)
    code = ""
    if request.method == "POST":
        try:
            if "sent" in request.POST:
                report_sent(here, actor=request.actor)
                messages.success(request, _("Cảm ơn đồng chí; không nhắc nữa."))
                return redirect("desk:home")
            code = take_slip(here, actor=request.actor, today=localdate())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    context = {"consultation": here.consultation, "invitee": here, "code": code}
    return page(request, "consultations/mine.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters()
def slip(request: HttpRequest) -> HttpResponse:
    """A slip in somebody's hand: the code opens it, without an account, and sending it uses it up."""
    code = request.POST.get("code") or request.GET.get("code", "")
    if not code:
        return page(request, "consultations/code.html", {"form": CodeForm()})
    try:
        found, bearer = bearer_of(code)
    except Http404:
        asked = CodeForm({"code": code})
        asked.add_error("code", _("Phiếu này đã gửi rồi, hoặc mã chưa đúng. Hãy xem lại từng chữ trên phiếu."))
        return page(request, "consultations/code.html", {"form": asked}, status=422)
    here = found.group.consultation
    form = SlipForm(request.POST if "send" in request.POST else None, sheets=sheets_of(here, found.group))
    if form.is_bound and form.is_valid():
        try:
            fill_slip(here, actor=bearer, code=code, filled=form.filled, today=localdate())
        except ValidationError as refusal:
            accept_refusal(form, refusal)
        else:
            return page(request, "consultations/sent.html", {"consultation": here})
    context = {"consultation": here, "form": form, "code": code}
    return page(request, "consultations/slip.html", context, status=422 if form.is_bound else 200)
