"""The product's addresses, and an admin changelist of the same table."""

from typing import ClassVar

from django.contrib import admin
from django.urls import path

from chibo.access.models import User
from chibo.config.urls import urlpatterns as product
from chibo.members.models import Member


class MemberAdmin(admin.ModelAdmin):
    list_display: ClassVar = ["full_name", "unit", "birth_date", "sex", "occupation", "admitted_on"]
    list_select_related: ClassVar = ["unit"]
    list_per_page = 50
    ordering: ClassVar = ["sort_key", "pk"]


admin.site.register(Member, MemberAdmin)
admin.site.has_permission = lambda _request: True
# The product's accounts hold no Django permissions (powers follow posts); its admin asks for them.
User.has_perm = User.has_module_perms = lambda *_args: True
User.is_staff = True
urlpatterns = [path("admin/", admin.site.urls), *product]
