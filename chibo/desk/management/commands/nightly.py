"""``chibo nightly``: what has to be done once a day. ``chibo serve`` does it at its start and every day it runs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from chibo.access.actor import SETUP
from chibo.imports.actions import forget_files
from chibo.units.selectors import root


class Command(BaseCommand):
    help = "Việc làm hằng ngày: xóa các tệp Excel đã nhập quá thời hạn giữ."

    def handle(self, *_args: Any, **_options: Any) -> None:
        forget_files(root(), actor=SETUP, today=timezone.localdate())
