"""``chibo backup FILE``: the database and the files, from one moment, in one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from chibo.core.storage import save_to


class Command(BaseCommand):
    help = "Sao lưu toàn bộ dữ liệu vào một tệp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            save_to(file)
        except OSError as full:
            raise CommandError(
                _("Không ghi được “%(file)s”: %(why)s.") % {"file": file, "why": full.strerror}
            ) from full
        self.stdout.write(
            _("Đã sao lưu vào %(file)s (%(size)s kB).") % {"file": file, "size": file.stat().st_size // 1024}
        )
