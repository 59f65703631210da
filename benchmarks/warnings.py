"""All checks of a ward of 40 cells, 1,500 members and five years: in seconds, and against nothing but their own queries.

The bare queries are the very statements that the checks ask, with their parameters, read to the last row by a cursor; what is over them is building
rows, deciding and wording. The nightly work is counted in queries, for 300 members and for 1,500.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from functools import partial
from random import Random
from time import perf_counter
from typing import Any

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
from chibo.meetings.models import AgendaItem, Mailbox, Meeting  # noqa: E402
from chibo.meetings.rules import ItemKind  # noqa: E402
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
AGENDA = (
    ItemKind.OPENING, ItemKind.LAST_MINUTES, ItemKind.INFORMATION, ItemKind.TASKS, ItemKind.EVALUATIONS, ItemKind.DISCUSSION,
    ItemKind.CLOSING,
)  # fmt: skip
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
    one in five of them open and overdue; agenda and minutes of every meeting, of one in twenty without a word on duties;
    a secretary of each cell with an address."""
    chance = Random(5)
    _minuted(chance)
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


def _minuted(chance: Random) -> None:
    """Seven items and minutes of some two hundred words for every meeting there was."""
    said = [
        "Các đồng chí phát biểu ý kiến, nhất trí biểu quyết thông qua.",
        "Phân công tổ đảng, thời hạn trước ngày họp sau.",
    ]
    meetings = list(Meeting.objects.all())
    for meeting in meetings:
        lines = [f"{n}. {kind.label}\n{' '.join(chance.choices(WORDS, k=28))}." for n, kind in enumerate(AGENDA, 1)]
        meeting.minutes = "\n".join([*lines, *said[: 1 if meeting.pk % 20 == 0 else 2]])
        meeting.starts_at, meeting.ends_at, meeting.place = time(19, 30), time(21, 10), "Nhà văn hóa"
    Meeting.objects.bulk_update(meetings, ["minutes", "starts_at", "ends_at", "place"], batch_size=200)
    AgendaItem.objects.bulk_create(
        AgendaItem(unit_id=m.unit_id, meeting=m, order=n, kind=kind, title=kind.label, notes="Đã thảo luận, nhất trí")
        for m in meetings
        for n, kind in enumerate(AGENDA)
    )


Asked = list[tuple[str, Any]]
"""Statements with their parameters, as they went to the database."""


@contextmanager
def overheard() -> Iterator[Asked]:
    """What is asked of the database meanwhile, in order."""
    asked: Asked = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield asked


def list_of(check: Check, scope: Scope) -> list[Shortcoming]:
    return list(check.run(scope))


def bare(asked: Asked) -> None:
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(sql, params)
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
    with overheard() as selects:
        begin = perf_counter()
        found = warnings_on(ward, TODAY)
        cold = perf_counter() - begin
    print(
        f"     {len(found)} warnings of {len({w.check.code for w in found})} checks in {len(selects)} queries",
        flush=True,
    )
    tell("all checks of the ward, first time", cold, most=3.0, unit="s")
    gc.collect()
    gc.freeze()  # what filling left behind is no part of a serving process
    ours, raw = interleaved(lambda: warnings_on(ward, TODAY), lambda: bare(selects), rounds=20)
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
        with overheard() as selects:
            rows = len(list_of(check, scope))
        run, alone_run = partial(list_of, check, scope), partial(bare, selects)
        took, alone = cpu(run, rounds=3, warm=0), cpu(alone_run, rounds=3, warm=0)
        times.append((took, alone, len(selects), rows, check.code))
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
