"""What stands on a printed slip of paper: a code that people can read out, and the drawing that a telephone reads."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def in_fours(code: str) -> str:
    """The code in groups of four, as it is read out and typed."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def qr_of(address: str) -> SafeString:
    """The address as a QR code, drawn as inline SVG."""
    drawing = segno.make(address, error="m", micro=False)
    return mark_safe(drawing.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))  # noqa: S308 - drawn here
