"""Ballots are printed, their scans received and looked at, and the pictures destroyed when their time is over.

Files lie outside the database, so each step is safe to be cut off: what the row does not know yet is written again, and
what it says is destroyed is swept away again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Protocol
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.ballots.chain import opened
from chibo.ballots.style import Refused
from chibo.congresses.models import BallotForm, Counter, Election, Polling, ScanAnswer, ScanCount
from chibo.congresses.rules import PollingState, rule_set_on
from chibo.congresses.rules.deadlines import objections_to_destroying
from chibo.congresses.rules.preparing import objections_to_step
from chibo.congresses.rules.scanning import (
    ScanState,
    Upload,
    is_head_asked,
    objections_to_files,
    objections_to_saying,
    suffix_of,
)
from chibo.congresses.rules.seating import objections_to_seat
from chibo.congresses.selectors import day_of, has_open_complaint, times_of
from chibo.congresses.selectors.scanning import (
    ScanFacts,
    entry_of,
    folder_of,
    form_for,
    is_form_of,
    next_round,
    scan_of,
    style_of,
)
from chibo.congresses.selectors.seating import counts_by_hand, is_at_the_machine, signed_by
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.units.models import Unit


class Sent(Protocol):
    """A file as a browser sends it."""

    name: str | None
    size: int | None
    file: IO[bytes]


@action(Can.KEEP_CONGRESSES)
def print_ballots(election: Election, *, actor: Actor, voters: int, spare: int) -> BallotForm:
    """Print the ballots of the next round from the closed list: one for each voter and the spare ones. Printed again, the
    same list keeps its form; another list gets another (190-QĐ/TW Đ15)."""
    from chibo.ballots.command import printed_form  # OpenCV and Typst are loaded only by who prints

    article, round_ = rule_set_on(day_of(election.congress)).article("ballot"), next_round(election)
    found = list(objections_to_step("conduct", election.congress.state))
    if round_ is None:
        found.append(Objection(gettext_noop("Chưa chốt danh sách, hoặc cuộc bầu đã xong: không in phiếu."), article))
    refuse_if(found)
    assert round_ is not None
    known = form_for(election, round_.number)
    again = known if known is not None and is_form_of(known, election, round_) else None
    try:
        made = printed_form(style_of(election, round_), again.form if again else None, voters=voters, spare=spare)
    except Refused as refused:
        raise ValidationError(_(refused.text) % refused.params) from refused
    form = known or BallotForm(unit=election.unit, election=election, number=round_.number)
    form.form, form.sheets = made, sum(printing["sheets"] for printing in made["printings"])
    form.save()
    return form


# --------------------------------------------------------------------------------------------- the scans


@action(Can.KEEP_CONGRESSES)
def receive_scans(
    polling: Polling, files: Sequence[Sent], *, actor: Actor, stamped: bool = True, duplex: bool = False
) -> ScanCount:
    """Store what the scanner gave, under names of our own; reading it is work for later (``jobs.work``)."""
    refuse_if(_objections_to_scanning(polling))
    refuse_if(objections_to_files([Upload(file.name or "", file.size or 0, _first_of(file)) for file in files]))
    scan = scan_of(polling) or ScanCount(
        unit=polling.unit, polling=polling, folder=uuid4().hex, stamped=stamped, duplex=duplex
    )
    scan.uploads += 1
    _store(folder_of(scan), scan.uploads, files)
    form = form_for(polling.election, polling.number)
    assert form is not None
    scan.state, scan.problem, scan.asked_at = ScanState.READING, "", timezone.now()
    scan.save()
    return scan


def _objections_to_scanning(polling: Polling) -> list[Objection]:
    article, found = rule_set_on(day_of(polling.election.congress)).article("counting"), []
    scan = scan_of(polling)
    if polling.state != PollingState.COUNTING:
        found.append(Objection(gettext_noop("Chưa kiểm số phiếu thu về, hoặc đã công bố kết quả."), article))
    if form_for(polling.election, polling.number) is None:
        found.append(Objection(gettext_noop("Phiếu của lần bầu này không in từ đây nên máy không đọc được: hãy đếm tay hai lượt."), article))  # fmt: skip
    if polling.entries.filter(hand=1).exists():
        found.append(Objection(gettext_noop("Lượt kiểm thứ nhất đã nhập tay; máy quét thay cho lượt ấy."), article))
    if scan is not None and scan.state == ScanState.READING:
        found.append(Objection(gettext_noop("Máy đang đọc các ảnh trước; hãy đợi đọc xong rồi tải tiếp."), article))
    return found


def _first_of(file: Sent) -> bytes:
    file.file.seek(0)
    first = file.file.read(16)
    file.file.seek(0)
    return first


def _store(folder: Path, upload: int, files: Sequence[Sent]) -> None:
    """Write the files and wait for the disk. An upload that was cut off left a folder that nobody knew of: it goes first."""
    place = folder / "scans" / f"{upload:03}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    for number, file in enumerate(files, 1):
        with (place / f"{number:03}{suffix_of(_first_of(file))}").open("wb") as kept:
            shutil.copyfileobj(file.file, kept)
            kept.flush()
            os.fsync(kept.fileno())


@action(Can.KEEP_CONGRESSES)
def note_reading(scan: ScanCount, *, actor: Actor, pictures: int = 0, problem: str = "") -> ScanCount:
    """The reading is over: how many pictures are in the journal, or why nothing could be read."""
    if scan.state == ScanState.READING:
        scan.state = ScanState.REFUSED if problem else ScanState.READ
        scan.pictures, scan.problem = pictures, problem[:300]
        scan.save()
    return scan


@action(Can.KEEP_CONGRESSES)
def set_scans_aside(scan: ScanCount, *, actor: Actor) -> Polling:
    """Count without the scanner after all. Pictures and journal stay sealed until their time is over."""
    article = rule_set_on(day_of(scan.polling.election.congress)).article("counting")
    closed = scan.state in (ScanState.CLOSED, ScanState.ASIDE)
    refuse_if([Objection(gettext_noop("Lượt quét này đã chốt hoặc đã bỏ."), article)] if closed else [])
    scan.state = ScanState.ASIDE
    scan.save()
    return scan.polling


@action(Can.COUNT_BALLOTS)
def answer_scan(
    scan: ScanCount, *, actor: Actor, item: str, says: str, counter: Counter, code_hash: str = ""
) -> ScanAnswer:
    """What one member of the committee, at the machine by their own code, sees in a picture. Two who say the same settle
    it; where they differ the head concludes, and nothing else does."""
    congress = scan.polling.election.congress
    day, facts = day_of(congress), ScanFacts(scan)
    article = rule_set_on(day).article("counting")
    proven = is_at_the_machine(counter, actor, code_hash)
    found = list(objections_to_seat(is_proven=proven, on=day, own_only=congress.own_log_ins))
    if scan.state != ScanState.READ or scan.polling.state != PollingState.COUNTING:
        found.append(Objection(gettext_noop("Máy chưa đọc xong, hoặc lượt quét đã chốt."), article))
    if counter.congress_id != congress.pk:
        found.append(Objection(gettext_noop("Người kiểm phải ở trong ban kiểm phiếu."), article, field="counter"))
    said = facts.said[item]
    final = is_head_asked(said) and counter.is_head
    enters = counts_by_hand(scan.polling, counter) and not final
    found += objections_to_saying(said, counter=counter.pk, is_head=counter.is_head, enters_hand=enters, on=day)
    refuse_if(found)
    answer = ScanAnswer(
        unit=scan.unit, scan=scan, item=item, says=says, counter=counter, is_final=final,
        signed=signed_by(counter, actor, code_hash),
    )  # fmt: skip
    try:
        facts.tally.check_answer(entry_of(answer))
    except Refused as refused:
        raise ValidationError(_("Trả lời này không dùng được cho phiếu này; hãy xem lại.")) from refused
    answer.save()
    return answer


def _close(scan: ScanCount) -> None:
    """Write the answers and the totals into the journal and keep its head; done again it changes nothing."""
    from chibo.ballots.command import add_answer, close_journal

    facts = ScanFacts(scan)
    fresh = type(facts.tally)(facts.tally.style, facts.tally.on, facts.tally.policy)
    with opened(folder_of(scan) / "count" / "count.journal") as journal:
        fresh.take(journal.entries)
        for answer in scan.answers.select_related("counter__member").order_by("item", "is_final", "counter_id"):
            add_answer(journal, fresh, entry_of(answer))
        close_journal(journal, fresh)
        scan.head = journal.head
    scan.state = ScanState.CLOSED
    scan.save()


def _close_scan_of(polling: Polling) -> None:
    """With the count certified, the scanner's count is closed and sealed."""
    scan = scan_of(polling)
    if scan is not None:
        _close(scan)


