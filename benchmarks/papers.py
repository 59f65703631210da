"""Searching a register of 100,000 papers ÷ the database's own bare full-text query: the first page and the count, in wall time."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.goals import done, tell  # noqa: E402
from chibo.access.actor import SETUP  # noqa: E402
from chibo.core.searching import words_of  # noqa: E402
from chibo.papers.models import Paper  # noqa: E402
from chibo.papers.selectors.register import found_in, narrowed, papers_in  # noqa: E402
from chibo.units.actions import found_unit  # noqa: E402
from chibo.units.models import Unit  # noqa: E402
from chibo.units.rules import Level  # noqa: E402
from chibo.units.selectors import root  # noqa: E402

COUNT = 100_000
KINDS = (("Kế hoạch", "KH"), ("Thông báo", "TB"), ("Công văn", "CV"), ("Báo cáo", "BC"), ("Quyết định", "QĐ"))
WORDS = [
    "kiểm",
    "tra",
    "giám",
    "sát",
    "tuyên",
    "truyền",
    "dân",
    "vận",
    "tổ",
    "chức",
    "học",
    "tập",
    "chuyên",
    "đề",
    "đại",
    "hội",
    "chi",
    "bộ",
    "phường",
    "năm",
    "công",
    "tác",
    "xây",
    "dựng",
]
RARE = ["hiến đất mở rộng ngõ", "cầu vượt", "tiếp xúc cử tri", "quỹ khuyến học", "nhà văn hóa"]
ASKED = (
    "967",
    "hiến đất mở rộng ngõ",
    "hien dat mo rong ngo",
    "kế hoạch kiểm tra giám sát",
    "ke hoach dai hoi",
    "05-KH/ĐU",
    "công tác",
    "cong",
)
"""Rare and common, with accents and without; "cong" finds four in ten of all papers."""


def fill(ward: Unit) -> None:
    chance, rows = Random(1), []
    for number in range(COUNT):
        kind, letters = chance.choice(KINDS)
        subject = " ".join(chance.choices(WORDS, k=14)) + (f" {chance.choice(RARE)}" if number % 500 == 0 else "")
        symbol = f"{number % 1200 + 1:02d}-{letters}/ĐU"
        on = date(2005, 1, 1) + timedelta(days=number // 15)
        key = words_of(symbol, subject, "Đảng ủy phường", "", kind, "")
        rows.append(
            Paper(
                unit=ward,
                symbol=symbol,
                kind=kind,
                issuer="Đảng ủy phường",
                subject=subject,
                issued_on=on,
                search_key=key,
            )
        )
    with transaction.atomic():
        Paper.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def turns(first: Callable[[], object], second: Callable[[], object], rounds: int = 15) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 2):
        for kept, work in zip(times, (first, second), strict=True):
            begin = time.perf_counter()
            work()
            if turn > 1:
                kept.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def bare(asked: str) -> list[tuple[str, str]]:
    """The engine's own query for the same words: how many, and the newest fifty."""
    words = words_of(asked).split()
    if connection.vendor == "sqlite":
        match = " AND ".join(f'"{w}"' + ("" if w.isdecimal() else "*") for w in words)
        rows = "FROM papers_paper_words WHERE papers_paper_words MATCH %s"
        return [(f"SELECT count(*) {rows}", match), (f"SELECT rowid {rows} ORDER BY rowid DESC LIMIT 51", match)]
    match = " & ".join(f"'{w}'" + ("" if w.isdecimal() else ":*") for w in words)
    rows = "FROM papers_paper WHERE to_tsvector('simple', search_key) @@ to_tsquery('simple', %s)"
    return [(f"SELECT count(*) {rows}", match), (f"SELECT id {rows} ORDER BY id DESC LIMIT 51", match)]


def main() -> int:
    call_command("migrate", verbosity=0)
    ward = found_unit(root(), name="Phường", level=Level.WARD, key="w", on=date(2000, 1, 1), actor=SETUP)
    fill(ward)
    for asked in ASKED:

        def ours(asked: str = asked) -> int:
            return found_in(narrowed(papers_in(ward), {"q": asked}, date(2026, 1, 1)), {"q": asked}).count

        def run(statements: list[tuple[str, tuple[str, ...]]]) -> None:
            with connection.cursor() as cursor:
                for sql, params in statements:
                    cursor.execute(sql, params)
                    cursor.fetchall()

        theirs = [(sql, (match,)) for sql, match in bare(asked)]
        whole, raw = turns(ours, lambda s=theirs: run(s))
        with CaptureQueriesContext(connection) as captured:
            count = ours()
        its = [(query["sql"].replace("%", "%%"), ()) for query in captured]
        database, raw_again = turns(lambda s=its: run(s), lambda s=theirs: run(s))
        tell(f"search “{asked}” ({count} found, {whole:.1f} ms whole, {raw:.1f} ms bare): the database's work ÷ bare",
             database / raw_again, most=3)  # fmt: skip
    return done()


if __name__ == "__main__":
    sys.exit(main())
