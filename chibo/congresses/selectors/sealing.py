"""Sealed ballots when a complaint has them opened: whether the journals are whole, which pictures there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import Http404

from chibo.access.actor import Actor
from chibo.ballots.chain import verify
from chibo.congresses.models import Complaint, Congress, ScanCount, SealOpening
from chibo.congresses.rules.scanning import ScanState
from chibo.congresses.rules.sealing import Sealed
from chibo.congresses.selectors.looking import picture_of
from chibo.congresses.selectors.scanning import ScanFacts, folder_of


def is_seal_open(congress: Congress) -> bool:
    return SealOpening.objects.filter(complaint__congress=congress, resealed_at__isnull=True).exists()


def sealed_facts(complaint: Complaint) -> Sealed:
    congress = complaint.congress
    return Sealed(
        congress.sealed_on,
        congress.destroyed_on is not None,
        complaint.settled_on is not None,
        is_seal_open(congress),
    )


def scans_kept(congress: Congress) -> list[ScanCount]:
    """The scanner's closed counts whose pictures are still there."""
    rows = ScanCount.objects.filter(
        polling__election__congress=congress, state=ScanState.CLOSED, destroyed_on__isnull=True
    )
    return list(rows.select_related("unit", "polling__election__congress__meeting").order_by("pk"))


def journals_of(congress: Congress) -> list[dict[str, Any]]:
    """Each journal against what was announced: whether no letter of it was changed, and whether it still gives the votes."""
    return [_checked(scan) for scan in scans_kept(congress)]


def _checked(scan: ScanCount) -> dict[str, Any]:
    file, polling = folder_of(scan) / "count" / "count.journal", scan.polling
    told = {"polling": polling.pk, "title": str(polling), "printed": scan.head, "found": "", "same": False}
    if not file.exists():
        return told
    verdict = verify(file)
    votes = list(polling.names.values_list("votes", flat=True))
    same = verdict.is_whole and verdict.head == scan.head and list(ScanFacts(scan).tally.count().votes) == votes
    return {**told, "found": verdict.head if verdict.is_whole else "", "same": same}


def opening_for(actor: Actor, pk: int) -> SealOpening:
    rows = SealOpening.objects.visible_to(actor).select_related("unit", "complaint__congress__meeting")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of one closed count, by the ids that tell nothing."""

    scan: ScanCount
    pictures: list[str]


def albums_of(opening: SealOpening) -> list[Album]:
    """While the seal is open; afterwards nothing is shown."""
    if opening.resealed_at is not None:
        return []
    return [Album(scan, sorted(ScanFacts(scan).tally.sheets)) for scan in scans_kept(opening.complaint.congress)]


def sealed_picture(opening: SealOpening, scan: int, item: str) -> Path | None:
    """One picture, while the seal is open."""
    found = next((album for album in albums_of(opening) if album.scan.pk == scan), None)
    return picture_of(found.scan, item) if found and item in found.pictures else None
