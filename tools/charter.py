"""Write docs/charter.md: every power and the posts that hold it, from the charter itself.

python -m tools.charter [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from chibo.access.charter import HERE, OWN, POST_NAMES, POWERS, Can, Post

FILE = Path(__file__).resolve().parents[1] / "docs" / "charter.md"


def page() -> str:
    posts = [post for post in Post if post != Post.SETUP]
    lines = [
        "# The charter",
        "",
        "Made by `python -m tools.charter` from `chibo/access/charter.py`. A post held in a unit on the day gives its powers there and",
        'below, or (○) there only; "own" is what everybody may do with their own records.',
        "",
        "| power | own | " + " | ".join(POST_NAMES[post] for post in posts) + " |",
        "|---|---|" + "---|" * len(posts),
    ]
    for can in Can:
        marks = ["●" if can in POWERS[post] else "○" if can in HERE.get(post, ()) else "" for post in posts]
        lines.append(f"| `{can}` | {'●' if can in OWN else ''} | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    if "--check" in sys.argv:
        return 0 if FILE.read_text(encoding="utf-8") == page() else 1
    FILE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
