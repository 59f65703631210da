"""Consultations are announced, laid down, launched, summed up and answered here; slips are filled in ``answering``."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from random import SystemRandom
from typing import cast

from django.db.models import Max

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.consultations.models import (
    Ballot,
    Consultation,
    Group,
    Invitee,
    Opinion,
    Question,
    Slip,
    Subject,
    Tally,
    Theme,
)
from chibo.consultations.rules import (
    ConsultationState,
    Prepared,
    QuestionKind,
    objections_to_announcing,
    objections_to_asking,
    objections_to_closing,
    objections_to_coding,
    objections_to_handing_out,
    objections_to_inviting,
    objections_to_launching,
    objections_to_preparing,
    objections_to_replying,
)
from chibo.consultations.rules.secrecy import counted, shown_groups
from chibo.consultations.rules.suggestions import CODE_LETTERS
from chibo.consultations.selectors import all_in, code_hash, least_for, places_of
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import name_sort_key, nfc, nfc_lines
from chibo.members.models import Member
from chibo.papers.models import Paper
from chibo.units.models import Unit

CODE_LENGTH = 12


def _next(rows: Iterable[object]) -> int:
    """The next place in an ordered list."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1  # type: ignore[attr-defined]


# --------------------------------------------------------------------------------------------- laying down


@action(Can.LEAD_CONSULTATIONS)
def announce_consultation(
    unit: Unit, *, actor: Actor, title: str, opens_on: date, closes_on: date, basis: Paper | None = None
) -> Consultation:
    """Begin a round of opinions; who is asked what about whom is laid down until it is launched."""
    refuse_if(objections_to_announcing(title=title, opens_on=opens_on, closes_on=closes_on))
    return Consultation.objects.create(
        unit=unit, title=nfc(title), opens_on=opens_on, closes_on=closes_on, basis=basis
    )


@action(Can.LEAD_CONSULTATIONS)
def reword_consultation(
    consultation: Consultation,
    *,
    actor: Actor,
    title: str,
    opens_on: date,
    closes_on: date,
    basis: Paper | None = None,
) -> Consultation:
    """Change its name or days before it is launched."""
    refuse_if(
        [
            *objections_to_preparing(consultation.state),
            *objections_to_announcing(title=title, opens_on=opens_on, closes_on=closes_on),
        ]
    )
    consultation.title, consultation.basis = nfc(title), basis
    consultation.opens_on, consultation.closes_on = opens_on, closes_on
    consultation.save()
    return consultation


@action(Can.LEAD_CONSULTATIONS)
def name_subject(
    consultation: Consultation,
    *,
    actor: Actor,
    name: str = "",
    post: str = "",
    member: Member | None = None,
    group: Group | None = None,
) -> Subject:
    """Ask about a person, or a collective by name (seed S1-14)."""
    refuse_if(objections_to_preparing(consultation.state))
    words = nfc(name) or (member.full_name if member else "")
    if not words:
        refuse_if([Objection(gettext_noop("Hãy chọn một đồng chí hoặc ghi tên tập thể."), field="name")])
    if member is not None and consultation.subjects.filter(member=member).exists():
        refuse_if([Objection(gettext_noop("Đồng chí này đã có trong danh sách lấy ý kiến."), field="member")])
    return Subject.objects.create(
        unit=consultation.unit, consultation=consultation, order=_next(consultation.subjects.all()), name=words,
        post=nfc(post), member=member, group=group,
    )  # fmt: skip


@action(Can.LEAD_CONSULTATIONS)
def ask_question(
    consultation: Consultation, *, actor: Actor, kind: str, text: str, levels: Sequence[str] = ()
) -> Question:
    """Put a question about every subject."""
    levels = [nfc(level) for level in levels if level.strip()] if kind == QuestionKind.LEVELS else []
    refuse_if(
        [*objections_to_preparing(consultation.state), *objections_to_asking(kind=kind, text=text, levels=levels)]
    )
    return Question.objects.create(
        consultation=consultation, order=_next(consultation.questions.all()), kind=kind, text=nfc(text), levels=levels
    )


