"""The catalogue of generated cases: each drawn, degraded and read; what may become of it is written beside it."""

from benchmarks.cases import boxes, counts, files, names, paper, pictures, place
from benchmarks.cases.desk import CASES, NAMES, Desk, style

__all__ = ["CASES", "NAMES", "Desk", "boxes", "counts", "files", "names", "paper", "pictures", "place", "style"]
