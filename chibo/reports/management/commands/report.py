"""``chibo report KIND --unit CODE --period P --out FILE``: the report as .docx or .pdf, from the figures as they stand."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.core.refusal import error_of, reason_of
from chibo.core.registry import registry
from chibo.papers.selectors import paper_file
from chibo.reports.selectors import composed, kind_named, objections_of
from chibo.units.rules import Level
from chibo.units.selectors import asked_for


class Command(BaseCommand):
    help = "Lập báo cáo từ số liệu đang có, ra tệp .docx hoặc .pdf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("--unit", required=True)
        parser.add_argument("--period", required=True)
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *_args: Any, kind: str, unit: str, period: str, out: Path, **_options: Any) -> None:
        asked = kind_named(kind)
        if asked is None:
            known = ", ".join(k.code for k in registry.each("reports"))
            raise CommandError(
                _("Không có loại báo cáo “%(kind)s”; các loại: %(known)s.") % {"kind": kind, "known": known}
            )
        ending = out.suffix.lower().removeprefix(".")
        if ending not in ("docx", "pdf"):
            raise CommandError(_("Tệp ra phải là .docx hoặc .pdf."))
        scope = asked_for(unit, period)
        if asked.for_cell != (scope.unit.level == Level.CELL):
            raise CommandError(_("Báo cáo “%(kind)s” không phải của cấp này.") % {"kind": kind})
        for objection in objections_of(asked, scope):
            raise CommandError(error_of(objection).messages[0])
        try:
            document = composed(asked, scope, timezone.localdate(), None)
            out.write_bytes(paper_file(scope.unit, document, ending, asked.code))
        except OSError as full:
            raise CommandError(
                _("Không ghi được “%(file)s”: %(why)s.") % {"file": out, "why": reason_of(full)}
            ) from full
        self.stdout.write(str(out))
