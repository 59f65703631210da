"""``chibo warnings``: what is short in a unit on a day, for people or, with --json, for machines."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext

from chibo.core.forms import read_date
from chibo.core.values import Period
from chibo.units.selectors import asked_for
from chibo.warnings.selectors import warnings_on


class Command(BaseCommand):
    help = "Những việc còn thiếu của một tổ chức vào một ngày."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True)
        parser.add_argument("--on", help="2020-08-19; mặc định là hôm nay")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        day = _day(options["on"]) if options["on"] else timezone.localdate()
        unit = asked_for(options["unit"], str(day.year)).unit
        told = [
            {
                "code": w.check.code,
                "seeds": list(w.check.seeds),
                "article": str(w.check.article),
                "unit": w.unit_name,
                "subject": w.found.subject,
                "detail": w.found.detail,
                "remedy": w.found.remedy,
                "since": w.found.since.isoformat(),
                "url": w.found.url,
            }
            for w in warnings_on(unit, day)
        ]
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for line in told:
            self.stdout.write(f"{line['unit']}: {line['subject']}: {line['detail']} ({line['article']})")
        self.stdout.write(gettext("%(n)s việc còn thiếu.") % {"n": len(told)})


def _day(text: str) -> date:
    """A day as machines write it, or as people do; within the years that periods have."""
    try:
        day = read_date(text, timezone.localdate())
        Period.parse(str(day.year))
    except (ValidationError, ValueError) as unread:
        told = gettext("Không đọc được ngày “%(day)s”; hãy viết như 2020-08-19 hoặc 19/8/2020.")
        raise CommandError(told % {"day": text}) from unread
    return day