# ------------------------------------------------------------------------------------------- destroying


@action(Can.LEAD_CONGRESSES)
def destroy_scans(unit: Unit, *, actor: Actor, today: date) -> Unit:
    """Destroy the pictures whose keeping time is over, and record it (190-QĐ/TW Đ35). For every night."""
    kept = ScanCount.objects.filter(
        unit__path__startswith=unit.path, polling__election__congress__closed_on__lt=today
    )
    for scan in kept.filter(destroyed_on=None).select_related("unit", "polling__election__congress__meeting"):
        congress = scan.polling.election.congress
        assert congress.closed_on is not None
        objections = objections_to_destroying(
            today, closed_on=congress.closed_on, sealed_on=congress.sealed_on or congress.closed_on,
            open_complaint=has_open_complaint(congress), destroyed=False, limits=times_of(congress.unit, congress.closed_on),
        )  # fmt: skip
        if not any(objections):
            _destroy([scan], today)
    _sweep(kept.exclude(destroyed_on=None))
    return unit


def _destroy(scans: Iterable[ScanCount], on: date) -> None:
    """Record it, and take the folders away when that is in the database for good."""
    for scan in scans:
        scan.destroyed_on = on
        scan.save()
        transaction.on_commit(partial(shutil.rmtree, folder_of(scan), ignore_errors=True))


def _sweep(scans: Iterable[ScanCount]) -> None:
    """What is recorded as destroyed is gone, even if power failed in between."""
    for scan in scans:
        shutil.rmtree(folder_of(scan), ignore_errors=True)
