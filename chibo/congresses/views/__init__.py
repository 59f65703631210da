"""The pages of congresses: the ward's round, one congress, its scheme, report, papers and screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.congresses.actions import (
    amend_round,
    draw_lessons,
    move_congress,
    open_round,
    propose_scheme,
    schedule_congress,
    write_section,
)
from chibo.congresses.actions.papers import issue_congress_paper, issue_round_report
from chibo.congresses.forms import (
    AmendForm,
    IssuePaperForm,
    LessonsForm,
    MoveForm,
    RoundForm,
    ScheduleForm,
    SchemeForm,
    SectionForm,
)
from chibo.congresses.rules import CongressState, Occasion
from chibo.congresses.rules.dossier import WRITTEN, PieceKind
from chibo.congresses.selectors import congress_for, congresses_in, round_for, rounds_in
from chibo.congresses.selectors.boards import board_of
from chibo.congresses.selectors.columns import BOARD_COLUMNS, CONGRESS_COLUMNS, ROUND_COLUMNS
from chibo.congresses.selectors.document.papers import PAPERS
from chibo.congresses.selectors.document.rounds import round_report
from chibo.congresses.selectors.dossier import dossier_of
from chibo.congresses.selectors.kept import kept_paper, kept_report
from chibo.congresses.selectors.pages import page_of, sections_of
from chibo.core.http import DOCX, PDF, download, export, page, submit
from chibo.core.tables import Table
from chibo.core.values import Period
from chibo.papers.selectors.kept import Kept, file_of, sheet_of
from chibo.units.rules import Level
from chibo.units.selectors import home_unit, scope_of, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request

FILES = {"docx": DOCX, "pdf": PDF}
TITLES = {
    "result": "Kết quả đại hội",
    "request": "Tờ trình chuẩn y",
    "political": "Báo cáo chính trị",
    "review": "Báo cáo kiểm điểm của chi ủy",
    "handover": "Biên bản bàn giao",
    "members": "Tình hình đảng viên dự đại hội",
}


def start(request: Request) -> HttpResponse:
    """The congresses of where one works, this year."""
    unit = home_unit(request.actor, Can.SEE_CONGRESSES)
    if unit is None:
        raise Http404
    return redirect("congresses:index", unit.pk, str(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """A ward's rounds that touch the period; in a cell, its congresses."""
    scope = scope_of(unit_for(request.actor, unit, Can.SEE_CONGRESSES), period)
    is_cell = scope.unit.pk in scope.cells
    rows: Any = congresses_in(scope) if is_cell else rounds_in(scope)
    columns = CONGRESS_COLUMNS if is_cell else ROUND_COLUMNS
    if request.GET.get("format") == "xlsx":
        return export(_("Đại hội"), columns, rows)
    is_ward = scope.unit.level == Level.WARD
    context = {
        "unit": scope.unit, "period": scope.period, "rows": rows, "table": Table(columns, rows), "is_cell": is_cell,
        "may_open": is_ward and request.actor.may(Can.LEAD_CONGRESSES, scope.unit),
    }  # fmt: skip
    return page(request, "congresses/index.html", context)


def open_(request: Request, unit: int) -> HttpResponse:
    """Open a round."""
    here = unit_for(request.actor, unit, Can.SEE_CONGRESSES)
    request.actor.require(Can.LEAD_CONGRESSES, here)
    form = RoundForm(request.POST or None, ward=here)
    made = submit(form, open_round, here, actor=request.actor)
    if made is not None:
        by_election = made.occasion == Occasion.BY_ELECTION
        then = _("Đã mở đợt bầu bổ sung; bây giờ xếp lịch chi bộ cần bầu.")
        messages.success(
            request,
            then if by_election else _("Đã mở đợt đại hội; bây giờ xếp lịch từng chi bộ, đại hội điểm trước."),
        )
        return redirect("congresses:round", made.pk)
    context = {"unit": here, "form": form, "title": _("Mở đợt đại hội"), "back": "congresses:start"}
    return page(request, "congresses/entry.html", context, status=_status(form))


def round_(request: Request, round: int) -> HttpResponse:  # noqa: A002
    """The board of a round: how many are done, said exactly, and every cell by its day."""
    return round_page(request, round_for(request.actor, round), None)


def round_page(request: Request, here: Any, form: Any) -> HttpResponse:
    board = board_of(here, localdate())
    if request.GET.get("format") == "xlsx":
        return export(str(here), BOARD_COLUMNS, board.lines)
    may_lead = request.actor.may(Can.LEAD_CONGRESSES, here.unit)
    if form is None and may_lead and not here.lessons_on and board.pilots:
        form = LessonsForm(initial={"lessons_on": localdate()}, record=here)
    context = {
        "unit": here.unit, "round": here, "board": board, "table": Table(BOARD_COLUMNS, board.lines), "form": form,
        "may_lead": may_lead,
        "missing": may_lead and (here.occasion == Occasion.BY_ELECTION or any(line.congress is None for line in board.lines)),
        "is_congress": here.occasion == Occasion.CONGRESS,
    }  # fmt: skip
    return page(request, "congresses/round.html", context, status=_status(form) if form else 200)


