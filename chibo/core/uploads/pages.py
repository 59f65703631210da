"""The process in which PDFs of many pages are taken apart: run as a script, with limited memory, knowing no Django.

``python pages.py FOLDER`` puts in the place of every PDF below FOLDER a folder of the same name with a PDF for each page.
Opening a page then costs what one page costs, not what the whole file does. Each file is done whole or not at all, so a
run that was cut off is simply begun again. A file that cannot be taken apart is left as it is, for whoever reads it to say
what is wrong. Taken apart twice, a file gives the same bytes. It says one JSON value a line: pages done, and how many.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from pathlib import Path

import pypdfium2 as pdfium

from chibo.core.uploads.archives import limit_memory

_MEMORY = 2 * 1024**3
_MOST_PAGES = 20_000
_STAMP = re.compile(rb"(?<=/CreationDate\(D:)\d{14}|(?<=/ID\[)<[0-9A-Fa-f]+><[0-9A-Fa-f]+>")


def take_apart(folder: Path) -> None:
    files = sorted(file for file in folder.rglob("*.pdf") if file.parent.suffix != ".part" and not _is_page(file))
    for number, file in enumerate(files, 1):
        place, part = file.with_suffix(""), file.with_suffix(".part")
        if not place.exists():
            shutil.rmtree(part, ignore_errors=True)
            if not _written(file, part, number, len(files)):
                shutil.rmtree(part, ignore_errors=True)
                continue
            part.rename(place)
        file.unlink()


def _is_page(file: Path) -> bool:
    """Whether this is a page that an earlier run left."""
    return len(file.stem) == 5 and file.stem.isdecimal()


def _written(file: Path, part: Path, number: int, files: int) -> bool:
    """Every page as a file of its own in ``part``; False if the PDF is of one page, of too many, or broken."""
    try:
        with pdfium.PdfDocument(file) as whole:
            pages = len(whole)
            if not 1 < pages <= _MOST_PAGES:
                return False
            part.mkdir(mode=0o700)
            for at in range(pages):
                with pdfium.PdfDocument.new() as one:
                    one.import_pages(whole, [at])
                    data = io.BytesIO()
                    one.save(data)
                (part / f"{at:05}.pdf").write_bytes(_STAMP.sub(_without, data.getvalue()))
                _say(at + 1, pages, number, files)
    except pdfium.PdfiumError:
        return False
    return True


def _without(found: re.Match[bytes]) -> bytes:
    """The library stamps each file with the time and a random number: the same page is to be the same bytes."""
    return re.sub(rb"[0-9A-Fa-f]", b"0", found[0])


def _say(done: int, pages: int, file: int, files: int) -> None:
    sys.stdout.write(json.dumps({"done": done, "total": pages, "file": file, "files": files}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    limit_memory(_MEMORY)
    take_apart(Path(sys.argv[1]))
