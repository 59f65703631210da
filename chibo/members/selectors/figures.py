"""Figures about members: how many on a day, of what kind, and how the ward's staff is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Column, Figure, Scope, Sum
from chibo.members.models import Membership
from chibo.members.rules import STAFF, Condition, Qualification, Sex, StaffKind, Standing, Theory
from chibo.members.rules.structure import AGES
from chibo.members.selectors import counted_on, memberships_on

ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Đảng viên"), lambda row: row.get_standing_display(), 14),
    Column(_("Tình trạng"), lambda row: row.get_condition_display(), 26),
    Column(_("Từ ngày"), "valid_from", 12, "date"),
)
STAFF_ROW = (
    *ROW[:2],
    Column(_("Đối tượng"), lambda row: row.member.get_staff_kind_display(), 16),
    Column(_("Trình độ chuyên môn"), lambda row: row.member.get_qualification_display(), 18),
    Column(_("Lý luận chính trị"), lambda row: row.member.get_theory_display(), 18),
)
BY_KIND = (
    Breakdown(_("Theo đảng viên"), "standing", lambda: {w.value: w.label for w in Standing}),
    Breakdown(_("Theo tình trạng"), "condition", lambda: {w.value: w.label for w in Condition}),
    Breakdown(_("Theo giới tính"), "member__sex", lambda: {w.value: w.label for w in Sex}),
    Breakdown(_("Theo nhóm"), "member__groups__name"),
    Breakdown(
        _("Theo trình độ chuyên môn"), "member__qualification", lambda: {w.value: w.label for w in Qualification}
    ),
    Breakdown(_("Theo lý luận chính trị"), "member__theory", lambda: {w.value: w.label for w in Theory}),
)
ORDER = ("unit__sort_key", "member__sort_key", "pk")


def people(scope: Scope) -> QuerySet[Membership]:
    return counted_on(scope.day, scope.units).select_related("member", "unit")


def staff(scope: Scope) -> QuerySet[Membership]:
    """The establishment of the ward's offices (seed S3-08)."""
    return people(scope).filter(member__staff_kind__in=STAFF)


def _of(**kind: Any) -> Any:
    return lambda scope: people(scope).filter(**kind)


def _here(scope: Scope) -> QuerySet[Membership]:
    rows = memberships_on(scope.day, scope.units).filter(condition=Condition.TEMPORARY_HERE)
    return rows.select_related("member", "unit")


def _figure(code: str, label: Any, meaning: Any, rows: Any, **more: Any) -> Figure:
    asked = {"columns": ROW, "article": "Điều lệ Đảng; Quy định 208-QĐ/TW", "order": ORDER, **more}
    return Figure(f"members.{code}", label, meaning, rows, can=Can.SEE_MEMBERS, **asked)


def _staff(code: str, label: Any, **kind: Any) -> Figure:
    return _figure(
        f"staff.{code}",
        label,
        _(
            "Người trong biên chế cơ quan phường (cán bộ, công chức, hợp đồng) vào ngày xem, đếm theo hồ sơ đảng viên."
        ),
        _of(**{"member__staff_kind__in": STAFF, **kind}),
        columns=STAFF_ROW,
        article="Mẫu thống kê tổ chức, cán bộ",
    )


BY_SEX = ((Sex.MALE, _("Biên chế là nam")), (Sex.FEMALE, _("Biên chế là nữ")))
UNKNOWN_AGE = ("unknown", _("Chưa ghi ngày sinh"), None, None)


def _aged(code: str, label: Any, least: int | None, most: int | None) -> Figure:
    """The staff between these ages on the day, both included; without ages, those whose birth date is not on record."""

    def rows(scope: Scope) -> QuerySet[Membership]:
        if least is None or most is None:
            return staff(scope).filter(member__birth_date__isnull=True)
        day = scope.day
        born = (_years_before(day, most + 1) + timedelta(days=1), _years_before(day, least))
        return staff(scope).filter(member__birth_date__range=born)

    return replace(_staff(f"age.{code}", label), rows=rows)


