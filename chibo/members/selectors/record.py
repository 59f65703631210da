"""One member's record, and who may see and do what on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import WARD_POSTS, Can, Post
from chibo.access.models import Invitation
from chibo.access.selectors import in_force
from chibo.core.slips import in_fours, qr_of
from chibo.core.tables import day_text
from chibo.core.values import same_day_after
from chibo.core.vietnamese import fold
from chibo.journal.selectors import HistoryLine, history_of
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import COUNTED, Condition, Standing
from chibo.members.rules.leading import proposed_groups
from chibo.members.selectors import counted_on, groups_of, home_stay
from chibo.members.selectors.register import birth_text
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_under, open_units, setting_on, visible_units, ward_of

WARD_COMMITTEE = (Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.WARD_COMMITTEE)
COMMITTEE = (*WARD_COMMITTEE, Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE)


def member_for(actor: Actor, pk: int, day: date | None = None) -> Member:
    """The member, if the actor may see them: below their posts, as a guest there, or themselves; else 404."""
    guests = Membership.objects.filter(
        in_force(day or timezone.localdate()), member=OuterRef("pk"), condition=Condition.TEMPORARY_HERE
    )
    within = Q(pk__in=[])
    for prefix in actor.reach(Can.SEE_MEMBERS):
        within |= Q(unit__path__startswith=prefix)
    found = Member.objects.visible_to(actor) | Member.objects.filter(Exists(guests.filter(within)))
    member = found.filter(pk=pk).select_related("unit", "account").first()
    if member is None:
        raise Http404
    return member


def term_for(actor: Actor, pk: int) -> PostTerm:
    """A term of a post that the actor may see."""
    rows = PostTerm.objects.visible_to(actor).select_related("unit", "member__account", "member__unit")
    term = rows.filter(pk=pk).first()
    if term is None:
        raise Http404
    return term


def group_for(actor: Actor, pk: int) -> Group:
    group = Group.objects.visible_to(actor).select_related("unit").filter(pk=pk).first()
    if group is None:
        raise Http404
    return group


def may_trace(actor: Actor, member: Member) -> bool:
    """Whether this person reads who looked at the file and changed it: the member, and who reads file and journal there."""
    return actor.owns(member) or all(actor.may(can, member.unit) for can in (Can.READ_JOURNAL, Can.SEE_MEMBER_FILES))


def history_for(actor: Actor, member: Member) -> list[HistoryLine]:
    """Who looked at the record and who changed what in it, newest first (404 for who may not know)."""
    if not may_trace(actor, member):
        raise Http404
    return history_of(member)


@dataclass(frozen=True)
class Deed:
    """Something that may be done to a record now; ``why_not`` says what still stands in the way."""

    words: str
    url: str
    why_not: str = ""


@dataclass(frozen=True)
class Record:
    """What one person may see of one member."""

    member: Member
    stay: Membership | None
    guest: Membership | None
    sees_file: bool
    birth: date | str | None
    masked_id: str
    may_reveal: bool
    stays: list[Membership]
    terms: list[PostTerm]
    groups: list[Group]
    account: str
    may_trace: bool
    deeds: list[Deed]


def record_of(actor: Actor, member: Member, today: date) -> Record:
    """The member's record as this actor sees it: names and place for all, the personal file for who may."""
    sees_file = actor.may_on(Can.SEE_MEMBER_FILES, member)
    stays = list(member.memberships.select_related("unit").order_by("-valid_from", "-pk"))
    now = [s for s in stays if s.valid_from <= today and (s.valid_to is None or s.valid_to >= today)]
    return Record(
        member,
        stay=min(now, key=lambda s: s.condition not in COUNTED, default=None),
        guest=next((s for s in now if s.condition == Condition.TEMPORARY_HERE and len(now) > 1), None),
        sees_file=sees_file,
        birth=birth_text(member) if sees_file else None,
        masked_id=masked(member.citizen_id),
        may_reveal=bool(member.citizen_id) and actor.may_on(Can.REVEAL_IDENTITY, member),
        stays=stays if sees_file else [],
        terms=list(member.post_terms.select_related("unit").order_by("-valid_from", "-pk")),
        groups=list(member.groups.all()),
        account=account_words(actor, member),
        may_trace=may_trace(actor, member),
        deeds=deeds_for(actor, member, today),
    )


def masked(number: str) -> str:
    """A personal number as it stands on the screen: "•••• •••• 1234"."""
    return f"•••• •••• {number[-4:]}" if number else ""


def account_words(actor: Actor, member: Member) -> str:
    """How far the member's account is, for who may invite them, and for themselves; "" for others."""
    if not (actor.may(Can.INVITE, member.unit) or actor.owns(member)):
        return ""
    if member.account is None:
        return _("Chưa có tài khoản")
    if not member.account.is_active:
        return _("Tài khoản đã đóng")
    slip = Invitation.objects.filter(user=member.account, used_at__isnull=True).first()
    words = {
        "name": member.account.username,
        "day": day_text(timezone.localtime(slip.expires_at).date()) if slip else "",
    }
    if slip is None:
        return _("Tên đăng nhập: %(name)s") % words
    if slip.expires_at <= timezone.now():
        return _("Tên đăng nhập: %(name)s; phiếu mời đã hết hạn ngày %(day)s") % words
    return _("Tên đăng nhập: %(name)s; phiếu mời dùng được đến ngày %(day)s") % words


