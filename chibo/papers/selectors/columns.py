"""The columns of the register and of its numbers: on the page, in the workbook, under a figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.registry import Column
from chibo.core.tables import State, link_to
from chibo.papers.models import Number, Paper
from chibo.papers.rules.numbering import NumberState
from chibo.papers.rules.register import Direction, Force, Secrecy
from chibo.papers.selectors.numbers import kind_words
from chibo.papers.selectors.register import force_of

_FORCE = {Force.IN_FORCE: "ok", Force.NOT_YET: "due", Force.EXPIRED: "none", Force.REPLACED: "none"}
_NUMBER = {NumberState.TAKEN: "ok", NumberState.RESERVED: "due", NumberState.VOIDED: "none"}


def subject_text(paper: Paper) -> str:
    """The subject, or the grade of secrecy in its place."""
    return paper.subject or _("(văn bản %(grade)s: chỉ vào sổ số)") % {
        "grade": _(Secrecy(paper.secrecy).label).lower()
    }


def direction_text(paper: Paper) -> str:
    return _(Direction(paper.direction).label)


def force_state(day: date) -> Callable[[Paper], State]:
    def state(paper: Paper) -> State:
        force = force_of(paper, day)
        return State(_(force.label), _FORCE[force])

    return state


def columns_on(day: date) -> tuple[Column, ...]:
    """The register's columns; where a paper stands is told of that day."""
    return (*_columns(), Column(gettext_lazy("Hiệu lực"), force_state(day), 16, "state"))


def _columns() -> tuple[Column, ...]:
    return (
        Column(gettext_lazy("Trích yếu"), subject_text, 50, link=link_to("papers:paper")),
        Column(gettext_lazy("Số, ký hiệu"), "symbol", 16, "code"),
        Column(gettext_lazy("Ngày"), "issued_on", 12, "date"),
        Column(gettext_lazy("Thể loại"), "kind", 14),
        Column(gettext_lazy("Cơ quan ban hành"), "issuer", 28),
        Column(gettext_lazy("Sổ"), direction_text, 10),
    )


EVIDENCE = (*_columns(), Column(gettext_lazy("Đơn vị vào sổ"), "unit.name", 24))


def _number_state(number: Number) -> State:
    state = NumberState(number.state)
    if state is NumberState.TAKEN and number.paper_id is None:
        return State(_("Đã cấp, chưa vào sổ"), "due")
    return State(_(state.label), _NUMBER[state])


def _bears(number: Number) -> str:
    return str(number.paper) if number.paper else number.reason


def _leads(number: Number) -> str:
    return link_to("papers:paper", "paper_id")(number) if number.paper_id else ""


NUMBERS = (
    Column(gettext_lazy("Số"), str, 8),
    Column(gettext_lazy("Văn bản hoặc lý do"), _bears, 60, link=_leads),
    Column(gettext_lazy("Thể loại"), lambda number: kind_words(number.kind), 16),
    Column(gettext_lazy("Ngày cấp"), "given_on", 12, "date"),
    Column(gettext_lazy("Trạng thái"), _number_state, 16, "state"),
)