@require_POST
def lessons(request: Request, round: int) -> HttpResponse:  # noqa: A002
    """What the pilot taught."""
    here = round_for(request.actor, round)
    request.actor.require(Can.LEAD_CONGRESSES, here.unit)
    form = LessonsForm(request.POST, record=here)
    if submit(form, draw_lessons, here, actor=request.actor) is None:
        return round_page(request, here, form)
    messages.success(request, _("Đã ghi; các chi bộ khác khai mạc được."))
    return redirect("congresses:round", round)


def schedule(request: Request, round: int) -> HttpResponse:  # noqa: A002
    """Put a cell's congress into the calendar."""
    here = round_for(request.actor, round)
    request.actor.require(Can.LEAD_CONGRESSES, here.unit)
    form = ScheduleForm(
        request.POST or None, round_=here, initial={"cell": request.GET.get("cell"), "place": "Nhà văn hóa"}
    )
    made = submit(form, schedule_congress, here, actor=request.actor)
    if made is not None:
        messages.success(request, _("Đã xếp lịch %(congress)s.") % {"congress": made})
        return redirect("congresses:round", here.pk)
    context = {
        "unit": here.unit,
        "form": form,
        "title": _("Xếp lịch đại hội"),
        "back": "congresses:round",
        "back_pk": here.pk,
    }
    return page(request, "congresses/entry.html", context, status=_status(form))


def amend(request: Request, round: int) -> HttpResponse:  # noqa: A002
    """Other days of a round, or the plan that was issued since."""
    here = round_for(request.actor, round)
    request.actor.require(Can.LEAD_CONGRESSES, here.unit)
    names = ("name", "term", "past_term", "past_term_ends", "first_on", "last_on", "plan")
    initial = {name: getattr(here, name) for name in names}
    form = AmendForm(request.POST or None, ward=here.unit, initial=initial, record=here)
    if submit(form, amend_round, here, actor=request.actor) is not None:
        messages.success(request, _("Đã sửa đợt đại hội."))
        return redirect("congresses:round", here.pk)
    form.show_stored(round_for(request.actor, round))
    context = {
        "unit": here.unit, "form": form, "title": _("Sửa đợt đại hội"), "back": "congresses:round", "back_pk": here.pk,
    }  # fmt: skip
    return page(request, "congresses/entry.html", context, status=_status(form))


def round_report_(request: Request, round: int) -> HttpResponse:  # noqa: A002
    """The report on the round; once it is over the ward gives it its number."""
    here, today = round_for(request.actor, round), localdate()
    if request.method == "POST":
        request.actor.require(Can.LEAD_CONGRESSES, here.unit)
    leads = request.actor.may(Can.LEAD_CONGRESSES, here.unit) and here.report_id is None and today >= here.last_on
    form = IssuePaperForm(request.POST or None) if leads else None
    if form is not None and submit(form, issue_round_report, here, actor=request.actor) is not None:
        messages.success(request, _("Đã ban hành, văn bản đã có số trong sổ."))
        return redirect("congresses:round_report", here.pk)
    title = _("Báo cáo kết quả đợt đại hội")
    kept = kept_report(here)
    return paper_page(request, here, kept or round_report(here, today), title, "congresses:round", form)


# --------------------------------------------------------------------------------------------- a congress


def move(request: Request, congress: int) -> HttpResponse:
    """Another day, hour, place or comrade in charge."""
    here = congress_for(request.actor, congress)
    request.actor.require(Can.LEAD_CONGRESSES, here.unit)
    names = ("held_on", "starts_at", "ends_at", "place")
    initial = {name: getattr(here.meeting, name) for name in names} | {"in_charge": here.in_charge_id}
    form = MoveForm(request.POST or None, ward=here.round.unit, initial=initial, record=here)
    title = _("Sửa lịch đại hội")
    return _entry(request, here, form, move_congress, title, _("Đã sửa lịch đại hội."))


def scheme(request: Request, congress: int) -> HttpResponse:
    """The personnel scheme."""
    here = congress_for(request.actor, congress)
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    names = ("seats", "women", "young", "reelected", "delegates", "standards")
    initial = {name: getattr(here, name) for name in names} if here.seats else {"seats": 3}
    form = SchemeForm(request.POST or None, initial=initial, record=here)
    return _entry(
        request, here, form, propose_scheme, _("Đề án nhân sự"), _("Đã lưu; đảng ủy thấy đề án chờ ý kiến.")
    )


