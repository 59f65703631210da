"""A congress begins, lists are built, the counting committee elected, the resolution voted on, the congress closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.congresses.actions.seating import _seat_committee
from chibo.congresses.models import Candidate, Congress, Counter, Election
from chibo.congresses.rules import CongressState, ElectionState, Office, Source, Withdrawal, rule_set_on
from chibo.congresses.rules.listing import (
    Nominee,
    Putting,
    objections_to_counters,
    objections_to_list,
    objections_to_missing,
    objections_to_nominee,
    objections_to_office,
    objections_to_putting,
)
from chibo.congresses.rules.preparing import PLAN, objections_to_beginning, objections_to_step
from chibo.congresses.rules.voting import objections_to_carrying
from chibo.congresses.selectors import (
    base_for,
    day_of,
    earlier_done,
    elected_ids,
    has_committee,
    incumbents_of,
    is_by_election,
    limits_of,
    number_of,
    official_count,
    pilot_of,
    sitting_in,
    still_standing,
    voters_of,
)
from chibo.congresses.selectors.results import CHAIR, item_of
from chibo.congresses.selectors.sitting import objections_to_quorum, office_kept, offices_kept
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.meetings.actions.conducting import take_vote
from chibo.meetings.models import AgendaItem, Vote
from chibo.meetings.rules import ItemKind
from chibo.members.models import Member
from chibo.tasks.actions import assign_task
from chibo.tasks.rules import TaskOrigin

LISTING = (ElectionState.DRAFT, ElectionState.RUNOFF_SHORT)
"""When names may be put forward: at first, and when seats stayed open and the congress takes more names (Đ20.2)."""


@action(Can.KEEP_CONGRESSES)
def begin_congress(congress: Congress, *, actor: Actor) -> Congress:
    """Open the congress: the scheme is approved, the pilot's lessons drawn, two thirds are there by the roll."""
    refuse_if(
        [
            *objections_to_step("begin", congress.state),
            *objections_to_beginning(
                is_pilot=congress.is_pilot,
                has_pilot=pilot_of(congress.round) is not None,
                lessons_on=congress.round.lessons_on,
                scheme_approved=congress.scheme_approved_on is not None,
            ),
            *objections_to_quorum(congress),
        ]
    )
    congress.state = CongressState.OPEN
    congress.save()
    return congress


@action(Can.KEEP_CONGRESSES)
def elect_chair(
    congress: Congress, *, actor: Actor, chair: Member, recorder: Member, in_favour: int, against: int = 0,
    abstaining: int = 0,
) -> Congress:  # fmt: skip
    """The congress elects who chairs it and who keeps its minutes, by show of hands (Đ3.2)."""
    day, voters = day_of(congress), voters_of(congress)
    article, found = rule_set_on(day).article("method"), list(objections_to_step("conduct", congress.state))
    if chair.pk == recorder.pk:
        text = gettext_noop("Chủ tọa và thư ký là hai đồng chí khác nhau.")
        found.append(Objection(text, article, field="recorder"))
    for field, member in (("chair", chair), ("recorder", recorder)):
        if member.pk not in voters:
            text = gettext_noop("%(name)s không phải đảng viên chính thức của chi bộ.")
            found.append(Objection(text, article, {"name": member.full_name}, field))
    refuse_if(found)
    _decided(
        congress,
        actor,
        f"Bầu chủ tọa ({chair}), thư ký ({recorder})",
        (in_favour, against, abstaining),
        item_of(congress, CHAIR),
    )
    congress.meeting.chair, congress.meeting.recorder = chair, recorder
    congress.meeting.save()
    return congress


def _decided(
    congress: Congress, actor: Actor, question: str, hands: tuple[int, int, int], item: AgendaItem | None = None
) -> Vote:
    """A vote by show of hands, kept if enough are there and more than half of the cell are for it; otherwise nothing was decided."""
    in_favour, against, abstaining = hands
    refuse_if(objections_to_quorum(congress))
    vote = take_vote(
        congress.meeting, actor=actor, question=question, in_favour=in_favour, against=against, abstaining=abstaining,
        item=item,
    )  # fmt: skip
    refuse_if(objections_to_carrying(vote.in_favour, vote.entitled))
    return vote


# ------------------------------------------------------------------------------------------------- lists


@action(Can.KEEP_CONGRESSES)
def open_election(congress: Congress, *, actor: Actor, office: str, seats: int = 1) -> Election:
    """Begin the election of an office: the committee, then the secretary, then the deputy."""
    twice = congress.elections.filter(office=office).exists()
    refuse_if(
        [
            *objections_to_step("conduct", congress.state),
            *([Objection(gettext_noop("Cuộc bầu này đã mở."), PLAN, field="office")] if twice else []),
            *_objections_to_office(congress, office, seats),
        ]
    )
    return Election.objects.create(unit=congress.unit, congress=congress, office=office, seats=seats)


