"""A process of its own that brings a list in and can be killed: ``python -m tests.imports.crashing STEP``.

``prepare`` makes the tables and a confirmed run of many rows; ``write`` begins to write it and stops half way, saying so;
``again`` does the waiting work once more; ``look`` tells what stands in the database.
"""

from __future__ import annotations

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

ROWS = 1_200


def prepare() -> None:
    from django.core.files.base import ContentFile
    from django.core.management import call_command

    from chibo.access.actor import SETUP
    from chibo.imports.actions import confirm_run, receive_workbook
    from chibo.imports.actions.jobs import work
    from chibo.imports.models import Run
    from tests.imports.sheets import workbook
    from tests.world import build_world

    call_command("migrate", run_syncdb=True, verbosity=0)
    world = build_world()
    rows = [[n, f"Nguyễn Văn {chr(65 + n % 26)}", 1930 + n // 26, "Chi bộ 5"] for n in range(ROWS)]
    data = workbook(*rows, headings=("STT", "Họ và tên", "Năm sinh", "Chi bộ"))
    run = receive_workbook(world.ward, ContentFile(data), actor=SETUP, importer="members", file_name="x.xlsx")
    work.call(run.pk, None)
    confirm_run(Run.objects.get(), actor=SETUP)


def write() -> None:
    from chibo.core import progress

    def report(_key: str, done: int, total: int, _doing: str) -> None:
        if done >= 1_000:
            print(f"{done}/{total}", flush=True)
            sys.stdin.read()

    progress.report = report
    again()


def again() -> None:
    from chibo.imports.actions.jobs import work
    from chibo.imports.models import Run

    work.call(Run.objects.get().pk, None)


def look() -> None:
    from chibo.imports.models import Row, Run
    from chibo.journal.models import Entry
    from chibo.members.models import Member, Membership

    written = Entry.objects.filter(verb="members.enter_members").count()
    found = [
        Member.objects.count(),
        Membership.objects.count(),
        Row.objects.count(),
        written,
        Run.objects.get().state,
    ]
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    settings.MIGRATION_MODULES = dict.fromkeys([app.rpartition(".")[2] for app in settings.INSTALLED_APPS])
    django.setup()
    for step in sys.argv[1:]:
        {"prepare": prepare, "write": write, "again": again, "look": look}[step]()
