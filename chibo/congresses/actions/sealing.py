"""The seal of a congress's ballots is broken by a decision, for a complaint, and put on again (190-QĐ/TW Đ33, Đ35; ADR 0115)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.congresses.models import Complaint, SealOpening
from chibo.congresses.rules.sealing import objections_to_opening_seal, objections_to_resealing, witnesses_in
from chibo.congresses.selectors import day_of, number_of
from chibo.congresses.selectors.sealing import journals_of, sealed_facts
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc, nfc_lines


@action(Can.LEAD_CONGRESSES)
def open_seal(
    complaint: Complaint, *, actor: Actor, decision: str, decided_on: date, opened_at: datetime, place: str, witnesses: str,
    seal_whole: bool = True, seal_found: str = "",
) -> SealOpening:  # fmt: skip
    """Open the ballots. What the journals of the scanner's counts say against the printed seals is written down at once."""
    congress, day = complaint.congress, day_of(complaint.congress)
    refuse_if(
        objections_to_opening_seal(
            sealed_facts(complaint), decided_on=decided_on, opened_on=localtime(opened_at).date(),
            witnesses=len(witnesses_in(witnesses)), least=number_of("seal_witnesses", congress.unit, day),
            whole=seal_whole, found=seal_found, on=day,
        )
    )  # fmt: skip
    return SealOpening.objects.create(
        unit=complaint.unit, complaint=complaint, decision=nfc(decision), decided_on=decided_on, opened_at=opened_at,
        place=nfc(place), witnesses="\n".join(map(nfc, witnesses_in(witnesses))), seal_whole=seal_whole,
        seal_found=nfc(seal_found), journals=journals_of(congress),
    )  # fmt: skip


@action(Can.LEAD_CONGRESSES)
def reseal(
    opening: SealOpening, *, actor: Actor, findings: str, resealed_at: datetime, resealed_by: str
) -> SealOpening:
    """Put the seal on again, with what was found; from then on nobody sees a picture."""
    refuse_if(
        objections_to_resealing(
            resealed_at, opened_at=opening.opened_at, done=opening.resealed_at is not None, findings=findings,
            on=day_of(opening.complaint.congress),
        )
    )  # fmt: skip
    opening.findings, opening.resealed_at, opening.resealed_by = nfc_lines(findings), resealed_at, nfc(resealed_by)
    opening.save()
    return opening
