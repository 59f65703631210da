"""Files are opened without trust: what is broken, huge or hostile is an answer, never a crash."""

from __future__ import annotations

import io
import struct
import time
import zlib
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from chibo.ballots.intake import Page, Unreadable, Why, open_page, pages_in, picture_of
from chibo.ballots.reading import read_page
from chibo.ballots.rules import Choice
from tests.ballots.desk import blank_of, struck_ballot

READ = (Choice.FOR, Choice.AGAINST, Choice.FOR, Choice.FOR, Choice.AGAINST)


@pytest.fixture(scope="module")
def scan() -> bytes:
    return struck_ballot(1, 4)


def saved(tmp_path: Path, name: str, data: bytes) -> Page:
    (tmp_path / name).write_bytes(data)
    return Page(tmp_path / name, 0)


def choices(page: Page) -> object:
    reading = read_page(page, blank_of())
    return reading.sheet.choices if reading.sheet else reading.why


def pdf_with(*jpegs: bytes, turned: int = 0, split: bool = False) -> bytes:
    """A scanner's PDF; with ``split`` both pictures stand on one page."""
    document = pdfium.PdfDocument.new()
    page = None
    for at, jpeg in enumerate(jpegs):
        if page is None or not split:
            page = document.new_page(148 * 72 / 25.4, 210 * 72 / 25.4)
        image = pdfium.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(jpeg), inline=True)
        high = 105 if split else 210
        image.set_matrix(
            pdfium.PdfMatrix()
            .scale(148 * 72 / 25.4, high * 72 / 25.4)
            .translate(0, (high * (1 - at) if split else 0) * 72 / 25.4)
        )
        page.insert_obj(image)
        page.gen_content()
        page.set_rotation(turned)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_jpeg_png_tiff_and_pdf_read_alike(tmp_path: Path, scan: bytes) -> None:
    pixels = cv2.imdecode(np.frombuffer(scan, np.uint8), 0)
    files = {"a.jpg": scan, "b.pdf": pdf_with(scan), "c.pdf": pdf_with(scan, turned=90)}
    for kind in (".png", ".tiff"):
        files[f"d{kind}"] = cv2.imencode(kind, pixels)[1].tobytes()
    for name, data in files.items():
        assert choices(saved(tmp_path, name, data)) == READ, name
    assert len(pages_in(tmp_path)) == 5


def test_every_page_of_a_scanners_pdf_is_a_ballot(tmp_path: Path, scan: bytes) -> None:
    saved(tmp_path, "all.pdf", pdf_with(scan, struck_ballot(0, 2, seed=1)))
    first, second = pages_in(tmp_path)
    assert choices(first) == READ
    assert choices(second) == (Choice.AGAINST, Choice.FOR, Choice.AGAINST, Choice.FOR, Choice.FOR)


def test_two_pictures_on_one_pdf_page_are_read_as_they_look(tmp_path: Path, scan: bytes) -> None:
    pixels = cv2.imdecode(np.frombuffer(scan, np.uint8), 0)
    halves = [cv2.imencode(".jpg", half)[1].tobytes() for half in np.vsplit(pixels[: len(pixels) // 2 * 2], 2)]
    assert choices(saved(tmp_path, "halves.pdf", pdf_with(*halves, split=True))) == READ


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_orientation_in_the_file_or_on_the_glass_is_no_matter(tmp_path: Path, scan: bytes, turns: int) -> None:
    turned = np.rot90(cv2.imdecode(np.frombuffer(scan, np.uint8), 0), turns)
    jpeg = cv2.imencode(".jpg", np.ascontiguousarray(turned))[1].tobytes()
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([(0, 6, 3, 8)[turns]]) + b"\0\0\0\0\0\0"
    tagged = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]
    assert choices(saved(tmp_path, "turned.jpg", tagged)) == READ


def test_a_truncated_picture_is_refused_or_goes_to_people(tmp_path: Path, scan: bytes) -> None:
    for share in (0.01, 0.3, 0.6):
        told = choices(saved(tmp_path, f"cut-{share}.jpg", scan[: int(len(scan) * share)]))
        assert isinstance(told, Why), share


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 nothing", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0\x08\0\0\0", b"hello"]
)
def test_rubbish_is_refused(tmp_path: Path, data: bytes) -> None:
    assert choices(saved(tmp_path, "x.pdf" if data[:4] == b"%PDF" else "x.jpg", data)) is Why.BROKEN


def test_bombs_are_refused_at_once(tmp_path: Path) -> None:
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 0, 0, 0, 0)
    packing = zlib.compressobj(1)
    packed = b"".join([*(packing.compress(bytes(20_000_000)) for _ in range(16)), packing.flush()])
    pdf = (
        b"%PDF-1.4\n1 0 obj<</Length "
        + str(len(packed)).encode()
        + b"/Filter/FlateDecode>>stream\n"
        + packed
        + b"\nendstream endobj"
    )
    begin = time.process_time()
    for name, data in (("bomb.png", png), ("bomb.pdf", pdf)):
        assert choices(saved(tmp_path, name, data)) is Why.HUGE
    assert time.process_time() - begin < 3


def test_black_and_white_and_squeezed_pictures_are_refused(scan: bytes) -> None:
    pixels = cv2.imdecode(np.frombuffer(scan, np.uint8), 0)
    bits = cv2.imencode(".png", np.where(pixels > 128, 255, 0).astype(np.uint8))[1].tobytes()
    squeezed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 15])[1].tobytes()
    for data, why in ((bits, Why.BITS), (squeezed, Why.SQUEEZED)):
        with pytest.raises(Unreadable) as refused:
            picture_of(data)
        assert refused.value.why is why


def test_a_file_that_is_not_a_picture_is_not_looked_at(tmp_path: Path) -> None:
    saved(tmp_path, "notes.txt", b"x")
    assert pages_in(tmp_path) == []
    with pytest.raises(FileNotFoundError):
        open_page(Page(tmp_path / "gone.jpg", 0))
