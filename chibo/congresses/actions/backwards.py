"""The second count made backwards: batches of papers, on how many of which each name is struck (ADR 0114)."""

from __future__ import annotations

from collections.abc import Sequence

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.congresses.models import Counter, Polling, StrikeBatch
from chibo.congresses.rules import PollingState, rule_set_on
from chibo.congresses.rules.backwards import Batch, objections_to_batch
from chibo.congresses.selectors import day_of
from chibo.congresses.selectors.backwards import batches_of
from chibo.congresses.selectors.seating import objections_to_counting, objections_to_striking, signed_by
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop


@action(Can.COUNT_BALLOTS)
def count_batch(
    polling: Polling, *, actor: Actor, first: int, last: int, struck: Sequence[int], counter: Counter, invalid: int = 0,
    code_hash: str = "",
) -> StrikeBatch:  # fmt: skip
    """One batch of papers, by one person who took no part in the first count."""
    day, batch = day_of(polling.election.congress), Batch(first, last, invalid, tuple(struck))
    found = objections_to_counting(polling, 2, counter, actor, code_hash)
    if polling.entries.filter(hand=2).exists():
        text = gettext_noop("Lượt kiểm thứ hai đang nhập từng phiếu; không đếm ngược cùng lúc.")
        found.append(Objection(text, rule_set_on(day).article("counting")))
    refuse_if(
        [
            *found,
            *objections_to_batch(
                batch, batches_of(polling), names=polling.names.count(), seats=polling.seats,
                collected=polling.collected or 0, on=day,
            ),
        ]
    )  # fmt: skip
    return StrikeBatch.objects.create(
        unit=polling.unit, polling=polling, first=first, last=last, invalid=invalid, struck=list(struck),
        counter=counter, signed=signed_by(counter, actor, code_hash),
    )  # fmt: skip


@action(Can.COUNT_BALLOTS)
def strike_batch(batch: StrikeBatch, *, actor: Actor) -> Polling:
    """Take a batch back, to count it again."""
    polling = batch.polling
    over = polling.state != PollingState.COUNTING
    article = rule_set_on(day_of(polling.election.congress)).article("counting")
    found = [Objection(gettext_noop("Kết quả đã công bố."), article)] if over else []
    refuse_if([*found, *objections_to_striking(batch, actor)])
    batch.delete()
    return polling
