# ruff: noqa: N999 - the word people type
"""``chibo import members FILE --unit CODE``: show what a workbook would change, or with --apply change it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Can
from chibo.core.importing import RowPlan, RowState
from chibo.core.refusal import reason_of, refuse_if
from chibo.core.registry import Importer, registry
from chibo.core.workbooks import cell_name, read_workbook
from chibo.imports.actions import confirm_run, receive_workbook
from chibo.imports.actions.jobs import work
from chibo.imports.rules import RunState, objections_to_confirming
from chibo.imports.selectors import actor_called, run_for
from chibo.imports.selectors.previewing import plan
from chibo.imports.selectors.reading import Spec, missing, recognise
from chibo.units.models import Unit
from chibo.units.selectors import unit_called


class Command(BaseCommand):
    help = "Nhập danh sách từ tệp Excel: xem trước, hoặc với --apply thì ghi vào sổ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="members, units")
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="mã ngắn hoặc mã 14 số của tổ chức")
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--dry-run", action="store_true", help="chỉ xem trước (mặc định)")
        mode.add_argument("--apply", action="store_true", help="ghi vào sổ")
        parser.add_argument("--all-or-nothing", action="store_true", help="không ghi gì nếu có dòng lỗi")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--as", dest="username", default="", help="tên đăng nhập của người nhập")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self._handle(options)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except PermissionDenied as refusal:
            raise CommandError(_("Tài khoản này không có quyền nhập danh sách cho tổ chức đó.")) from refusal
        except OSError as error:
            said = {"file": options["file"], "why": reason_of(error)}
            raise CommandError(_("Không mở được “%(file)s”: %(why)s.") % said) from error

    def _handle(self, options: dict[str, Any]) -> None:
        importer, unit, actor = self._asked(options)
        workbook = read_workbook(options["file"])
        specs, _remembered = recognise(workbook, importer, unit)
        lacking = missing(importer, specs[0]["columns"]) if specs else [_("tiêu đề")]
        if lacking:
            said = {"labels": ", ".join(lacking)}
            raise CommandError(_("Không nhận ra cột %(labels)s trong tệp; hãy kiểm tra dòng tiêu đề.") % said)
        plans = plan(workbook, specs, importer, unit, actor=actor, today=timezone.localdate())
        if options["apply"]:
            self._write(unit, actor, importer, options, plans)
        told = [_told(one, {workbook.sheets[spec["sheet"]].name: spec for spec in specs}) for one in plans]
        counts = {state.value: sum(one.state == state for one in plans) for state in RowState}
        if options["json"]:
            self.stdout.write(json.dumps({**counts, "rows": told}, ensure_ascii=False))
            return
        for row in told:
            if row["reason"]:
                self.stdout.write(
                    f"{row['sheet']} {row['cell'] or row['row']}: {RowState(row['state']).label}. {row['reason']}"
                )
        text = _("%(added)s thêm mới, %(changed)s thay đổi, %(unchanged)s giữ nguyên, %(refused)s không nhận.")
        self.stdout.write(text % counts)

    def _asked(self, options: dict[str, Any]) -> tuple[Importer, Unit, Actor]:
        try:
            importer: Importer = registry.named("importers", options["kind"])
        except KeyError as unknown:
            kinds = ", ".join(entry.code for entry in registry.each("importers"))
            said = {"kind": options["kind"], "kinds": kinds}
            raise CommandError(_("Không có loại danh sách “%(kind)s”; hãy chọn: %(kinds)s.") % said) from unknown
        unit = unit_called(options["unit"])
        if unit is None:
            raise CommandError(_("Không có tổ chức nào mang mã “%(unit)s”.") % {"unit": options["unit"]})
        actor = actor_called(options["username"]) if options["username"] else SETUP
        if actor is None:
            raise CommandError(_("Không có tài khoản “%(name)s”.") % {"name": options["username"]})
        actor.require(Can(importer.can), unit)
        return importer, unit, actor

    def _write(
        self, unit: Unit, actor: Actor, importer: Importer, options: dict[str, Any], plans: list[RowPlan]
    ) -> None:
        """The same run as on the page, done at once, so that it can be seen and undone there."""
        if not any(one.state in (RowState.ADDED, RowState.CHANGED) for one in plans):
            return
        refused = sum(one.state == RowState.REFUSED for one in plans)
        refuse_if(
            objections_to_confirming(
                RunState.PREVIEW, writable=1, refused=refused, all_or_nothing=options["all_or_nothing"]
            )
        )
        user = actor.user and actor.user.pk
        with options["file"].open("rb") as file:
            run = receive_workbook(
                unit, File(file), actor=actor, importer=importer.code, file_name=options["file"].name
            )
        work.call(run.pk, user)
        run = run_for(actor, run.pk)
        confirm_run(run, actor=actor, mode="good")
        work.call(run.pk, user)
        run = run_for(actor, run.pk)
        if run.state != RunState.APPLIED:
            raise CommandError(run.problem or _("Chưa ghi được; sổ không thay đổi."))


def _told(one: RowPlan, specs: dict[str, Spec]) -> dict[str, Any]:
    col = specs[one.sheet]["columns"].get(one.code) if one.code else None
    return {
        "sheet": one.sheet,
        "row": one.number,
        "cell": cell_name(one.number - 1, col) if col is not None else "",
        "state": one.state.value,
        "reason": one.reason,
        "notes": one.notes,
    }
