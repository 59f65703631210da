"""``chibo ballots print|count|compare|verify``: paper ballots on this machine alone, without database or network."""

from __future__ import annotations

import errno
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from chibo.ballots.command import add_arguments, run
from chibo.ballots.style import Refused
from chibo.core.refusal import reason_of


class Command(BaseCommand):
    help = "In phiếu bầu, đọc phiếu quét, so hai lần đếm, kiểm tra sổ đếm."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            told = run(options)
        except Refused as refusal:
            raise CommandError(_one_line(_(refusal.text) % refusal.params)) from refusal
        except OSError as error:
            if error.errno == errno.ENOSPC:
                why = _(
                    "Ổ đĩa đã đầy; dọn chỗ rồi chạy lại đúng lệnh này: phiếu đã đọc không mất, không đếm hai lần."
                )
            elif error.filename:
                why = _("Không mở được “%(file)s”: %(why)s.") % {"file": error.filename, "why": reason_of(error)}
            else:
                raise
            raise CommandError(why) from error
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        if not told.get("whole", True):
            raise CommandError(_("Sổ đếm đã bị sửa ở dòng %(line)s.") % {"line": told["broken_at"]})


def _one_line(text: str) -> str:
    return " ".join(text.split())
