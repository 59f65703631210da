"""One tap of the roll call on the chair's page of a cell of 120, beside the save of the same row in Django's admin.

A save in the admin is what a person does there: open the row's form, send it. The tap, too, is a whole: it passes the
gate, leaves its line in the journal and answers with the counts of the roll.
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import cycle

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.filled import fill  # noqa: E402
from benchmarks.goals import done, interleaved, tell  # noqa: E402
from chibo.access.actions import grant_post  # noqa: E402
from chibo.access.actor import SETUP  # noqa: E402
from chibo.access.charter import Post  # noqa: E402
from chibo.access.models import User  # noqa: E402
from chibo.meetings.actions import call_roll, convene_meeting  # noqa: E402
from chibo.meetings.models import Attendance, Meeting  # noqa: E402
from chibo.members.models import Member  # noqa: E402
from chibo.units.models import Unit  # noqa: E402

MEMBERS = 120
HTMX = {"HX-Request": "true"}


def main() -> int:
    call_command("migrate", verbosity=0)
    fill(members=MEMBERS, years=(), cells=1)
    cell = Unit.objects.get(key="dd-1")
    secretary = User.objects.create(username="bi.thu", name="Bí Thư Đo Đạc")
    grant_post(cell, actor=SETUP, user=secretary, post=Post.CELL_SECRETARY, valid_from=date(2015, 1, 1))
    meeting = convene_meeting(cell, actor=SETUP, held_on=date(2026, 11, 5), kind="regular")
    people = list(Member.objects.filter(unit=cell))
    call_roll(meeting, actor=SETUP, presences={member.pk: ("present", "") for member in people})
    client = Client()
    client.force_login(secretary)
    turns = cycle((member, presence) for presence in ("excused", "present") for member in people)
    lines = {line.member_id: line.pk for line in Attendance.objects.filter(meeting=meeting)}

    def tap() -> None:
        member, presence = next(turns)
        answer = client.post(f"/meetings/{meeting.pk}/run/{member.pk}/", {"presence": presence}, headers=HTMX)
        assert answer.status_code == 200, answer.content

    def save() -> None:
        member, presence = next(turns)
        address = f"/admin/meetings/attendance/{lines[member.pk]}/change/"
        assert client.get(address).status_code == 200
        answer = client.post(
            address,
            {
                "unit": cell.pk, "meeting": meeting.pk, "member": member.pk, "month": meeting.month, "presence": presence,
                "reason": "",
            },
        )  # fmt: skip
        assert answer.status_code == 302, answer.content

    ours, admin = interleaved(tap, save, rounds=120)
    tell(f"tap of the roll at {MEMBERS} members ÷ admin save of the row", ours / admin, most=0.5)
    with CaptureQueriesContext(connection) as captured:
        tap()
    queries = len(captured)
    member, presence = next(turns)
    answer = client.post(f"/meetings/{meeting.pk}/run/{member.pk}/", {"presence": presence}, headers=HTMX)
    assert Meeting.objects.get(pk=meeting.pk).attendances.count() == MEMBERS
    print(f"     {ours:.1f} ms of CPU, {queries} queries, {len(answer.content)} bytes of answer")
    return done()


if __name__ == "__main__":
    sys.exit(main())
