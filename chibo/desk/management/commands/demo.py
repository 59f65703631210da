"""``chibo demo``: a fictional ward, filled through the actions, served; prints the address and the log-ins."""

from __future__ import annotations

import json
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.actions import claim_account
from chibo.access.actor import Actor
from chibo.access.selectors import hash_of_code, office_exists
from chibo.core.storage import refuse_unsafe
from chibo.desk.management.commands.serve import refuse_taken
from chibo.desk.management.scenarios.office import AS_SETUP
from chibo.desk.management.scenarios.ward import Demo, build
from chibo.members.actions import invite_members
from chibo.members.models import Member

PEOPLE = {
    "office": "Văn phòng Đảng ủy",
    "secretary": "Bí thư chi bộ",
    "member": "Đảng viên",
    "inspector": "Ủy ban Kiểm tra",
    "counter": "Ban kiểm phiếu",
    "second_counter": "Ban kiểm phiếu",
}


class Command(BaseCommand):
    help = "Một phường hư cấu có sẵn số liệu, để xem và thử."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", help="thư mục dữ liệu (mặc định var/demo)")
        parser.add_argument("--port", type=int, default=8000, choices=range(1, 65536), metavar="N")
        parser.add_argument("--no-serve", action="store_true", help="chỉ dựng, không mở")
        parser.add_argument("--small", action="store_true", help="ba chi bộ, một năm")

    def handle(self, *_args: Any, port: int, no_serve: bool, small: bool, **_options: Any) -> None:
        if not no_serve:
            refuse_taken("127.0.0.1", port)
        file = Path(settings.DATA) / "log-ins.json"
        call_command("migrate", verbosity=0)
        refuse_unsafe()
        if not file.exists():
            if office_exists():
                raise CommandError(
                    _("Thư mục %(data)s đã có dữ liệu thật; hãy chọn thư mục khác.") % {"data": settings.DATA}
                )
            self._fill(file, small=small)
        log_ins = json.loads(file.read_text(encoding="utf-8"))
        self.stdout.write(_("Phường Sao Khuê (hư cấu). Địa chỉ: http://localhost:%(port)s/") % {"port": port})
        for code, who in log_ins.items():
            self.stdout.write(f"  {PEOPLE[code]:<20} {who['username']:<28} {who['password']}   ({who['name']})")
        self.stdout.flush()
        if not no_serve:
            call_command("serve", port=port)

    def _fill(self, file: Path, *, small: bool) -> None:
        def say(words: str) -> None:
            self.stdout.write(f"  {words}")
            self.stdout.flush()

        self.stdout.write(_("Đang dựng phường hư cấu qua các thao tác của chính chibo…"))
        with transaction.atomic():
            demo = build(timezone.localdate(), small=small, say=say)
            people = {code: getattr(demo, code) for code in PEOPLE}
            told = {code: self._log_in(demo, who) for code, who in people.items() if who is not None}
        file.touch(mode=0o600)
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")

    def _log_in(self, demo: Demo, member: Member) -> dict[str, str]:
        """A slip for the member, claimed at once with a password made for this demonstration."""
        (slip,) = invite_members(demo.ward, members=[member], **AS_SETUP)
        password = secrets.token_urlsafe(9)
        claim_account(slip.user, actor=Actor(slip.user), code_hash=hash_of_code(slip.printed_code), password=password)
        return {"username": slip.user.username, "password": password, "name": member.full_name}
