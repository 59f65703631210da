"""The reading of scans, done aside so that the page can be left, in a process that a hostile file may kill.

Whatever is cut off is taken up again: the journal of the count knows which ballots are read (ADR 0062).
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _
from django_tasks import task

from chibo.access.actor import SETUP
from chibo.access.models import User
from chibo.access.selectors import actor_of
from chibo.ballots.chain import BUSY, entries_in, opened
from chibo.ballots.style import Refused
from chibo.congresses.actions.scanning import note_reading
from chibo.congresses.models import ScanCount
from chibo.congresses.rules.scanning import ScanState
from chibo.congresses.selectors import day_of
from chibo.congresses.selectors.scanning import WORKER, folder_of, form_for, key_of, policy_of
from chibo.core import progress, uploads
from chibo.core.uploads.archives import Flaw, RefusedError
from chibo.core.uploads.process import lines_said

SPLITTER = str(Path(str(uploads.__file__)).with_name("pages.py"))

SECONDS = 600.0
"""How long one process may read before it is taken for stuck on the picture it named last."""


@task()
def _work(scan_pk: int, user_pk: int | None) -> None:
    """Read what is not read yet. Without a user it is the installation's own."""
    scan = ScanCount.objects.select_related("unit", "polling__election__congress__meeting").get(pk=scan_pk)
    actor = SETUP if user_pk is None else actor_of(User.objects.get(pk=user_pk))
    if scan.state != ScanState.READING:
        return
    try:
        problem = _read(scan)
    except Refused as refused:
        if refused.text == BUSY:  # it is being read already
            return
        problem = _(refused.text) % refused.params
    read = [one for one in entries_in(_journal(scan)) if one["kind"] in {"sheet", "rejected"}]
    note_reading(scan, actor=actor, pictures=len(read), problem=problem)
    progress.forget(key_of(scan))


def _journal(scan: ScanCount) -> Path:
    return folder_of(scan) / "count" / "count.journal"


def _take_apart(scan: ScanCount) -> None:
    """Put a file for each page in the place of long PDFs (ADR 0116). Where that fails they are read as they are."""
    with suppress(RefusedError):
        for line in lines_said(SPLITTER, folder_of(scan) / "scans", seconds=SECONDS):
            said = json.loads(line)
            progress.report(key_of(scan), said["done"], said["total"], _("Đang tách trang"))


def _read(scan: ScanCount) -> str:
    """Let the worker read until all is read; a picture on which it died is one for people, but not one at which its time
    was over though it had read others. Says what is wrong, if something is."""
    _take_apart(scan)
    form = form_for(scan.polling.election, scan.polling.number)
    assert form is not None
    (folder_of(scan) / "form.json").write_text(json.dumps(form.form), encoding="utf-8")
    order = {
        "does": "read", "on": day_of(scan.polling.election.congress).isoformat(), "policy": asdict(policy_of(scan.polling)),
        "stamped": scan.stamped, "duplex": scan.duplex,
    }  # fmt: skip
    while True:
        ballot, known = "", len(entries_in(_journal(scan)))
        try:
            for line in lines_said(WORKER, folder_of(scan), order, seconds=SECONDS):
                said = json.loads(line)
                if "refused" in said:
                    raise Refused(said["refused"], **said["params"])
                ballot = said["ballot"]
                progress.report(key_of(scan), said["done"], said["total"], _("Đang đọc phiếu"))
        except RefusedError as refused:
            if refused.why == Flaw.TIME and len(entries_in(_journal(scan))) > known:
                continue
            if not ballot or not _give_to_people(scan, ballot):
                return _("Có tệp làm chương trình đọc dừng lại; hãy bỏ lượt quét này và quét lại thành tệp khác.")
        else:
            return ""


def _give_to_people(scan: ScanCount, ballot: str) -> bool:
    """Write the picture down as one that cannot be opened; False if it is in the journal already."""
    with opened(_journal(scan)) as journal:
        if any(entry.get("id") == ballot for entry in journal.entries):
            return False
        journal.add({"kind": "rejected", "id": ballot, "why": "broken"})
    return True


work = _work
"""``work.enqueue(scan.pk, user.pk)`` in the background, ``work.call(scan.pk, user.pk)`` at once."""