def _objections_to_office(congress: Congress, office: str, seats: int) -> list[Objection]:
    """The offices of a congress in their order; of a by-election those that are missing."""
    day, done = day_of(congress), earlier_done(congress, office)
    official, limits = official_count(congress.unit, day), limits_of(congress.unit, day)
    if not is_by_election(congress):
        found = objections_to_office(
            office, seats, official, earlier_done=done, on=day, limits=limits, delegates=congress.delegates
        )
        return list(found)
    small = official < limits.least_for_committee
    holder = offices_kept(congress).get(office)
    found = objections_to_missing(
        office, seats, len(sitting_in(congress)), is_small=small, on=day, limits=limits,
        holder=holder.full_name if holder else "",
    )  # fmt: skip
    article = rule_set_on(day).article("by")
    text = gettext_noop("Bầu xong cuộc trước rồi mới mở cuộc sau.")
    return [*found, *([] if done else [Objection(text, article, field="office")])]


@action(Can.KEEP_CONGRESSES)
def put_forward(
    election: Election,
    *,
    actor: Actor,
    member: Member,
    source: str = Source.INTRODUCED,
    nominated_by: Member | None = None,
    agreed: bool = True,
    support: int | None = None,
) -> Candidate:
    """A name by the convening committee, from the floor, or one's own; ``support`` as the poll or the hands counted."""
    congress, before = election.congress, incumbents_of(election.congress)
    day, row = day_of(congress), voters_of(congress).get(member.pk)
    committee = congress.elected.filter(office=Office.COMMITTEE)
    asked = Putting(
        member.full_name,
        source,
        row.standing if row else "",
        row.condition if row else "",
        agreed=agreed,
        is_incumbent=member.pk in before,
        by_incumbent=nominated_by is not None and nominated_by.pk in before,
        already=election.candidates.filter(member=member).exists(),
        counts=congress.counters.filter(member=member).exists(),
        in_committee=committee.filter(member=member).exists() or member.pk in sitting_in(congress),
        is_delegate=congress.elected.filter(office=Office.DELEGATES, member=member).exists(),
        holds=office_kept(congress, member),
    )
    refuse_if(
        [
            *_objections_to_listing(election),
            *objections_to_putting(asked, election.office, has_committee=has_committee(congress), on=day),
        ]
    )
    return Candidate.objects.create(
        unit=election.unit,
        election=election,
        member=member,
        source=source,
        nominated_by=nominated_by,
        support=support,
    )


@action(Can.KEEP_CONGRESSES)
def note_support(candidate: Candidate, *, actor: Actor, support: int) -> Candidate:
    """How many support somebody who was not introduced by the committee."""
    most = base_for(candidate.election.congress).present
    refuse_if(
        [
            *_objections_to_listing(candidate.election),
            *(
                [
                    Objection(
                        gettext_noop("Chỉ có %(present)s đảng viên chính thức có mặt."),
                        rule_set_on(day_of(candidate.election.congress)).article("surplus"),
                        {"present": most}, "support",
                    )
                ]
                if support > most else []
            ),
        ]
    )  # fmt: skip
    candidate.support = support
    candidate.save()
    return candidate


@action(Can.KEEP_CONGRESSES)
def settle_withdrawal(candidate: Candidate, *, actor: Actor, withdrawal: str) -> Candidate:
    """Somebody asks to be taken off; the congress, by show of hands, lets them or does not."""
    refuse_if(_objections_to_listing(candidate.election))
    candidate.withdrawal = Withdrawal(withdrawal)
    candidate.save()
    return candidate


@action(Can.KEEP_CONGRESSES)
def strike_candidate(candidate: Candidate, *, actor: Actor) -> Election:
    """Take off a name that was put there by mistake."""
    refuse_if(_objections_to_listing(candidate.election))
    election = candidate.election
    candidate.delete()
    return election


@action(Can.KEEP_CONGRESSES)
def close_list(
    election: Election, *, actor: Actor, in_favour: int, against: int = 0, abstaining: int = 0
) -> Election:
    """The congress adopts number and list by show of hands; from then on nobody is added or taken off."""
    congress, day = election.congress, day_of(election.congress)
    limits, present = limits_of(election.unit, day), base_for(election.congress).present
    names = still_standing(election)
    nominees = [Nominee(one.member.full_name, one.source, one.withdrawal, one.support, present) for one in names]
    missing = election.seats - len(elected_ids(election))
    first = election.state == ElectionState.DRAFT
    refuse_if(
        [
            *_objections_to_listing(election),
            *(found for nominee in nominees for found in objections_to_nominee(nominee, on=day, limits=limits)),
            *objections_to_list(
                election.office if first else Office.SECRETARY, missing, len(names), on=day, limits=limits
            ),
        ]
    )
    question = f"Thông qua số lượng ({missing}) và danh sách ({len(names)}): {str(election).lower()}"
    hands, item = (in_favour, against, abstaining), item_of(congress, election.office)
    election.list_vote = _decided(congress, actor, question, hands, item)
    election.state = ElectionState.LISTED
    election.save()
    return election


