"""The pages of a round: list, board, ballots, levels proposed, appraised and decided, the summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import download, export, page, submit
from chibo.core.tables import Table
from chibo.papers.selectors import paper_file
from chibo.reviews.actions import (
    appraise_reviews,
    call_again,
    decide_reviews,
    open_round,
    propose_levels,
    record_ballots,
)
from chibo.reviews.forms import OpenForm, usual_days
from chibo.reviews.forms.grids import SHORT, BallotForm, DecideForm, LevelForm
from chibo.reviews.rules import COLLECTIVES, Level, Stage, Subject
from chibo.reviews.selectors import (
    alone_in_committee,
    firsts_of,
    home_of,
    latest_round,
    own_reviews,
    round_for,
    rounds_of,
    rules_of,
    seconds_of,
)
from chibo.reviews.selectors.board import (
    CELLS,
    COLLECTIVE_COLUMNS,
    PEOPLE,
    at_stage,
    board_of,
    carried_of,
    ceiling_in_words,
    ceiling_of,
    collectives_in,
    levels_beside,
    members_in,
    state_of,
    to_record,
)
from chibo.reviews.selectors.document import summary_document
from chibo.reviews.selectors.facts import findings_of, grounds_in_words
from chibo.reviews.views import FILES
from chibo.units.rules import Level as UnitLevel
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def start(request: Request) -> HttpResponse:
    """The latest round where one works; who holds no post sees their own reviews."""
    home = home_of(request.actor)
    if home is None:
        return redirect("reviews:mine")
    found = latest_round(home)
    return redirect("reviews:board", found.pk, home.pk) if found else redirect("reviews:index", home.pk)


def mine(request: Request) -> HttpResponse:
    """My own reviews, year after year."""
    rows = [(review, state_of(review)) for review in own_reviews(request.actor)]
    return page(request, "reviews/mine.html", {"rows": rows})


def index(request: Request, unit: int) -> HttpResponse:
    """The rounds of the unit's ward."""
    here = unit_for(request.actor, unit, Can.SEE_REVIEWS)
    may_open = here.level == UnitLevel.WARD and request.actor.may(Can.LEAD_REVIEWS, here)
    return page(request, "reviews/index.html", {"unit": here, "rounds": rounds_of(here), "may_open": may_open})


def open_(request: Request, unit: int) -> HttpResponse:
    """Open a round of the ward."""
    here = unit_for(request.actor, unit, Can.SEE_REVIEWS)
    request.actor.require(Can.LEAD_REVIEWS, here)
    year = localdate().year
    form = OpenForm(request.POST or None, unit=here, initial={"year": year, **usual_days(year)})
    if made := submit(form, open_round, here, actor=request.actor):
        messages.success(request, _("Đã mở đợt kiểm điểm; ai thuộc diện thấy việc của mình trên bàn làm việc."))
        return redirect("reviews:board", made.pk, here.pk)
    return page(request, "reviews/open.html", {"unit": here, "form": form}, status=422 if form.is_bound else 200)


def board(request: Request, found: int, unit: int) -> HttpResponse:
    """A ward's cells by step; a cell's people with theirs."""
    round_, here = round_for(request.actor, found, unit)
    is_cell = here.level == UnitLevel.CELL
    rows: Any = members_in(round_, here) if is_cell else board_of(round_, here, localdate())
    columns = PEOPLE if is_cell else CELLS
    if request.GET.get("format") == "xlsx":
        return export(_("Kiểm điểm %(round)s") % {"round": str(round_).replace("/", "-")}, columns, rows)
    groups = collectives_in(round_, here)
    context = {
        "unit": here,
        "round": round_,
        "is_cell": is_cell,
        "article": rules_of(round_).article,
        "table": Table(columns, rows),
        "rows": rows,
        "collectives": Table(COLLECTIVE_COLUMNS, groups) if groups else None,
        "levels": [(_(level.label), *told) for level, *told in levels_beside(round_, here, (Subject.MEMBER,))],
        "collective_levels": [(_(level.label), *told) for level, *told in levels_beside(round_, here, COLLECTIVES)],
        "ceiling": "" if is_cell else ceiling_in_words(ceiling_of(round_)),
        "may_record": request.actor.may(Can.RECORD_REVIEWS, here),
        "may_lead": request.actor.may(Can.LEAD_REVIEWS, here),
        "may_decide": request.actor.may(Can.DECIDE_REVIEWS, here),
    }
    return page(request, "reviews/board.html", context)


@require_POST
def again(request: Request, found: int, unit: int) -> HttpResponse:
    """Call whom the register has taken in since, and follow who moved."""
    round_, here = round_for(request.actor, found, unit)
    call_again(round_, actor=request.actor, today=localdate())
    messages.success(request, _("Đã rà lại danh sách."))
    return redirect("reviews:board", round_.pk, here.pk)


