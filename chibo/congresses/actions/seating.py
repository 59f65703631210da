"""Members of the counting committee count by their own log-in, or get codes and sit down at the machine (ADR 0113, 0155)."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac

from chibo.access.actions import grant_counting
from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.congresses.models import Congress, Counter
from chibo.congresses.rules import CongressState
from chibo.congresses.rules.preparing import objections_to_step
from chibo.congresses.rules.seating import (
    objections_to_giving_code,
    objections_to_sign_in,
    objections_to_sitting_down,
)
from chibo.congresses.selectors import day_of
from chibo.congresses.selectors.seating import counters_of, has_log_in, since_of, users_counting_in
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc


def _seat_committee(congress: Congress, actor: Actor) -> None:
    """Whoever of a committee in session has an account may count by it; nobody else may, from this moment."""
    grant_counting(congress.unit, actor=actor, users=users_counting_in(congress), since=since_of(congress))


@action(Can.KEEP_CONGRESSES)
def choose_sign_in(congress: Congress, *, actor: Actor, own_only: bool, reason: str = "") -> Congress:
    """Both counts are entered by each person's own log-in, and all codes end; or codes are given again, and why."""
    counters = counters_of(congress)
    refuse_if(
        [
            *objections_to_step("conduct", congress.state),
            *objections_to_sign_in(
                own_only=own_only, accounts=sum(map(has_log_in, counters)), reason=reason, asked=congress.own_log_ins,
                on=day_of(congress),
            ),
        ]
    )  # fmt: skip
    congress.codes_reason = "" if own_only else nfc(reason)
    congress.own_log_ins = own_only
    congress.save()
    if own_only:
        congress.counters.update(code_hash="", wrong_codes=0)
    _seat_committee(congress, actor)
    return congress


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
            own_only=congress.own_log_ins,
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
