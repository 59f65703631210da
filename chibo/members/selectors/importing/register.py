"""The register as it stands today, read once for all rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, Q

from chibo.access.selectors import in_force
from chibo.core.vietnamese import fold
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import DEFAULT_GROUPS
from chibo.units.models import Unit

PLAIN = (
    "full_name", "birth_date", "birth_precision", "sex", "citizen_id", "card_number", "phone", "address", "occupation",
    "admitted_on", "official_on", "qualification", "theory", "staff_kind",
)  # fmt: skip
"""The fields of a member that a row may fill."""
_CHUNK = 5_000
_FEW = 20_000
"""So many numbers are sooner read than ten thousand asked for."""


@dataclass(slots=True, eq=False)
class Known:
    """A member in the register: their fields, and how they stand today."""

    pk: int
    unit_id: int
    fields: dict[str, Any]
    has_account: bool = False
    standing: str = ""
    condition: str = ""
    membership: Membership | None = None
    groups: set[str] = field(default_factory=set)
    posts: set[tuple[int, str]] = field(default_factory=set)


def known_members(ward: Unit, today: date) -> dict[int, Known]:
    """The members of the ward's cells with how they stand today: four queries."""
    rows = Member.objects.filter(unit__path__startswith=ward.path).values("pk", "unit_id", "account_id", *PLAIN)
    known = {
        row["pk"]: Known(row.pop("pk"), row.pop("unit_id"), row, row.pop("account_id") is not None) for row in rows
    }
    if not known:
        return known
    within = Q(member__unit__path__startswith=ward.path)
    for membership in Membership.objects.filter(within, in_force(today)):
        one = known[membership.member_id]
        if membership.unit_id == one.unit_id:
            one.standing, one.condition, one.membership = membership.standing, membership.condition, membership
    for pk, unit_id, post in PostTerm.objects.filter(within, in_force(today)).values_list(
        "member_id", "unit_id", "post"
    ):
        known[pk].posts.add((unit_id, post))
    through = Member.groups.through.objects.filter(within)
    for pk, name in through.values_list("member_id", "group__name"):
        known[pk].groups.add(name)
    return known


def held_elsewhere(ward: Unit, code: str, values: Iterable[str | None], here: dict[str, Known]) -> set[str]:
    """Which of these numbers are held by somebody outside the ward."""
    asked = {value for value in values if value and value not in here}
    if not asked:
        return asked
    others = (
        Member.objects.exclude(unit__path__startswith=ward.path).exclude(**{code: ""}).values_list(code, flat=True)
    )
    few = set(others[: _FEW + 1])
    if len(few) <= _FEW:
        return asked & few
    wanted = sorted(asked)
    return {
        held
        for start in range(0, len(wanted), _CHUNK)
        for held in Member.objects.filter(**{f"{code}__in": wanted[start : start + _CHUNK]}).values_list(
            code, flat=True
        )
    }


def groups_of(ward: Unit) -> dict[str, str]:
    """The names of the ward's groups by how they may be typed; those that every ward should have among them."""
    names = list(DEFAULT_GROUPS) + list(Group.objects.filter(unit=ward).values_list("name", flat=True))
    return {fold(name): name for name in names}


def members_in_use(pks: Sequence[int], but: Mapping[type[Model], set[int]]) -> set[int]:
    """Those of the members on whom some record of any app hangs, other than the records named in ``but``."""
    used: set[int] = set()
    for relation in Member._meta.get_fields(include_hidden=True):
        if relation.concrete or not relation.auto_created:
            continue
        model, name = relation.related_model, relation.field.name  # type: ignore[union-attr]
        for start in range(0, len(pks), _CHUNK):
            rows = model._base_manager.filter(**{f"{name}__in": pks[start : start + _CHUNK]})  # type: ignore[union-attr]
            pairs = rows.values_list("pk", name)
            used.update(member for pk, member in pairs if pk not in but.get(model, ()))  # type: ignore[arg-type]
    return used