def _objections_to_listing(election: Election) -> list[Objection]:
    found = list(objections_to_step("conduct", election.congress.state))
    if election.state not in LISTING:
        found.append(
            Objection(
                gettext_noop("Danh sách đã chốt, không thêm bớt được nữa."),
                rule_set_on(day_of(election.congress)).article("surplus"),
            )
        )
    return found


@action(Can.KEEP_CONGRESSES)
def elect_counters(
    congress: Congress,
    *,
    actor: Actor,
    members: Sequence[Member],
    head: Member,
    in_favour: int,
    against: int = 0,
    abstaining: int = 0,
) -> Congress:
    """The congress elects its counting committee by show of hands; nobody on a list is in it."""
    day = day_of(congress)
    rows = Candidate.objects.filter(election__congress=congress).exclude(withdrawal=Withdrawal.ALLOWED)
    used = congress.elections.filter(pollings__isnull=False).exists()
    article = rule_set_on(day).article("counting")
    refuse_if(
        [
            *objections_to_step("conduct", congress.state),
            *([Objection(gettext_noop("Đã phát phiếu, không đổi ban kiểm phiếu."), article)] if used else []),
            *objections_to_counters(
                {member.pk: member.full_name for member in members},
                head=head.pk,
                listed=set(rows.values_list("member_id", flat=True)),
                voters=set(voters_of(congress)),
                least=number_of("counters_least", congress.unit, day),
                on=day,
            ),
        ]
    )
    running = congress.elections.order_by("pk").last()
    item = item_of(congress, running.office if running else Office.COMMITTEE)
    _decided(congress, actor, "Bầu ban kiểm phiếu", (in_favour, against, abstaining), item)
    congress.counters.all().delete()
    Counter.objects.bulk_create(
        Counter(unit=congress.unit, congress=congress, member=member, is_head=member.pk == head.pk)
        for member in members
    )
    congress.own_log_ins, congress.codes_reason = False, ""
    congress.save()
    _seat_committee(congress, actor)
    return congress


# ------------------------------------------------------------------------------------------------ closing


@action(Can.KEEP_CONGRESSES)
def adopt_resolution(
    congress: Congress, *, actor: Actor, in_favour: int, against: int = 0, abstaining: int = 0
) -> Congress:
    """The congress votes on its resolution (seed S4-11: 100 % in favour)."""
    done = congress.resolution_vote_id is not None
    refuse_if(
        [
            *objections_to_step("conduct", congress.state),
            *([Objection(gettext_noop("Đã biểu quyết nghị quyết."), PLAN)] if done else []),
        ]
    )
    item = AgendaItem.objects.filter(meeting=congress.meeting, kind=ItemKind.CLOSING).last()
    hands = in_favour, against, abstaining
    congress.resolution_vote = _decided(congress, actor, "Thông qua nghị quyết đại hội", hands, item)
    congress.save()
    return congress


@action(Can.KEEP_CONGRESSES)
def close_congress(congress: Congress, *, actor: Actor, closed_on: date) -> Congress:
    """Every election is over and the resolution voted on. What must follow becomes tasks at once (seed S4-10)."""
    found = list(objections_to_step("conduct", congress.state))
    open_ones = congress.elections.exclude(state__in=(ElectionState.ELECTED, ElectionState.ENDED))
    by_election, held = is_by_election(congress), congress.elections.all()
    if by_election and (open_ones.exists() or not held.exists()):
        found.append(Objection(gettext_noop("Còn cuộc bầu chưa xong, hoặc chưa bầu."), PLAN))
    if not by_election and (open_ones.exists() or not held.filter(office=Office.SECRETARY).exists()):
        found.append(Objection(gettext_noop("Còn cuộc bầu chưa xong; bí thư phải được bầu tại đại hội."), PLAN))
    if congress.resolution_vote_id is None and not by_election:
        found.append(Objection(gettext_noop("Đại hội chưa biểu quyết nghị quyết."), PLAN))
    if closed_on < day_of(congress):
        found.append(Objection(gettext_noop("Ngày bế mạc ở trước ngày đại hội."), PLAN, field="closed_on"))
    refuse_if(found)
    congress.state, congress.closed_on = CongressState.CLOSED, closed_on
    congress.save()
    _seat_committee(congress, actor)
    if not by_election:
        _assign_what_follows(congress, closed_on, actor)
    return congress


def _assign_what_follows(congress: Congress, closed_on: date, actor: Actor) -> None:
    term = congress.round.term
    for code, title, measure in (
        ("rules_days", f"Lập Quy chế làm việc của chi ủy nhiệm kỳ {term}", "Quy chế đã ban hành, gửi đảng ủy"),
        ("division_days", f"Lập bảng phân công nhiệm vụ chi ủy viên, đảng viên nhiệm kỳ {term}", "Bảng phân công có chữ ký"),
    ):  # fmt: skip
        days = number_of(code, congress.unit, closed_on)
        assign_task(
            congress.unit, actor=actor, title=title, measure=measure, assigned_on=closed_on,
            due_on=closed_on + timedelta(days=days), doer_unit=congress.unit, origin=TaskOrigin.RESOLUTION,
            origin_text=str(congress),
        )  # fmt: skip
