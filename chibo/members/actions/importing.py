"""A list of members becomes the register, and is taken back: many rows in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.importing import Done, Kept, Report, RowPlan, RowState
from chibo.core.vietnamese import name_sort_key, search_key
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import Condition, Leaving, Standing
from chibo.members.selectors.importing import DATES, PLAIN, WARD_POSTS, Known
from chibo.members.selectors.importing.register import members_in_use
from chibo.units.models import Unit
from chibo.units.selectors import ward_of

_BATCH = 500


@dataclass
class _Sheaf:
    """The records that a batch of rows makes."""

    members: list[Member] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    terms: list[PostTerm] = field(default_factory=list)
    groups: list[Any] = field(default_factory=list)

    def write(self) -> None:
        Membership.objects.bulk_create(self.memberships, batch_size=_BATCH)
        PostTerm.objects.bulk_create(self.terms, batch_size=_BATCH)
        Member.groups.through.objects.bulk_create(self.groups, batch_size=_BATCH, ignore_conflicts=True)


@action(Can.KEEP_MEMBERS)
def enter_members(
    unit: Unit, plans: Sequence[RowPlan], done: list[Done], report: Report, *, actor: Actor, today: date
) -> Unit:
    """Write the rows that add or change, as planned by ``plan_members``; each is told to ``done``."""
    groups = _groups(ward_of(unit), plans)
    added = [plan for plan in plans if plan.state == RowState.ADDED]
    changed = [plan for plan in plans if plan.state == RowState.CHANGED]
    total = len(added) + len(changed)
    for start in range(0, len(added), _BATCH):
        done.extend(_add(unit, added[start : start + _BATCH], groups, today))
        report(min(start + _BATCH, len(added)), total)
    for start in range(0, len(changed), _BATCH):
        done.extend(_change(unit, changed[start : start + _BATCH], groups, actor, today))
        report(len(added) + min(start + _BATCH, len(changed)), total)
    return unit


def _groups(ward: Unit, plans: Sequence[RowPlan]) -> dict[str, Group]:
    """The groups that the rows name; those that every ward should have are founded on first use."""
    named = {name for plan in plans for name in _planned(plan, "groups")}
    known = {group.name: group for group in Group.objects.filter(unit=ward, name__in=named)}
    for name in sorted(named - set(known)):
        known[name] = Group.objects.create(unit=ward, name=name)
    return known


def _planned(plan: RowPlan, code: str) -> Sequence[Any]:
    """What the row gives anew of a list: groups or posts."""
    if plan.state == RowState.ADDED:
        return list(plan.values.get(code, ()))
    old, new = plan.changes.get(code, ((), ()))
    return [entry for entry in new if entry not in old]


def _add(unit: Unit, plans: Sequence[RowPlan], groups: Mapping[str, Group], today: date) -> list[Done]:
    sheaf = _Sheaf()
    for plan in plans:
        plain = {code: plan.values[code] for code in PLAIN if code in plan.values}
        name = plain["full_name"]
        sheaf.members.append(
            Member(unit_id=plan.extra, sort_key=name_sort_key(name), search_key=search_key(name), **plain)
        )
    Member.objects.bulk_create(sheaf.members, batch_size=_BATCH)
    for plan, member in zip(plans, sheaf.members, strict=True):
        sheaf.memberships.extend(_spans(member, plan.values))
        _hang(sheaf, unit, member, plan, groups, today)
    sheaf.write()
    own: dict[int, dict[str, list[int]]] = {}
    for kind, records in (("memberships", sheaf.memberships), ("posts", sheaf.terms)):
        for record in records:
            own.setdefault(record.member_id, {}).setdefault(kind, []).append(record.pk)
    return [
        Done(plan.sheet, plan.number, plan.label, member.pk, {}, own[member.pk])
        for plan, member in zip(plans, sheaf.members, strict=True)
    ]


def _spans(member: Member, values: Mapping[str, Any]) -> list[Membership]:
    """The member's time in the cell: on probation until the official date, if both are told."""
    since, official = values["since"], values.get("official_on")
    standing, condition = values["standing"], values.get("condition", Condition.ACTIVE)
    last = Membership(member=member, unit_id=member.unit_id, standing=standing, condition=condition, valid_from=since)
    if standing != Standing.OFFICIAL or official is None or official <= since:
        return [last]
    last.valid_from = official
    first = Membership(
        member=member, unit_id=member.unit_id, standing=Standing.PROBATIONARY, valid_from=since,
        valid_to=official - timedelta(days=1), leaving=Leaving.CHANGED,
    )  # fmt: skip
    return [first, last]


