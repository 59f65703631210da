"""Ballots go out and come back, are entered twice, compared, certified. Each paper is one action: a power failure in the
middle of a count loses at most the paper in the hand."""

from __future__ import annotations

from dataclasses import asdict

from django.utils import timezone

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.congresses.actions.scanning import _close_scan_of
from chibo.congresses.actions.seating import _seat_committee
from chibo.congresses.models import BallotEntry, Counter, Elected, Election, KeptFile, Polling, PollingName
from chibo.congresses.rules import UPWARD, ElectionState, Office, PollingState, age_band, rule_set_on
from chibo.congresses.rules.backwards import counted_backwards
from chibo.congresses.rules.counting import Ballot, differences, objections_to_ballot
from chibo.congresses.rules.preparing import objections_to_step
from chibo.congresses.rules.voting import Outcome, check_sums, is_void, objections_to_another_round, outcome_of
from chibo.congresses.selectors import (
    ballots_in,
    base_for,
    day_of,
    has_committee,
    incumbents_of,
    names_on,
    number_of,
)
from chibo.congresses.selectors.backwards import batches_of, certified_count, differences_backwards, is_backwards
from chibo.congresses.selectors.document import count_minutes
from chibo.congresses.selectors.results import item_of, result_lines
from chibo.congresses.selectors.scanning import (
    ScanFacts,
    apart_in,
    form_for,
    is_form_of,
    next_round,
    scan_of,
)
from chibo.congresses.selectors.seating import objections_to_counting, objections_to_striking, signed_by
from chibo.congresses.selectors.sitting import objections_to_quorum
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.papers.selectors.kept import facts_kept


@action(Can.KEEP_CONGRESSES)
def issue_ballots(election: Election, *, actor: Actor, printed: int, issued: int) -> Polling:
    """Hand out the ballots of the next round: all of the list, those still open, or those who were equal."""
    congress, day = election.congress, day_of(election.congress)
    article, present = rule_set_on(day).article("counting"), base_for(congress).present
    round_ = next_round(election)
    found = list(objections_to_step("conduct", congress.state))
    if round_ is None:
        found.append(
            Objection(gettext_noop("Chưa chốt danh sách, hoặc cuộc bầu đã xong: không phát phiếu."), article)
        )
    else:
        held = election.pollings.exclude(state=PollingState.VOID).count()
        most = number_of("secretary_rounds", election.unit, day)
        found += objections_to_another_round(election.office, round_.kind, held=held, most_for_secretary=most, on=day)
        form = form_for(election, round_.number)
        if form is not None and not is_form_of(form, election, round_):
            found.append(Objection(gettext_noop("Danh sách đã đổi sau khi in phiếu: hãy in lại phiếu."), article))
    found += objections_to_quorum(congress)
    if not congress.counters.exists():
        found.append(Objection(gettext_noop("Đại hội chưa bầu ban kiểm phiếu."), article))
    if issued > present:
        found.append(
            Objection(
                gettext_noop("Phát ra %(issued)s phiếu cho %(present)s đảng viên chính thức có mặt."),
                article, {"issued": issued, "present": present}, "issued",
            )
        )  # fmt: skip
    if printed < issued or not issued:
        found.append(Objection(gettext_noop("Số phiếu in phải ít nhất bằng số phiếu phát ra, và có phát phiếu."), article, field="printed"))  # fmt: skip
    refuse_if(found)
    assert round_ is not None
    polling = Polling.objects.create(
        unit=election.unit, election=election, number=round_.number, kind=round_.kind, seats=round_.seats,
        printed=printed, issued=issued,
    )  # fmt: skip
    PollingName.objects.bulk_create(
        PollingName(polling=polling, candidate=one, order=order) for order, one in enumerate(round_.names, 1)
    )
    election.state = ElectionState.VOTING
    election.save()
    _seat_committee(congress, actor)
    return polling


