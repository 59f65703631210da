"""Previewing a 10,000-row workbook of members against merely reading it with the reader library."""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from pathlib import Path

import django

django.setup()

import xlsxwriter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from benchmarks.filled import name_of  # noqa: E402
from benchmarks.goals import done, tell  # noqa: E402
from chibo.access.actor import SETUP  # noqa: E402
from chibo.core.registry import registry  # noqa: E402
from chibo.core.workbooks import read_workbook  # noqa: E402
from chibo.imports.selectors.previewing import plan, preview_of  # noqa: E402
from chibo.imports.selectors.reading import recognise  # noqa: E402
from chibo.units.actions import found_unit  # noqa: E402
from chibo.units.models import Unit  # noqa: E402
from chibo.units.rules import CellKind, Level  # noqa: E402
from chibo.units.selectors import root  # noqa: E402

HEADS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chi bộ", "Ngày vào Đảng", "Ngày chính thức", "Số thẻ", "CCCD",
         "Điện thoại", "Nơi ở", "Nghề nghiệp", "Trình độ chuyên môn", "Lý luận chính trị", "Tình trạng"]  # fmt: skip


def write(file: Path, rows: int) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_row(2, 0, HEADS)
        for n in range(rows):
            sheet.write_row(
                n + 3, 0,
                [n + 1, f"{name_of(n)}", f"{n % 28 + 1:02}/{n // 28 % 12 + 1:02}/{1940 + n // 336 % 60}", "Nam" if n % 2 else "Nữ",
                 f"Chi bộ {n % 15 + 1}", f"03/02/{1990 + n % 20}", f"03/02/{1991 + n % 20}", f"{10000000 + n}",
                 f"{1000000000 + n:012}", f"09{n:08}", "Tổ dân phố 5, phường Đo Đạc", "Hưu trí", "Đại học", "Trung cấp", ""],
            )  # fmt: skip


def preview(file: Path, ward: Unit) -> dict[str, int]:
    """All that stands between the upload and the rows that people are shown."""
    importer = registry.named("importers", "members")
    workbook = read_workbook(file)
    specs, _remembered = recognise(workbook, importer, ward)
    plans = plan(workbook, specs, importer, ward, actor=SETUP, today=date(2026, 11, 23))
    return preview_of(plans, workbook, specs, importer).counts


def main() -> int:
    call_command("migrate", verbosity=0)
    ward = found_unit(root(), actor=SETUP, name="Phường Đo", level=Level.WARD, key="d", on=date(2015, 1, 1))
    for n in range(15):
        found_unit(
            ward, actor=SETUP, name=f"Chi bộ {n + 1}", level=Level.CELL, key=f"d-{n}", on=date(2015, 1, 1),
            cell_kind=CellKind.RESIDENTIAL,
        )  # fmt: skip
    file = Path(settings.DATA) / "members.xlsx"
    write(file, 10_000)
    bare, isolated, previewing = [], [], []
    for _ in range(7):
        begin = time.perf_counter()
        rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
        bare.append(time.perf_counter() - begin)
        assert len(rows) > 10_000
        begin = time.perf_counter()
        read_workbook(file)
        isolated.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        counts = preview(file, ward)
        previewing.append(time.perf_counter() - begin)
        assert sum(counts.values()) - counts["noted"] == 10_000, counts
    whole = statistics.median(previewing)
    tell("preview of 10,000 rows ÷ reading them in isolation", whole / statistics.median(isolated), most=3)
    tell("preview of 10,000 rows ÷ reading them unprotected", whole / statistics.median(bare), most=3)
    print(f"     ({whole:.2f} s)")
    return done()


if __name__ == "__main__":
    sys.exit(main())
