"""A slip is filled here. What it said and who filled it never meet (``docs/adr/0070``)."""

from __future__ import annotations

from datetime import date
from random import SystemRandom
from uuid import uuid4

from django.db import connection, transaction

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.consultations.models import Ballot, Consultation, Slip
from chibo.consultations.rules import Filled, objections_to_answering, objections_to_handing_out
from chibo.consultations.selectors import code_hash, places_for_group
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc_lines


@action(Can.ANSWER_SLIPS, traceless=True)
def fill_slip(consultation: Consultation, *, actor: Actor, code: str, filled: Filled, today: date) -> Consultation:
    """Take what a slip says and destroy the slip: no second answer, no way back from the answer to the slip.

    The office enters paper slips by the same door. All ballots of the consultation are written anew in a new order, so
    that rows, transactions and pages of the file tell nothing of the order in which they came.
    """
    refuse_if(objections_to_handing_out(consultation.state, today=today, closes_on=consultation.closes_on))
    slip = Slip.objects.select_for_update().filter(code_hash=code_hash(code), group__consultation=consultation)
    found = slip.select_related("group").first()
    if found is None:
        refuse_if([Objection(gettext_noop("Phiếu này đã gửi rồi, hoặc mã chưa đúng."), field="code")])
        return consultation
    places = places_for_group(consultation, found.group)
    refuse_if(objections_to_answering(filled, places))
    said = {key: nfc_lines(a) if isinstance(a, str) else a for key, a in filled.items()}
    _forget_what_was()
    stored = [
        Ballot(key=uuid4(), group_id=ballot.group_id, filled=ballot.filled)
        for ballot in Ballot.objects.filter(group__consultation=consultation)
    ]
    stored.append(Ballot(group=found.group, filled={key: a for key, a in said.items() if a != ""}))
    SystemRandom().shuffle(stored)
    Ballot.objects.filter(group__consultation=consultation).delete()
    slip.delete()
    Ballot.objects.bulk_create(stored)
    transaction.on_commit(_clean_up)
    return consultation


def _forget_what_was() -> None:
    """What SQLite deletes on this connection it also overwrites."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def _clean_up() -> None:
    """The former versions of the rows go too: from SQLite's log, from PostgreSQL's dead rows. Nothing waits for it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(f"VACUUM {Ballot._meta.db_table}, {Slip._meta.db_table}")
