"""Whether a member of the counting committee is the one at the machine (ADR 0113)."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare

from chibo.access.actor import Actor
from chibo.congresses.models import Congress, Counter, Polling, ScanAnswer
from chibo.congresses.rules import PollingState, rule_set_on
from chibo.congresses.rules.seating import objections_to_seat
from chibo.congresses.selectors import day_of
from chibo.congresses.selectors.scanning import scan_of
from chibo.core.values import Objection, gettext_noop


def is_at_the_machine(counter: Counter, actor: Actor, code_hash: str) -> bool:
    """By one's own log-in, or by one's code; the installation itself (set-up, demonstration) is believed."""
    if actor.user is None or counter.member.account_id == actor.user.pk:
        return True
    return bool(counter.code_hash) and constant_time_compare(counter.code_hash, code_hash)


def counts_by_hand(polling: Polling, counter: Counter) -> bool:
    """Whether this person makes the second count, paper by paper or backwards: then none of the scanner's pictures is theirs."""
    papers = polling.entries.filter(hand=2, counter=counter)
    return papers.exists() or polling.batches.filter(counter=counter).exists()


def counters_of(congress: Congress) -> list[Counter]:
    return list(congress.counters.select_related("unit", "member"))


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
    found = list(objections_to_seat(is_proven=proven, on=day_of(congress)))
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
