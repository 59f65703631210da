"""Members of the counting committee get their codes and sit down at the machine (ADR 0113)."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.congresses.models import Counter
from chibo.congresses.rules import CongressState
from chibo.congresses.rules.seating import objections_to_giving_code, objections_to_sitting_down
from chibo.congresses.selectors import day_of
from chibo.core.refusal import refuse_if


def _hash(counter: Counter, code: str) -> str:
    """Of no use without the installation's own key."""
    return salted_hmac(f"congresses.counter.{counter.pk}", code, algorithm="sha256").hexdigest()


@action(Can.KEEP_CONGRESSES)
def give_code(counter: Counter, *, actor: Actor, code: str) -> Counter:
    """A code for this member alone, shown once. Given again it ends the one before, and the minutes count it."""
    congress = counter.congress
    others = congress.counters.exclude(pk=counter.pk)
    refuse_if(
        objections_to_giving_code(
            is_running=congress.state == CongressState.OPEN,
            is_taken=any(other.code_hash == _hash(other, code) for other in others),
            on=day_of(congress),
        )
    )
    counter.code_hash, counter.wrong_codes = _hash(counter, code), 0
    counter.codes_given += 1
    counter.save()
    return counter


@action(Can.KEEP_CONGRESSES)
def take_seat(counter: Counter, *, actor: Actor, code: str) -> Counter:
    """Sit down with one's code. A wrong one is no refusal, which would forget it: it is counted, and ``wrong_codes`` tells."""
    refuse_if(
        objections_to_sitting_down(
            has_code=bool(counter.code_hash), wrong=counter.wrong_codes, on=day_of(counter.congress)
        )
    )
    right = constant_time_compare(counter.code_hash, _hash(counter, code.strip()))
    counter.wrong_codes = 0 if right else counter.wrong_codes + 1
    counter.save()
    return counter
