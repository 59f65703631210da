"""Write docs/checks.md: every check, what it finds, its article, its seed, and after how many days the level above sees it.

python -m tools.checks [--check]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

FILE = Path(__file__).resolve().parents[1] / "docs" / "checks.md"


def page() -> str:
    from django.utils.translation import override

    from chibo.warnings.selectors.checks import checks_told

    lines = [
        "# The checks",
        "",
        "Made by `python -m tools.checks` from the manifests. A check finds a shortcoming by itself; whoever holds its power sees it by name at",
        "once, the level above only how many, after the days of grace. No cell and no person is ranked.",
        "",
        "| check | what it finds | article | seeds | who mends it | grace (days) |",
        "|---|---|---|---|---|---|",
    ]
    with override("vi"):
        for told in checks_told():
            check = told.check
            lines.append(
                f"| `{check.code}` | {check.label} | {check.article} | {told.seeds} | {told.menders} | {check.grace_days} |"
            )
    return "\n".join(lines) + "\n"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.config.settings")
    django.setup()
    if "--check" in sys.argv:
        return 0 if FILE.read_text(encoding="utf-8") == page() else 1
    FILE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
