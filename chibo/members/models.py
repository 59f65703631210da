"""The register of members, with their dated memberships and posts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from chibo.access.charter import POST_NAMES, UNAPPOINTED, Can, Post
from chibo.access.models import Record
from chibo.core.words import choices
from chibo.members.rules import (
    Condition,
    DatePrecision,
    Leaving,
    Qualification,
    Sex,
    StaffKind,
    Standing,
    Theory,
)


class Group(Record):
    """A group of members for guidance (nhóm đối tượng), kept by the ward's office (seed S0-15)."""

    seen_with = Can.SEE_MEMBERS

    name = models.CharField("tên nhóm", max_length=80)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="group_once")]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Member(Record):
    """A Party member (đảng viên). ``unit`` is the cell they officially belong to today, or last belonged to."""

    seen_with = Can.SEE_MEMBERS
    owner = "account_id"
    told_to_owner = True
    masked: ClassVar[tuple[str, ...]] = ("citizen_id", "birth_date", "phone", "address", "card_number")

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="member",
        verbose_name="tài khoản",
    )
    full_name = models.CharField("họ và tên", max_length=80)
    sort_key = models.CharField(max_length=300, editable=False)
    search_key = models.CharField(max_length=200, editable=False)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    birth_precision = models.CharField(
        "ngày sinh biết đến", max_length=5, choices=choices(DatePrecision), default=DatePrecision.DAY
    )
    sex = models.CharField("giới tính", max_length=6, choices=choices(Sex), blank=True)
    citizen_id = models.CharField("số định danh cá nhân", max_length=12, blank=True)
    card_number = models.CharField("số thẻ đảng viên", max_length=20, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    address = models.CharField("nơi ở", max_length=200, blank=True)
    occupation = models.CharField("nghề nghiệp, chức vụ chính quyền, đoàn thể", max_length=160, blank=True)
    admitted_on = models.DateField("ngày vào Đảng", null=True, blank=True)
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    qualification = models.CharField("trình độ chuyên môn", max_length=14, choices=choices(Qualification), blank=True)
    theory = models.CharField("lý luận chính trị", max_length=14, choices=choices(Theory), blank=True)
    staff_kind = models.CharField("đối tượng", max_length=16, choices=choices(StaffKind), blank=True)
    groups = models.ManyToManyField(Group, related_name="members", verbose_name="nhóm")

    class Meta:
        indexes = [models.Index(fields=["unit", "sort_key"]), models.Index(fields=["sort_key", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen_id"], condition=~Q(citizen_id=""), name="member_citizen_id_once"
            ),
            models.UniqueConstraint(fields=["card_number"], condition=~Q(card_number=""), name="member_card_once"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Membership(models.Model):
    """The member stands in this cell, so, in this time (both ends included; no end = still)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    standing = models.CharField("đảng viên", max_length=14, choices=choices(Standing))
    condition = models.CharField("tình trạng", max_length=12, choices=choices(Condition), default=Condition.ACTIVE)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    leaving = models.CharField("lý do kết thúc", max_length=12, choices=choices(Leaving), blank=True)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "condition", "valid_from", "valid_to"])]
        constraints = [
            models.UniqueConstraint(fields=["member", "unit", "valid_from"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.get_standing_display()})"


class PostTerm(Record):
    """The member holds a post (chức vụ) in the unit in a time. It gives powers if the member has an account."""

    seen_with = Can.SEE_MEMBERS
    owner = "member.account_id"
    told_to_owner = True

    member = models.ForeignKey(Member, models.PROTECT, related_name="post_terms")
    post = models.CharField(
        "chức vụ",
        max_length=20,
        choices=[
            (p, POST_NAMES[p]) for p in Post if p not in (Post.SETUP, Post.TEAM_MEMBER, Post.COUNTER, *UNAPPOINTED)
        ],
    )
    term = models.CharField("nhiệm kỳ", max_length=20, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "unit", "post", "valid_from"], name="post_term_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="post_term_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_post_display()}"
