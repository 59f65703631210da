"""How a period stands in an address: /figures/plans.having/12/2026-08/."""

from __future__ import annotations

from chibo.core.values import Period


class PeriodConverter:
    regex = r"\d{4}(?:-(?:\d{2}|q[1-4]))?(?:\.\.\d{4}(?:-(?:\d{2}|q[1-4]))?)?"

    def to_python(self, text: str) -> Period:
        return Period.parse(text)

    def to_url(self, period: Period | str) -> str:
        return str(period)
