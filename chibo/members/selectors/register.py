"""The register as a list: who stands in it, what may be asked of it, and which part of it the actor may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chibo.access.actor import Actor
from chibo.access.charter import POST_NAMES, Can, Post
from chibo.access.selectors import in_force
from chibo.core.registry import Column
from chibo.core.tables import Filter, State
from chibo.core.vietnamese import has_accents, nfc
from chibo.core.words import choices
from chibo.members.models import Member, Membership, PostTerm
from chibo.members.rules import COUNTED, Condition, DatePrecision, Standing
from chibo.members.selectors import groups_of, memberships_on, named
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_under, open_units, ward_of

LEFT = "left"
"""The answer of the condition's filter for those who stand nowhere any more."""
CHIPS = 15
"""With more cells than this the list offers a menu of them and no chips."""
MISSING: dict[str, tuple[Any, Q]] = {
    "birth_date": (_("Ngày sinh"), Q(birth_date__isnull=True)),
    "admitted_on": (_("Ngày vào Đảng"), Q(admitted_on__isnull=True)),
    "citizen_id": (_("Số định danh"), Q(citizen_id="")),
    "card_number": (_("Số thẻ"), Q(card_number="")),
    "phone": (_("Điện thoại"), Q(phone="")),
    "qualification": (_("Trình độ"), Q(qualification="")),
    "groups": (_("Nhóm"), Q(groups__isnull=True)),
}
"""What a file may lack."""
ORDER = ("sort_key", "pk")
FOUND_ORDER = ("looseness", *ORDER)


def register_of(unit: Unit, day: date) -> QuerySet[Member]:
    """Everybody who stands in the unit's cells on the day, guests included."""
    here = memberships_on(day, ids_under(unit, day)).filter(member=OuterRef("pk"))
    return Member.objects.filter(Exists(here))


def gone_from(unit: Unit, day: date) -> QuerySet[Member]:
    """Those whose last cell is one of the unit's, and who stand nowhere on the day."""
    lasting = Membership.objects.filter(in_force(day), member=OuterRef("pk"))
    return Member.objects.filter(~Exists(lasting), unit__path__startswith=unit.path)


def asked_of(actor: Actor, unit: Unit, asked: Mapping[str, str], day: date) -> QuerySet[Member]:
    """The list as its filters narrow it; who may not see files cannot ask what they lack."""
    condition = asked.get("condition", "")
    rows = gone_from(unit, day) if condition == LEFT else register_of(unit, day)
    stay = Q()
    if asked.get("cell", "").isdecimal():
        stay &= Q(unit=int(asked["cell"][:9]))
    if asked.get("standing") in set(Standing):
        stay &= Q(standing=asked["standing"])
    if condition in set(Condition):
        stay &= Q(condition=condition)
    if stay and condition != LEFT:
        here = memberships_on(day, ids_under(unit, day)).filter(stay, member=OuterRef("pk"))
        rows = rows.filter(Exists(here))
    if asked.get("group", "").isdecimal():
        rows = rows.filter(groups=int(asked["group"][:9]))
    if asked.get("post") in set(Post):
        held = PostTerm.objects.filter(in_force(day), member=OuterRef("pk"), post=asked["post"])
        rows = rows.filter(Exists(held))
    if asked.get("missing") in MISSING and actor.may(Can.SEE_MEMBER_FILES, unit):
        rows = rows.filter(MISSING[asked["missing"]][1], unit__path__startswith=unit.path)
    return found(rows, asked.get("q", ""))


def found(rows: QuerySet[Member], words: str) -> QuerySet[Member]:
    """Those whose name holds what was typed; typed with accents, names with the very same come first."""
    words = nfc(words)[:80]
    if not words:
        return rows
    rows = rows.filter(named(words))
    if not has_accents(words):
        return rows.annotate(looseness=Value(0))
    spelt = Q()
    for spelling in (words, words.lower(), words.title(), words.upper()):
        spelt |= Q(full_name__contains=spelling)
    return rows.annotate(looseness=Case(When(spelt, then=0), default=1, output_field=IntegerField()))


def order_of(words: str) -> tuple[str, ...]:
    """How the list is ordered: by given name, after what fits the accents typed."""
    return FOUND_ORDER if nfc(words) else ORDER


def in_full(rows: QuerySet[Member], day: date) -> QuerySet[Member]:
    """The rows with what a list shows of them: three queries more, however many rows."""
    stays = Membership.objects.filter(in_force(day)).select_related("unit").order_by("pk")
    terms = PostTerm.objects.filter(in_force(day)).order_by("pk")
    return rows.select_related("unit").prefetch_related(
        Prefetch("memberships", stays, to_attr="stays"), Prefetch("post_terms", terms, to_attr="terms"), "groups"
    )