@action(Can.LEAD_CONSULTATIONS)
def invite_group(
    consultation: Consultation, *, actor: Actor, name: str, names: Sequence[str] = (), members: Sequence[Member] = ()
) -> Group:
    """Invite a named list of people; whoever is already asked in another group is not asked again (seed S1-15)."""
    already = set(
        consultation.invitees.filter(member__in=[m.pk for m in members]).values_list("member_id", flat=True)
    )
    fresh = [member for member in members if member.pk not in already]
    people = [nfc(one) for one in names if one.strip()] + [member.full_name for member in fresh]
    found = [
        *objections_to_preparing(consultation.state),
        *objections_to_inviting(people, [m.pk for m in members]),
    ]
    if not name.strip():
        found.append(Objection(gettext_noop("Hãy ghi tên nhóm."), field="name"))
    refuse_if(found)
    group = Group.objects.create(consultation=consultation, order=_next(consultation.groups.all()), name=nfc(name))
    known: list[Member | None] = [None] * (len(people) - len(fresh))
    Invitee.objects.bulk_create(
        Invitee(
            unit=consultation.unit, consultation=consultation, group=group, name=one, sort_key=name_sort_key(one),
            member=member,
        )
        for one, member in zip(people, [*known, *fresh], strict=True)
    )  # fmt: skip
    return group


@action(Can.LEAD_CONSULTATIONS)
def strike_out(consultation: Consultation, *, actor: Actor, part: str, number: int) -> Consultation:
    """Take back a subject, a question or a group before it is launched; ``number`` is its place in its list."""
    refuse_if(objections_to_preparing(consultation.state))
    parts = {"subject": consultation.subjects, "question": consultation.questions, "group": consultation.groups}
    if part in parts:
        parts[part].filter(order=number).delete()
    return consultation


@action(Can.LEAD_CONSULTATIONS)
def launch_consultation(consultation: Consultation, *, actor: Actor) -> Consultation:
    """Seal what is asked of whom, and the least number of answers that may be shown; from here slips go out."""
    least = least_for(consultation)
    groups = {group.name: group.invitees.count() for group in consultation.groups.all()}
    refuse_if(
        objections_to_launching(
            Prepared(
                consultation.state, consultation.opens_on, consultation.closes_on, consultation.subjects.count(),
                consultation.questions.count(), groups, least,
            )
        )
    )  # fmt: skip
    consultation.state, consultation.least = ConsultationState.OPEN, least
    consultation.save()
    return consultation


# ------------------------------------------------------------------------------------------------- slips


@action(Can.LEAD_CONSULTATIONS, traceless=True)
def hand_out_slips(
    consultation: Consultation, *, actor: Actor, invitees: Sequence[Invitee], today: date
) -> list[tuple[str, str]]:
    """Slips on paper for these people: (group, code) in an order that is nobody's, to be cut, mixed and handed out.

    The codes are given back once and kept nowhere; who of the list gets which is decided by the hand that deals them.
    """
    refuse_if(objections_to_handing_out(consultation.state, today=today, closes_on=consultation.closes_on))
    waiting = [one for one in invitees if one.consultation_id == consultation.pk and not one.has_slip]
    if not waiting:
        refuse_if([Objection(gettext_noop("Những người đã chọn đều đã nhận phiếu."))])
    Invitee.objects.filter(pk__in=[one.pk for one in waiting]).update(has_slip=True)
    return _new_slips([one.group for one in waiting])


@action(Can.TAKE_SLIPS, traceless=True)
def take_slip(invitee: Invitee, *, actor: Actor, today: date) -> str:
    """Hand somebody who is logged in a slip of their group: the code is shown to them once."""
    consultation = invitee.consultation
    refuse_if(objections_to_handing_out(consultation.state, today=today, closes_on=consultation.closes_on))
    if invitee.has_slip:
        refuse_if([Objection(gettext_noop("Đồng chí đã nhận phiếu; mỗi người nhận một lần."))])
    Invitee.objects.filter(pk=invitee.pk).update(has_slip=True)
    return _new_slips([invitee.group])[0][1]


@action(Can.TAKE_SLIPS, traceless=True)
def report_sent(invitee: Invitee, *, actor: Actor) -> Invitee:
    """Say that one's slip is sent, whenever one likes: reminders stop. It is not checked against any slip."""
    Invitee.objects.filter(pk=invitee.pk).update(has_sent=True)
    return invitee


