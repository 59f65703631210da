"""Cases 55 to 63: what scanners, telephones and squeezing make of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from benchmarks.cases.desk import Desk, case, page_of
from benchmarks.machines import BAD_PHOTO, CLEAN, OFFICE, PHOTO, encoded, scanned


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
