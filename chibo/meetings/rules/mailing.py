"""When invitations may go out by e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.core.values import Objection, gettext_noop
from chibo.meetings.rules import objections_to_changing


def objections_to_mailing(
    *, state: str, held_on: date, today: date, is_configured: bool, count: int
) -> Iterator[Objection]:
    """A meeting to come is told of, by a server that is set, to somebody who gave an address."""
    yield from objections_to_changing(state)
    if held_on < today:
        yield Objection(gettext_noop("Cuộc họp đã diễn ra, không gửi giấy mời nữa."))
    if not is_configured:
        yield Objection(
            gettext_noop("Văn phòng chưa đặt máy chủ thư điện tử; hãy in giấy mời hoặc báo bằng cách khác.")
        )
    elif not count:
        yield Objection(gettext_noop("Chưa đồng chí nào ghi địa chỉ thư điện tử để nhận giấy mời."))
