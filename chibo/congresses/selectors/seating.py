"""Who of the counting committee counts: by their own log-in, or at the machine by their code (ADR 0113, 0155)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.crypto import constant_time_compare
from django.utils.timezone import localdate, localtime

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.models import User
from chibo.congresses.models import BallotEntry, Congress, Counter, Polling, ScanAnswer, ScanCount, StrikeBatch
from chibo.congresses.rules import CongressState, PollingState, rule_set_on
from chibo.congresses.rules.scanning import ScanState
from chibo.congresses.rules.seating import SignIn, objections_to_seat, objections_to_taking_back
from chibo.congresses.selectors import batch_for, day_of, entry_for, polling_for
from chibo.congresses.selectors.scanning import scan_for, scan_of
from chibo.core.values import Objection, gettext_noop

UNDER_WAY = (PollingState.ISSUED, PollingState.COUNTING)
"""While ballots are out or being counted, a count is open to its committee."""


def sign_in_of(counter: Counter, actor: Actor, code_hash: str) -> SignIn | None:
    """How this person proves to be the one who counts; None if they do not. Codes prove nothing where all count by their
    own log-in."""
    if actor.user is not None and counter.member.account_id == actor.user.pk:
        return SignIn.OWN
    if counter.congress.own_log_ins or not counter.code_hash:
        return None
    return SignIn.CODE if constant_time_compare(counter.code_hash, code_hash) else None


def is_at_the_machine(counter: Counter, actor: Actor, code_hash: str) -> bool:
    """The installation itself (set-up, demonstration) is believed."""
    return actor.user is None or sign_in_of(counter, actor, code_hash) is not None


def signed_by(counter: Counter, actor: Actor, code_hash: str) -> str:
    """As it is kept with what was entered; empty for the installation."""
    return str(sign_in_of(counter, actor, code_hash) or "")


# ------------------------------------------------------------------------------------ one's own log-in


def has_log_in(counter: Counter) -> bool:
    """Whether this member has an account that opens: active, with a password."""
    user = counter.member.account
    return user is not None and user.is_active and user.has_usable_password()


def users_counting_in(congress: Congress) -> list[User]:
    """The accounts of all committees that are in session in this congress's unit."""
    rows = Counter.objects.filter(congress__unit=congress.unit_id, congress__state=CongressState.OPEN)
    return [one.member.account for one in rows.select_related("member__account") if one.member.account is not None]


def own_counter(actor: Actor, congress: Congress) -> Counter | None:
    """Who of the committee is logged in as themselves, while the congress is in session."""
    if actor.user is None or congress.state != CongressState.OPEN or not actor.may(Can.COUNT_BALLOTS, congress.unit):
        return None
    return congress.counters.filter(member__account=actor.user).select_related("unit", "member").first()


def duties_of(actor: Actor) -> QuerySet[Congress]:
    """The congresses in session on whose counting committee this person is."""
    rows = Congress.objects.filter(state=CongressState.OPEN, counters__member__account=actor.user)
    return rows.select_related("unit", "meeting", "round").order_by("pk")


def duty_for(actor: Actor, pk: int) -> tuple[Congress, Counter]:
    """The congress that this person counts for; to everybody else there is no such page (404)."""
    congress = Congress.objects.filter(pk=pk).select_related("unit", "meeting", "round").first()
    counter = own_counter(actor, congress) if congress is not None else None
    if congress is None or counter is None:
        raise Http404
    return congress, counter


def _is_counting(actor: Actor, polling: Polling) -> bool:
    return polling.state in UNDER_WAY and own_counter(actor, polling.election.congress) is not None


def polling_to_count(actor: Actor, pk: int) -> Polling:
    """A count as who keeps the congress sees it; while it is open, each of its committee by their own log-in as well."""
    rows = Polling.objects.select_related("unit", "election__congress__meeting", "election__congress__unit")
    found = rows.filter(pk=pk).first()
    return found if found is not None and _is_counting(actor, found) else polling_for(actor, pk)


def duty_after(actor: Actor, pk: int) -> Congress:
    """Where a member of the committee goes from a count that is over."""
    found = Polling.objects.filter(pk=pk).values_list("election__congress", flat=True).first()
    return duty_for(actor, found or 0)[0]


def scan_to_look_at(actor: Actor, pk: int) -> ScanCount:
    rows = ScanCount.objects.exclude(state=ScanState.ASIDE)
    rows = rows.select_related("unit", "polling__election__congress__meeting", "polling__election__congress__unit")
    found = rows.filter(pk=pk).first()
    return found if found is not None and _is_counting(actor, found.polling) else scan_for(actor, pk)


def entry_to_strike(actor: Actor, pk: int) -> BallotEntry:
    """A paper of one's own, or any for who keeps the congress."""
    return _mine(actor, BallotEntry.objects.filter(pk=pk)) or entry_for(actor, pk)


def batch_to_strike(actor: Actor, pk: int) -> StrikeBatch:
    return _mine(actor, StrikeBatch.objects.filter(pk=pk)) or batch_for(actor, pk)


def _mine(actor: Actor, rows: Any) -> Any:
    related = ("unit", "counter__member", "polling__election__congress__meeting", "polling__election__congress__unit")
    found = rows.select_related(*related).first()
    if found is None or actor.user is None or found.counter.member.account_id != actor.user.pk:
        return None
    return found if _is_counting(actor, found.polling) else None


