"""Paper, ink and light."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks.faults.kinds import bent, fault, ink_of, mesh, per_mm, somewhere
from benchmarks.hands import Image


@fault
def shining_through(image: Image, r: Generator) -> Image:
    return image - ink_of(image)[:, ::-1] * r.uniform(0.04, 0.22)


@fault
def shining_through_askew(image: Image, r: Generator) -> Image:
    back = np.roll(ink_of(image)[:, ::-1], (int(r.integers(-60, 60)), int(r.integers(-60, 60))), (0, 1))
    return image - back * r.uniform(0.04, 0.22)


@fault
def set_off(image: Image, r: Generator) -> Image:
    """Wet ink of the sheet that lay above."""
    other = np.roll(ink_of(image), (int(r.integers(-200, 200)), int(r.integers(-90, 90))), (0, 1))
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
        cv2.fillPoly(shade, [(np.array(somewhere(image, r)) + edge).astype(np.int32)], 1.0)
    rim = cv2.GaussianBlur(shade - cv2.erode(shade, np.ones((7, 7), np.uint8)), (0, 0), 1.5)
    return image * (1 - r.uniform(0.05, 0.3) * cv2.GaussianBlur(shade, (0, 0), 3) - r.uniform(0, 0.3) * rim)


@fault
def wrinkled(image: Image, r: Generator) -> Image:
    high, wide = image.shape
    rough = r.normal(0, 1, (high // 40, wide // 40)).astype(np.float32)
    hills = cv2.resize(rough, (wide, high), interpolation=cv2.INTER_CUBIC)
    shade = np.clip(1 + r.uniform(0.5, 3) * cv2.Sobel(hills, -1, 1, 0, ksize=3), 0.6, 1.15)
    (x, y), reach = mesh(image), r.uniform(0.5, 3)
    return bent(image * shade, x + reach * hills, y + reach * hills[:, ::-1])


@fault
def dark_creases(image: Image, r: Generator) -> Image:
    for _ in range(r.integers(2, 9)):
        line = np.zeros_like(image)
        cv2.line(line, somewhere(image, r), somewhere(image, r), 1.0, int(r.integers(1, 4)), cv2.LINE_AA)
        image = image * (1 - r.uniform(0.1, 0.6) * line)
    return image


@fault
def white_creases(image: Image, r: Generator) -> Image:
    for _ in range(r.integers(2, 9)):
        ends, shade = (somewhere(image, r), somewhere(image, r)), float(r.uniform(200, 255))
        cv2.line(image, *ends, shade, int(r.integers(1, 7)), cv2.LINE_AA)
    return image


@fault
def punched(image: Image, r: Generator) -> Image:
    for share in (0.35, 0.62):
        at = int(r.uniform(8, 14) * per_mm(image)), int(share * image.shape[0])
        cv2.circle(image, at, int(3 * per_mm(image)), float(r.uniform(0, 80)), -1)
    return image


@fault
def finger(image: Image, r: Generator) -> Image:
    x, y = somewhere(image, r)
    edge = [(0, y), (image.shape[1], y), (x, 0), (x, image.shape[0])][r.integers(4)]
    size = int(r.uniform(8, 35) * per_mm(image)), int(r.uniform(8, 14) * per_mm(image))
    cv2.ellipse(image, edge, size, float(r.uniform(0, 180)), 0, 360, float(r.uniform(60, 180)), -1)
    return image


@fault
def note_over_it(image: Image, r: Generator) -> Image:
    x, y = (max(v, 0) for v in somewhere(image, r))
    image[y : y + int(r.uniform(3, 40) * per_mm(image)), x : x + int(r.uniform(5, 70) * per_mm(image))] = r.uniform(
        190, 255
    )
    return image


@fault
def glare(image: Image, r: Generator) -> Image:
    light, size = np.zeros_like(image), (int(r.uniform(5, 40) * per_mm(image)), int(r.uniform(5, 25) * per_mm(image)))
    cv2.ellipse(light, somewhere(image, r), size, float(r.uniform(0, 180)), 0, 360, 1.0, -1)
    return image + cv2.GaussianBlur(light, (0, 0), r.uniform(2, 40)) * r.uniform(60, 255)


@fault
def shadows(image: Image, r: Generator) -> Image:
    for _ in range(r.integers(1, 4)):
        shade = np.zeros_like(image)
        cv2.fillPoly(shade, [np.array([somewhere(image, r) for _corner in range(3)], np.int32)], 1.0)
        image = image * (1 - r.uniform(0.15, 0.6) * cv2.GaussianBlur(shade, (0, 0), r.uniform(0.6, 20)))
    return image


@fault
def dark_corners(image: Image, r: Generator) -> Image:
    x, y = np.meshgrid(np.linspace(-1, 1, image.shape[1]), np.linspace(-1, 1, image.shape[0]))
    return image * (1 - r.uniform(0.2, 0.7) * (x * x + y * y) / 2)
