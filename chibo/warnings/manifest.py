"""What warnings offer the whole: their place in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem
from chibo.warnings.selectors.digests import letters_waiting

MANIFEST = Manifest(
    nav=(NavItem(_("Việc còn thiếu"), "warnings:start", Can.MEND_WARNINGS, order=80, icon="warnings"),),
    verbs={
        "choose_digest": _("chọn nhận thư nhắc việc"),
        "send_digests": _("gửi thư nhắc việc hằng tuần"),
        "claim_digest": _("viết thư nhắc việc"),
        "note_refusal": _("máy chủ thư không nhận"),
        "put_off_digests": _("hoãn thư nhắc việc vì không gặp máy chủ thư"),
    },
    errands=(letters_waiting,),
)