@action(Can.KEEP_CONGRESSES)
def collect_ballots(polling: Polling, *, actor: Actor, collected: int, exchanged: int = 0) -> Polling:
    """Count the papers in the box, and those spoiled and given back for new ones. More in the box than went out: the vote
    is void at once, and nothing is taken out (Đ8). What is left over is crossed out: printed = issued + exchanged + left.
    """
    article = rule_set_on(day_of(polling.election.congress)).article("counting")
    done = polling.state not in (PollingState.ISSUED, PollingState.COUNTING)
    entered = polling.entries.exists()
    found = []
    if done or entered or is_backwards(polling) or scan_of(polling) is not None:
        found.append(Objection(gettext_noop("Lần bầu này đã kết thúc hoặc đã nhập phiếu."), article))
    if polling.issued + exchanged > polling.printed:
        text = gettext_noop("In %(printed)s phiếu, không đủ để phát %(issued)s và đổi %(exchanged)s phiếu.")
        gaps: dict[str, object] = {"printed": polling.printed, "issued": polling.issued, "exchanged": exchanged}
        found.append(Objection(text, article, gaps, "exchanged"))
    refuse_if(found)
    polling.collected, polling.exchanged = collected, exchanged
    polling.state = PollingState.COUNTING
    if is_void(polling.issued, collected):
        polling.state, polling.finished_at = PollingState.VOID, timezone.now()
        Election.objects.filter(pk=polling.election_id).update(state=ElectionState.VOID)
    polling.save()
    if polling.state == PollingState.VOID:
        KeptFile.objects.create(polling=polling, **facts_kept(polling.unit, count_minutes(polling)))
    return polling


@action(Can.COUNT_BALLOTS)
def enter_ballot(
    polling: Polling, *, actor: Actor, hand: int, number: int, marks: str, counter: Counter, flaw: str = "",
    code_hash: str = "",
) -> BallotEntry:  # fmt: skip
    """Enter one paper into the first or the second count. The two are made by two members of the counting committee, each
    at the machine by their own code."""
    day, ballot = day_of(polling.election.congress), Ballot(marks.strip().lower(), flaw)
    names, found = polling.names.count(), objections_to_counting(polling, hand, counter, actor, code_hash)
    if hand == 2 and is_backwards(polling):
        text = gettext_noop("Lượt kiểm thứ hai đang đếm ngược theo tập; muốn nhập từng phiếu thì bỏ các tập đã đếm.")
        found.append(Objection(text, rule_set_on(day).article("counting"), field="hand"))
    refuse_if(
        [
            *found,
            *objections_to_ballot(
                ballot,
                names=names,
                with_surplus=names > polling.seats,
                number=number,
                collected=polling.collected or 0,
                taken=polling.entries.filter(hand=hand, number=number).exists(),
                on=day,
            ),
        ]
    )
    return BallotEntry.objects.create(
        unit=polling.unit,
        polling=polling,
        hand=hand,
        number=number,
        marks=ballot.marks,
        flaw=ballot.flaw,
        counter=counter,
        signed=signed_by(counter, actor, code_hash),
    )


@action(Can.COUNT_BALLOTS)
def strike_entry(entry: BallotEntry, *, actor: Actor) -> Polling:
    """Take a paper back that was mistyped, to enter it again."""
    polling = entry.polling
    article = rule_set_on(day_of(polling.election.congress)).article("counting")
    over = polling.state != PollingState.COUNTING
    found = [Objection(gettext_noop("Kết quả đã công bố."), article)] if over else []
    refuse_if([*found, *objections_to_striking(entry, actor)])
    entry.delete()
    return polling


# --------------------------------------------------------------------------------------------- certifying


@action(Can.KEEP_CONGRESSES)
def certify_count(polling: Polling, *, actor: Actor) -> Polling:
    """Both counts agree on every paper and all sums do: votes, base and winners are kept, and the election moves on."""
    election, congress = polling.election, polling.election.congress
    day, names, base = day_of(congress), names_on(polling), base_for(congress)
    article = rule_set_on(day).article("counting")
    count, found = certified_count(polling, len(names)), _objections_to_agreement(polling, article)
    if polling.state != PollingState.COUNTING:
        found.append(Objection(gettext_noop("Chưa kiểm số phiếu thu về, hoặc đã công bố kết quả."), article))
    refuse_if(
        [
            *found,
            *check_sums(
                votes=count.votes, seats=polling.seats, valid=count.valid, invalid=count.invalid, issued=polling.issued,
                collected=polling.collected or 0, present=base.present, with_surplus=len(names) > polling.seats, on=day,
            ),
        ]
    )  # fmt: skip
    polling.valid, polling.invalid, polling.base = count.valid, count.invalid, asdict(base)
    polling.state, polling.finished_at = PollingState.CERTIFIED, timezone.now()
    polling.save()
    for name, votes in zip(names, count.votes, strict=True):
        name.votes = votes
        name.save()
    outcome = outcome_of({n.candidate_id: n.votes or 0 for n in names}, seats=polling.seats, base=base.total, kind=polling.kind)  # fmt: skip
    _record(election, outcome, {name.candidate_id: name for name in names}, base.total)
    election.state = outcome.state
    election.save()
    _close_scan_of(polling)
    _minute(polling)
    KeptFile.objects.create(polling=polling, **facts_kept(polling.unit, count_minutes(polling)))
    return polling