def filters_of(actor: Actor, unit: Unit, day: date) -> list[Filter]:
    """The questions the list can be narrowed by."""
    ask = [
        Filter("standing", _("Đảng viên"), choices(Standing)),
        Filter("condition", _("Tình trạng"), [*choices(Condition), (LEFT, _("Đã rời"))]),
        Filter("post", _("Chức vụ"), [(post.value, _(POST_NAMES[post])) for post in POSTS[unit.level == Level.CELL]]),
    ]
    groups = list(groups_of(ward_of(unit).pk).values_list("pk", "name"))
    if groups:
        ask.append(Filter("group", _("Nhóm"), groups))
    if actor.may(Can.SEE_MEMBER_FILES, unit):
        ask.append(Filter("missing", _("Còn thiếu"), [(code, words) for code, (words, _rows) in MISSING.items()]))
    cells = cells_under(unit, day) if unit.level != Level.CELL else []
    if 1 < len(cells) <= CHIPS:
        ask.insert(0, Filter("cell", _("Chi bộ"), [(cell.pk, cell.name) for cell in cells]))
    return ask


def cells_under(unit: Unit, day: date) -> list[Unit]:
    """The unit's open cells, in the order people expect."""
    rows = Unit.objects.filter(path__startswith=unit.path, level=Level.CELL)
    return list(open_units(rows, day).order_by("sort_key"))


POSTS: dict[bool, tuple[Post, ...]] = {
    True: (Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE),
    False: (Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.WARD_COMMITTEE, Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE),
}  # fmt: skip


# ---------------------------------------------------------------------------------------------- columns


def columns_for(actor: Actor, unit: Unit) -> tuple[Column, ...]:
    """The list's columns, and the workbook's: those of the personal file only for who may see it, row by row."""

    def of_file(read: Callable[[Member], Any]) -> Callable[[Member], Any]:
        return lambda member: read(member) if actor.may_on(Can.SEE_MEMBER_FILES, member) else None

    file = actor.may(Can.SEE_MEMBER_FILES, unit)
    shown: list[Column | None] = [
        Column(_("Họ và tên"), "full_name", 26, link=lambda m: reverse("members:member", args=[m.pk])),
        Column(_("Ngày sinh"), of_file(birth_text), 12, "date") if file else None,
        Column(_("Chi bộ"), lambda m: stay_in(m).unit.name if stay_in(m) else m.unit.name, 22)
        if unit.level != Level.CELL
        else None,
        Column(_("Đảng viên"), lambda m: stay_in(m).get_standing_display() if stay_in(m) else "", 13),
        Column(_("Tình trạng"), condition_of, 24, "state"),
        Column(_("Ngày vào Đảng"), of_file(lambda m: m.admitted_on), 13, "date") if file else None,
        Column(_("Ngày chính thức"), of_file(lambda m: m.official_on), 13, "date") if file else None,
        Column(_("Chức vụ"), posts_text, 22),
        Column(_("Nhóm"), lambda m: ", ".join(group.name for group in m.groups.all()), 24),
        Column(_("Điện thoại"), of_file(lambda m: m.phone), 14) if file else None,
    ]
    return tuple(column for column in shown if column is not None)


def stay_in(member: Any) -> Any:
    """The stay that a row of the list shows: where the member officially belongs, or as whose guest."""
    return min(member.stays, key=lambda stay: stay.condition not in COUNTED, default=None)


def condition_of(member: Any) -> State:
    """The member's condition as a state in words."""
    stay = stay_in(member)
    if stay is None:
        return State(gettext("Đã rời"), "none")
    kinds = {Condition.ACTIVE: "ok", Condition.SUSPENDED: "late", Condition.EXEMPT: "none"}
    return State(stay.get_condition_display(), kinds.get(stay.condition, "info"))


def posts_text(member: Any) -> str:
    return ", ".join(gettext(POST_NAMES[Post(term.post)]) for term in member.terms)


def birth_text(member: Member) -> date | str | None:
    """The birth date as exactly as it is known: a day, "05/1956" or "1956"."""
    born = member.birth_date
    if born is None or member.birth_precision == DatePrecision.DAY:
        return born
    return f"{born:%Y}" if member.birth_precision == DatePrecision.YEAR else f"{born:%m/%Y}"
