"""The ``chibo`` command: Django's commands, and chibo's own, under one name."""

from __future__ import annotations

import os
import sys


def main(argv: list[str] | None = None) -> None:
    """Run one command. A refusal is one sentence on stderr and exit code 1, never a traceback."""
    arguments = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.config.settings")
    os.environ.setdefault("PYTHONUTF8", "1")
    if "--data" in arguments[2:]:
        at = arguments.index("--data")
        if at + 1 < len(arguments):
            os.environ["CHIBO_DATA"] = arguments[at + 1]
    elif len(arguments) > 1 and arguments[1] == "demo":
        os.environ.setdefault("CHIBO_DATA", os.path.join("var", "demo"))  # noqa: PTH118
    from django.core.management import execute_from_command_line

    execute_from_command_line(arguments)