def _minute(polling: Polling) -> None:
    """Tell the result under its item of the agenda, from where it comes into the minutes of the congress."""
    item = item_of(polling.election.congress, polling.election.office)
    if item is not None:
        item.notes = "\n".join(filter(None, (item.notes, result_lines(polling))))
        item.save()


def _objections_to_agreement(polling: Polling, article: str) -> list[Objection]:
    """The two counts, ballot by ballot: two hands, or the scanner and one; or either beside a count backwards."""
    scan, found = scan_of(polling), list[Objection]()
    if is_backwards(polling):
        return _objections_to_batches(polling, article)
    if scan is None:
        numbers = [one.number for one in differences(ballots_in(polling, 1), ballots_in(polling, 2))]
        text = gettext_noop("Hai lượt kiểm khác nhau ở phiếu số %(numbers)s: hãy lấy các phiếu đó xem lại.")
        return [Objection(text, article, {"numbers": ", ".join(map(str, numbers[:20]))})] if numbers else []
    facts = ScanFacts(scan)
    if not facts.is_complete:
        text = gettext_noop("Máy chưa đọc xong, hoặc còn %(count)s mục phiếu quét chờ hai người xem.")
        found.append(Objection(text, article, {"count": len(facts.questions)}))
    apart = apart_in(polling, facts)
    if apart:
        text = gettext_noop("Máy quét và lượt kiểm tay khác nhau ở %(count)s phiếu: hãy lấy các phiếu đó xem lại.")
        found.append(Objection(text, article, {"count": len(apart)}))
    return found


def _objections_to_batches(polling: Polling, article: str) -> list[Objection]:
    """The first count whole, every paper in a batch, and no figure different."""
    scan, found = scan_of(polling), list[Objection]()
    names, collected = polling.names.count(), polling.collected or 0
    told = counted_backwards(batches_of(polling), names).ballots
    if told != collected:
        text = gettext_noop("Mới đếm ngược %(told)s/%(collected)s phiếu.")
        found.append(Objection(text, article, {"told": told, "collected": collected}))
    if scan is not None and not ScanFacts(scan).is_complete:
        text = gettext_noop("Máy chưa đọc xong, hoặc còn %(count)s mục phiếu quét chờ hai người xem.")
        found.append(Objection(text, article, {"count": len(ScanFacts(scan).questions)}))
    apart = 0 if found else differences_backwards(polling, names)
    if apart:
        text = gettext_noop("Hai lượt kiểm khác nhau ở %(count)s chỗ: hãy lấy các tập phiếu đó đếm lại.")
        found.append(Objection(text, article, {"count": apart}))
    return found


def _record(election: Election, outcome: Outcome, names: dict[int, PollingName], base: int) -> None:
    congress, day = election.congress, day_of(election.congress)
    before, seated = incumbents_of(congress), _has_seat(election.office, with_committee=has_committee(congress))
    for pk in outcome.elected:
        member = names[pk].candidate.member
        Elected.objects.create(
            unit=congress.unit, congress=congress, office=election.office, member=member, votes=names[pk].votes or 0,
            base=base, elected_on=day, has_seat=seated, is_reelected=member.pk in before,
            age_band=age_band(member.birth_date, day),
        )  # fmt: skip


def _has_seat(office: str, *, with_committee: bool) -> bool:
    """The elected committee is its members; where a cell elects none, its secretary and deputy. Delegates are no part of it."""
    if office in UPWARD:
        return False
    return (office == Office.COMMITTEE) == with_committee


@action(Can.KEEP_CONGRESSES)
def end_election(election: Election, *, actor: Actor, reason: str) -> Election:
    """The congress decides not to vote again for the open seats, or the secretary was voted on three times: the level
    above is told and appoints (24-QĐ/TW point 22)."""
    article = rule_set_on(day_of(election.congress)).article("again")
    found = list(objections_to_step("conduct", election.congress.state))
    if election.state not in (ElectionState.RUNOFF_SHORT, ElectionState.RUNOFF_TIE):
        found.append(Objection(gettext_noop("Chỉ dừng khi đã bầu mà chưa đủ số lượng."), article))
    if not reason.strip():
        found.append(Objection(gettext_noop("Hãy ghi lý do dừng bầu."), article, field="reason"))
    refuse_if(found)
    election.state, election.end_reason = ElectionState.ENDED, reason
    election.save()
    return election
