"""How a measurement is taken and told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

MISSED: list[str] = []


def cpu(work: Callable[[], object], *, rounds: int = 30, warm: int = 3) -> float:
    """The median CPU time of one call, in milliseconds."""
    for _ in range(warm):
        work()
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times) * 1000


def interleaved(
    first: Callable[[], object], second: Callable[[], object], *, rounds: int = 30
) -> tuple[float, float]:
    """The median CPU time of both, taken turn by turn, so that a noisy minute strikes both alike."""
    for work in (first, second):
        for _ in range(3):
            work()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for kept, work in zip(times, (first, second), strict=True):
            begin = time.process_time()
            work()
            kept.append(time.process_time() - begin)
    return statistics.median(times[0]) * 1000, statistics.median(times[1]) * 1000


def tell(name: str, value: float, *, most: float | None = None, least: float | None = None, unit: str = "×") -> None:
    """Print the figure beside its goal."""
    met = (most is None or value <= most) and (least is None or value >= least)
    goal = f"≤ {most}" if most is not None else f"≥ {least}"
    print(f"{'ok  ' if met else 'MISS'} {name}: {value:.2f} {unit} (goal {goal})", flush=True)
    if not met:
        MISSED.append(name)


def done() -> int:
    return 1 if MISSED else 0
