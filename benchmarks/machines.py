"""What scanners and telephones do to a sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.hands import Image


@dataclass(frozen=True)
class Machine:
    """Ranges from which each sheet's misfortune is drawn; a pair is (least, most)."""

    turn: tuple[float, float] = (-0.3, 0.3)
    shift: float = 0.5
    """mm"""
    tilt: float = 0.0
    """Perspective: share of the side by which corners move."""
    curl: float = 0.0
    """mm"""
    light: float = 0.02
    """Share by which one side is darker."""
    blur: tuple[float, float] = (0.3, 0.5)
    """Sigma in pixels."""
    motion: int = 0
    grain: tuple[float, float] = (0.004, 0.01)
    white: tuple[float, float] = (0.95, 1.0)
    black: tuple[float, float] = (0.02, 0.12)
    dust: int = 3
    quality: tuple[int, int] = (90, 95)
    shadow: float = 0.0
    folds: int = 0
    margin: float = 0.0
    """mm of scanner's lid around the sheet."""
    stretch: tuple[float, float] = (1.0, 1.0)


CLEAN = Machine()
OFFICE = Machine(
    turn=(-2, 2),
    shift=1.5,
    light=0.05,
    blur=(0.4, 0.7),
    grain=(0.008, 0.02),
    white=(0.9, 1),
    quality=(75, 88),
    dust=20,
)
HARSH = Machine(
    turn=(-4, 4), shift=2, light=0.2, blur=(0.6, 1.1), grain=(0.015, 0.04), white=(0.8, 0.97), quality=(40, 60), dust=60, folds=2
)  # fmt: skip
PHOTO = Machine(
    turn=(-3, 3),
    shift=2,
    tilt=0.04,
    curl=0.2,
    light=0.3,
    blur=(0.6, 0.9),
    grain=(0.01, 0.025),
    quality=(80, 90),
    margin=8,
)
BAD_PHOTO = replace(
    PHOTO, tilt=0.1, curl=1.2, blur=(1, 1.8), motion=3, grain=(0.02, 0.04), shadow=0.35, quality=(60, 80), margin=12
)
PROFILES = {"S0": CLEAN, "S1": OFFICE, "S2": HARSH, "P1": PHOTO, "P2": BAD_PHOTO}


def scanned(
    page: Image,
    scale: float,
    machine: Machine,
    rng: Generator,
    *,
    colour: bool = False,
    window: tuple[float, float] | None = None,
    truth: dict[str, Any] | None = None,
) -> Image:
    """The sheet as pixels (0 to 255, not rounded) at the same scale: moved, lit, blurred, grained. ``window`` is in mm;
    ``truth`` is told where the sheet really lies.
    """
    image = page if colour else _gray(page)
    image = _lit(_used(image, scale, machine, rng), machine, rng)
    image = _moved(image, scale, machine, rng, window, truth)
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(*machine.blur))
    if machine.motion:
        kernel = np.zeros((machine.motion, machine.motion), np.float32)
        kernel[machine.motion // 2, :] = 1 / machine.motion
        image = cv2.filter2D(image, -1, kernel)
    grain, strength = _grain(image.shape[:2], rng), 255 * rng.uniform(*machine.grain)
    if image.ndim == 3:
        grain = cv2.merge([grain] * 3)
    made = cv2.addWeighted(image, 255.0, grain, strength, 0.0)
    return np.asarray(np.clip(made, 0, 255, out=made), np.float32)


def _gray(page: Image) -> Image:
    """The darkest of the colours, as the reader takes it."""
    if page.ndim == 2 or page.shape[2] == 1:
        return page.reshape(page.shape[:2])
    blue, green, red = cv2.split(page)
    return np.asarray(cv2.min(cv2.min(blue, green), red), np.float32)


@lru_cache(maxsize=1)
def _noise() -> NDArray[np.float32]:
    return np.random.default_rng(7).standard_normal((6000, 3600), np.float32)


def _grain(shape: tuple[int, ...], rng: Generator) -> NDArray[np.float32]:
    """A cut of one large field of noise: drawing it anew would take longer than all the rest."""
    y, x = (int(rng.integers(0, max(1, side - want))) for side, want in zip(_noise().shape, shape, strict=True))
    return _noise()[y : y + shape[0], x : x + shape[1]]


@lru_cache(maxsize=8)
def _mesh(height: int, width: int) -> tuple[Image, Image]:
    """From -0.5 to 0.5 along one line and down one column."""
    return (
        np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :],
        np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None],
    )


def jpeg(image: Image, machine: Machine, rng: Generator) -> bytes:
    quality = int(rng.integers(machine.quality[0], machine.quality[1] + 1))
    return encoded(image, ".jpg", [cv2.IMWRITE_JPEG_QUALITY, quality])