def _hang(sheaf: _Sheaf, unit: Unit, member: Member, plan: RowPlan, groups: Mapping[str, Group], today: date) -> None:
    """The groups and posts that the row gives."""
    for name in _planned(plan, "groups"):
        sheaf.groups.append(Member.groups.through(member=member, group=groups[name]))
    for post in _planned(plan, "posts"):
        place = ward_of(unit).pk if post in WARD_POSTS else member.unit_id
        sheaf.terms.append(PostTerm(member=member, unit_id=place, post=post, valid_from=today))


def _change(
    unit: Unit, plans: Sequence[RowPlan], groups: Mapping[str, Group], actor: Actor, today: date
) -> list[Done]:
    sheaf = _Sheaf()
    people = Member.objects.in_bulk([plan.target for plan in plans if plan.target])
    closed: list[Membership] = []
    before: dict[int, dict[str, Any]] = {}
    after: dict[int, dict[str, Any]] = {}
    for plan in plans:
        assert plan.target is not None
        member, known = people[plan.target], plan.extra
        assert isinstance(known, Known)
        fields = {code: pair for code, pair in plan.changes.items() if code in PLAIN}
        for code, (_old, new) in fields.items():
            setattr(member, code, new)
        if "full_name" in fields:
            member.sort_key, member.search_key = name_sort_key(member.full_name), search_key(member.full_name)
        member.version += 1
        member.changed_at, member.changed_by = timezone.now(), actor.user
        _hang(sheaf, unit, member, plan, groups, today)
        before[member.pk] = {"fields": {code: _json(old) for code, (old, _new) in fields.items()}}
        after[member.pk] = {
            "fields": {code: _json(new) for code, (_old, new) in fields.items()},
            "groups": [groups[name].pk for name in _planned(plan, "groups")],
        }
        if known.membership is not None and {"standing", "condition"} & plan.changes.keys():
            before[member.pk]["membership"] = _state_of(known.membership)
            closed.append(_turn(sheaf, known.membership, plan, today))
    Member.objects.bulk_update(
        people.values(), [*PLAIN, "sort_key", "search_key", "version", "changed_at", "changed_by"], batch_size=100
    )
    Membership.objects.bulk_update(closed, ["standing", "condition", "valid_to", "leaving"], batch_size=100)
    sheaf.write()
    for membership in closed:
        after[membership.member_id]["membership"] = _state_of(membership)
    for kind, records in (("memberships", sheaf.memberships), ("posts", sheaf.terms)):
        for record in records:
            after[record.member_id].setdefault(kind, []).append(record.pk)
    return [
        Done(plan.sheet, plan.number, plan.label, plan.target, before[plan.target], after[plan.target])
        for plan in plans
        if plan.target is not None
    ]


def _turn(sheaf: _Sheaf, membership: Membership, plan: RowPlan, today: date) -> Membership:
    """Let the membership go on otherwise: from the official date if the row tells it, else from today."""
    standing = plan.changes.get("standing", (None, membership.standing))[1]
    condition = plan.changes.get("condition", (None, membership.condition))[1]
    _old, official = plan.changes.get("official_on", (None, None))
    told = "standing" in plan.changes and "condition" not in plan.changes and official
    day = official if told and official > membership.valid_from else today
    if membership.valid_from >= day:
        membership.standing, membership.condition = standing, condition
        return membership
    sheaf.memberships.append(
        Membership(
            member_id=membership.member_id, unit_id=membership.unit_id, standing=standing, condition=condition,
            valid_from=day,
        )
    )  # fmt: skip
    membership.valid_to, membership.leaving = day - timedelta(days=1), Leaving.CHANGED
    return membership


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _state_of(membership: Membership) -> dict[str, Any]:
    return {
        "pk": membership.pk,
        "standing": str(membership.standing),
        "condition": str(membership.condition),
        "valid_to": _json(membership.valid_to),
        "leaving": str(membership.leaving),
    }


