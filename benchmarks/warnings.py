"""All checks of a ward of 40 cells, 1,500 members and five years: in seconds, and against nothing but their own queries.

The bare queries are the very SQL that the checks ask, read to the last row by a cursor; what is over them is building
rows, deciding and wording. The nightly work is counted in queries, for 300 members and for 1,500.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import partial
from random import Random
from time import perf_counter

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.filled import add_members, fill  # noqa: E402
from benchmarks.goals import cpu, done, interleaved, tell  # noqa: E402
from chibo.access.actions import grant_post  # noqa: E402
from chibo.access.actor import SETUP  # noqa: E402
from chibo.access.charter import Post  # noqa: E402
from chibo.access.models import User  # noqa: E402
from chibo.core.registry import Check, Scope, Shortcoming, registry  # noqa: E402
from chibo.core.values import Period  # noqa: E402
from chibo.meetings.models import Mailbox  # noqa: E402
from chibo.plans.actions import keep_qualities  # noqa: E402
from chibo.plans.models import CellQuality, Plan, PlanItem  # noqa: E402
from chibo.plans.rules import Section  # noqa: E402
from chibo.tasks.models import Task  # noqa: E402
from chibo.tasks.rules import TaskOrigin, TaskState  # noqa: E402
from chibo.units.models import Unit  # noqa: E402
from chibo.units.selectors import root, scope_of  # noqa: E402
from chibo.warnings.selectors import warnings_on  # noqa: E402
from chibo.warnings.selectors.digests import digests_due  # noqa: E402

TODAY = date(2026, 10, 20)
SLOWEST = 6
WORDS = [
    "đọc",
    "ghi",
    "sổ",
    "tay",
    "kể",
    "lại",
    "trước",
    "chi",
    "bộ",
    "một",
    "tác",
    "phẩm",
    "về",
    "giúp",
    "đỡ",
    "thăm",
    "hỏi",
    "hộ",
    "gia",
    "đình",
    "khó",
    "khăn",
    "trong",
    "tổ",
    "dân",
    "phố",
    "vận",
    "động",
    "bà",
    "con",
    "giữ",
    "vệ",
    "sinh",
    "trật",
    "tự",
    "đoạn",
    "đường",
    "báo",
    "cáo",
    "cán",
    "bộ",
    "hưu",
    "trí",
    "lớp",
    "học",
    "buổi",
    "tối",
    "câu",
    "lạc",
    "bộ",
    "thể",
    "dục",
    "vườn",
    "rau",
    "cây",
    "xanh",
    "ngõ",
    "phố",
    "an",
    "toàn",
    "cháy",
    "nổ",
    "thiếu",
    "nhi",
    "sách",
    "vở",
    "thư",
    "viện",
    "hòa",
    "giải",
    "mâu",
    "thuẫn",
    "tiếp",
    "công",
    "dân",
    "hồ",
    "sơ",
    "đúng",
    "hẹn",
    "tiết",
    "kiệm",
    "điện",
    "nước",
    "đóng",
    "góp",
    "quỹ",
    "khuyến",
    "học",
]


def more(cells: list[Unit]) -> None:
    """Three items in each plan, of words by chance, one plan in thirty lacking a measure; duties of every cell and month,
    one in five of them open and overdue; a secretary of each cell with an address."""
    chance = Random(5)
    PlanItem.objects.bulk_create(
        PlanItem(
            plan_id=pk, section=Section.DUTIES, order=order, statement=" ".join(chance.choices(WORDS, k=20)),
            measure="" if order == 0 and pk % 30 == 0 else "2 lần, có biên bản", deadline=date(year, 11, 20),
        )
        for pk, year in Plan.objects.values_list("pk", "year")
        for order in range(3)
    )  # fmt: skip
    Task.objects.bulk_create(
        Task(
            unit=cell, doer_unit=cell, title=f"Hoàn thành việc số {number} của chi bộ", origin=TaskOrigin.RESOLUTION,
            assigned_on=due - timedelta(days=20), first_due_on=due, due_on=due,
            state=TaskState.DONE if number % 5 else TaskState.OPEN, done_on=due if number % 5 else None,
        )
        for cell in cells
        for number, due in enumerate(date(2022 + m // 12, m % 12 + 1, 25) for m in range(57))
    )  # fmt: skip
    for number, cell in enumerate(cells):
        user = User.objects.create(username=f"bt{number}", name=f"Bí Thư {number}")
        grant_post(cell, actor=SETUP, user=user, post=Post.CELL_SECRETARY, valid_from=date(2015, 1, 1))
        Mailbox.objects.create(user=user, address=f"bt{number}@thu.example")


def selects_of(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"].replace("%", "%%") for query in captured if query["sql"].startswith(("SELECT", "WITH"))]


def list_of(check: Check, scope: Scope) -> list[Shortcoming]:
    return list(check.run(scope))


def bare(queries: list[str]) -> None:
    with connection.cursor() as cursor:
        for sql in queries:
            cursor.execute(sql, [])
            cursor.fetchall()


def main() -> int:
    call_command("migrate", verbosity=0)
    fill()
    cells = list(Unit.objects.filter(key__startswith="dd-", level="cell"))
    more(cells)
    measure(Unit.objects.get(key="dd-w"))
    nightly(cells)
    return done()


def measure(ward: Unit) -> None:
    """As the night leaves the ward; and on a day on which something changed in the plans of every cell."""
    begin = perf_counter()
    keep_qualities(root(), actor=SETUP, today=TODAY)
    print(f"     what is weak in the plans, kept by night: {perf_counter() - begin:.1f} s", flush=True)
    with CaptureQueriesContext(connection) as captured:
        begin = perf_counter()
        found = warnings_on(ward, TODAY)
        cold = perf_counter() - begin
    selects = selects_of(captured)
    print(
        f"     {len(found)} warnings of {len({w.check.code for w in found})} checks in {len(selects)} queries",
        flush=True,
    )
    tell("all checks of the ward, first time", cold, most=3.0, unit="s")
    ours, raw = interleaved(lambda: warnings_on(ward, TODAY), lambda: bare(selects), rounds=8)
    tell("all checks of the ward", ours / 1000, most=3.0, unit="s CPU")
    tell("all checks ÷ their bare queries", ours / raw, most=2.0)
    slowest(ward)
    CellQuality.objects.all().delete()
    tell(
        "all checks, where every cell changed today",
        cpu(lambda: warnings_on(ward, TODAY)) / 1000,
        most=3.0,
        unit="s CPU",
    )


def slowest(ward: Unit) -> None:
    """Which checks take longest: where to look first."""
    scope = scope_of(ward, Period.of_year(TODAY.year).until(TODAY), TODAY)
    times = []
    for check in registry.each("checks"):
        with CaptureQueriesContext(connection) as captured:
            rows = len(list_of(check, scope))
        selects = selects_of(captured)
        run, alone_run = partial(list_of, check, scope), partial(bare, selects)
        took, alone = cpu(run, rounds=3, warm=0), cpu(alone_run, rounds=3, warm=0)
        times.append((took, alone, len(captured), rows, check.code))
    for took, alone, asked, rows, code in sorted(times, reverse=True)[:SLOWEST]:
        print(f"     {code}: {took:.0f} ms ({alone:.0f} ms bare), {asked} queries, {rows} found", flush=True)


def nightly(cells: list[Unit]) -> None:
    """The queries of one night, before the letters themselves; then with twice as many members."""
    settings.EMAIL_HOST = "thu.example"

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            call_command("nightly")
            letters = digests_due(root(), TODAY)
        print(f"     {len(letters)} letters due, {len(captured)} queries", flush=True)
        return len(captured)

    few = asked()
    add_members(cells, range(10_000, 11_500), date(2015, 1, 1))
    tell("queries of a night, for twice as many members", asked() / few, most=1.0)


if __name__ == "__main__":
    sys.exit(main())
