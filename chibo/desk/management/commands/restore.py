"""``chibo restore FILE``: everything as the backup has it."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.core.restoring import bring_back
from chibo.core.serving import alone
from chibo.core.storage import save_to


class Command(BaseCommand):
    help = "Khôi phục toàn bộ dữ liệu từ một bản sao lưu. Dữ liệu đang có được sao lưu trước."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--data", help="thư mục dữ liệu")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("Không có tệp “%(file)s”.") % {"file": file})
        if not is_zipfile(file):
            raise CommandError(
                _("“%(file)s” không phải là bản sao lưu của chibo, hoặc đã hỏng.") % {"file": file.name}
            )
        try:
            with alone():
                self._restore(file)
        except ValueError as refused:
            raise CommandError(str(refused)) from refused

    def _restore(self, file: Path) -> None:
        for cut_off in settings.DATA.glob("before-restore-*.part"):
            cut_off.unlink()
        call_command("migrate", verbosity=0)
        before = settings.DATA / f"before-restore-{timezone.localtime():%Y%m%d-%H%M%S}.zip"
        try:
            save_to(before)
            told = bring_back(file)
        except (ValueError, OSError):
            before.unlink(missing_ok=True)
            raise
        call_command("migrate", verbosity=0)
        self.stdout.write(_("Đã khôi phục bản sao lưu lúc %(at)s; dữ liệu trước đó ở %(before)s.") % {
            "at": f"{timezone.localtime(datetime.fromisoformat(told['at'])):%H:%M %d/%m/%Y}", "before": before,
        })  # fmt: skip
