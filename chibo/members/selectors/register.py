"""The register as a list: who stands in it, what may be asked of it, and which part of it the actor may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chibo.access.actor import Actor
from chibo.access.charter import POST_NAMES, Can, Post
from chibo.access.selectors import in_force
from chibo.core.registry import Column
from chibo.core.tables import Filter, State, link_to
from chibo.core.vietnamese import has_accents, nfc
from chibo.core.words import choices
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import COUNTED, Condition, DatePrecision, Standing
from chibo.members.selectors import groups_of, named
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ward_of

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


def register_of(unit: Unit, today: date) -> QuerySet[Member]:
    """Everybody who stands in the unit's cells today, by today's tree, guests included."""
    return Member.objects.filter(pk__in=_stays_in(unit, today).values("member"))


def _stays_in(unit: Unit, today: date) -> QuerySet[Membership]:
    return Membership.objects.filter(in_force(today), unit__path__startswith=unit.path)


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
        rows = rows.filter(pk__in=_stays_in(unit, day).filter(stay).values("member"))
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


@dataclass(frozen=True, slots=True)
class Line:
    """A member as a list shows them: where they stand on the day, the posts they hold, their groups."""

    member: Member
    stays: list[Any] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    @property
    def stay(self) -> Any:
        """Where the member officially belongs, or as whose guest they stand; None if they left."""
        return min(self.stays, key=lambda stay: stay.condition not in COUNTED, default=None)


def in_full(members: Iterable[Member], day: date) -> Iterator[Line]:
    """The members as lines of the list: three queries more for every 500 of them."""
    people = iter(members)
    while lines := {member.pk: Line(member) for member in islice(people, 500)}:
        stays = Membership.objects.filter(in_force(day), member__in=lines).order_by("pk")
        for stay in stays.values_list("member_id", "standing", "condition", "unit__name", named=True):
            lines[stay.member_id].stays.append(stay)
        terms = PostTerm.objects.filter(in_force(day), member__in=lines).order_by("pk")
        for member, post in terms.values_list("member_id", "post"):
            lines[member].posts.append(post)
        sorted_into = Group.objects.filter(members__in=lines).order_by("order", "pk")
        for member, name in sorted_into.values_list("members", "name"):
            lines[member].groups.append(name)
        yield from lines.values()


def filters_of(actor: Actor, unit: Unit, cells: Sequence[tuple[int, str]]) -> list[Filter]:
    """The questions the list can be narrowed by; ``cells`` are those to choose from, as (number, name)."""
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
    if 1 < len(cells) <= CHIPS:
        ask.insert(0, Filter("cell", _("Chi bộ"), cells))
    return ask


POSTS: dict[bool, tuple[Post, ...]] = {
    True: (Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE),
    False: (Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.WARD_COMMITTEE, Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE),
}  # fmt: skip


# ---------------------------------------------------------------------------------------------- columns


def columns_for(actor: Actor, unit: Unit) -> tuple[Column, ...]:
    """The list's columns, and the workbook's: those of the personal file only for who may see it, line by line."""

    def of_file(read: Callable[[Member], Any]) -> Callable[[Line], Any]:
        return lambda line: read(line.member) if actor.may_on(Can.SEE_MEMBER_FILES, line.member) else None

    def of_stay(read: Callable[[Any], Any], without: Callable[[Line], Any]) -> Callable[[Line], Any]:
        return lambda line: read(line.stay) if line.stays else without(line)

    file = actor.may(Can.SEE_MEMBER_FILES, unit)
    standings = {word.value: gettext(word.label) for word in Standing}
    conditions = {word.value: State(gettext(word.label), CONDITION_KINDS.get(word, "info")) for word in Condition}
    posts = {post.value: gettext(words) for post, words in POST_NAMES.items()}
    gone = State(gettext("Đã rời"), "none")
    cell = of_stay(lambda stay: stay.unit__name, lambda line: line.member.unit.name)
    shown: list[Column | None] = [
        Column(_("Họ và tên"), "member.full_name", 26, link=link_to("members:member", "member.pk")),
        Column(_("Ngày sinh"), of_file(birth_text), 12, "date") if file else None,
        Column(_("Chi bộ"), cell, 22) if unit.level != Level.CELL else None,
        Column(_("Đảng viên"), of_stay(lambda stay: standings[stay.standing], lambda _line: ""), 13),
        Column(_("Tình trạng"), of_stay(lambda stay: conditions[stay.condition], lambda _line: gone), 24, "state"),
        Column(_("Ngày vào Đảng"), of_file(lambda m: m.admitted_on), 13, "date") if file else None,
        Column(_("Ngày chính thức"), of_file(lambda m: m.official_on), 13, "date") if file else None,
        Column(_("Chức vụ Đảng"), lambda line: ", ".join(posts[post] for post in line.posts), 22),
        Column(_("Nhóm"), lambda line: "; ".join(line.groups), 24),
        Column(_("Điện thoại"), of_file(lambda m: m.phone), 14) if file else None,
    ]
    return tuple(column for column in shown if column is not None)


CONDITION_KINDS = {Condition.ACTIVE: "ok", Condition.SUSPENDED: "late", Condition.EXEMPT: "none"}


def birth_text(member: Member) -> date | str | None:
    """The birth date as exactly as it is known: a day, "05/1956" or "1956"."""
    born = member.birth_date
    if born is None or member.birth_precision == DatePrecision.DAY:
        return born
    return f"{born:%Y}" if member.birth_precision == DatePrecision.YEAR else f"{born:%m/%Y}"
