"""The product's addresses, and an admin changelist of the same table: the same columns, filters and search, set up well."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import path

from chibo.access.models import User
from chibo.access.selectors import in_force
from chibo.config.urls import urlpatterns as product
from chibo.meetings.models import Attendance
from chibo.members.models import Member, Membership, PostTerm


class MemberAdmin(admin.ModelAdmin):
    list_display: ClassVar = [
        "full_name", "birth_date", "unit", "standing", "condition", "admitted_on", "official_on", "posts", "sorts", "phone",
    ]  # fmt: skip
    list_filter: ClassVar = ["memberships__standing", "memberships__condition", "post_terms__post", "groups"]
    list_select_related: ClassVar = ["unit"]
    search_fields: ClassVar = ["search_key"]
    list_per_page = 50
    ordering: ClassVar = ["sort_key", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        today = date.today()
        return (
            super()
            .get_queryset(request)
            .prefetch_related(
                Prefetch("memberships", Membership.objects.filter(in_force(today)), to_attr="stays"),
                Prefetch("post_terms", PostTerm.objects.filter(in_force(today)), to_attr="terms"),
                "groups",
            )
        )

    def standing(self, member: Member) -> str:
        return ", ".join(stay.get_standing_display() for stay in member.stays)

    def condition(self, member: Member) -> str:
        return ", ".join(stay.get_condition_display() for stay in member.stays)

    def posts(self, member: Member) -> str:
        return ", ".join(term.post for term in member.terms)

    def sorts(self, member: Member) -> str:
        return ", ".join(group.name for group in member.groups.all())


class AttendanceAdmin(admin.ModelAdmin):
    raw_id_fields: ClassVar = ["unit", "meeting", "member"]


admin.site.register(Member, MemberAdmin)
admin.site.register(Attendance, AttendanceAdmin)
admin.site.has_permission = lambda _request: True
# The product's accounts hold no Django permissions (powers follow posts); its admin asks for them.
User.has_perm = User.has_module_perms = lambda *_args: True
User.is_staff = True
urlpatterns = [path("admin/", admin.site.urls), *product]
