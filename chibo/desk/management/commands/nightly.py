"""``chibo nightly``: what has to be done once a day. ``chibo serve`` does it at its start and every day it runs."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.actor import SETUP
from chibo.congresses.actions.scanning import destroy_scans
from chibo.consultations.actions.suggestions import erase_suggestions
from chibo.core.serving import hold
from chibo.imports.actions import forget_files
from chibo.plans.actions import keep_qualities
from chibo.units.selectors import root
from chibo.warnings.actions import send_digests

logger = logging.getLogger(__name__)
WORK = (forget_files, erase_suggestions, destroy_scans, keep_qualities, send_digests)
DAY, HOUR = 24 * 3600, 3600


class Command(BaseCommand):
    help = "Việc làm hằng ngày: xóa các tệp Excel đã nhập, các thư góp ý đã trả lời và ảnh phiếu bầu, khi quá thời hạn giữ; gửi thư nhắc việc hằng tuần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--daily", action="store_true", help="làm ngay, rồi mỗi ngày một lần, cho đến khi dừng")

    def handle(self, *_args: Any, daily: bool, **_options: Any) -> None:
        if daily:
            hold()
        while True:
            failed = [work.__name__ for work in WORK if not _did(work)]
            if not daily and failed:
                raise CommandError(_("Chưa làm xong: %(work)s. Xem lý do ở trên.") % {"work": ", ".join(failed)})
            if not daily:
                return
            connection.close()
            time.sleep(HOUR if failed else DAY)


def _did(work: Any) -> bool:
    """One that fails (a full disk, a mail server gone) keeps none of the others from being done."""
    try:
        work(root(), actor=SETUP, today=timezone.localdate())
    except Exception:
        logger.exception("%s", work.__name__)
        return False
    return True
