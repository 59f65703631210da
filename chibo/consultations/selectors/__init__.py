"""How consultations are read: who may see which, what a slip asks, who is still to be reminded."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.consultations.models import Ballot, Consultation, Group, Invitee, Question, Slip, Subject
from chibo.consultations.rules import Asked, ConsultationState
from chibo.members.models import Member
from chibo.members.selectors import counted_on
from chibo.units.models import Unit
from chibo.units.selectors import ids_under, setting_on


def consultations_in(unit: Unit) -> QuerySet[Consultation]:
    """Those of the unit and of those below it, the latest first."""
    return Consultation.objects.filter(unit__path__startswith=unit.path).select_related("unit")


def consultation_for(actor: Actor, pk: int) -> Consultation:
    """The consultation, if the actor may see it; otherwise it does not exist for them (404)."""
    found = Consultation.objects.visible_to(actor).select_related("unit", "basis").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def subject_for(actor: Actor, pk: int) -> Subject:
    """Somebody asked about, if the actor may see what was said of them."""
    found = (
        Subject.objects.visible_to(actor).select_related("consultation", "group", "member", "unit").filter(pk=pk)
    ).first()
    if found is None:
        raise Http404
    return found


def invitation_for(actor: Actor, pk: int) -> Invitee:
    """The actor's own place on the list of a consultation; 404 where they are not asked."""
    found = (
        Invitee.objects.filter(consultation=pk, member__account=actor.user.pk if actor.user else None)
        .select_related("consultation", "group", "unit", "member")
        .exclude(consultation__state=ConsultationState.DRAFT)
        .first()
    )
    if found is None:
        raise Http404
    return found


def invitees_of(consultation: Consultation) -> QuerySet[Invitee]:
    return consultation.invitees.select_related("group")


def least_for(consultation: Consultation) -> int:
    """The least number of answers that may be shown: what was fixed at launch, before that the setting of the day."""
    return consultation.least or int(setting_on("consultations.least", consultation.unit, consultation.opens_on))


def people_to_choose(unit: Unit, consultation: Consultation) -> QuerySet[Member]:
    """The members below the unit on the day it opens, in the order of names."""
    ids = ids_under(unit, consultation.opens_on)
    people = counted_on(consultation.opens_on, ids).values("member")
    return Member.objects.filter(pk__in=people).order_by("sort_key", "pk")


# ------------------------------------------------------------------------------------------------ slips


def code_hash(code: str) -> str:
    """How a code is stored; spaces, dashes and case do not matter to whoever types it."""
    return sha256("".join(c for c in code.upper() if c.isalnum()).encode()).hexdigest()


def places_of(consultation: Consultation, subject: Subject) -> list[tuple[Asked, Question]]:
    """The places of one subject on the slip, in the order of the questions."""
    questions = list(consultation.questions.all())
    return [(Asked(f"{subject.order}-{one.order}", len(one.levels)), one) for one in questions]


def places_for_group(consultation: Consultation, group: Group) -> list[Asked]:
    """Everything that a slip of this group asks."""
    return [place for subject in subjects_for(consultation, group) for place, _ in places_of(consultation, subject)]


def subjects_for(consultation: Consultation, group: Group) -> list[Subject]:
    """Whom a slip of this group asks about."""
    return list(consultation.subjects.filter(Q(group__isnull=True) | Q(group=group)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a slip asks about one subject: (the key of the place, the question) in order."""

    subject: Subject
    places: list[tuple[str, Question]]


def sheets_of(consultation: Consultation, group: Group) -> list[Sheet]:
    return [
        Sheet(subject, [(place.key, question) for place, question in places_of(consultation, subject)])
        for subject in subjects_for(consultation, group)
    ]


def bearer_of(code: str) -> tuple[Slip, Actor]:
    """The unused slip with this code and the power that it gives whoever shows it; 404 where there is none."""
    slip = Slip.objects.filter(code_hash=code_hash(code)).select_related("group__consultation__unit").first()
    if slip is None:
        raise Http404
    return slip, Actor(None, ((Post.BEARER, slip.group.consultation.unit.path),))


# --------------------------------------------------------------------------------------------- how it goes


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of a group are asked, have a slip, and have answered. Numbers only."""

    group: Group
    asked: int
    has_slip: int
    answered: int


def turnout_of(consultation: Consultation) -> list[Turnout]:
    """Group by group. While it runs, what came back is counted in the box; then it is what was summed up."""
    groups = consultation.groups.annotate(
        asked=Count("invitees", distinct=True),
        handed=Count("invitees", filter=Q(invitees__has_slip=True), distinct=True),
        came=Count("ballots", distinct=True),
    )
    return [Turnout(g, g.asked, g.handed, g.came if g.answered is None else g.answered) for g in groups]


def all_in(consultation: Consultation) -> bool:
    """Whether as many slips came back as people were asked."""
    back = Ballot.objects.filter(group__consultation=consultation).count()
    return back >= consultation.invitees.count()


def asked_of(actor: Actor) -> QuerySet[Invitee]:
    """Where the actor is asked for an opinion now and has not said that it is sent."""
    return Invitee.objects.filter(
        member__account=actor.user.pk if actor.user else None, has_sent=False,
        consultation__state=ConsultationState.OPEN,
    ).select_related("consultation")  # fmt: skip


def may_see_results(actor: Actor, consultation: Consultation) -> bool:
    return actor.may(Can.SEE_RESULTS, consultation.unit)