def _entry(request: Request, here: Any, form: Any, action: Any, title: str, done: str) -> HttpResponse:
    if submit(form, action, here, actor=request.actor) is not None:
        messages.success(request, done)
        return redirect("congresses:congress", here.pk)
    form.show_stored(congress_for(request.actor, here.pk))
    context = {
        "unit": here.unit,
        "form": form,
        "title": title,
        "back": "congresses:congress",
        "back_pk": here.pk,
        "of": here,
    }
    return page(request, "congresses/entry.html", context, status=_status(form))


def political(request: Request, congress: int) -> HttpResponse:
    """The political report, part by part, with what the records of the term say beside it."""
    return _report_page(request, congress, PieceKind.POLITICAL)


def review(request: Request, congress: int) -> HttpResponse:
    """The committee's review of itself, part by part."""
    return _report_page(request, congress, PieceKind.REVIEW)


def _report_page(request: Request, congress: int, kind: PieceKind) -> HttpResponse:
    here = congress_for(request.actor, congress)
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    bound = SectionForm(request.POST) if request.POST else None
    if bound is not None and submit(bound, write_section, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu phần này."))
        return redirect(f"congresses:{kind}", here.pk)
    code = bound.data.get("code") if bound else ""
    lines = [
        (line, bound if line.code == code else SectionForm(initial={"code": line.code, "text": line.text or line.draft}, prefix="", auto_id=f"{line.code}_%s"))
        for line in sections_of(here, kind)
    ]  # fmt: skip
    issued = here.papers.filter(kind=kind).exists()
    context = {
        "unit": here.unit, "congress": here, "lines": lines, "kind": kind, "title": _(kind.label), "issued": issued,
        "open": here.state == CongressState.PLANNED and not issued,
    }  # fmt: skip
    return page(request, "congresses/political.html", context, status=_status(bound) if bound else 200)


def paper(request: Request, congress: int, kind: str) -> HttpResponse:
    """A paper of the congress in the official layout; whoever keeps the congress gives it its number here."""
    here = congress_for(request.actor, congress)
    if kind not in PAPERS:
        raise Http404
    if kind == "request":
        request.actor.require(Can.SEE_MEMBER_FILES, here.unit)
    if request.method == "POST":
        request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    may = (Can.KEEP_CONGRESSES, Can.NUMBER_PAPERS)
    numbers = kind in set(PieceKind) and all(request.actor.may(can, here.unit) for can in may)
    form = IssuePaperForm(request.POST or None, initial=_issued_on(here, kind)) if numbers else None
    if form is not None and submit(form, issue_congress_paper, here, actor=request.actor, kind=kind) is not None:
        messages.success(request, _("Đã ban hành, văn bản đã có số trong sổ."))
        return redirect("congresses:paper", here.pk, kind)
    if form is not None and here.papers.filter(kind=kind).exists():
        form = None
    made = kept_paper(here, kind) or PAPERS[kind](here)
    return paper_page(request, here, made, _(TITLES[kind]), "congresses:congress", form)


def _issued_on(congress: Any, kind: str) -> dict[str, Any]:
    """What is presented to a congress bears a day before it; what tells its result, a day after."""
    held_on = congress.meeting.held_on
    return {"on": min(localdate(), held_on) if kind in WRITTEN else max(localdate(), held_on)}


def paper_page(request: Request, here: Any, made: Any, title: str, back: str, form: Any = None) -> HttpResponse:
    """A paper as it was kept when it went out, or the document as it would be; both as files."""
    if (suffix := request.GET.get("format", "")) in FILES:
        return download(file_of(here.unit, made, suffix), f"{title} {here}.{suffix}", FILES[suffix])
    context = {
        "unit": here.unit, "title": title, "of": here, "paper": sheet_of(made), "kept": made if isinstance(made, Kept) else None,
        "back": back, "form": form,
    }  # fmt: skip
    return page(request, "congresses/paper.html", context, status=_status(form) if form else 200)


def dossier(request: Request, congress: int) -> HttpResponse:
    """The dossier: what is there, what is due and missing."""
    here = congress_for(request.actor, congress)
    context = {"unit": here.unit, "congress": here, "dossier": dossier_of(request.actor, here)}
    return page(request, "congresses/dossier.html", context)


def screen(request: Request, congress: int) -> HttpResponse:
    """For the wall of the hall: the list while it is voted on, the result once it is certified; never a count under way."""
    here = congress_for(request.actor, congress)
    facts = page_of(here, request.actor)
    shown = [
        (one, list(one.candidates.exclude(withdrawal="allowed").select_related("member"))) for one in facts.elections
    ]
    context = {"unit": here.unit, "congress": here, "facts": facts, "shown": shown}
    return page(request, "congresses/screen.html", context, partial="screen")


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
