"""The scanner's line: streaks, slips, a sheet drawn in unevenly."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks.faults.kinds import bent, fault, mesh, per_mm
from benchmarks.hands import Image


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
    x, y = mesh(image)
    return bent(image, x + r.uniform(0.5, 4) * np.sin(y / r.uniform(20, 300) + r.uniform(0, 6)), y)


@fault
def wobble_down(image: Image, r: Generator) -> Image:
    x, y = mesh(image)
    return bent(image, x, y + r.uniform(0.5, 5) * np.sin(y / r.uniform(40, 400) + r.uniform(0, 6)))


@fault
def slip(image: Image, r: Generator) -> Image:
    """The sheet jumps on, or stands still for a moment."""
    y, by = int(r.uniform(0.2, 0.9) * image.shape[0]), int(r.uniform(0.3, 6) * per_mm(image))
    if r.random() < 0.5:
        return np.concatenate((image[:y], image[y + by :], np.full((by, image.shape[1]), 240, np.float32)))
    return np.concatenate((image[:y], np.repeat(image[y : y + 1], by, 0), image[y:]))[: image.shape[0]]


@fault
def slip_by_a_row(image: Image, r: Generator) -> Image:
    y, by = int(r.uniform(0.3, 0.8) * image.shape[0]), int(r.uniform(7, 14) * per_mm(image))
    return np.concatenate((image[:y], image[y - by : y], image[y:]))[: image.shape[0]]


@fault
def slip_sideways(image: Image, r: Generator) -> Image:
    y = int(r.uniform(0.2, 0.9) * image.shape[0])
    image[y:] = np.roll(image[y:], int(r.uniform(0.3, 4) * per_mm(image)), 1)
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