@action(Can.KEEP_MEMBERS)
def take_back_members(unit: Unit, done: Sequence[Done], kept: list[Kept], report: Report, *, actor: Actor) -> Unit:
    """Undo what ``enter_members`` did, but for those rows that somebody has worked on since: they go to ``kept``."""
    added = [one for one in done if not one.before]
    changed = [one for one in done if one.before]
    _remove(added, kept)
    report(len(added), len(done))
    for start in range(0, len(changed), _BATCH):
        _set_back(changed[start : start + _BATCH], kept, actor)
        report(len(added) + min(start + _BATCH, len(changed)), len(done))
    return unit


def _remove(added: Sequence[Done], kept: list[Kept]) -> None:
    pks = [one.target for one in added]
    edited = set(Member.objects.filter(pk__in=pks, version__gt=0).values_list("pk", flat=True))
    edited |= set(Member.objects.filter(pk__in=pks, account__isnull=False).values_list("pk", flat=True))
    own = {
        Membership: {pk for one in added for pk in one.after.get("memberships", ())},
        PostTerm: {pk for one in added for pk in one.after.get("posts", ())},
    }
    groups = Member.groups.through
    hung = members_in_use(
        pks, {**own, groups: set(groups.objects.filter(member__in=pks).values_list("pk", flat=True))}
    )
    going = []
    for one in added:
        if one.target in edited or one.target in hung:
            reason = (
                _("đã được sửa hoặc có tài khoản sau khi nhập")
                if one.target in edited
                else _("đã có việc ghi cho đồng chí này sau khi nhập")
            )
            kept.append(Kept(one.sheet, one.number, one.label, reason))
        else:
            going.append(one.target)
    for start in range(0, len(going), _BATCH):
        batch = going[start : start + _BATCH]
        PostTerm.objects.filter(member__in=batch).delete()
        Membership.objects.filter(member__in=batch).delete()
        groups.objects.filter(member__in=batch).delete()
        Member.objects.filter(pk__in=batch).delete()


def _set_back(changed: Sequence[Done], kept: list[Kept], actor: Actor) -> None:
    people = Member.objects.in_bulk([one.target for one in changed])
    turned = Membership.objects.in_bulk(
        [one.after["membership"]["pk"] for one in changed if "membership" in one.after]
    )
    grown = Membership.objects.in_bulk([pk for one in changed for pk in one.after.get("memberships", ())])
    back: list[Done] = []
    for one in changed:
        member = people.get(one.target)
        if member is None or _is_touched(one, member, turned, grown):
            kept.append(Kept(one.sheet, one.number, one.label, _("đã có người sửa sau khi nhập")))
            continue
        for code, old in one.before["fields"].items():
            setattr(member, code, date.fromisoformat(old) if old and code in DATES else old)
        member.sort_key, member.search_key = name_sort_key(member.full_name), search_key(member.full_name)
        back.append(one)
    _write_back(back, people, actor)


def _is_touched(one: Done, member: Member, turned: Mapping[int, Membership], grown: Mapping[int, Membership]) -> bool:
    """Whether somebody changed since what this row had changed."""
    if any(_json(getattr(member, code)) != new for code, new in one.after["fields"].items()):
        return True
    if any(pk not in grown or grown[pk].valid_to is not None for pk in one.after.get("memberships", ())):
        return True
    state = one.after.get("membership")
    return state is not None and (state["pk"] not in turned or _state_of(turned[state["pk"]]) != state)


def _write_back(back: Sequence[Done], people: Mapping[int, Member], actor: Actor) -> None:
    targets = [one.target for one in back]
    Member.objects.bulk_update([people[pk] for pk in targets], [*PLAIN, "sort_key", "search_key"], batch_size=100)
    Member.objects.filter(pk__in=targets).update(
        version=F("version") + 1, changed_at=timezone.now(), changed_by=actor.user
    )
    PostTerm.objects.filter(pk__in=[pk for one in back for pk in one.after.get("posts", ())]).delete()
    Membership.objects.filter(pk__in=[pk for one in back for pk in one.after.get("memberships", ())]).delete()
    for one in back:
        if group_ids := one.after.get("groups"):
            Member.groups.through.objects.filter(member=one.target, group__in=group_ids).delete()
        if state := one.before.get("membership"):
            Membership.objects.filter(pk=state["pk"]).update(**{k: v for k, v in state.items() if k != "pk"})
