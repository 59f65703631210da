"""The faults by name, and what their drawings share."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks.ballots import AGREE
from benchmarks.hands import Image

Fault = Callable[[Image, Generator], Image]
"""What happens to a gray picture (0 to 255)."""
KINDS: dict[str, Fault] = {}


def fault(spoil: Fault) -> Fault:
    KINDS[spoil.__name__] = spoil
    return spoil


def as_bytes(image: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return image.clip(0, 255).astype(np.uint8)


def mesh(image: Image) -> tuple[Image, Image]:
    high, wide = image.shape
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    return x, y


def bent(image: Image, x: Image, y: Image) -> Image:
    return cv2.remap(
        image, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )


def per_mm(image: Image) -> float:
    """About so many pixels are a millimetre."""
    return image.shape[0] / AGREE.layout.height


def ink_of(image: Image) -> Image:
    return 255 - image.clip(0, 255)


def somewhere(image: Image, r: Generator) -> tuple[int, int]:
    return int(r.integers(-50, image.shape[1] + 50)), int(r.integers(-50, image.shape[0] + 50))
