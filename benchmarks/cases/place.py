"""Cases 41 to 51, 54 and 64 to 66: where the sheet lies, whether it is one, and which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from benchmarks import hands
from benchmarks.cases.desk import Desk, case, concern_of, page_of, spoiled, stamp_at
from benchmarks.hands import Sheet
from benchmarks.machines import CLEAN, OFFICE, encoded, scanned
from chibo.ballots.blank import Blank
from chibo.ballots.rules import Concern

A4 = (210.0, 297.0)


@case(41, "turned 1, 3 or 5 degrees in an A4 window", "C")
def _turned(desk: Desk) -> str:
    turn = float(desk.rng.choice([-5, -3, -1, 1, 3, 5]))
    return page_of(desk.seen(desk.ballot(), replace(OFFICE, turn=(turn, turn)), window=A4))


@case(42, "turned 5 degrees in an A5 window", "CR")
def _cut(desk: Desk) -> str:
    return page_of(desk.seen(desk.ballot(), replace(OFFICE, turn=(5, 5))))


@case(43, "upside down, on its side, mirrored", "C")
def _orientation(desk: Desk) -> str:
    image = scanned(desk.ballot().page, desk.dpi / 25.4, OFFICE, desk.rng, colour=desk.colour)
    upright = [
        page_of(desk.read(encoded(np.ascontiguousarray(np.rot90(image, turns)), ".jpg"))) for turns in (1, 2, 3)
    ]
    mirrored = desk.read(encoded(np.ascontiguousarray(image[:, ::-1]), ".jpg"))
    return "C" if set(upright) == {"C"} and isinstance(mirrored, str) else f"{upright} {page_of(mirrored)}"


@case(44, "shifted by 8 mm, an edge cut off", "CR")
def _shifted(desk: Desk) -> str:
    image = scanned(desk.ballot().page, desk.dpi / 25.4, CLEAN, desk.rng)
    return page_of(desk.read(encoded(image[:, round(16 * desk.dpi / 25.4) :], ".jpg")))


@case(45, "printed at 97 %, 98.7 %, 101 %", "C")
def _scaled(desk: Desk) -> str:
    image = scanned(desk.ballot().page, desk.dpi / 25.4, CLEAN, desk.rng)
    told = {}
    for scale in (0.97, 0.987, 1.01):
        small = cv2.resize(
            image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        )
        told[scale] = page_of(desk.read(encoded(small, ".jpg"), dpi=float(desk.dpi)))
    return "C" if list(told.values()) == ["R", "C", "C"] else str(told)


case(46, "feed stretched by 1.5 %", "C")(
    lambda d: page_of(d.seen(d.ballot(), replace(OFFICE, stretch=(1.015, 1.015)), window=(156, 218)))
)


def _without_tags(*numbers: int, box: float = 12) -> Callable[[Desk, Sheet], None]:
    def draw(desk: Desk, s: Sheet) -> None:
        for number in numbers:
            tag = desk.agree.layout.tags[number].grown((box - 9) / 2)
            low, high = s.px(np.array([(tag.x, tag.y), (tag.right, tag.bottom)])) // 16
            s.page[max(low[1], 0) : high[1], max(low[0], 0) : high[0]] = 1

    return draw


def _pen_on_tag(desk: Desk, s: Sheet) -> None:
    tag = desk.agree.layout.tags[2]
    s.line((tag.x - 2, tag.y + 3), (tag.right + 2, tag.bottom - 2), **hands.pen_of(desk.rng))


def _fake_tag(desk: Desk, s: Sheet) -> None:
    a, b = desk.agree.layout.tags[int(desk.rng.integers(4))], desk.rng.uniform((30, 178), (100, 185))
    side = round(9 * s.scale)
    (from_x, from_y), (to_x, to_y) = s.px(np.array([(a.x, a.y), tuple(b)])) // 16
    s.page[to_y : to_y + side, to_x : to_x + side] = s.page[from_y : from_y + side, from_x : from_x + side]


case(47, "one corner mark gone", "CD")(spoiled(lambda d, s: _without_tags(int(d.rng.integers(4)))(d, s)))
case(48, "two corner marks gone", "R")(spoiled(_without_tags(1, 3)))
case(49, "pen through a corner mark", "CD")(spoiled(_pen_on_tag))
case(50, "a copied corner mark elsewhere", "CDR")(spoiled(_fake_tag))
case(51, "stamp on a corner mark", "CDR")(spoiled(stamp_at(17, 17)))


@case(54, "code torn, of another round, of another election, forged", "I")
def _codes(desk: Desk) -> str:
    def torn(s: Sheet) -> None:
        qr = desk.agree.layout.qr
        low, high = s.px(np.array([(qr.x, qr.y), (qr.x + 12, qr.bottom)])) // 16
        s.page[low[1] : high[1], low[0] : high[0]] = 0.9

    told = [concern_of(desk.seen(desk.ballot(torn)), Concern.NO_CODE)]
    for changes, concern in (
        ({"letter": "B"}, Concern.OTHER_STYLE), ({"election": "2025LB06"}, Concern.OTHER_ELECTION), ({"key": "other"}, Concern.FORGED),
    ):  # fmt: skip
        other = replace(desk.agree.style, **changes)
        told.append(
            concern_of(desk.seen(desk.ballot(), blank=desk.agree), concern)
            if not changes
            else concern_of(desk.read(desk.scan(desk.ballot()), Blank(other, desk.agree.pdf)), concern)
        )
    return "I" if set(told) == {"I"} else str(told)


@case(64, "two sheets overlapping", "RD")
def _overlapping(desk: Desk) -> str:
    one, two = (scanned(desk.ballot().page, desk.dpi / 25.4, OFFICE, desk.rng) for _ in range(2))
    off = round(60 * desk.dpi / 25.4)
    one[off:] = two[:-off]
    return page_of(desk.read(encoded(one, ".jpg")))


@case(65, "two ballots side by side", "RCD")
def _beside(desk: Desk) -> str:
    one, two = (scanned(desk.ballot().page, desk.dpi / 25.4, OFFICE, desk.rng) for _ in range(2))
    return page_of(desk.read(encoded(np.hstack((one, two)), ".jpg")))


@case(66, "empty sheet, foreign document", "R")
def _foreign(desk: Desk) -> str:
    sheet = desk.ballot()
    sheet.page[:] = 1
    if desk.rng.random() < 0.5:
        for y in range(30, 180, 8):
            sheet.words(20, y, 100, pen=hands.BLACK)
    return page_of(desk.seen(sheet))
