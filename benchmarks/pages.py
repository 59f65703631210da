"""List and board pages at 1,500 members and five years (P5): against Django's admin, and against raw SQL and formatting."""

from __future__ import annotations

import html
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.filled import fill  # noqa: E402
from benchmarks.goals import done, interleaved, tell  # noqa: E402
from chibo.units.models import Unit  # noqa: E402


def raw_list() -> str:
    """What the page costs at least: the rows and a table of them, by hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.full_name, u.name, m.birth_date, m.sex, m.occupation, m.admitted_on FROM members_member m"
            " JOIN units_unit u ON u.id = m.unit_id ORDER BY m.sort_key, m.id LIMIT 50"
        )
        rows = cursor.fetchall()
    return "".join("<tr>" + "".join(f"<td>{html.escape(str(v))}</td>" for v in row) + "</tr>" for row in rows)


def raw_board(ward: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.unit_id, a.month, count(*), count(CASE WHEN a.presence = 'present' THEN 1 END)"
            " FROM meetings_attendance a JOIN units_unit u ON u.id = a.unit_id JOIN meetings_meeting g ON g.id = a.meeting_id"
            " WHERE u.ward_id = %s AND a.month BETWEEN '2025-01-01' AND '2025-12-31' AND g.kind = 'regular'"
            " AND a.presence IN ('present', 'excused', 'unexcused') GROUP BY a.unit_id, a.month",
            [ward],
        )
        rows = cursor.fetchall()
    return "".join(f"<td>{row[3] * 100 / row[2]:.1f}</td>" for row in rows)


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)


def main() -> int:
    call_command("migrate", verbosity=0)
    clerk = fill()
    ward = Unit.objects.get(key="dd-w")
    client = Client()
    client.force_login(clerk)
    members, board = f"/members/{ward.pk}/", f"/board/{ward.pk}/2025/?figure=meetings.attendance"

    def get(url: str) -> None:
        assert client.get(url).status_code == 200, url

    ours, admin = interleaved(lambda: get(members), lambda: get("/admin/members/member/"))
    tell("list page ÷ admin changelist", ours / admin, most=0.5)
    ours, raw = interleaved(lambda: get(members), raw_list)
    tell("list page ÷ raw SQL and formatting", ours / raw, most=25)
    ours, admin = interleaved(lambda: get(board), lambda: get("/admin/members/member/"))
    tell("board page ÷ admin changelist", ours / admin, most=0.5)
    ours, raw = interleaved(lambda: get(board), lambda: raw_board(ward.pk))
    tell("board page ÷ raw SQL and formatting", ours / raw, most=25)
    for url in (members, board):
        print(f"     queries of {url}: {queries(client, url)} (equal counts for 1 and 30 rows are tested in tests/)")
    return done()


if __name__ == "__main__":
    sys.exit(main())
