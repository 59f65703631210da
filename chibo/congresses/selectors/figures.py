"""Figures about congresses: done of due, elected = re-elected + new (seed S4-07), turnout, resolutions, rounds."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.congresses.models import Candidate, Congress, Elected, Polling, PollingName
from chibo.congresses.rules import HELD, AgeBand, CongressState, Occasion, Office, PollingState, RoundKind, Withdrawal
from chibo.congresses.rules.preparing import PLAN
from chibo.core.registry import Breakdown, Column, Figure, Scope, Sum
from chibo.meetings.models import Attendance
from chibo.meetings.rules import IN_BASE, MeetingKind, Presence
from chibo.members.rules import Qualification, Sex

ELECTIONS = "Quy chế 244-QĐ/TW; Quy định 190-QĐ/TW"
CONGRESS_ROW = (
    Column(_("Chi bộ"), "unit.name", 28),
    Column(_("Ngày đại hội"), "meeting.held_on", 12, "date"),
    Column(_("Đại hội điểm"), lambda row: "x" if row.is_pilot else "", 10),
    Column(_("Bước"), lambda row: row.get_state_display(), 20),
)
ELECTED_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Chức danh"), lambda row: row.get_office_display(), 18),
    Column(_("Số phiếu"), lambda row: f"{row.votes}/{row.base}", 10),
    Column(_("Tái cử"), lambda row: "x" if row.is_reelected else "", 8),
)
ROLL_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Điểm danh"), lambda row: row.get_presence_display(), 18),
)
ROUND_ROW = (
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Bầu"), lambda row: row.election.get_office_display(), 18),
    Column(_("Lần"), "number", 6, "number"),
    Column(_("Loại"), lambda row: row.get_kind_display(), 24),
    Column(_("Phát ra"), "issued", 8, "number"),
    Column(_("Thu về"), "collected", 8, "number"),
    Column(_("Hợp lệ"), "valid", 8, "number"),
)
CANDIDATE_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Bầu"), lambda row: row.election.get_office_display(), 18),
    Column(_("Số phiếu"), "votes", 10, "number"),
    Column(_("Do"), lambda row: row.get_source_display(), 18),
)
BY_KIND = (
    Breakdown(_("Theo giới tính"), "member__sex", lambda: {w.value: w.label for w in Sex}),
    Breakdown(_("Theo tuổi"), "age_band", lambda: {w.value: w.label for w in AgeBand}),
    Breakdown(
        _("Theo trình độ chuyên môn"), "member__qualification", lambda: {w.value: w.label for w in Qualification}
    ),
    Breakdown(_("Theo chức danh"), "office", lambda: {w.value: w.label for w in Office}),
)
OF_A_TERM = {"round__occasion": Occasion.CONGRESS}
"""Congresses of a new term; by-elections within one have a figure of their own."""
ELECTED_ORDER = ("unit__sort_key", "member__sort_key", "pk")


def _span(scope: Scope) -> tuple[object, object]:
    return scope.period.first.replace(day=1), scope.period.last


def _congresses(scope: Scope, **kind: Any) -> QuerySet[Congress]:
    rows = Congress.objects.filter(
        unit_id__in=scope.units, meeting__month__range=_span(scope), **{**OF_A_TERM, **kind}
    )
    again = Congress.objects.filter(round=OuterRef("round"), unit=OuterRef("unit"), pk__gt=OuterRef("pk"))
    return rows.exclude(Exists(again)).select_related("unit", "meeting")


def _elected(**kind: Any) -> Any:
    def rows(scope: Scope) -> QuerySet[Elected]:
        found = Elected.objects.filter(
            unit_id__in=scope.units,
            congress__meeting__month__range=_span(scope),
            has_seat=True,
            congress__round__occasion=Occasion.CONGRESS,
            **kind,
        ).exclude(congress__state=CongressState.REJECTED)
        return found.select_related("unit", "member")

    return rows


def _roll(scope: Scope) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(
        unit_id__in=scope.units, meeting__kind=MeetingKind.CONGRESS, meeting__congress__state__in=HELD,
        meeting__congress__round__occasion=Occasion.CONGRESS,
        month__range=_span(scope), presence__in=IN_BASE,
    )  # fmt: skip
    return rows.select_related("unit", "member")


def _rounds(scope: Scope) -> QuerySet[Polling]:
    rows = Polling.objects.filter(
        unit_id__in=scope.units, election__congress__meeting__month__range=_span(scope),
        state__in=(PollingState.CERTIFIED, PollingState.VOID),
    )  # fmt: skip
    return rows.select_related("unit", "election")


def _candidates(scope: Scope) -> QuerySet[Candidate]:
    """Who stood on the lists of congresses that are over, with the votes of the last round that had their name."""
    last = PollingName.objects.filter(candidate=OuterRef("pk"), votes__isnull=False).order_by("-polling__number")
    rows = Candidate.objects.filter(
        unit_id__in=scope.units, election__congress__meeting__month__range=_span(scope),
        election__congress__state__in=HELD,
    ).exclude(withdrawal=Withdrawal.ALLOWED)  # fmt: skip
    return rows.annotate(votes=Subquery(last.values("votes")[:1])).select_related("unit", "member", "election")


def _figure(code: str, label: Any, meaning: Any, rows: Any, columns: Any, **more: Any) -> Figure:
    asked = {"article": PLAN, "month": "meeting__month", "order": ("meeting__month", "unit__sort_key", "pk"), **more}
    return Figure(f"congresses.{code}", label, meaning, rows, Can.SEE_CONGRESSES, columns, **asked)


_BY_MEMBER: dict[str, Any] = {
    "article": ELECTIONS, "month": "congress__meeting__month", "order": ELECTED_ORDER, "breakdowns": BY_KIND,
}  # fmt: skip
FIGURES = (
    _figure(
        "held", _("Chi bộ đã đại hội"), _("Chi bộ đã bế mạc đại hội, trên số chi bộ có lịch đại hội trong kỳ."),
        _congresses, CONGRESS_ROW, counted=lambda scope: Q(state__in=HELD), missing=_("Chưa đại hội"),
    ),
    _figure(
        "held.rest", _("Chi bộ đã đại hội, không kể đại hội điểm"),
        _("Chi bộ đã bế mạc đại hội sau đại hội điểm, trên số chi bộ có lịch."),
        lambda scope: _congresses(scope, is_pilot=False), CONGRESS_ROW, counted=lambda scope: Q(state__in=HELD),
        missing=_("Chưa đại hội"),
    ),
    _figure(
        "approved", _("Kết quả đại hội đã chuẩn y"), _("Đại hội được chuẩn y kết quả bầu cử, trên số đại hội đã bế mạc."),
        lambda scope: _congresses(scope, state__in=HELD), CONGRESS_ROW,
        counted=lambda scope: Q(state=CongressState.APPROVED), missing=_("Chưa chuẩn y"),
    ),
    _figure(
        "resolutions", _("Nghị quyết đại hội được 100% biểu quyết tán thành"),
        _("Đại hội mà mọi đảng viên chính thức có mặt đều tán thành nghị quyết, trên số đại hội đã biểu quyết."),
        lambda scope: _congresses(scope, resolution_vote__isnull=False), CONGRESS_ROW,
        counted=lambda scope: Q(resolution_vote__in_favour=F("resolution_vote__base")), missing=_("Chưa đạt 100%"),
    ),
    _figure(
        "elected", _("Cấp ủy viên được bầu"), _("Chi ủy viên trúng cử; ở chi bộ không có chi ủy là bí thư, phó bí thư."),
        _elected(), ELECTED_ROW, **_BY_MEMBER,
    ),
    _figure(
        "elected.again", _("Cấp ủy viên tái cử"), _("Người trúng cử đã ở trong cấp ủy triệu tập đại hội."),
        _elected(is_reelected=True), ELECTED_ROW, **_BY_MEMBER,
    ),
    _figure(
        "elected.new", _("Cấp ủy viên mới tham gia"), _("Người trúng cử chưa ở trong cấp ủy triệu tập đại hội."),
        _elected(is_reelected=False), ELECTED_ROW, **_BY_MEMBER,
    ),
    _figure(
        "elected.women", _("Cấp ủy viên nữ"), _("Nữ trong số cấp ủy viên trúng cử."), _elected(), ELECTED_ROW,
        counted=lambda scope: Q(member__sex=Sex.FEMALE), missing=_("Nam"), **_BY_MEMBER,
    ),
    _figure(
        "elected.young", _("Cấp ủy viên trẻ"), _("Người dưới 40 tuổi vào ngày đại hội, trong số cấp ủy viên trúng cử."),
        _elected(), ELECTED_ROW, counted=lambda scope: Q(age_band=AgeBand.YOUNG), missing=_("Từ 40 tuổi"), **_BY_MEMBER,
    ),
    _figure(
        "turnout", _("Đảng viên dự đại hội"), _("Đảng viên có mặt, trên số đảng viên được triệu tập theo điểm danh."),
        _roll, ROLL_ROW, counted=lambda scope: Q(presence=Presence.PRESENT), month="month", missing=_("Vắng mặt"),
        article=ELECTIONS, order=("unit__sort_key", "member__sort_key", "pk"),
    ),
    _figure(
        "by_elections", _("Cuộc bầu bổ sung chi ủy"), _("Các cuộc bầu bổ sung trong nhiệm kỳ đã bế mạc, trên số đã xếp lịch."),
        lambda scope: _congresses(scope, round__occasion=Occasion.BY_ELECTION), CONGRESS_ROW,
        counted=lambda scope: Q(state__in=HELD), missing=_("Chưa bầu"),
    ),
    _figure(
        "candidates", _("Người trong danh sách bầu cử"),
        _("Người đứng trong danh sách của các cuộc bầu đã xong, kèm số phiếu ở lần bầu cuối có tên."),
        _candidates, CANDIDATE_ROW, month="election__congress__meeting__month", article=ELECTIONS,
        order=("unit__sort_key", "election_id", "member__sort_key", "pk"),
        breakdowns=(Breakdown(_("Theo chức danh"), "election__office", lambda: {w.value: w.label for w in Office}),),
    ),
    _figure(
        "rounds", _("Lượt bỏ phiếu"), _("Các lần bỏ phiếu kín đã công bố hoặc bị hủy."), _rounds, ROUND_ROW,
        month="election__congress__meeting__month", article=ELECTIONS,
        order=("unit__sort_key", "election_id", "number", "pk"),
        breakdowns=(Breakdown(_("Theo loại"), "kind", lambda: {w.value: w.label for w in RoundKind}),),
    ),
)  # fmt: skip
SUMS = (
    Sum(
        "congresses.elected", _("Trúng cử bằng tái cử cộng mới tham gia"),
        ("congresses.elected",), ("congresses.elected.again", "congresses.elected.new"),
    ),
)  # fmt: skip