def encoded(image: NDArray[np.float32], kind: str = ".png", options: list[int] | None = None) -> bytes:
    _ok, data = cv2.imencode(kind, cv2.convertScaleAbs(np.maximum(image, 0)), options or [])
    return data.tobytes()


def _used(image: Image, scale: float, machine: Machine, rng: Generator) -> Image:
    """Toner, paper, dust and folds."""
    white, black = rng.uniform(*machine.white), rng.uniform(*machine.black)
    image = black + image * (white - black)
    height, width = image.shape[:2]
    for _ in range(int(rng.integers(0, machine.dust + 1))):
        at, radius = (
            (int(rng.integers(width)), int(rng.integers(height))),
            max(1, round(rng.uniform(0.05, 0.2) * scale)),
        )
        cv2.circle(image, at, radius, [float(rng.uniform(0.3, 0.7))] * 3, -1, cv2.LINE_AA)
    for _ in range(int(rng.integers(0, machine.folds + 1))):
        shade = np.ones(image.shape[:2], np.float32)
        across = rng.random() < 0.6
        at = rng.uniform(0.15, 0.85) * (height if across else width)
        slope = rng.uniform(-0.03, 0.03) * (width if across else height)
        a, b = ((0, at), (width, at + slope)) if across else ((at, 0), (at + slope, height))
        cv2.line(
            shade,
            (round(a[0]), round(a[1])),
            (round(b[0]), round(b[1])),
            1 - float(rng.uniform(0.04, 0.12)),
            max(1, round(0.3 * scale)),
            cv2.LINE_AA,
        )
        image = image * (shade if image.ndim == 2 else shade[..., None])
    return image


def _lit(image: Image, machine: Machine, rng: Generator) -> Image:
    height, width = image.shape[:2]
    turn = rng.uniform(0, 2 * np.pi)
    x, y = _mesh(height, width)
    fall = 1 - machine.light * (0.5 + x * np.float32(np.cos(turn)) + y * np.float32(np.sin(turn))).clip(0, 1)
    if machine.shadow:
        edge = (
            x * np.float32(np.cos(turn + 1)) + y * np.float32(np.sin(turn + 1)) - np.float32(rng.uniform(-0.2, 0.2))
        )
        fall = fall * (1 - machine.shadow / (1 + np.exp(-edge * np.float32(60))))
    return image * (fall if image.ndim == 2 else fall[..., None])


def _moved(
    image: Image,
    scale: float,
    machine: Machine,
    rng: Generator,
    window: tuple[float, float] | None,
    truth: dict[str, Any] | None,
) -> Image:
    height, width = image.shape[:2]
    out_w, out_h = (round(window[0] * scale), round(window[1] * scale)) if window else (width, height)
    out_w, out_h = out_w + round(2 * machine.margin * scale), out_h + round(2 * machine.margin * scale)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    angle = np.radians(rng.uniform(*machine.turn))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    there = (corners - corners.mean(0)) * (rng.uniform(*machine.stretch), 1.0) @ turn.T + (out_w / 2, out_h / 2)
    there += rng.uniform(-machine.shift, machine.shift, 2) * scale
    there += rng.uniform(-machine.tilt, machine.tilt, (4, 2)) * (width, height) / 2
    plane = cv2.getPerspectiveTransform(corners, there.astype(np.float32))
    lid = (0.93,) * 3
    bow = machine.curl * scale * float(np.sign(rng.normal())) if machine.curl else 0.0
    if truth is not None:
        truth.update(plane=plane, bow=bow, width=width, scale=scale)
    if not machine.curl:
        return cv2.warpPerspective(image, plane, (out_w, out_h), borderValue=lid)
    x, y = _places(height, width)
    bowed = cv2.remap(image, x, y + _wave(width) * np.float32(bow), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cv2.warpPerspective(bowed, plane, (out_w, out_h), borderValue=lid)


@lru_cache(maxsize=4)
def _places(height: int, width: int) -> tuple[Image, Image]:
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return x, y


@lru_cache(maxsize=4)
def _wave(width: int) -> Image:
    return np.sin(np.pi * np.arange(width) / width).astype(np.float32)[None, :]


def lies_at(points: NDArray[np.float64], truth: dict[str, Any]) -> NDArray[np.float64]:
    """Where points of the sheet (mm) are in the picture (pixels), by the machine's own word."""
    px = points * truth["scale"] - 0.5
    px[:, 1] -= truth["bow"] * np.sin(np.pi * px[:, 0] / truth["width"])
    return cv2.perspectiveTransform(px.reshape(-1, 1, 2), truth["plane"]).reshape(-1, 2)
