"""``chibo seeds``: each seed document's happening, built from records in a scratch database, and its figures asked."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils.translation import gettext as _

STORIES = ("s0", "s1", "s2", "s3", "s4")


class Command(BaseCommand):
    help = "Dựng lại số liệu của các văn bản hạt giống từ bản ghi và đối chiếu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        old = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            told = [line for story in STORIES for line in self._tell(story)]
        finally:
            connection.creation.destroy_test_db(old, verbosity=0)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for line in told:
                mark = "=" if line["agrees"] else "≠"
                self.stdout.write(
                    f"{line['id']:<6} {line['expected']:<22} {mark} {line['computed']:<22} {line['says']}"
                )
            agreeing = sum(line["agrees"] for line in told)
            self.stdout.write(_("%(agree)s trên %(all)s khớp.") % {"agree": agreeing, "all": len(told)})
        if not all(line["agrees"] for line in told):
            sys.exit(1)

    def _tell(self, story: str) -> list[dict[str, Any]]:
        """Build one story, ask its claims, and leave nothing behind for the next."""
        with transaction.atomic():
            claims = import_module(f"chibo.desk.management.scenarios.{story}").build()
            told = [
                {
                    "id": c.id,
                    "says": c.says,
                    "expected": c.expected,
                    "computed": (found := c.computed()),
                    "agrees": found == c.expected,
                }
                for c in claims
            ]
            transaction.set_rollback(True)
        return told
