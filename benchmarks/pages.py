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
    """What the page costs at least: its count, its rows with their posts and groups, and a table of them, by hand."""
    stands = "valid_from <= '2026-11-23' AND (valid_to IS NULL OR valid_to >= '2026-11-23')"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT member_id) FROM members_membership WHERE {stands}")
        (count,) = cursor.fetchone()
        cursor.execute(
            "SELECT m.id, m.full_name, m.birth_date, u.name, s.standing, s.condition, m.admitted_on, m.official_on, m.phone"
            f" FROM members_member m JOIN (SELECT * FROM members_membership WHERE {stands}) s ON s.member_id = m.id"
            " JOIN units_unit u ON u.id = s.unit_id ORDER BY m.sort_key, m.id LIMIT 50"
        )
        rows = cursor.fetchall()
        shown = ", ".join(str(row[0]) for row in rows)
        cursor.execute(f"SELECT member_id, post FROM members_postterm WHERE member_id IN ({shown}) AND {stands}")
        posts = dict(cursor.fetchall())
        cursor.execute(
            "SELECT g.member_id, n.name FROM members_member_groups g JOIN members_group n ON n.id = g.group_id"
            f" WHERE g.member_id IN ({shown})"
        )
        groups = dict(cursor.fetchall())
        cursor.execute("SELECT id, name FROM units_unit WHERE level = 'cell' ORDER BY sort_key")
        menu = "".join(
            f'<li><a href="/members/{key}/">{html.escape(name)}</a></li>' for key, name in cursor.fetchall()
        )
    lines = (
        f'<tr><td><a href="/members/member/{row[0]}/">{html.escape(row[1])}</a></td>'
        + "".join(f"<td>{html.escape(str(v))}</td>" for v in (*row[2:], posts.get(row[0]), groups.get(row[0])))
        + "</tr>"
        for row in rows
    )
    return f"<ul>{menu}</ul><p>{count}</p><table>{''.join(lines)}</table>"


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
