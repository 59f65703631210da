"""Every figure against its hand-written SQL, at 1,500 members and five years."""

from __future__ import annotations

import sys
from datetime import date

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.filled import fill  # noqa: E402
from benchmarks.goals import done, interleaved, tell  # noqa: E402
from chibo.core.registry import registry  # noqa: E402
from chibo.core.values import Period  # noqa: E402
from chibo.figures.selectors import answer  # noqa: E402
from chibo.units.models import Unit  # noqa: E402
from chibo.units.selectors import scope_of  # noqa: E402

COUNTED = "condition IN ('active', 'exempt', 'elsewhere', 'suspended')"
ON_DAY = "valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)"
SPAN = "month BETWEEN %(first)s AND %(last)s"
SQL = {
    "members.counted": f"SELECT count(*) FROM members_membership WHERE {{units}} AND {COUNTED} AND {ON_DAY}",
    "plans.having": "SELECT count(*), count(CASE WHEN EXISTS (SELECT 1 FROM plans_plan p WHERE p.member_id = m.member_id"
    " AND p.year = %(year)s AND p.state IN ('registered', 'returned', 'confirmed', 'concluded')"
    " AND p.registered_on <= %(day)s) THEN 1 END) FROM members_membership m"
    f" WHERE {{units}} AND {COUNTED} AND condition NOT IN ('exempt', 'suspended') AND {ON_DAY}",
    "plans.evaluations": f"SELECT count(*) FROM plans_evaluation WHERE {{units}} AND {SPAN}",
    "meetings.attendance": "SELECT count(*), count(CASE WHEN a.presence = 'present' THEN 1 END) FROM meetings_attendance a"
    " JOIN meetings_meeting g ON g.id = a.meeting_id WHERE {a_units} AND g.kind = 'regular'"
    " AND a.month BETWEEN %(first)s AND %(last)s AND a.presence IN ('present', 'excused', 'unexcused')",
}


def main() -> int:
    call_command("migrate", verbosity=0)
    fill()
    ward = Unit.objects.get(key="dd-w")
    period = Period.of_year(2025)
    scope = scope_of(ward, period, date(2026, 11, 20))
    ids = ", ".join(str(pk) for pk in scope.units)
    values = {"day": scope.day, "year": 2025, "first": period.first, "last": period.last}
    for code, sql in SQL.items():
        asked = sql.format(units=f"unit_id IN ({ids})", a_units=f"a.unit_id IN ({ids})")

        def by_hand(asked: str = asked) -> tuple[int, ...]:
            with connection.cursor() as cursor:
                cursor.execute(asked, values)
                found: tuple[int, ...] = cursor.fetchone()
            return found

        figure = registry.named("figures", code)
        told, hand = answer(figure, scope), by_hand()
        assert (told.base, told.part) == (hand[0], hand[1]) if len(hand) > 1 else told.part == hand[0], code
        ours, raw = interleaved(lambda f=figure: answer(f, scope), by_hand, rounds=40)
        tell(f"figure {code} ÷ its SQL", ours / raw, most=1.5)
        with CaptureQueriesContext(connection) as captured:
            answer(figure, scope)
        assert len(captured) == 1, code

        def database(asked: str = captured[0]["sql"].replace("%", "%%")) -> None:
            with connection.cursor() as cursor:
                cursor.execute(asked, [])
                cursor.fetchone()

        its, raw = interleaved(database, by_hand, rounds=40)
        tell(
            f"     what the database does for it ÷ the SQL by hand ({ours - its:.1f} ms are Django's)",
            its / raw,
            most=1.2,
        )
    return done()


if __name__ == "__main__":
    sys.exit(main())
