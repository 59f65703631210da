"""The register as a list and as a record: who may see which part of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chibo.access.actor import Actor
from chibo.access.charter import POST_NAMES, Can, Post
from chibo.access.models import Invitation
from chibo.access.selectors import in_force
from chibo.core.registry import Column
from chibo.core.tables import Filter, State
from chibo.core.vietnamese import has_accents, nfc
from chibo.core.words import choices
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import COUNTED, Condition, DatePrecision, Standing
from chibo.members.selectors import memberships_on, named, visible_members
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import groups_unit, ids_under, open_units, visible_units

MISSING = {
    "birth_date": (_("Ngày sinh"), Q(birth_date__isnull=True)),
    "admitted_on": (_("Ngày vào Đảng"), Q(admitted_on__isnull=True)),
    "citizen_id": (_("Số định danh"), Q(citizen_id="")),
    "card_number": (_("Số thẻ đảng viên"), Q(card_number="")),
    "phone": (_("Điện thoại"), Q(phone="")),
    "qualification": (_("Trình độ"), Q(qualification="")),
    "groups": (_("Nhóm"), Q(groups__isnull=True)),
    "account": (_("Tài khoản"), Q(account__isnull=True)),
}
"""What may be missing from a file, and how it shows."""
