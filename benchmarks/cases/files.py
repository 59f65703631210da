"""Cases 72, 73 and 76: files that are broken, hostile, or made in an unusual way."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from benchmarks.cases.desk import Desk, case, page_of
from benchmarks.machines import OFFICE, encoded, scanned
from chibo.ballots.blank import Blank
from chibo.ballots.intake import Page
from chibo.ballots.reading import Reading, read_page


def _opened(data: bytes, blank: Blank, name: str) -> Reading | str:
    """Read from a file, as a count does; a refusal is told by its reason."""
    with TemporaryDirectory(prefix="chibo-case-") as folder:
        (Path(folder) / name).write_bytes(data)
        reading = read_page(Page(Path(folder) / name, 0), blank)
    return reading if reading.sheet else f"R:{reading.why}"


def pdf_of(
    *pictures: tuple[bytes, str], size: tuple[int, int], turned: int = 0, colours: str = "DeviceGray"
) -> bytes:
    """A PDF of one A5 page on which ``pictures`` (data and filter) lie one under the other."""
    wide, high = 148 * 72 / 25.4, 210 * 72 / 25.4
    each = high / len(pictures)
    drawn = "".join(
        f"q {wide:.3f} 0 0 {each:.3f} 0 {high - each * (at + 1):.3f} cm /I{at} Do Q\n" for at in range(len(pictures))
    )
    names = " ".join(f"/I{at} {5 + at} 0 R" for at in range(len(pictures)))
    bits = 1 if pictures[0][1] == "JBIG2Decode" else 8
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide:.3f} {high:.3f}]/Rotate {turned}/Contents 4 0 R"
        f"/Resources<</XObject<<{names}>>>>>>".encode(),
        f"<</Length {len(drawn)}>>stream\n{drawn}endstream".encode(),
        *(
            f"<</Type/XObject/Subtype/Image/Width {size[0]}/Height {size[1]}/ColorSpace/{colours}"
            f"/BitsPerComponent {bits}/Filter/{kind}/Length {len(data)}>>stream\n".encode()
            + data
            + b"\nendstream"
            for data, kind in pictures
        ),
    ]
    made, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return made + f"{end}startxref\n{len(made)}\n%%EOF".encode()


def _parts(jpeg: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """What stands before the frame's header, the header, the tables after it, and the coded picture of a gray JPEG."""
    frame = jpeg.index(b"\xff\xc0")
    after = frame + 2 + struct.unpack(">H", jpeg[frame + 2 : frame + 4])[0]
    scan = jpeg.index(b"\xff\xda", after)
    return jpeg[:frame], jpeg[frame:after], jpeg[after:scan], jpeg[scan + 10 : -2]


def cmyk_jpeg(gray: np.ndarray) -> bytes:
    """A JPEG of four inks: no cyan, magenta or yellow, and all of the picture in black; each ink is a scan of its own."""
    options = [cv2.IMWRITE_JPEG_QUALITY, 90]
    black = _parts(cv2.imencode(".jpg", 255 - gray, options)[1].tobytes())
    none = _parts(cv2.imencode(".jpg", np.zeros_like(gray), options)[1].tobytes())
    inks = b"".join(bytes((number, 0x11, 0)) for number in range(1, 5))
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 8 + 12, 8, *gray.shape, 4) + inks
    scans = b"".join(
        b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, number, 0, 0, 63, 0) + (black if number == 4 else none)[3]
        for number in range(1, 5)
    )
    return black[0] + frame + black[2] + scans + b"\xff\xd9"


def _empty_jbig2(width: int, height: int) -> bytes:
    """Only the page of a JBIG2 stream, white: its symbols could be anything, so such pages are refused as black and white."""
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    return struct.pack(">IBBBI", 0, 48, 0, 1, len(page)) + page


@case(72, "cut JPEG; PDF of two pictures, turned; four inks; JPEG 2000; JBIG2", "C")
def _unusual(desk: Desk) -> str:
    image = np.rint(scanned(desk.ballot().page, desk.dpi / 25.4, OFFICE, desk.rng)).astype(np.uint8)
    image = np.ascontiguousarray(image[: image.shape[0] // 2 * 2])
    size, jpeg = (image.shape[1], image.shape[0]), encoded(image, ".jpg")
    halves = [(encoded(half, ".jpg"), "DCTDecode") for half in np.vsplit(image, 2)]
    wavelets = cv2.imencode(".jp2", image)[1].tobytes()
    files = {
        "cut.jpg": (jpeg[: int(len(jpeg) * desk.rng.uniform(0.02, 0.9))], "RD"),
        "two.pdf": (pdf_of(*halves, size=(size[0], size[1] // 2)), "CD"),
        "turned.pdf": (pdf_of((jpeg, "DCTDecode"), size=size, turned=90), "C"),
        "inks.jpg": (cmyk_jpeg(image), "CDR"),
        "inks.pdf": (pdf_of((cmyk_jpeg(image), "DCTDecode"), size=size, colours="DeviceCMYK"), "CDR"),
        "wavelets.pdf": (pdf_of((wavelets, "JPXDecode"), size=size), "CDR"),
        "bits.pdf": (pdf_of((_empty_jbig2(*size), "JBIG2Decode"), size=size), "R"),
        "rubbish.pdf": (pdf_of((jpeg[:500], "JBIG2Decode"), size=size), "R"),
    }
    told = {name: page_of(_opened(data, desk.agree, name)) for name, (data, _allowed) in files.items()}
    return "C" if all(told[name] in allowed for name, (_data, allowed) in files.items()) else str(told)


@case(73, "pictures that would fill the memory", "R")
def _bombs(desk: Desk) -> str:
    packing = zlib.compressobj(1)
    packed = b"".join([*(packing.compress(bytes(20_000_000)) for _ in range(16)), packing.flush()])
    jpeg = bytearray(encoded(np.full((64, 64), 200.0), ".jpg"))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 60_000, 60_000)
    files = {
        "wide.png": b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 0, 0, 0, 0),
        "wide.jpg": bytes(jpeg),
        "packed.pdf": pdf_of((packed, "FlateDecode"), size=(18_000, 18_000)),
        "wide.pdf": pdf_of((b"\0", "FlateDecode"), size=(60_000, 60_000)),
    }
    told = {}
    for name, data in files.items():
        begin = time.process_time()
        told[name] = page_of(_opened(data, desk.agree, name)) if time.process_time() - begin < 1 else "slow"
    return "R" if set(told.values()) == {"R"} else str(told)


@case(76, "orientation 3, 6 and 8 in the file", "C")
def _tagged(desk: Desk) -> str:
    image = np.rint(scanned(desk.ballot().page, desk.dpi / 25.4, OFFICE, desk.rng)).astype(np.uint8)
    told = set()
    for turns, tag in ((1, 6), (2, 3), (3, 8)):
        jpeg = encoded(np.ascontiguousarray(np.rot90(image, turns)), ".jpg")
        facts = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([tag]) + bytes(6)
        tagged = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(facts) + 2) + facts + jpeg[2:]
        told.add(page_of(desk.read(tagged)))
    return "C" if told == {"C"} else str(sorted(told))
