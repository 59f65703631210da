"""Sharpness, shades, and what programs make of them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks.faults.kinds import as_bytes, fault, mesh, somewhere
from benchmarks.hands import Image


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
    return cv2.createCLAHE(float(r.uniform(1, 6)), (8, 8)).apply(as_bytes(image)).astype(np.float32)


@fault
def app_in_gray(image: Image, r: Generator) -> Image:
    paper = cv2.GaussianBlur(cv2.dilate(image, np.ones((15, 15), np.uint8)), (0, 0), 15)
    return image / np.maximum(paper, 1) * r.uniform(240, 300)


@fault
def app_in_black_and_white(image: Image, r: Generator) -> Image:
    side, least = int(r.choice([11, 21, 31, 51])), float(r.uniform(5, 25))
    made = cv2.adaptiveThreshold(as_bytes(image), 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, side, least)
    return made.astype(np.float32)


@fault
def one_bit(image: Image, r: Generator) -> Image:
    limit, _made = cv2.threshold(as_bytes(image), 0, 255, cv2.THRESH_OTSU)
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
    _ok, data = cv2.imencode(".jpg", as_bytes(image), [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(8, 30))])
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
    return cv2.medianBlur(as_bytes(image), int(r.choice([3, 5]))).astype(np.float32)


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
        cv2.circle(image, somewhere(image, r), int(r.integers(1, 4)), float(r.uniform(0, 120)), -1)
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
    (x, y), turn = mesh(image), r.uniform(0, np.pi)
    wave = np.sin((x * np.cos(turn) + y * np.sin(turn)) / r.uniform(0.8, 6))
    return image * (1 - r.uniform(0.03, 0.15) * (1 + wave))
