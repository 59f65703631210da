"""What is late before and after a congress, found from the records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.congresses.models import Congress, CongressRound, Preparation
from chibo.congresses.rules import CHARTER_TERM, HELD, CongressState, Occasion
from chibo.congresses.rules.preparing import PLAN
from chibo.congresses.selectors import cells_of, due_dates, has_open_complaint
from chibo.core.held import held_once
from chibo.core.registry import Check, Scope, Shortcoming

REPORTING = "Quy định 24-QĐ/TW, điểm 16; 208-QĐ/TW"


def _found(congress: Congress, detail: str, remedy: str, since: date) -> Shortcoming:
    url = reverse("congresses:congress", args=[congress.pk])
    return Shortcoming(congress.unit_id, str(congress), detail, remedy, url, since)


@held_once
def _closed(scope: Scope) -> tuple[Congress, ...]:
    """Congresses closed by the day after which something is still to be done."""
    waits = Q(state__in=(CongressState.CLOSED, CongressState.REPORTED)) | Q(sealed_on__isnull=True)
    waits |= Q(installed_on__isnull=True, state__in=HELD[:3])
    waits |= Q(handed_over_on__isnull=True, state__in=HELD[:3], round__occasion=Occasion.CONGRESS)
    rows = Congress.objects.filter(waits, unit_id__in=scope.units, closed_on__lte=scope.day)
    found = list(rows.order_by("closed_on", "pk").values_list("pk", flat=True))
    congresses = Congress.objects.select_related("unit", "meeting", "round").in_bulk(found)
    return tuple(congresses[pk] for pk in found)


def preparation_late(scope: Scope) -> Iterator[Shortcoming]:
    """S4-09: a line of the checklist is due and not done, and the congress has not begun."""
    rows = Preparation.objects.filter(
        unit_id__in=scope.units, done_on__isnull=True, due_on__lt=scope.day, congress__state=CongressState.PLANNED
    )
    lines = list(rows.order_by("due_on", "pk").values_list("congress_id", "text", "due_on"))
    congresses = Congress.objects.select_related("unit", "meeting").in_bulk({congress for congress, *_line in lines})
    for congress, text, due in lines:
        detail = _("“%(what)s” quá hạn %(day)s") % {"what": text, "day": f"{due:%d/%m/%Y}"}
        yield _found(congresses[congress], detail, _("Làm xong rồi đánh dấu, hoặc đặt hạn mới."), due)


def cell_without_congress(scope: Scope) -> Iterator[Shortcoming]:
    """S4-02: the round is over and a cell of the ward has not closed its congress."""
    rounds = CongressRound.objects.filter(
        occasion=Occasion.CONGRESS, unit_id__in=scope.units, last_on__range=(scope.period.first, scope.day)
    )
    for one in rounds.exclude(last_on=scope.day).select_related("unit"):
        held = set(one.congresses.filter(state__in=HELD).values_list("unit_id", flat=True))
        for cell in cells_of(one):
            if cell.pk not in held:
                yield Shortcoming(
                    cell.pk, str(one), _("chi bộ chưa đại hội, đợt kết thúc %(day)s") % {"day": f"{one.last_on:%d/%m/%Y}"},
                    _("Tổ chức đại hội, hoặc xin ý kiến đảng ủy lùi thời gian."),
                    reverse("congresses:round", args=[one.pk]), one.last_on,
                )  # fmt: skip


def report_late(scope: Scope) -> Iterator[Shortcoming]:
    """S4-10: seven working days have passed since closing without a report."""
    for congress in _closed(scope):
        if congress.state != CongressState.CLOSED:
            continue
        due = due_dates(congress)["report"]
        if due < scope.day:
            yield _found(
                congress, _("chưa báo cáo kết quả, hạn %(day)s") % {"day": f"{due:%d/%m/%Y}"},
                _("Gửi báo cáo, biên bản bầu cử và danh sách trích ngang."), due,
            )  # fmt: skip


def approval_late(scope: Scope) -> Iterator[Shortcoming]:
    """S4-10: fifteen working days have passed since the report, without complaint and without a decision."""
    for congress in _closed(scope):
        if congress.state != CongressState.REPORTED:
            continue
        due = due_dates(congress)["approval"]
        if due < scope.day and not has_open_complaint(congress):
            yield _found(
                congress, _("chưa có quyết định chuẩn y, hạn %(day)s") % {"day": f"{due:%d/%m/%Y}"},
                _("Ra quyết định chuẩn y hoặc không chuẩn y."), due,
            )  # fmt: skip


def posts_pending(scope: Scope) -> Iterator[Shortcoming]:
    """S4-10: a congress is closed and the new posts are not written down, so powers still lie with the old ones."""
    for congress in _closed(scope):
        assert congress.closed_on is not None
        if congress.installed_on or congress.state not in HELD[:3]:
            continue
        yield _found(
            congress,
            _("chức vụ khóa mới chưa được ghi vào sổ"),
            _("Xác nhận chức vụ có hiệu lực."),
            congress.closed_on,
        )


def handover_late(scope: Scope) -> Iterator[Shortcoming]:
    """The old committee has not handed over to the new one in time."""
    for congress in _closed(scope):
        of_a_term = congress.round.occasion == Occasion.CONGRESS
        if congress.handed_over_on or congress.state not in HELD[:3] or not of_a_term:
            continue
        due = due_dates(congress)["handover"]
        if due < scope.day:
            detail = _("chưa bàn giao giữa hai khóa, hạn %(day)s") % {"day": f"{due:%d/%m/%Y}"}
            yield _found(congress, detail, _("Bàn giao sổ sách, hồ sơ, đảng phí; ghi lại và ký biên bản."), due)


def ballots_unsealed(scope: Scope) -> Iterator[Shortcoming]:
    """S4-06: ballots are sealed when the congress is over."""
    for congress in _closed(scope):
        assert congress.closed_on is not None
        if congress.sealed_on:
            continue
        yield _found(congress, _("phiếu bầu chưa niêm phong"), _("Niêm phong, ghi người giữ."), congress.closed_on)


def _check(code: str, label: object, article: str, run: object, can: Can, seed: str, grace: int = 15) -> Check:
    return Check(f"congresses.{code}", label, article, run, can, (seed,), grace_days=grace)  # type: ignore[arg-type]


CHECKS = (
    _check("preparation", gettext_lazy("Việc chuẩn bị đại hội quá hạn"), PLAN, preparation_late, Can.PREPARE_CONGRESSES, "S4-09", 0),
    _check("missing", gettext_lazy("Chi bộ chưa đại hội khi đợt đã kết thúc"), CHARTER_TERM, cell_without_congress, Can.LEAD_CONGRESSES, "S4-02"),
    _check("report", gettext_lazy("Chưa báo cáo kết quả đại hội"), REPORTING, report_late, Can.KEEP_CONGRESSES, "S4-10", 0),
    _check("approval", gettext_lazy("Chưa chuẩn y kết quả đại hội"), REPORTING, approval_late, Can.LEAD_CONGRESSES, "S4-10", 0),
    _check("posts", gettext_lazy("Chức vụ khóa mới chưa có hiệu lực"), REPORTING, posts_pending, Can.APPOINT, "S4-10", 0),
    _check("handover", gettext_lazy("Chưa bàn giao giữa chi ủy cũ và mới"), REPORTING, handover_late, Can.KEEP_CONGRESSES, "S4-10"),
    _check("sealed", gettext_lazy("Phiếu bầu chưa niêm phong"), "Quy định 190-QĐ/TW, Điều 35", ballots_unsealed, Can.KEEP_CONGRESSES, "S4-06", 0),
)  # fmt: skip