def deeds_for(actor: Actor, member: Member, today: date) -> list[Deed]:
    """What this actor may do with the record now, in the order of use."""
    deeds: list[Deed] = []

    def offer(words: str, name: str, why_not: str = "") -> None:
        deeds.append(Deed(words, reverse(f"members:{name}", args=[member.pk]), why_not))

    stay = home_stay(member)
    if actor.may(Can.KEEP_MEMBERS, member.unit):
        offer(_("Sửa, bổ sung hồ sơ"), "amend")
        if stay is not None and stay.condition != Condition.TEMPORARY_HERE:
            if stay.standing == Standing.PROBATIONARY:
                offer(_("Công nhận chính thức"), "recognise", _why_not_official(member, today))
            offer(_("Thay đổi tình trạng sinh hoạt"), "change")
            offer(_("Chuyển sinh hoạt sang chi bộ khác"), "transfer")
        if stay is not None:
            offer(_("Rời đảng bộ: chuyển đi, xóa tên, từ trần…"), "leaving")
    if actor.may(Can.APPOINT, member.unit) and stay is not None:
        url = reverse("members:posts", args=[member.unit_id])
        deeds.append(Deed(_("Giao chức vụ"), f"{url}?member={member.pk}"))
    if actor.may(Can.INVITE, member.unit) and stay is not None:
        url = reverse("members:invite", args=[member.unit_id])
        deeds.append(Deed(_("In phiếu mời"), f"{url}?member={member.pk}"))
    return deeds


def _why_not_official(member: Member, today: date) -> str:
    if member.admitted_on is None:
        return _("Hồ sơ chưa có ngày vào Đảng.")
    ready = same_day_after(member.admitted_on, int(setting_on("members.probation_months", member.unit, today)))
    return _("Hết thời gian dự bị ngày %(day)s.") % {"day": day_text(ready)} if ready > today else ""


# --------------------------------------------------------------------------------------------- choices


def cells_kept(actor: Actor, day: date) -> QuerySet[Unit]:
    """The open cells whose register the actor keeps."""
    return open_units(visible_units(actor, Can.KEEP_MEMBERS).filter(level=Level.CELL), day)


def cells_left_behind(actor: Actor, day: date) -> QuerySet[Unit]:
    """The cells that have ended while members still stand in them, of those whose register the actor keeps."""
    lasting = Membership.objects.filter(unit=OuterRef("pk"), valid_to__isnull=True)
    ended = visible_units(actor, Can.KEEP_MEMBERS).filter(level=Level.CELL, valid_to__lt=day)
    return ended.filter(Exists(lasting))


def candidates_for(unit: Unit, day: date) -> QuerySet[Member]:
    """Who may be given a post in the unit: its own official members, and the ward's committee to follow a cell."""
    own = counted_on(day, ids_under(unit, day)).filter(standing=Standing.OFFICIAL)
    people = Q(pk__in=own.values("member_id"))
    if unit.level == Level.CELL:
        leads = PostTerm.objects.filter(in_force(day), unit=ward_of(unit), post__in=WARD_POSTS)
        people |= Q(pk__in=leads.values("member_id"))
    return Member.objects.filter(people).select_related("unit").order_by("sort_key", "pk")


def terms_under(unit: Unit, day: date) -> QuerySet[PostTerm]:
    """Who holds which post in the unit and below on the day, or will."""
    rows = PostTerm.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), unit_id__in=ids_under(unit, day))
    return rows.select_related("unit", "member")


def people_of(unit: Unit, day: date) -> QuerySet[Member]:
    """The members who officially belong to the unit on the day, with their account and slip."""
    belonging = counted_on(day, ids_under(unit, day)).values("member_id")
    rows = Member.objects.filter(pk__in=belonging).select_related("unit", "account__invitation")
    return rows.order_by("unit__sort_key", "sort_key", "pk")


def propose_groups(unit: Unit, day: date) -> dict[int, set[int]]:
    """For each member of the unit the ward's groups that fit them, by the default groups' names."""
    ward = ward_of(unit)
    groups = {group.name: group.pk for group in groups_of(ward.pk)}
    young = int(setting_on("members.young_until", unit, day))
    here = ids_under(unit, day)
    conditions = dict(counted_on(day, here).values_list("member_id", "condition"))
    leads = set(
        PostTerm.objects.filter(in_force(day), post__in=COMMITTEE, member__in=conditions).values_list(
            "member", flat=True
        )
    )
    proposed = {}
    for member in people_of(unit, day):
        names = proposed_groups(
            leads=member.pk in leads, staff_kind=member.staff_kind, occupation=fold(member.occupation),
            condition=conditions[member.pk], born=member.birth_date, on=day, young_until=young,
        )  # fmt: skip
        proposed[member.pk] = {groups[name] for name in names if name in groups}
    return proposed


@dataclass(frozen=True)
class Slip:
    """What is printed for one person: shown on that page and never again."""

    name: str
    username: str
    code: str
    address: str
    until: date
    qr: SafeString


def slips_for(invitations: Iterable[Invitation], address: str) -> list[Slip]:
    """The slips of invitations that were just made; ``address`` is the page where a code is typed."""
    slips = []
    for made in invitations:
        code: str = made.printed_code
        slips.append(
            Slip(
                made.user.name,
                made.user.username,
                in_fours(code),
                address,
                timezone.localtime(made.expires_at).date(),
                qr_of(f"{address}?code={code}"),
            )
        )
    return slips
