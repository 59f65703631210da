"""The ``chibo`` command: Django's commands, and chibo's own, under one name."""

from __future__ import annotations

import os
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.management import CommandError, ManagementUtility, get_commands, load_command_class

from chibo.core.values import gettext_noop

if TYPE_CHECKING:
    from django.core.management.base import BaseCommand, CommandParser

MISTYPED = (
    (r"the following arguments are required: (.+)", gettext_noop("còn thiếu %(words)s")),
    (r"unrecognized arguments: (.+)", gettext_noop("không có lựa chọn %(words)s")),
    (r"argument (\S+): expected .+", gettext_noop("sau %(words)s còn thiếu giá trị")),
    (r"argument (\S+): invalid .+", gettext_noop("giá trị của %(words)s không đúng")),
    (r"argument (\S+): not allowed with .+", gettext_noop("không dùng được %(words)s cùng với lựa chọn kia")),
)
"""What Python's parser says of the words typed, and how chibo says it."""


class Utility(ManagementUtility):
    """Django's commands and chibo's own: ours are listed, and every refusal is raised for ``main`` to tell."""

    def main_help_text(self, commands_only: bool = False) -> str:
        ours = {name: app for name, app in sorted(get_commands().items()) if name in self._ours()}
        if commands_only:
            return "\n".join(ours)
        lines = [f"chibo {name:<9} {load_command_class(app, name).help}" for name, app in ours.items()]
        return "\n".join([*lines, _say(gettext_noop("Cách dùng từng lệnh: chibo TÊN-LỆNH --help"))])

    def execute(self) -> None:
        if self.argv[1:] == ["--version"]:
            sys.stdout.write(f"chibo {version('chibo')}\n")
            return
        super().execute()

    def fetch_command(self, subcommand: str) -> BaseCommand:
        if subcommand not in get_commands():
            told = gettext_noop("Không có lệnh “%(name)s”; các lệnh: %(known)s.")
            raise self.settings_exception or CommandError(_say(told, name=subcommand, known=", ".join(self._ours())))
        command = super().fetch_command(subcommand)
        make = command.create_parser

        def create_parser(*args: Any, **kwargs: Any) -> CommandParser:
            parser = make(*args, **kwargs)
            for one in (parser, *_parts_of(parser)):
                one.error = partial(_mistyped, subcommand)  # type: ignore[method-assign]
            return parser

        command.create_parser = create_parser  # type: ignore[method-assign]
        return command

    @staticmethod
    def _ours() -> list[str]:
        return sorted(name for name, app in get_commands().items() if str(app).startswith("chibo."))


def _parts_of(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    """The parsers of a command that does several things ("chibo ballots print")."""
    for does in parser._actions:  # noqa: SLF001 - argparse has no public word for it
        if isinstance(does.choices, dict):
            yield from does.choices.values()


def _mistyped(name: str, message: str) -> NoReturn:
    """One sentence for words that are no such command's."""
    why = message
    for pattern, told in MISTYPED:
        if found := re.fullmatch(pattern, message):
            why = _say(told, words=found[1])
            break
    told = gettext_noop("Câu lệnh chưa đúng: %(why)s. Cách dùng: chibo %(name)s --help")
    raise CommandError(_say(told, why=why, name=name))


def main(argv: list[str] | None = None) -> None:
    """Run one command. A refusal is one sentence on stderr and exit code 1, never a traceback.

    What the product refuses, or finds wrong with its installation, is told in its own words. A defect of the program
    is one sentence as well; ``--traceback`` or ``CHIBO_DEBUG=1`` shows where it happened.
    """
    arguments = list(sys.argv if argv is None else argv)
    _prepare(arguments)
    try:
        _run(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # "chibo figures … | head": whoever read has read enough
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115
    except Exception as defect:
        if "--traceback" in arguments or os.environ.get("CHIBO_DEBUG") == "1":
            raise
        sys.stderr.write(f"{_sentence(defect)}\n")
        sys.exit(1)


def _prepare(arguments: list[str]) -> None:
    """The environment that the settings read; ``--data`` counts before anything is opened.

    What is said is UTF-8: on Windows the old letters of a file or a pipe ("chibo figures … > so-lieu.json") lack Vietnamese.
    """
    sys.stdout, sys.stderr = (spoken or open(os.devnull, "w") for spoken in (sys.stdout, sys.stderr))  # noqa: PTH123, SIM115
    for spoken in (sys.stdout, sys.stderr):
        if isinstance(spoken, TextIOWrapper):
            spoken.reconfigure(encoding="utf-8")
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
    named = len(arguments) > 1 and not arguments[1].startswith("-") and arguments[1] != "help"
    told = [] if "--traceback" in arguments or not named else ["--traceback"]
    Utility(["chibo", *arguments[1:2], *told, *arguments[2:]]).execute()


def _sentence(defect: Exception) -> str:
    """What went wrong, for whoever typed the command."""
    from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
    from django.db import OperationalError, ProgrammingError

    from chibo.core.refusal import untranslated_reason_of
    from chibo.core.serving import OccupiedError

    first_line = str(defect).strip().partition("\n")[0]
    if isinstance(defect, ValidationError):
        return " ".join(defect.messages)
    if isinstance(defect, (CommandError, ImproperlyConfigured, OccupiedError)):
        return str(defect)
    if isinstance(defect, PermissionDenied):
        return _say(gettext_noop("Người này không có quyền làm việc đó."))
    if isinstance(defect, (OperationalError, ProgrammingError)):
        told = gettext_noop("Cơ sở dữ liệu chưa sẵn sàng (%(why)s). Hãy chạy chibo migrate rồi làm lại.")
        return _say(told, why=first_line)
    if isinstance(defect, OSError) and defect.filename:
        return _say(
            gettext_noop("Không mở được “%(file)s”: %(why)s."),
            file=defect.filename,
            why=_say(untranslated_reason_of(defect)),
        )
    if isinstance(defect, OSError) and defect.errno:
        return _say(gettext_noop("Không đọc hoặc ghi được: %(why)s."), why=_say(untranslated_reason_of(defect)))
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