def _years_before(day: date, years: int) -> date:
    """The same day so many years ago; 28 February for a 29th that was none."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


FIGURES = (
    _figure(
        "counted",
        _("Đảng số"),
        _("Đảng viên chính thức và dự bị thuộc các chi bộ vào ngày xem; người sinh hoạt tạm thời tính ở nơi sinh hoạt chính thức."),
        people,
        breakdowns=BY_KIND,
    ),
    _figure(
        "official", _("Đảng viên chính thức"), _("Đảng viên chính thức thuộc các chi bộ vào ngày xem."),
        _of(standing=Standing.OFFICIAL),
    ),
    _figure(
        "probationary", _("Đảng viên dự bị"), _("Đảng viên dự bị thuộc các chi bộ vào ngày xem."),
        _of(standing=Standing.PROBATIONARY),
    ),
    _figure(
        "exempt", _("Được miễn công tác và sinh hoạt"), _("Đảng viên được miễn công tác và sinh hoạt vào ngày xem."),
        _of(condition=Condition.EXEMPT),
    ),
    _figure(
        "elsewhere", _("Sinh hoạt tạm thời nơi khác"), _("Đảng viên đang sinh hoạt tạm thời nơi khác vào ngày xem."),
        _of(condition=Condition.TEMPORARY_ELSEWHERE),
    ),
    _figure(
        "suspended", _("Bị đình chỉ sinh hoạt"), _("Đảng viên bị đình chỉ sinh hoạt vào ngày xem."),
        _of(condition=Condition.SUSPENDED),
    ),
    _figure(
        "here", _("Sinh hoạt tạm thời tại đây"), _("Đảng viên nơi khác đến sinh hoạt tạm thời vào ngày xem; không tính vào đảng số."),
        _here,
    ),
    _staff("cadre", _("Cán bộ"), member__staff_kind=StaffKind.CADRE),
    _staff("civil_servant", _("Công chức"), member__staff_kind=StaffKind.CIVIL_SERVANT),
    _staff("contract", _("Hợp đồng"), member__staff_kind=StaffKind.CONTRACT),
    *(
        _staff(f"qualification.{level.value}", _(level.label), member__qualification=level)
        for level in Qualification
    ),
    _staff("all", _("Biên chế cơ quan phường")),
    *(_staff(f"theory.{level.value}", _(level.label), member__theory=level) for level in Theory),
    _staff("theory.unknown", _("Chưa ghi lý luận chính trị"), member__theory=""),
    *(_staff(f"sex.{sex.value}", label, member__sex=sex) for sex, label in BY_SEX),
    _staff("sex.unknown", _("Chưa ghi giới tính"), member__sex=""),
    *(_aged(code, _(label), least, most) for code, label, least, most in AGES),
    _aged(*UNKNOWN_AGE),
)  # fmt: skip

SUMS = (
    Sum(
        "members.standing",
        _("Đảng số theo chính thức, dự bị"),
        ("members.official", "members.probationary"),
        ("members.counted",),
    ),
    Sum(
        "members.staff",
        _("Biên chế theo đối tượng và theo trình độ"),
        tuple(f"members.staff.{kind.value}" for kind in STAFF),
        tuple(f"members.staff.qualification.{level.value}" for level in Qualification),
    ),
    Sum(
        "members.staff.theory",
        _("Biên chế theo lý luận chính trị"),
        ("members.staff.all",),
        tuple(f"members.staff.theory.{code}" for code in (*(level.value for level in Theory), "unknown")),
    ),
    Sum(
        "members.staff.sex",
        _("Biên chế theo giới tính"),
        ("members.staff.all",),
        tuple(f"members.staff.sex.{code}" for code in (*(sex.value for sex in Sex), "unknown")),
    ),
    Sum(
        "members.staff.age",
        _("Biên chế theo độ tuổi"),
        ("members.staff.all",),
        tuple(f"members.staff.age.{code}" for code, *_rest in (*AGES, UNKNOWN_AGE)),
    ),
)
