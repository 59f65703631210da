"""``chibo figures``: every figure of a unit and a period, for people or, with --json, for machines."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from chibo.core.registry import Figure, Scope, registry
from chibo.core.tables import cell_value, export_value
from chibo.figures.selectors import answer, by_cell, figure_named, rows_counted
from chibo.units.selectors import asked_for


class Command(BaseCommand):
    help = "Số liệu của một tổ chức trong một kỳ, cùng các dòng làm căn cứ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True)
        parser.add_argument("--period", required=True, help="2020, 2020-08, 2020-q3, 2016..2020")
        parser.add_argument("--figure")
        parser.add_argument("--rows", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        scope = asked_for(options["unit"], options["period"])
        figures = list(registry.each("figures"))
        if options["figure"]:
            one = figure_named(options["figure"])
            if one is None:
                raise CommandError(gettext("Không có số liệu mang mã “%(code)s”.") % {"code": options["figure"]})
            figures = [one]
        told = [self._told(figure, scope, rows=options["rows"]) for figure in figures]
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1, default=str))
            return
        for line in told:
            self.stdout.write(f"{line['code']:<36} {line['text']:<22} {line['label']}")
            for row in line.get("rows", ()):
                self.stdout.write("  " + " · ".join(str(value) for value in row.values() if value not in (None, "")))

    def _told(self, figure: Figure, scope: Scope, *, rows: bool) -> dict[str, Any]:
        found = answer(figure, scope)
        told: dict[str, Any] = {
            "code": figure.code,
            "label": str(figure.label),
            "n": found.part,
            "N": found.base,
            "text": found.text,
            "measured": found.measured and asdict(found.measured),
            "cells": [
                {"unit": line.label, "n": line.answer.part, "N": line.answer.base} for line in by_cell(figure, scope)
            ],
        }
        if rows:
            told["rows"] = [
                {str(column.label): export_value(cell_value(column, row)) for column in figure.columns}
                for row in rows_counted(figure, scope).order_by(*figure.order)
            ]
        return told
