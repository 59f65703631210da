"""``chibo backup FILE``: the database and the files, from one moment, in one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from chibo.core.refusal import reason_of
from chibo.core.storage import save_to


class Command(BaseCommand):
    help = "Sao lưu toàn bộ dữ liệu vào một tệp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--data", help="thư mục dữ liệu")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        if not connection.introspection.table_names():
            told = _(
                "Trong %(data)s chưa có dữ liệu nào để sao lưu. Hãy gõ lệnh trong thư mục chibo, hoặc thêm --data "
                "và tên thư mục dữ liệu."
            )
            raise CommandError(told % {"data": settings.DATA})
        try:
            save_to(file)
        except OSError as full:
            raise CommandError(
                _("Không ghi được “%(file)s”: %(why)s.") % {"file": file, "why": reason_of(full)}
            ) from full
        self.stdout.write(
            _("Đã sao lưu %(data)s vào %(file)s (%(size)s kB).")
            % {"data": settings.DATA, "file": file, "size": file.stat().st_size // 1024}
        )