def objections_to_striking(entered: BallotEntry | StrikeBatch, actor: Actor) -> Iterable[Objection]:
    """Who may take back what was entered."""
    congress = entered.polling.election.congress
    is_own = actor.user is None or entered.counter.member.account_id == actor.user.pk
    keeps = actor.may(Can.KEEP_CONGRESSES, entered.unit)
    return objections_to_taking_back(is_own=is_own, keeps=keeps, own_only=congress.own_log_ins, on=day_of(congress))


# ------------------------------------------------------------------------------------------- the counts


def counts_by_hand(polling: Polling, counter: Counter) -> bool:
    """Whether this person makes the second count, paper by paper or backwards: then none of the scanner's pictures is theirs."""
    papers = polling.entries.filter(hand=2, counter=counter)
    return papers.exists() or polling.batches.filter(counter=counter).exists()


def counters_of(congress: Congress) -> list[Counter]:
    return list(congress.counters.select_related("unit", "congress", "member__account__invitation"))


def work_of(polling: Polling) -> list[tuple[Counter, list[str]]]:
    """Who of the committee did what in a count, for the minutes that all of them sign."""
    scan = polling.scan_counts.exclude(state="aside").first()
    told = []
    for counter in counters_of(polling.election.congress):
        papers = {hand: polling.entries.filter(hand=hand, counter=counter).count() for hand in (1, 2)}
        done = [f"nhập {count} phiếu lượt {hand}" for hand, count in papers.items() if count]
        if batches := polling.batches.filter(counter=counter).count():
            done.append(f"đếm ngược {batches} tập phiếu")
        seen = scan.answers.filter(counter=counter) if scan else None
        if seen is not None and (looked := seen.filter(is_final=False).count()):
            done.append(f"xem {looked} mục ảnh phiếu")
        if seen is not None and (ended := seen.filter(is_final=True).count()):
            done.append(f"kết luận {ended} mục")
        if counter.codes_given > 1:
            done.append(f"nhận lại mã {counter.codes_given - 1} lần")
        told.append((counter, done))
    return told


def signed_in(polling: Polling, counter: Counter) -> str:
    """How this person came to the count, for the minutes: by their own log-in, by a code, or both; and whether the password
    of the log-in was set on the day, which whoever prints slips could have done."""
    scan = polling.scan_counts.exclude(state="aside").first()
    rows: list[Any] = [polling.entries, polling.batches, *([scan.answers] if scan else [])]
    found = {how for one in rows for how in one.filter(counter=counter).values_list("signed", flat=True)}
    told = [how.label for how in SignIn if how in found]
    slip = getattr(counter.member.account, "invitation", None)
    over = polling.finished_at
    if (
        SignIn.OWN in found
        and slip is not None
        and slip.used_at is not None
        and (over is None or slip.used_at <= over)
    ):
        at = localtime(slip.used_at)
        if at.date() >= day_of(polling.election.congress):
            told.append(f"mật khẩu đặt lúc {at:%H:%M} ngày {at:%d/%m/%Y}")
    return ", ".join(told)


def since_of(congress: Congress) -> Any:
    """From when its committee may count: the day of the congress, or today where it was opened before."""
    return min(day_of(congress), localdate())


def free_for(polling: Polling, hand: int) -> list[Counter]:
    """Who may make this count: nobody who makes the other, or who looks at the scanner's pictures."""
    taken = set(polling.entries.exclude(hand=hand).values_list("counter_id", flat=True))
    if hand == 1:
        taken |= set(polling.batches.values_list("counter_id", flat=True))
    looking = polling.scan_counts.exclude(state="aside").filter(answers__is_final=False)
    taken |= set(looking.values_list("answers__counter_id", flat=True))
    return [one for one in counters_of(polling.election.congress) if one.pk not in taken]


def objections_to_counting(
    polling: Polling, hand: int, counter: Counter, actor: Actor, code_hash: str
) -> list[Objection]:
    """Who may make a count: of the committee, at the machine in person, and in one of the two counts only."""
    congress = polling.election.congress
    article = rule_set_on(day_of(congress)).article("counting")
    proven = is_at_the_machine(counter, actor, code_hash)
    found = list(objections_to_seat(is_proven=proven, on=day_of(congress), own_only=congress.own_log_ins))
    if polling.state != PollingState.COUNTING:
        found.append(Objection(gettext_noop("Chưa kiểm số phiếu thu về, hoặc đã công bố kết quả."), article))
    if counter.congress_id != congress.pk:
        found.append(Objection(gettext_noop("Người kiểm phải ở trong ban kiểm phiếu."), article, field="counter"))
    if hand == 1 and scan_of(polling) is not None:
        found.append(Objection(gettext_noop("Lượt kiểm thứ nhất do máy quét đọc; hãy nhập lượt thứ hai."), article))
    if ScanAnswer.objects.filter(scan=scan_of(polling), counter=counter, is_final=False).exists():
        found.append(
            Objection(
                gettext_noop("Đồng chí này đã xem phiếu quét; người khác trong ban kiểm phiếu nhập lượt đếm tay."),
                article, field="counter",
            )
        )  # fmt: skip
    if hand not in (1, 2):
        found.append(Objection(gettext_noop("Chỉ có hai lượt kiểm."), article, field="hand"))
    batched = hand == 1 and polling.batches.filter(counter=counter).exists()
    if batched or polling.entries.exclude(hand=hand).filter(counter=counter).exists():
        found.append(
            Objection(
                gettext_noop("Hai lượt kiểm do hai người khác nhau trong ban kiểm phiếu thực hiện."),
                article,
                field="counter",
            )
        )
    return found
