"""Read every sentence of the product into the English catalogue, and compile it. Needs no GNU gettext.

    python -m tools.messages            read, merge, compile; say what has no English yet
    python -m tools.messages --check    change nothing; exit 1 if a sentence is missing or the .mo is stale

Vietnamese is the source text, so of our own sentences there is no Vietnamese catalogue. The one in ``locale/vi`` is
written by hand: what Django itself says of what was typed, in the words of an office; it is only compiled here.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "chibo" / "locale" / "en" / "LC_MESSAGES"
DJANGOS = ROOT / "chibo" / "locale" / "vi" / "LC_MESSAGES"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def sentences() -> Iterator[tuple[str, int, object, object]]:
    """(file, line, message, context) of every marked sentence in Python files and templates."""
    for path in sorted((ROOT / "chibo").rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _read(path, path.read_bytes())
    for path in sorted((ROOT / "chibo").rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            yield from _read(path, templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode())


def _read(path: Path, source: bytes) -> Iterator[tuple[str, int, object, object]]:
    name = path.relative_to(ROOT).as_posix()
    for line, message, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        yield name, line, message, context


def template() -> Catalog:
    found = Catalog(charset="utf-8")
    for name, line, message, context in sentences():
        if message[0] if isinstance(message, tuple) else message:
            found.add(message, locations=[(name, line)], context=context)
    return found


def load(folder: Path = FOLDER) -> Catalog:
    file, locale = folder / "django.po", folder.parent.name
    if not file.exists():
        return Catalog(locale=locale, charset="utf-8")
    with file.open("rb") as opened:
        return read_po(opened, locale=locale, charset="utf-8")


def is_translated(message: object) -> bool:
    string = message.string  # type: ignore[attr-defined]
    return bool(all(string) if isinstance(string, (tuple, list)) else string)


def missing(catalogue: Catalog, wanted: Catalog) -> list[str]:
    """The sentences that have no English."""
    lacking = []
    for message in wanted:
        if message.id:
            known = catalogue.get(message.id, message.context)
            if known is None or not is_translated(known) or known.fuzzy:
                lacking.append(str(message.id))
    return lacking


def po_bytes(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(
        out,
        catalogue,
        width=110,
        omit_header=False,
        include_previous=False,
        sort_output=True,
        ignore_obsolete=True,
        no_location=True,
    )
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def is_stale(folder: Path) -> bool:
    """Whether what is compiled is not what is written."""
    compiled = folder / "django.mo"
    return not compiled.exists() or compiled.read_bytes() != mo_bytes(load(folder))


def main() -> int:
    catalogue, wanted = load(), template()
    if "--check" in sys.argv:
        lacking = missing(catalogue, wanted)
        stale = any(is_stale(folder) for folder in (FOLDER, DJANGOS))
        print(*lacking, sep="\n")
        print(f"{len(lacking)} without English; .mo {'stale' if stale else 'current'}")
        return 1 if lacking or stale else 0
    catalogue.update(wanted, no_fuzzy_matching=True)
    catalogue.header_comment = "# The English catalogue of chibo. Vietnamese is the source text."
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "django.po").write_bytes(po_bytes(catalogue))
    for folder in (FOLDER, DJANGOS):
        (folder / "django.mo").write_bytes(mo_bytes(load(folder)))
    lacking = missing(catalogue, wanted)
    print(f"{len(wanted)} sentences, {len(lacking)} without English")
    return 0


if __name__ == "__main__":
    sys.exit(main())