def ballots(request: Request, found: int, unit: int) -> HttpResponse:
    """The review meeting's ballots, one line a subject."""
    round_, here = round_for(request.actor, found, unit)
    request.actor.require(Can.RECORD_REVIEWS, here)
    reviews = [review for review in to_record(round_, here) if review.stage != Stage.DUE]
    form = BallotForm(request.POST or None, unit=here, found=round_, reviews=reviews)
    if submit(form, record_ballots, here, actor=request.actor, found=round_, today=localdate()):
        messages.success(request, _("Đã nhập phiếu; xem mức được quá nửa và đề nghị."))
        return redirect("reviews:levels", round_.pk, here.pk, "propose")
    context = {
        "unit": here,
        "round": round_,
        "form": form,
        "rows": form.rows(),
        "heads": list(SHORT.values()),
        "unsent": len(to_record(round_, here)) - len(reviews),
    }
    return page(request, "reviews/ballots.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True)
class Step:
    """One of the three grids of levels."""

    words: Any
    lead: Any
    act: Callable[..., Any]
    can: Can
    stages: tuple[Stage, ...]
    day: str
    label: Any
    proposed: Callable[[Any, Any], tuple[str, str]]
    of_round: bool = True


def _propose(review: Any, _finding: Any) -> tuple[str, str]:
    return review.proposed_level or carried_of(review), review.proposal_reason


def _appraise(review: Any, _finding: Any) -> tuple[str, str]:
    return review.appraised_level or review.proposed_level or carried_of(review), review.appraisal


def _decide(review: Any, _finding: Any) -> tuple[str, str]:
    return review.appraised_level, ""


STEPS = {
    "propose": Step(
        gettext_lazy("Đề nghị mức xếp loại"),
        gettext_lazy("Mức có sẵn là mức được quá nửa phiếu; chọn mức khác thì ghi lý do."), propose_levels,
        Can.RECORD_REVIEWS, (Stage.VOTED, Stage.PROPOSED), "proposed_on", gettext_lazy("Ngày đề nghị"), _propose,
        of_round=False,
    ),
    "appraise": Step(
        gettext_lazy("Thẩm định"),
        gettext_lazy("Mức có sẵn là mức chi bộ đề nghị; khác mức tính theo tiêu chí thì ghi căn cứ."), appraise_reviews,
        Can.LEAD_REVIEWS, (Stage.PROPOSED, Stage.APPRAISED), "appraised_on", gettext_lazy("Ngày thẩm định"), _appraise,
    ),
    "decide": Step(
        gettext_lazy("Quyết định xếp loại"),
        gettext_lazy("Mức có sẵn là mức đã thẩm định; quyết định xong thì người được xếp loại thấy kết quả và trả lời."),
        decide_reviews, Can.DECIDE_REVIEWS, (Stage.APPRAISED,), "decided_on", gettext_lazy("Ngày quyết định"), _decide,
    ),
}  # fmt: skip


def levels(request: Request, found: int, unit: int, step: str) -> HttpResponse:
    """A level for each line: the cell proposes, the office appraises, the committee decides."""
    round_, here = round_for(request.actor, found, unit)
    if step not in STEPS:
        raise Http404
    asked = STEPS[step]
    request.actor.require(asked.can, here)
    reviews = _reviews(asked, round_, here)
    lines = _lines(asked, [review for review in reviews if not request.actor.owns(review)], round_)
    form = (DecideForm if step == "decide" else LevelForm)(
        request.POST or None, lines=lines, day=asked.day, label=asked.label
    )
    where, more = (round_, {}) if asked.of_round else (here, {"found": round_})
    if lines and submit(form, asked.act, where, actor=request.actor, **more):
        messages.success(request, _("Đã ghi: %(deed)s.") % {"deed": str(asked.words).lower()})
        return redirect("reviews:board", round_.pk, here.pk)
    context = {
        "unit": here,
        "round": round_,
        "step": asked,
        "name": step,
        "form": form,
        "rows": form.rows(),
        "is_cell": here.level == UnitLevel.CELL,
        "own": len(reviews) - len(lines),
        "ceiling": ceiling_in_words(ceiling_of(round_)),
    }
    return page(request, "reviews/levels.html", context, status=422 if form.is_bound else 200)


def _reviews(asked: Step, round_: Any, here: Any) -> list[Any]:
    """Who stands at the step: a unit proposes its own; the ward sees all, and whose ballot stands for a proposal."""
    if not asked.of_round:
        return [review for review in to_record(round_, here) if review.stage in asked.stages]
    if asked.can != Can.LEAD_REVIEWS:
        return at_stage(round_, here, *asked.stages)
    found = at_stage(round_, here, Stage.VOTED, *asked.stages)
    alone = alone_in_committee([r for r in found if r.stage == Stage.VOTED and carried_of(r)], localdate())
    return [review for review in found if review.stage != Stage.VOTED or review.pk in alone]


def _lines(asked: Step, reviews: Sequence[Any], round_: Any) -> Sequence[tuple[Any, str, str, Any]]:
    """Each review with the level and reason to begin with, and what is seen beside: finding, ballot, proposals."""
    first, second = firsts_of(reviews), seconds_of(reviews)
    finding = findings_of([first.get(r.pk, r) for r in reviews], round_.unit, round_.last)
    lines = []
    for review in reviews:
        found = finding[first.get(review.pk, review).pk]
        other = second.get(review.pk)
        failed = [ground for ground in grounds_in_words(found.grounds) if not ground.met]
        carried = carried_of(review)
        seen = {
            "found": _(found.level.label) if found.level else "",
            "points": float(found.points) if found.points is not None else None,
            "failed": failed,
            "carried": _(Level(carried).label) if carried else "",
            "votes": getattr(review, f"for_{carried}") if carried else 0,
            "proposed": review.get_proposed_level_display(),
            "second": (other.get_proposed_level_display() or _("chưa đề nghị")) if other else "",
        }
        lines.append((review, *asked.proposed(review, found), seen))
    return lines


def summary(request: Request, found: int, unit: int) -> HttpResponse:
    """The summary of ratings as an official paper."""
    round_, here = round_for(request.actor, found, unit)
    suffix = request.GET.get("format", "docx")
    if suffix not in FILES:
        raise Http404
    name = f"{_('Tổng hợp xếp loại')} {round_} - {here}".replace("/", "-")
    return download(paper_file(here, summary_document(round_, here), suffix), f"{name}.{suffix}", FILES[suffix])
