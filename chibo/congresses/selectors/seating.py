"""Whether a member of the counting committee is the one at the machine (ADR 0113)."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare

from chibo.access.actor import Actor
from chibo.congresses.models import Congress, Counter, Polling


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
