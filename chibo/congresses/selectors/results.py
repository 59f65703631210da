"""The result of a round in the words of the minutes. An official text: always Vietnamese."""

from __future__ import annotations

from chibo.congresses.models import Congress, Polling
from chibo.congresses.rules import Office
from chibo.congresses.selectors import base_kept, names_on
from chibo.core.values import Share
from chibo.meetings.models import AgendaItem
from chibo.meetings.rules import ItemKind

CHAIR = "chủ tọa"
ITEM_OF = {Office.COMMITTEE: "chi ủy", Office.SECRETARY: "bí thư", Office.DEPUTY: "phó bí thư"}
"""How the agenda of a congress calls the item of each election."""


def item_of(congress: Congress, what: str) -> AgendaItem | None:
    """The item of the agenda under which something is elected; where people arranged it away, the last one."""
    agenda = AgendaItem.objects.filter(meeting=congress.meeting)
    called = ITEM_OF.get(Office(what), what) if what in set(Office) else what
    return agenda.filter(title__istartswith=f"Bầu {called}").first() or agenda.filter(kind=ItemKind.CLOSING).last()


def result_lines(polling: Polling) -> str:
    """Papers, votes of each name and who is elected, as the counting committee announced them."""
    names, base = names_on(polling), base_kept(polling)
    won = set(
        polling.election.congress.elected.filter(office=polling.election.office).values_list("member_id", flat=True)
    )
    ordered = sorted(names, key=lambda name: (-(name.votes or 0), name.order))
    elected = [name.candidate.member.full_name for name in ordered if name.candidate.member_id in won]
    return "\n".join(
        [
            f"Kiểm phiếu lần {polling.number}: bầu {polling.seats} trong danh sách {len(names)} người; phát ra {polling.issued}, thu"
            f" về {polling.collected}, hợp lệ {polling.valid}, không hợp lệ {polling.invalid}; căn cứ tính {base.total}.",
            *(
                f"- {name.candidate.member.full_name}: {name.votes}/{base.total} phiếu"
                f" ({Share(name.votes or 0, base.total).percent()} %)."
                for name in ordered
            ),
            f"Trúng cử: {', '.join(elected)}." if elected else "Không ai trúng cử trong lần bầu này.",
        ]
    )
