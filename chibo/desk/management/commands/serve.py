"""``chibo serve``: the pages, and the worker that does long work, until Ctrl-C."""

from __future__ import annotations

import socket
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from chibo.core.serving import refuse_restoring
from chibo.core.storage import refuse_unsafe


class Command(BaseCommand):
    help = "Mở chibo trên máy này."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 để máy khác trong cơ quan vào được")
        parser.add_argument("--port", type=int, default=8000, choices=range(1, 65536), metavar="N")
        parser.add_argument("--data", help="thư mục dữ liệu")

    def handle(self, *_args: Any, host: str, port: int, **_options: Any) -> None:
        refuse_taken(host, port)
        refuse_restoring()  # at the door only: an SQLite lock held over a fork is nobody's; the processes beside hold it
        call_command("migrate", verbosity=0)
        refuse_unsafe()
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104
        self.stdout.write(_("chibo đang chạy tại http://%(host)s:%(port)s/ (dữ liệu: %(data)s)") % {
            "host": shown, "port": port, "data": settings.DATA,
        })  # fmt: skip
        self.stdout.write(_("Nhấn Ctrl-C để dừng."))
        self.stdout.flush()
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        # The server forks: an SQLite connection that is open then would hold its locks in two processes.
        connection.close()
        chibo = [sys.executable, "-m", "chibo.config"]
        beside = [subprocess.Popen([*chibo, *words]) for words in (["work"], ["nightly", "--daily"])]
        try:
            Granian(
                "chibo.config.wsgi:application",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                workers=1,
                blocking_threads=4,
                log_access=False,
                log_level=LogLevels.warning,
                websockets=False,
            ).serve()
        finally:
            stop(beside)


def stop(beside: list[subprocess.Popen[bytes]]) -> None:
    """End them; what does not end in its time is ended. Work that is cut off is taken up again."""
    for process in beside:
        process.terminate()
    for process in beside:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def refuse_taken(host: str, port: int) -> None:
    """Ask for the door before anything is opened, so that who cannot have it is told which to take instead."""
    try:
        socket.create_server((host, port)).close()
    except OSError as taken:
        told = _(
            "Không mở được cổng %(port)s tại %(host)s: cổng đang có chương trình khác dùng, hoặc địa chỉ không phải "
            "của máy này. Hãy chọn cổng khác, ví dụ --port %(other)s."
        )
        raise CommandError(told % {"port": port, "host": host, "other": port % 65535 + 1}) from taken
