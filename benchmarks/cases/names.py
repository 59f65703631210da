"""Cases 27 to 29 and 67 to 69: names struck and not struck, and what is written elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks import hands
from benchmarks.cases.desk import Desk, case, concern_of, mark_of
from chibo.ballots.ink import has_writing
from chibo.ballots.intake import picture_of
from chibo.ballots.rules import Concern


def _name(draw: Callable[..., None]) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        where = hands.ink_box(desk.strike, 3)
        sheet = desk.ballot(lambda s: draw(s, where, **hands.pen_of(desk.rng)), blank=desk.strike, row=3)
        return mark_of(desk.seen(sheet, blank=desk.strike), 3)

    return run


case(27, "name struck", "CD")(_name(hands.strike))
case(28, "half a name struck", "D")(_name(hands.half))


@case(29, "underline, overline, circle, X over the name", "D")
def _other_than_a_strike(desk: Desk) -> str:
    draws = (hands.underline, hands.overline, hands.ringed, hands.x_over, hands.taken_back)
    return _name(draws[int(desk.rng.integers(len(draws)))])(desk)


def _written(x: float, y: float, length: float) -> Callable[[Desk], str]:
    return lambda desk: concern_of(
        desk.seen(desk.ballot(lambda s: s.words(x, y, length, width=0.45))), Concern.WRITING
    )


case(67, "signature, name or number on the face", "I")(
    lambda d: _written(
        float(d.rng.uniform(40, 80)), float(d.rng.choice([64.0, 178.0, 186.0])), float(d.rng.uniform(8, 30))
    )(d)
)


@case(68, "writing on the back", "I")
def _on_the_back(desk: Desk) -> str:
    sheet = desk.ballot()
    sheet.page[:] = 1
    empty = has_writing(picture_of(desk.scan(sheet)))
    sheet.words(40, 90, 20)
    return "I" if has_writing(picture_of(desk.scan(sheet))) and not empty else f"empty {empty}"


@case(69, "a name added by hand", "I")
def _added(desk: Desk) -> str:
    bottom = desk.strike.layout.table.bottom
    sheet = desk.ballot(lambda s: s.words(26, bottom + 4, 35, width=0.45), blank=desk.strike)
    return concern_of(desk.seen(sheet, blank=desk.strike), Concern.WRITING)
