"""A process of its own for each uploaded file: it may neither last nor grow, and sees next to nothing of ours."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import Any

import chibo
from chibo.core.uploads.archives import Flaw, RefusedError

_KEPT_OF_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH")
_HOME = str(Path(str(chibo.__file__)).parents[1])
_log = logging.getLogger(__name__)


def lines_said(script: str, path: Path, *arguments: Any, seconds: float) -> Iterator[bytes]:
    """What the worker ``script`` says of a file, line by line, while it speaks.

    It gets the file's path and each argument as JSON; it sees the libraries, and of the environment, where secrets
    are, next to nothing. ``RefusedError``: it took too long, or died.
    """
    environment = {name: os.environ[name] for name in _KEPT_OF_ENVIRONMENT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join([_HOME, *filter(None, sys.path)])
    command = [sys.executable, "-P", "-S", "-X", "utf8", script, str(path), *map(json.dumps, arguments)]
    with (
        TemporaryFile() as complaints,
        subprocess.Popen(
            command,
            bufsize=1024 * 1024,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as process,
    ):
        too_long = Event()

        def stop() -> None:
            too_long.set()
            process.kill()

        watch = Timer(seconds, stop)
        watch.start()
        try:
            assert process.stdout
            yield from process.stdout
            process.wait()
        finally:
            watch.cancel()
        if too_long.is_set():
            raise RefusedError(Flaw.TIME)
        if process.returncode:
            complaints.seek(0)
            _log.warning("%s ended with %s: %s", Path(script).name, process.returncode, complaints.read()[-500:])
            raise RefusedError(Flaw.BROKEN)
