# ruff: noqa: ARG001, ARG005
"""The catalogue of generated cases: each drawn, degraded and read; what may become of it is written beside it.

C counted as marked, B as blank, D to people, R page refused, I invalid proposed to the counting committee.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks import hands
from benchmarks.hands import Sheet
from benchmarks.machines import BAD_PHOTO, CLEAN, OFFICE, PHOTO, Machine, encoded, jpeg, scanned
from chibo.ballots.blank import Blank
from chibo.ballots.ink import has_writing, is_same_sheet
from chibo.ballots.intake import Unreadable, picture_of
from chibo.ballots.layout import Box
from chibo.ballots.marks import Cell, Mark
from chibo.ballots.reading import Reading, read_picture
from chibo.ballots.rules import Choice, Concern
from chibo.ballots.strikes import Name, Strike
from chibo.ballots.style import Form, Style

NAMES = (
    "Nguyễn Hoàng Phương Uyên", "Trần Thị Ngọc Ánh", "Lê Văn Tám", "Phạm Đức Thắng", "Vũ Quỳnh Như", "Đặng Thị Bích Hằng",
    "Hoàng Ngô Bảo Châu Anh (1960)", "Bùi Xuân Phái", "Ngô An", "Lý Thị Thu Hà", "Đỗ Hữu Phước", "Tô Y",
)  # fmt: skip


def style(form: Form = Form.AGREE, listed: int = 11, **changes: Any) -> Style:
    """An invented election."""
    facts: dict[str, Any] = {
        "election": "2025LB05", "form": form, "names": NAMES[:listed], "seats": listed if form is Form.AGREE else listed - 2,
        "office": "Ban Chi ủy Chi bộ Tổ dân phố số 5, nhiệm kỳ 2025 – 2027", "superior": "Đảng bộ phường Hòa Bình Mới",
        "issuer": "Chi bộ Tổ dân phố số 5", "key": "5eed",
    }  # fmt: skip
    return Style(**{**facts, **changes})


@dataclass
class Desk:
    """What a case has at hand: both forms, the resolution, colour or gray, and a seed."""

    agree: Blank
    strike: Blank
    dpi: int
    colour: bool
    rng: Generator

    def ballot(
        self,
        draw: Callable[[Sheet], None] | None = None,
        *,
        row: int = 4,
        stamp: bool = True,
        blank: Blank | None = None,
    ) -> Sheet:
        """An agree form with clean marks but for ``row``, which ``draw`` fills."""
        blank = blank or self.agree
        sheet = Sheet.of(blank, self.dpi, self.rng)
        if stamp:
            sheet.stamp(self.rng.uniform(42, 48), self.rng.uniform(38, 44))
        for at, line in enumerate(blank.layout.rows):
            if blank.style.form is Form.AGREE and at != row:
                pick = at % 2
                hands.cross(sheet, line.boxes[pick], line.cells[pick], **hands.pen_of(self.rng))
            if blank.style.form is Form.STRIKE and at in {1, 6} and at != row:
                hands.strike(sheet, hands.ink_box(blank, at), **hands.pen_of(self.rng))
        if draw:
            draw(sheet)
        return sheet

    def scan(self, sheet: Sheet, machine: Machine = OFFICE, **options: Any) -> bytes:
        return jpeg(
            scanned(sheet.page, sheet.scale, machine, self.rng, colour=self.colour, **options), machine, self.rng
        )

    def read(self, data: bytes, blank: Blank | None = None, **options: Any) -> Reading | str:
        try:
            return read_picture(picture_of(data, **options), blank or self.agree)
        except Unreadable as refused:
            return f"R:{refused.why}"

    def seen(
        self, sheet: Sheet, machine: Machine = OFFICE, blank: Blank | None = None, **options: Any
    ) -> Reading | str:
        return self.read(self.scan(sheet, machine, **options), blank)


def mark_of(reading: Reading | str, row: int = 4, column: int = 0) -> str:
    if isinstance(reading, str):
        return "R"
    assert reading.sheet
    detail = reading.sheet.details[row]
    if isinstance(detail, Name):
        return {Strike.STRUCK: "C", Strike.KEPT: "B", Strike.DOUBTFUL: "D"}[detail.strike]
    cell: Cell = detail[column]
    return {Mark.MARKED: "C", Mark.BLANK: "B", Mark.DOUBTFUL: "D"}[cell.mark]


def row_of(reading: Reading | str, row: int = 4) -> str:
    """D where the row goes to people, else what it is counted as."""
    if isinstance(reading, str):
        return "R"
    assert reading.sheet
    choice = reading.sheet.choices[row]
    return {Choice.FOR: "C", Choice.AGAINST: "A"}.get(choice, "D")


def page_of(reading: Reading | str, row: int = 4) -> str:
    """C if every row but ``row`` reads as drawn, D if some go to people, R if refused, "wrong" if a vote changed."""
    if isinstance(reading, str):
        return "R"
    assert reading.sheet
    agree = len(reading.sheet.details) and not isinstance(reading.sheet.details[0], Name)
    answer = "C"
    for at, choice in enumerate(reading.sheet.choices):
        if at == row:
            continue
        meant = (
            (Choice.FOR if at % 2 == 0 else Choice.AGAINST)
            if agree
            else (Choice.AGAINST if at in {1, 6} else Choice.FOR)
        )
        if choice is not meant:
            if choice in {Choice.FOR, Choice.AGAINST}:
                return "wrong"
            answer = "D"
    return answer


def concern_of(reading: Reading | str, *wanted: Concern) -> str:
    if isinstance(reading, str):
        return "R"
    assert reading.sheet
    return "I" if {*wanted} & {*reading.sheet.concerns} else "-"


CASES: dict[int, tuple[str, str, Callable[[Desk], str]]] = {}


def case(number: int, name: str, allowed: str) -> Callable[[Callable[[Desk], str]], Callable[[Desk], str]]:
    def keep(run: Callable[[Desk], str]) -> Callable[[Desk], str]:
        CASES[number] = (name, allowed, run)
        return run

    return keep


def _in_box(draw: Callable[..., None], **pen: Any) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        line = desk.agree.layout.rows[4]
        chosen = {**hands.pen_of(desk.rng), **pen}
        return mark_of(desk.seen(desk.ballot(lambda s: draw(s, line.boxes[0], line.cells[0], **chosen))))

    return run


def _of_row(draw: Callable[..., None], **pen: Any) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        line = desk.agree.layout.rows[4]
        chosen = {**hands.pen_of(desk.rng), **pen}
        return row_of(desk.seen(desk.ballot(lambda s: draw(s, line.boxes[0], line.cells[0], **chosen))))

    return run


def _neighbour(desk: Desk) -> str:
    line = desk.agree.layout.rows[4]
    pen = hands.pen_of(desk.rng)

    def tall(s: Sheet) -> None:
        x, y = line.boxes[0].middle
        s.line((x - 2.2, y - 2.5), (x + 2.2, y + 4.7), bow=0.1, **pen)
        s.line((x + 2.2, y - 2.5), (x - 2.2, y + 4.7), bow=0.1, **pen)

    reading = desk.seen(desk.ballot(tall))
    below = mark_of(reading, 5, 0)
    return "wrong" if below == "C" else mark_of(reading)


def _corrected(s: Sheet, box: Box, cell: Box, **pen: Any) -> None:
    hands.crossed(s, box, cell, **pen)
    hands.cross(s, Box(box.x + cell.w, box.y, box.w, box.h), cell, **pen)


def _between(desk: Desk) -> str:
    line = desk.agree.layout.rows[4]
    box = Box(line.boxes[0].x, line.boxes[0].y + 4.25, 6, 6)
    reading = desk.seen(desk.ballot(lambda s: hands.cross(s, box, line.cells[0], **hands.pen_of(desk.rng))))
    return "C" if mark_of(reading) == "C" else row_of(reading)


def _both(s: Sheet, box: Box, cell: Box, **pen: Any) -> None:
    hands.cross(s, box, cell, **pen)
    hands.cross(s, Box(box.x + cell.w, box.y, box.w, box.h), cell, **pen)


def _whole(fill: Callable[[Sheet, Any], None]) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        sheet = Sheet.of(desk.agree, desk.dpi, desk.rng)
        sheet.stamp()
        for line in desk.agree.layout.rows:
            fill(sheet, line)
        reading = desk.seen(sheet)
        return (
            "R"
            if isinstance(reading, str)
            else "D"
            if reading.sheet and len(reading.sheet.doubtful_rows) == len(NAMES[:11])
            else "wrong"
        )

    return run


for _number, _name, _allowed, _run in (
    (1, "clean X", "C", _in_box(hands.cross, pen=hands.BLUE)),
    (2, "clean tick", "CD", _in_box(hands.tick)),
    (3, "X of 2.2 mm", "CD", _in_box(hands.small)),
    (4, "huge X", "CD", _in_box(hands.huge)),
    (5, "X into the neighbour row", "CD", _neighbour),
    (6, "single slash", "CD", _in_box(hands.slash)),
    (7, "solid box", "D", _in_box(hands.solid)),
    (8, "scribble", "D", _in_box(hands.scribble)),
    (9, "X struck out", "D", _in_box(hands.crossed)),
    (10, "X struck out, X in the other box", "D", _of_row(_corrected)),
    (11, "X circled", "D", _in_box(hands.circled)),
    (12, "X beside the box", "D", _of_row(hands.beside)),
    (13, "X between two rows", "D", _between),
    (14, "rested pen", "BD", _in_box(hands.dot)),
    (15, "dash of 2 mm", "D", _in_box(hands.dash)),
    (16, "light pencil", "CD", _in_box(hands.faint)),
    (17, "lightest pencil", "D", _in_box(hands.ghost)),
    (18, "erased X", "D", _in_box(hands.erased)),
    (19, "correction fluid", "D", _in_box(hands.fluid)),
    (20, "red pen", "CD", _in_box(hands.cross, pen=hands.RED)),
    (21, "green or gel pen", "CD", _in_box(hands.cross, pen=hands.GREEN)),
    (22, "both boxes", "D", _of_row(_both)),
    (23, "no box", "D", _of_row(lambda *_a, **_k: None)),
    (24, "all rows blank", "D", _whole(lambda _s, _l: None)),
    (25, "all rows both", "D", _whole(lambda s, line: _both(s, line.boxes[0], line.cells[0], width=0.45))),
):  # fmt: skip
    case(_number, _name, _allowed)(_run)


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


def _folded(boxes: tuple[Box, ...], darkness: float, width: float) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        def fold(s: Sheet) -> None:
            hands.cross(
                s, desk.agree.layout.rows[4].boxes[0], desk.agree.layout.rows[4].cells[0], **hands.pen_of(desk.rng)
            )
            for box in boxes:
                s.shade(Box(box.x, box.y, max(box.w, width), max(box.h, width)), darkness, soft=0.12)

        reading = desk.seen(desk.ballot(fold))
        return page_of(reading, -1)

    return run


case(31, "fold through a row", "CD")(_folded((Box(0, 117, 148, 0.3),), 0.15, 0.3))
case(32, "fold through the agree column", "CD")(_folded((Box(101, 0, 0.3, 210),), 0.15, 0.3))
case(33, "dark folds on all rows", "CD")(_folded(tuple(Box(0, 83 + 8.5 * n, 148, 0.5) for n in range(11)), 0.4, 0.5))


def _spoiled(
    spoil: Callable[[Desk, Sheet], None], machine: Machine = OFFICE, **options: Any
) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        def draw(s: Sheet) -> None:
            hands.cross(
                s, desk.agree.layout.rows[4].boxes[0], desk.agree.layout.rows[4].cells[0], **hands.pen_of(desk.rng)
            )
            spoil(desk, s)

        return page_of(desk.seen(desk.ballot(draw), machine, **options), -1)

    return run


def _creases(desk: Desk, s: Sheet) -> None:
    for _ in range(8):
        a, b = desk.rng.uniform((0, 0), (148, 210)), desk.rng.uniform((0, 0), (148, 210))
        s.line(tuple(a), tuple(b), width=0.3, pen=(0.5, 0.5, 0.5), press=desk.rng.uniform(0.1, 0.35))


def _coffee(desk: Desk, s: Sheet) -> None:
    for width, press in ((2.5, 0.18), (0.6, 0.3)):
        s.ring(Box(85, 100, 34, 34), width=width, pen=(0.2, 0.4, 0.6), press=press)


def _stray(desk: Desk, s: Sheet) -> None:
    rows = desk.agree.layout.rows
    s.line(
        (95 + desk.rng.uniform(0, 6), rows[2].rect.y),
        (126 + desk.rng.uniform(-5, 5), rows[7].rect.bottom),
        **hands.pen_of(desk.rng),
    )


def _hair(desk: Desk, s: Sheet) -> None:
    s.line((96, 110), (108, 124), width=0.1, bow=2, pen=hands.BLACK, press=0.6)


def _streak(pixels: int) -> Callable[[Desk, Sheet], None]:
    def draw(desk: Desk, s: Sheet) -> None:
        x = round((101.5 + desk.rng.uniform(-2, 2)) * s.scale)
        s.page[:, x : x + pixels] *= 0.3

    return draw


case(34, "crumpled", "CD")(_spoiled(_creases))
case(35, "200 specks of dust", "CD")(_spoiled(lambda d, s: None, replace(OFFICE, dust=200)))
case(36, "coffee", "CD")(_spoiled(_coffee))
case(37, "the back shows through", "CD")(
    _spoiled(lambda d, s: [s.shade(Box(30 + 5 * n, 85 + 8 * n, 40, 3), 0.08, soft=0.8) for n in range(10)] and None)
)
case(38, "stray line over several boxes", "CD")(_spoiled(_stray))
case(39, "hair on the glass", "CD")(_spoiled(_hair))
case(40, "streak of 1 or 3 pixels", "CDR")(lambda d: _spoiled(_streak((1, 3)[int(d.rng.integers(2))]))(d))

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


def _stamp_at(x: float, y: float) -> Callable[[Desk, Sheet], None]:
    return lambda _desk, s: s.stamp(x, y)


case(47, "one corner mark gone", "CD")(_spoiled(lambda d, s: _without_tags(int(d.rng.integers(4)))(d, s)))
case(48, "two corner marks gone", "R")(_spoiled(_without_tags(1, 3)))
case(49, "pen through a corner mark", "CD")(_spoiled(_pen_on_tag))
case(50, "a copied corner mark elsewhere", "CDR")(_spoiled(_fake_tag))
case(51, "stamp on a corner mark", "CDR")(_spoiled(_stamp_at(17, 17)))
case(52, "stamp over two boxes", "CD")(_spoiled(_stamp_at(100, 112)))
case(53, "no stamp", "I")(lambda d: concern_of(d.seen(d.ballot(stamp=False)), Concern.UNSTAMPED))


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


def _photocopied(desk: Desk) -> str:
    image = scanned(desk.ballot().page, desk.dpi / 25.4, OFFICE, desk.rng)
    return page_of(desk.read(encoded(255 * np.clip((image / 255 - 0.3) / 0.5, 0, 1), ".jpg")))


case(55, "photocopy", "CD")(_photocopied)


@case(56, "one bit per pixel", "R")
def _fax(desk: Desk) -> str:
    image = scanned(desk.ballot().page, desk.dpi / 25.4, CLEAN, desk.rng)
    return page_of(desk.read(encoded(255.0 * (image > 128))))


@case(57, "JPEG quality 20 and 40", "CD")
def _squeezed(desk: Desk) -> str:
    first = page_of(desk.seen(desk.ballot(), replace(CLEAN, quality=(20, 20))))
    return page_of(desk.seen(desk.ballot(), replace(CLEAN, quality=(40, 40)))) if first == "R" else f"q20 {first}"


@case(58, "100 dpi and 150 dpi", "CD")
def _coarse(desk: Desk) -> str:
    image = scanned(desk.ballot().page, desk.dpi / 25.4, CLEAN, desk.rng)
    told = []
    for dpi in (100, 150):
        small = cv2.resize(image, None, fx=dpi / desk.dpi, fy=dpi / desk.dpi, interpolation=cv2.INTER_AREA)
        told.append(page_of(desk.read(encoded(small, ".jpg", [cv2.IMWRITE_JPEG_QUALITY, 90]))))
    return told[1] if told[0] == "R" else f"100 dpi {told[0]}"


def _light(share: float) -> Callable[[Desk], str]:
    return lambda desk: page_of(desk.seen(desk.ballot(), replace(OFFICE, light=share)))


case(59, "uneven light of 30 % or 55 %", "CD")(lambda d: _light(float(d.rng.choice([0.3, 0.55])))(d))
case(60, "photograph, perspective 4 % or 10 %", "CDR")(
    lambda d: page_of(d.seen(d.ballot(), (PHOTO, BAD_PHOTO)[int(d.rng.integers(2))]))
)
case(61, "motion of 5 pixels, or out of focus", "CDR")(
    lambda d: page_of(
        d.seen(d.ballot(), (replace(CLEAN, motion=5), replace(CLEAN, blur=(2.5, 2.5)))[int(d.rng.integers(2))])
    )
)
case(62, "shadow of a hand", "CDR")(lambda d: page_of(d.seen(d.ballot(), replace(OFFICE, shadow=0.35))))


@case(63, "curl of 1.2 and 3 mm", "CDR")
def _curled(desk: Desk) -> str:
    first = page_of(desk.seen(desk.ballot(), replace(OFFICE, curl=1.2), window=(156, 220)))
    second = page_of(desk.seen(desk.ballot(), replace(OFFICE, curl=3), window=(156, 220)))
    return first if second in {"R", "D", "C"} else f"3 mm {second}"


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


@case(70, "one ballot scanned twice", "I")
def _twice(desk: Desk) -> str:
    sheet, other = desk.ballot(), desk.ballot()
    one, again, different = (desk.seen(s) for s in (sheet, sheet, other))
    if isinstance(one, str) or isinstance(again, str) or isinstance(different, str):
        return "R"
    assert one.sheet
    assert again.sheet
    assert different.sheet
    found = is_same_sheet(one.sheet.trace, again.sheet.trace), is_same_sheet(one.sheet.trace, different.sheet.trace)
    return "I" if found == (True, False) else str(found)


case(74, "pastel or recycled paper", "C")(lambda d: page_of(d.seen(d.ballot(), replace(OFFICE, white=(0.72, 0.78)))))
case(75, "low toner", "CDR")(lambda d: page_of(d.seen(d.ballot(), replace(OFFICE, black=(0.4, 0.45)))))

ELSEWHERE = {
    26: "a list of one, both or none: the rules (tests/ballots/test_rules.py, T14)",
    30: "too many or nobody left: the rules (tests/ballots/test_rules.py, T16)",
    71: "sheets and pictures do not reconcile: tests/ballots/test_rules.py",
    72: "truncated JPEG; PDF with two pictures, rotated, CMYK: tests/ballots/test_intake.py",
    73: "decompression bombs: tests/ballots/test_intake.py",
    76: "EXIF orientation: tests/ballots/test_intake.py",
    77: "the same streak on a whole batch: tests/ballots/test_command.py",
    78: "killed in the middle: benchmarks.ballots (kill) and tests/ballots/test_command.py",
}
