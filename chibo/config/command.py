"""The ``chibo`` command: Django's commands, and chibo's own, under one name."""

from __future__ import annotations

import os
import sys

from chibo.core.values import gettext_noop


def main(argv: list[str] | None = None) -> None:
    """Run one command. A refusal is one sentence on stderr and exit code 1, never a traceback.

    What the product refuses, or finds wrong with its installation, is told in its own words. A defect of the program
    is one sentence as well; ``--traceback`` or ``CHIBO_DEBUG=1`` shows where it happened.
    """
    arguments = list(sys.argv if argv is None else argv)
    _prepare(arguments)
    try:
        _run(arguments)
    except Exception as defect:
        if "--traceback" in arguments or os.environ.get("CHIBO_DEBUG") == "1":
            raise
        sys.stderr.write(f"{_sentence(defect)}\n")
        sys.exit(1)


def _prepare(arguments: list[str]) -> None:
    """The environment that the settings read; ``--data`` counts before anything is opened."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.config.settings")
    os.environ.setdefault("PYTHONUTF8", "1")
    for at, argument in enumerate(arguments[2:], 2):
        if argument == "--data" and at + 1 < len(arguments):
            os.environ["CHIBO_DATA"] = arguments[at + 1]
        elif argument.startswith("--data="):
            os.environ["CHIBO_DATA"] = argument.partition("=")[2]
    if arguments[1:2] == ["demo"]:
        os.environ.setdefault("CHIBO_DATA", os.path.join("var", "demo"))  # noqa: PTH118


def _run(arguments: list[str]) -> None:
    """Hand over to Django; its own way of telling an error ("CommandError: …") is left to ``main``."""
    from django.core.management import execute_from_command_line

    named = len(arguments) > 1 and not arguments[1].startswith("-")
    execute_from_command_line([*arguments, "--traceback"] if named and "--traceback" not in arguments else arguments)


def _sentence(defect: Exception) -> str:
    """What went wrong, for whoever typed the command."""
    from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
    from django.core.management import CommandError
    from django.db import OperationalError, ProgrammingError

    first_line = str(defect).strip().partition("\n")[0]
    if isinstance(defect, ValidationError):
        return " ".join(defect.messages)
    if isinstance(defect, (CommandError, ImproperlyConfigured)):
        return str(defect)
    if isinstance(defect, PermissionDenied):
        return _say(gettext_noop("Người này không có quyền làm việc đó."))
    if isinstance(defect, (OperationalError, ProgrammingError)):
        told = gettext_noop("Cơ sở dữ liệu chưa sẵn sàng (%(why)s). Hãy chạy chibo migrate rồi làm lại.")
        return _say(told, why=first_line)
    if isinstance(defect, OSError) and defect.filename:
        return _say(gettext_noop("Không mở được “%(file)s”: %(why)s."), file=defect.filename, why=defect.strerror)
    told = gettext_noop("Có lỗi của chương trình (%(kind)s: %(why)s). Thêm --traceback để xem ở đâu.")
    return _say(told, kind=type(defect).__name__, why=first_line)


def _say(text: str, **gaps: object) -> str:
    """In the reader's language, if the settings could be read at all."""
    from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
    from django.utils.translation import gettext

    try:
        return gettext(text) % gaps
    except (AppRegistryNotReady, ImproperlyConfigured, OSError):
        return text % gaps
