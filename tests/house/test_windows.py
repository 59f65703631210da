"""Offices run Windows: what is only Unix's is not needed, and what is told can be read there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import chibo

ONLY_UNIX = ("fcntl", "grp", "posix_ipc", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
ON_WINDOWS = f"""
import sys
for module in {ONLY_UNIX}:
    sys.modules[module] = None
import multiprocessing, os, signal, time
for name in "fork forkpty geteuid getuid killpg mkfifo setsid sysconf chown".split():
    delattr(os, name)
del time.tzset, signal.SIGKILL, signal.SIGALRM, signal.alarm
multiprocessing.set_start_method("spawn")
from chibo.config.command import main
main(["chibo"])
import chibo.config.urls
import chibo.config.wsgi
"""


def test_everything_is_there_without_what_only_unix_has(tmp_path: Path) -> None:
    """Every command and page opens, and the list of the commands written to a file is Vietnamese, whatever the console's letters."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    ended = subprocess.run(
        [sys.executable, "-c", ON_WINDOWS], cwd=Path(chibo.__file__).parents[1], check=False, capture_output=True,
        env=environment | {"CHIBO_DATA": str(tmp_path), "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1258"},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr.decode()
    assert "đến khi dừng" in ended.stdout.decode("utf-8")
