"""What several checks ask for in one run is read once: the meetings of a ward, its open duties, its settings.

Only within ``held()``, and only for as long as it lasts: nothing is kept from one question to the next, so nothing can be
stale, and whoever asks outside reads anew (ADR 0105).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_HELD: ContextVar[dict[object, object] | None] = ContextVar("held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Within, each ``held_once`` reading is made once for the same arguments."""
    token = _HELD.set({})
    try:
        yield
    finally:
        _HELD.reset(token)


def is_held() -> bool:
    """Whether a run is under way in which it pays to read more than is asked for now."""
    return _HELD.get() is not None


def held_once(read: Callable[P, R]) -> Callable[P, R]:
    """A reading whose arguments can be hashed and whose answer nobody changes."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        kept = _HELD.get()
        if kept is None:
            return read(*args, **kwargs)
        key = (read, args, *sorted(kwargs.items()))
        if key not in kept:
            kept[key] = read(*args, **kwargs)
        return kept[key]  # type: ignore[return-value]

    return reading
