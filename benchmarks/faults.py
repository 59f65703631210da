"""Whole sheets through faults of paper and machine that no threshold was set for, one or two at once. Nothing of it may change a vote.

    python -m benchmarks.faults            some minutes
    python -m benchmarks.faults --sheets 2000 --first 5000 --kinds slip,glare

A row is wrong if it is accepted as a choice that was not drawn; of a row in which both boxes or none is marked none is right.
Whatever is sent to people or refused is told beside it: a reader that reads nothing is never wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks import hands
from benchmarks.ballots import AGREE, DPIS, STRIKE
from benchmarks.goals import done, tell
from benchmarks.hands import Image, Sheet
from benchmarks.machines import PROFILES, encoded, scanned
from chibo.ballots.blank import Blank
from chibo.ballots.intake import Unreadable, picture_of
from chibo.ballots.reading import read_picture
from chibo.ballots.rules import Choice
from chibo.ballots.style import Form

Fault = Callable[[Image, Generator], Image]
"""What happens to a gray picture (0 to 255)."""
KINDS: dict[str, Fault] = {}
SURE = {Choice.FOR, Choice.AGAINST}
_MACHINES = ("S0", "S1", "S1", "S2", "P1")


def fault(spoil: Fault) -> Fault:
    KINDS[spoil.__name__] = spoil
    return spoil


def _byte(image: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return image.clip(0, 255).astype(np.uint8)


def _mesh(image: Image) -> tuple[Image, Image]:
    high, wide = image.shape
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    return x, y


def _bent(image: Image, x: Image, y: Image) -> Image:
    return cv2.remap(
        image, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )


def _mm(image: Image) -> float:
    """About so many pixels are a millimetre."""
    return image.shape[0] / AGREE.layout.height


def _ink_of(image: Image) -> Image:
    return 255 - image.clip(0, 255)


def _somewhere(image: Image, r: Generator) -> tuple[int, int]:
    return int(r.integers(-50, image.shape[1] + 50)), int(r.integers(-50, image.shape[0] + 50))


# ------------------------------------------------------------------------------------------- the scanner's line


@fault
def streaks(image: Image, r: Generator) -> Image:
    for _ in range(r.integers(1, 5)):
        x, wide = int(r.integers(image.shape[1])), int(r.integers(1, 4))
        image[:, x : x + wide] = np.clip(image[:, x : x + wide] + r.uniform(-90, 90), 0, 255)
    return image


@fault
def dark_streak(image: Image, r: Generator) -> Image:
    for _ in range(r.integers(1, 3)):
        x, wide = int(r.integers(image.shape[1])), int(r.integers(1, 5))
        image[:, x : x + wide] = r.uniform(0, 140)
    return image


@fault
def bands(image: Image, r: Generator) -> Image:
    wave = np.sin(np.arange(image.shape[0]) / r.uniform(4, 60) + r.uniform(0, 6))
    return image * (1 - r.uniform(0.05, 0.3) * (0.5 + 0.5 * wave))[:, None]


@fault
def interlaced(image: Image, r: Generator) -> Image:
    image[::2] = np.roll(image[::2], int(r.integers(1, 4)), 1)
    return image


@fault
def wobble_across(image: Image, r: Generator) -> Image:
    x, y = _mesh(image)
    return _bent(image, x + r.uniform(0.5, 4) * np.sin(y / r.uniform(20, 300) + r.uniform(0, 6)), y)


@fault
def wobble_down(image: Image, r: Generator) -> Image:
    x, y = _mesh(image)
    return _bent(image, x, y + r.uniform(0.5, 5) * np.sin(y / r.uniform(40, 400) + r.uniform(0, 6)))


@fault
def slip(image: Image, r: Generator) -> Image:
    """The sheet jumps on, or stands still for a moment."""
    y, by = int(r.uniform(0.2, 0.9) * image.shape[0]), int(r.uniform(0.3, 6) * _mm(image))
    if r.random() < 0.5:
        return np.concatenate((image[:y], image[y + by :], np.full((by, image.shape[1]), 240, np.float32)))
    return np.concatenate((image[:y], np.repeat(image[y : y + 1], by, 0), image[y:]))[: image.shape[0]]


@fault
def slip_by_a_row(image: Image, r: Generator) -> Image:
    y, by = int(r.uniform(0.3, 0.8) * image.shape[0]), int(r.uniform(7, 14) * _mm(image))
    return np.concatenate((image[:y], image[y - by : y], image[y:]))[: image.shape[0]]


@fault
def slip_sideways(image: Image, r: Generator) -> Image:
    y = int(r.uniform(0.2, 0.9) * image.shape[0])
    image[y:] = np.roll(image[y:], int(r.uniform(0.3, 4) * _mm(image)), 1)
    return image


@fault
def stretched(image: Image, r: Generator) -> Image:
    across, down = r.uniform(0.97, 1.03, 2)
    return cv2.resize(image, None, fx=across, fy=down)


@fault
def sheared(image: Image, r: Generator) -> Image:
    lean = r.uniform(-0.02, 0.02)
    plane = np.array([[1, lean, -lean * image.shape[0] / 2], [0, 1, 0]], np.float32)
    return cv2.warpAffine(image, plane, image.shape[::-1], borderValue=240)


# ------------------------------------------------------------------------------------------- sharpness and shades


@fault
def moved_down(image: Image, r: Generator) -> Image:
    size = int(r.integers(3, 8))
    kernel = np.zeros((size, size), np.float32)
    kernel[:, size // 2] = 1 / size
    return cv2.filter2D(image, -1, kernel)


@fault
def moved_aslant(image: Image, r: Generator) -> Image:
    size = int(r.integers(3, 8))
    return cv2.filter2D(image, -1, np.eye(size, dtype=np.float32) / size)


@fault
def out_of_focus(image: Image, r: Generator) -> Image:
    radius = r.uniform(1, 3)
    size = int(2 * np.ceil(radius) + 1)
    y, x = np.mgrid[:size, :size] - size // 2
    disc = (x * x + y * y <= radius * radius).astype(np.float32)
    return cv2.filter2D(image, -1, disc / disc.sum())


@fault
def gamma(image: Image, r: Generator) -> Image:
    return 255 * (image.clip(0, 255) / 255) ** r.uniform(0.4, 2.4)


@fault
def low_contrast(image: Image, r: Generator) -> Image:
    share = r.uniform(0.25, 0.6)
    return image * share + r.uniform(0, 255 * (1 - share))


@fault
def dark_paper(image: Image, r: Generator) -> Image:
    return image * r.uniform(0.35, 0.7)


@fault
def few_shades(image: Image, r: Generator) -> Image:
    steps = int(r.integers(3, 9)) - 1
    return np.round(image / 255 * steps) / steps * 255


@fault
def sharpened(image: Image, r: Generator) -> Image:
    return image + (image - cv2.GaussianBlur(image, (0, 0), r.uniform(1, 3))) * r.uniform(1, 4)


@fault
def background_removed(image: Image, r: Generator) -> Image:
    return (image - r.uniform(0, 60)) / (r.uniform(150, 215) - 60) * 255


@fault
def local_contrast(image: Image, r: Generator) -> Image:
    return cv2.createCLAHE(float(r.uniform(1, 6)), (8, 8)).apply(_byte(image)).astype(np.float32)


@fault
def app_in_gray(image: Image, r: Generator) -> Image:
    paper = cv2.GaussianBlur(cv2.dilate(image, np.ones((15, 15), np.uint8)), (0, 0), 15)
    return image / np.maximum(paper, 1) * r.uniform(240, 300)


@fault
def app_in_black_and_white(image: Image, r: Generator) -> Image:
    side, least = int(r.choice([11, 21, 31, 51])), float(r.uniform(5, 25))
    made = cv2.adaptiveThreshold(_byte(image), 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, side, least)
    return made.astype(np.float32)


@fault
def one_bit(image: Image, r: Generator) -> Image:
    limit, _made = cv2.threshold(_byte(image), 0, 255, cv2.THRESH_OTSU)
    return np.where(image > limit + r.uniform(-30, 40), np.float32(255), np.float32(0))


@fault
def dithered(image: Image, r: Generator) -> Image:
    order = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16 * 255 + 8
    high, wide = image.shape
    limit = np.tile(order, (high // 4 + 1, wide // 4 + 1))[:high, :wide]
    return np.where(image > limit + r.uniform(-20, 20), np.float32(255), np.float32(0))


@fault
def scattered(image: Image, r: Generator) -> Image:
    return np.where(image > r.uniform(40, 215, image.shape), np.float32(255), np.float32(0))


@fault
def poor_jpeg(image: Image, r: Generator) -> Image:
    _ok, data = cv2.imencode(".jpg", _byte(image), [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(8, 30))])
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE).astype(np.float32)


@fault
def coarse(image: Image, r: Generator) -> Image:
    share = r.uniform(0.45, 0.75)
    small = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, image.shape[::-1], interpolation=cv2.INTER_CUBIC)


@fault
def coarse_by_dropping(image: Image, r: Generator) -> Image:
    share = r.uniform(0.5, 0.8)
    small = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_NEAREST)
    return cv2.resize(small, image.shape[::-1], interpolation=cv2.INTER_NEAREST)


@fault
def smoothed(image: Image, r: Generator) -> Image:
    return cv2.medianBlur(_byte(image), int(r.choice([3, 5]))).astype(np.float32)


@fault
def thicker(image: Image, r: Generator) -> Image:
    return cv2.erode(image, np.ones((2, 2) if r.random() < 0.5 else (3, 3), np.uint8))


@fault
def thinner(image: Image, r: Generator) -> Image:
    return cv2.dilate(image, np.ones((2, 2) if r.random() < 0.7 else (3, 3), np.uint8))


@fault
def salt_and_pepper(image: Image, r: Generator) -> Image:
    share, drawn = r.uniform(0.001, 0.01), r.random(image.shape)
    image[drawn < share / 2], image[drawn > 1 - share / 2] = 0, 255
    return image


@fault
def clumps(image: Image, r: Generator) -> Image:
    for _ in range(int(r.integers(100, 700))):
        cv2.circle(image, _somewhere(image, r), int(r.integers(1, 4)), float(r.uniform(0, 120)), -1)
    return image


@fault
def noise(image: Image, r: Generator) -> Image:
    return image + r.normal(0, r.uniform(12, 40), image.shape)


@fault
def blotches(image: Image, r: Generator) -> Image:
    high, wide = image.shape
    rough = r.normal(0, 1, (high // int(r.integers(3, 12)), wide // int(r.integers(3, 12)))).astype(np.float32)
    return image + cv2.resize(rough, (wide, high), interpolation=cv2.INTER_CUBIC) * r.uniform(6, 25)


@fault
def moire(image: Image, r: Generator) -> Image:
    (x, y), turn = _mesh(image), r.uniform(0, np.pi)
    wave = np.sin((x * np.cos(turn) + y * np.sin(turn)) / r.uniform(0.8, 6))
    return image * (1 - r.uniform(0.03, 0.15) * (1 + wave))


# ------------------------------------------------------------------------------------------- paper and light


@fault
def shining_through(image: Image, r: Generator) -> Image:
    return image - _ink_of(image)[:, ::-1] * r.uniform(0.04, 0.22)


@fault
def shining_through_askew(image: Image, r: Generator) -> Image:
    back = np.roll(_ink_of(image)[:, ::-1], (int(r.integers(-60, 60)), int(r.integers(-60, 60))), (0, 1))
    return image - back * r.uniform(0.04, 0.22)


@fault
def set_off(image: Image, r: Generator) -> Image:
    """Wet ink of the sheet that lay above."""
    other = np.roll(_ink_of(image), (int(r.integers(-200, 200)), int(r.integers(-90, 90))), (0, 1))
    return image - other * r.uniform(0.04, 0.25)


@fault
def double(image: Image, r: Generator) -> Image:
    other = np.roll(image, (int(r.integers(0, 9)), int(r.integers(-9, 9))), (0, 1))
    return (
        image * 0.5 + other * 0.5
        if r.random() < 0.5
        else np.minimum(image, 255 - (255 - other) * r.uniform(0.2, 0.6))
    )


@fault
def faded_print(image: Image, r: Generator) -> Image:
    x = np.linspace(-1, 1, image.shape[1])[None]
    left = 1 - r.uniform(0.3, 0.95) * np.exp(-(((x - r.uniform(-1, 1)) / r.uniform(0.05, 0.4)) ** 2))
    return 255 - (255 - image) * left


@fault
def stained(image: Image, r: Generator) -> Image:
    shade, round_it = np.zeros_like(image), np.linspace(0, 2 * np.pi, 24)
    for _ in range(r.integers(1, 4)):
        edge = np.stack((np.cos(round_it), np.sin(round_it)), 1) * r.uniform(60, 260) * r.uniform(0.7, 1.3, (24, 1))
        cv2.fillPoly(shade, [(np.array(_somewhere(image, r)) + edge).astype(np.int32)], 1.0)
    rim = cv2.GaussianBlur(shade - cv2.erode(shade, np.ones((7, 7), np.uint8)), (0, 0), 1.5)
    return image * (1 - r.uniform(0.05, 0.3) * cv2.GaussianBlur(shade, (0, 0), 3) - r.uniform(0, 0.3) * rim)


@fault
def wrinkled(image: Image, r: Generator) -> Image:
    high, wide = image.shape
    rough = r.normal(0, 1, (high // 40, wide // 40)).astype(np.float32)
    hills = cv2.resize(rough, (wide, high), interpolation=cv2.INTER_CUBIC)
    shade = np.clip(1 + r.uniform(0.5, 3) * cv2.Sobel(hills, -1, 1, 0, ksize=3), 0.6, 1.15)
    (x, y), reach = _mesh(image), r.uniform(0.5, 3)
    return _bent(image * shade, x + reach * hills, y + reach * hills[:, ::-1])


@fault
def dark_creases(image: Image, r: Generator) -> Image:
    for _ in range(r.integers(2, 9)):
        line = np.zeros_like(image)
        cv2.line(line, _somewhere(image, r), _somewhere(image, r), 1.0, int(r.integers(1, 4)), cv2.LINE_AA)
        image = image * (1 - r.uniform(0.1, 0.6) * line)
    return image


@fault
def white_creases(image: Image, r: Generator) -> Image:
    for _ in range(r.integers(2, 9)):
        ends, shade = (_somewhere(image, r), _somewhere(image, r)), float(r.uniform(200, 255))
        cv2.line(image, *ends, shade, int(r.integers(1, 7)), cv2.LINE_AA)
    return image


@fault
def punched(image: Image, r: Generator) -> Image:
    for share in (0.35, 0.62):
        at = int(r.uniform(8, 14) * _mm(image)), int(share * image.shape[0])
        cv2.circle(image, at, int(3 * _mm(image)), float(r.uniform(0, 80)), -1)
    return image


@fault
def finger(image: Image, r: Generator) -> Image:
    x, y = _somewhere(image, r)
    edge = [(0, y), (image.shape[1], y), (x, 0), (x, image.shape[0])][r.integers(4)]
    size = int(r.uniform(8, 35) * _mm(image)), int(r.uniform(8, 14) * _mm(image))
    cv2.ellipse(image, edge, size, float(r.uniform(0, 180)), 0, 360, float(r.uniform(60, 180)), -1)
    return image


@fault
def note_over_it(image: Image, r: Generator) -> Image:
    x, y = (max(v, 0) for v in _somewhere(image, r))
    image[y : y + int(r.uniform(3, 40) * _mm(image)), x : x + int(r.uniform(5, 70) * _mm(image))] = r.uniform(
        190, 255
    )
    return image


@fault
def glare(image: Image, r: Generator) -> Image:
    light, size = np.zeros_like(image), (int(r.uniform(5, 40) * _mm(image)), int(r.uniform(5, 25) * _mm(image)))
    cv2.ellipse(light, _somewhere(image, r), size, float(r.uniform(0, 180)), 0, 360, 1.0, -1)
    return image + cv2.GaussianBlur(light, (0, 0), r.uniform(2, 40)) * r.uniform(60, 255)


@fault
def shadows(image: Image, r: Generator) -> Image:
    for _ in range(r.integers(1, 4)):
        shade = np.zeros_like(image)
        cv2.fillPoly(shade, [np.array([_somewhere(image, r) for _corner in range(3)], np.int32)], 1.0)
        image = image * (1 - r.uniform(0.15, 0.6) * cv2.GaussianBlur(shade, (0, 0), r.uniform(0.6, 20)))
    return image


@fault
def dark_corners(image: Image, r: Generator) -> Image:
    x, y = np.meshgrid(np.linspace(-1, 1, image.shape[1]), np.linspace(-1, 1, image.shape[0]))
    return image * (1 - r.uniform(0.2, 0.7) * (x * x + y * y) / 2)


# ------------------------------------------------------------------------------------------- what becomes of it


def ballot(blank: Blank, dpi: int, rng: Generator) -> tuple[Sheet, list[set[Choice]]]:
    """A stamped ballot of either form, and for each row the choices that may be taken: one, or none."""
    sheet, meant = Sheet.of(blank, dpi, rng), list[set[Choice]]()
    sheet.stamp(rng.uniform(42, 48), rng.uniform(38, 44))
    for at, row in enumerate(blank.layout.rows):
        pen = hands.pen_of(rng)
        if blank.style.form is Form.STRIKE:
            struck = rng.random() < 0.25
            if struck:
                hands.strike(sheet, hands.ink_box(blank, at), **pen)
            meant.append({Choice.AGAINST if struck else Choice.FOR})
            continue
        marked = ([0], [1], [0, 1], [])[rng.choice(4, p=(0.425, 0.425, 0.07, 0.08))]
        for box in marked:
            (hands.cross if rng.random() < 0.75 else hands.tick)(sheet, row.boxes[box], row.cells[box], **pen)
        meant.append({(Choice.FOR, Choice.AGAINST)[marked[0]]} if len(marked) == 1 else set())
    return sheet, meant


def try_fault(kinds: list[str], seed: int) -> tuple[str, Counter[str]]:
    """One sheet: which faults it had, and how many rows were tried, accepted, and accepted wrongly, or that it was refused."""
    rng = np.random.default_rng([78, seed])
    blank, dpi = (STRIKE if rng.random() < 0.4 else AGREE), DPIS[int(rng.random() < 0.3)]
    sheet, meant = ballot(blank, dpi, rng)
    machine = PROFILES[_MACHINES[seed % len(_MACHINES)]]
    image = np.asarray(scanned(sheet.page, sheet.scale, machine, rng), np.float32)
    count = min(len(kinds), 1 if rng.random() < 0.6 else 2)
    chosen = [str(name) for name in rng.choice(kinds, count, replace=False)]
    for name in chosen:
        spoiled = KINDS[name](image.copy(), rng)
        image = np.ascontiguousarray(np.clip(spoiled, 0, 255), np.float32)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(50, 95))]
    data = encoded(image, ".png") if rng.random() < 0.3 else encoded(image, ".jpg", quality)
    told = chosen[0] if count == 1 else "two at once"
    try:
        read = read_picture(picture_of(data), blank).sheet
    except Unreadable:
        return told, Counter(sheets=1, refused=1)
    assert read is not None
    taken = [(choice, right) for choice, right in zip(read.choices, meant, strict=True) if choice in SURE]
    wrong = sum(choice not in right for choice, right in taken)
    return told, Counter(sheets=1, rows=len(meant), accepted=len(taken), wrong=wrong)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--sheets", type=int, default=400)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--kinds", default=",".join(KINDS))
    asked = options.parse_args()
    seen: dict[str, Counter[str]] = {}
    for seed in range(asked.first, asked.first + asked.sheets):
        name, facts = try_fault(asked.kinds.split(","), seed)
        seen.setdefault(name, Counter()).update(facts)
        if facts["wrong"]:
            print(f"     wrong: seed {seed}, {name}")
    for name, facts in sorted(seen.items()):
        print(f"     {name}: {facts['sheets']} sheets, {facts['refused']} refused, {facts['rows']} rows, "
              f"{facts['accepted']} accepted, wrong {facts['wrong']}")  # fmt: skip
    whole = sum(seen.values(), Counter[str]())
    tell(f"wrong among {whole['accepted']} rows accepted of {whole['sheets']} sheets, {whole['refused']} refused",
         whole["wrong"], most=0, unit="rows")  # fmt: skip
    return done()


if __name__ == "__main__":
    sys.exit(main())