@action(Can.LEAD_CONSULTATIONS, traceless=True)
def tick_sent(consultation: Consultation, *, actor: Actor, invitees: Sequence[Invitee]) -> Consultation:
    """The office ticks who has put a paper slip into the box."""
    consultation.invitees.filter(pk__in=[one.pk for one in invitees]).update(has_slip=True, has_sent=True)
    return consultation


# ------------------------------------------------------------------------------------------------ summary


@action(Can.LEAD_CONSULTATIONS)
def sum_up(consultation: Consultation, *, actor: Actor, today: date) -> Consultation:
    """Count what came in, keep what may be shown, and destroy the rest for good: ballots and unused slips."""
    refuse_if(
        objections_to_closing(
            consultation.state, today=today, closes_on=consultation.closes_on, all_in=all_in(consultation)
        )
    )
    ballots = list(Ballot.objects.filter(group__consultation=consultation))
    SystemRandom().shuffle(ballots)
    _count_groups(consultation, ballots)
    for subject in consultation.subjects.select_related("group"):
        _count_subject(consultation, subject, ballots)
    Ballot.objects.filter(group__consultation=consultation).delete()
    Slip.objects.filter(group__consultation=consultation).delete()
    consultation.state, consultation.closed_on = ConsultationState.CLOSED, today
    consultation.save()
    return consultation


@action(Can.SEE_RESULTS)
def reply_to_results(subject: Subject, *, actor: Actor, text: str, replied_on: date) -> Subject:
    """The person concerned says what they take in, or explains (seed S1-14)."""
    refuse_if(objections_to_replying(subject.consultation.state, text))
    subject.reply, subject.replied_on = nfc_lines(text), replied_on
    subject.save()
    return subject


@action(Can.LEAD_CONSULTATIONS)
def sort_opinions(subject: Subject, *, actor: Actor, name: str, opinions: Sequence[Opinion]) -> Theme:
    """Put opinions under one theme (seed S1-16): people read and sort them, no machine does. None named: the theme goes."""
    refuse_if(objections_to_coding(subject.consultation.state, name=name))
    theme, _new = Theme.objects.get_or_create(subject=subject, name=nfc(name))
    theme.opinions.set([one for one in opinions if one.subject_id == subject.pk])
    if not opinions:
        theme.delete()
    return theme


# ------------------------------------------------------------------------------------------------- within


def _new_slips(groups: Sequence[Group]) -> list[tuple[str, str]]:
    made = [(group, "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))) for group in groups]
    SystemRandom().shuffle(made)
    Slip.objects.bulk_create(Slip(code_hash=code_hash(code), group=group) for group, code in made)
    return [(group.name, code) for group, code in made]


def _count_groups(consultation: Consultation, ballots: Sequence[Ballot]) -> None:
    groups = list(consultation.groups.all())
    sizes = {group.pk: sum(ballot.group_id == group.pk for ballot in ballots) for group in groups}
    shown = shown_groups(sizes, consultation.least or 0)
    for group in groups:
        group.answered, group.is_shown = sizes[group.pk], group.pk in shown
    Group.objects.bulk_update(groups, ["answered", "is_shown"])


def _count_subject(consultation: Consultation, subject: Subject, ballots: Sequence[Ballot]) -> None:
    """A subject asked of one group alone is a whole of its own: shown if that group is large enough."""
    asked = [b for b in ballots if subject.group_id in (None, b.group_id)]
    sizes: dict[object, int] = {}
    for ballot in asked:
        sizes[ballot.group_id] = sizes.get(ballot.group_id, 0) + 1
    least = consultation.least or 0
    if sum(sizes.values()) < least:
        return
    for place, question in places_of(consultation, subject):
        if place.levels:
            told = [(b.group_id, int(b.filled.get(place.key, -1))) for b in asked]
            Tally.objects.bulk_create(
                Tally(
                    subject=subject,
                    question=question,
                    group_id=cast("int | None", row.group),
                    level=row.level,
                    number=row.number,
                )
                for row in counted(told, sizes, least)
            )
        else:
            texts = [str(b.filled[place.key]) for b in asked if str(b.filled.get(place.key, "")).strip()]
            Opinion.objects.bulk_create(Opinion(subject=subject, question=question, text=text) for text in texts)
