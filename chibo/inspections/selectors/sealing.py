"""The sealed copy of a dossier: every paper and picture, an index, and the digests by which anybody checks them (ADR 0106)."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import Http404
from django.utils.translation import override

from chibo.inspections.models import Inspection, Mark, Picture
from chibo.inspections.rules import Role
from chibo.inspections.selectors.checklist import photo_of
from chibo.inspections.selectors.dossiers import IndexLine, file_of, index_lines

SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Sealed:
    """A copy on its way out, and its seal: the digest of the list of all digests, which the journal keeps."""

    file: IO[bytes]
    seal: str


@dataclass
class _Wrapping:
    """A zip that is being filled, one file in memory at a time, with the digest of each."""

    archive: zipfile.ZipFile
    sums: list[str] = field(default_factory=list)

    def put(self, path: str, content: bytes) -> str:
        entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_STORED if path.endswith((".jpg", ".png")) else zipfile.ZIP_DEFLATED
        self.archive.writestr(entry, content)
        self.sums.append(f"{hashlib.sha256(content).hexdigest()}  {path}\n")
        return path


@override("vi")  # what is kept for years reads the same, whoever took it out
def sealed_copy(inspection: Inspection) -> Sealed:
    """A zip with every paper, every picture of the verification, what was found for each criterion, an index for people
    and one for programs, and ``SHA256SUMS`` of all of them: whoever has it checks it with ``sha256sum -c SHA256SUMS``.
    """
    out = TemporaryFile()  # noqa: SIM115 - handed out, and gone when it is closed
    with zipfile.ZipFile(out, "w") as archive:
        wrapping = _Wrapping(archive)
        papers = [_paper(wrapping, number, line) for number, line in enumerate(index_lines(inspection), 1)]
        told = _told(inspection) | {
            "papers": papers, "marks": list(_marks(inspection)), "pictures": list(_pictures(wrapping, inspection))
        }  # fmt: skip
        wrapping.put("index.json", json.dumps(told, ensure_ascii=False, indent=1).encode())
        wrapping.put("index.html", _page(told).encode())
        sums = "".join(wrapping.sums).encode()
        wrapping.put(SUMS, sums)
    out.seek(0)
    return Sealed(out, hashlib.sha256(sums).hexdigest())


def _paper(wrapping: _Wrapping, number: int, line: IndexLine) -> dict[str, Any]:
    names = []
    if line.piece is not None and not line.piece.waived:
        for suffix in ("pdf", "docx", "file"):
            try:
                content, name, _kind = file_of(line.piece, suffix)
            except Http404:
                continue
            names.append(wrapping.put(f"{number:02} {_safe(name) or suffix}", content))
    day = line.day.isoformat() if line.day else ""
    return {"number": number, "title": line.title, "symbol": line.symbol, "day": day, "note": line.note, "files": names}  # fmt: skip


def _safe(name: str) -> str:
    return re.sub(r"[^\w.\- ]", "", name).strip()[-80:]


def _marks(inspection: Inspection) -> Iterator[dict[str, str]]:
    """How each criterion was found at each place, and the record it was seen in."""
    rows = Mark.objects.filter(subject__inspection=inspection).exclude(result="", note="", link="")
    for mark in rows.select_related("subject__unit", "subject__member", "criterion").order_by(
        "subject", "criterion__order", "criterion"
    ):
        yield {
            "subject": str(mark.subject), "criterion": mark.criterion.text, "result": mark.get_result_display(),
            "note": mark.note, "record": mark.link,
        }  # fmt: skip


def _pictures(wrapping: _Wrapping, inspection: Inspection) -> Iterator[dict[str, Any]]:
    """The pictures, in a folder of their own, each with what it shows and who took it; one that is gone is said so."""
    rows = Picture.objects.filter(subject__inspection=inspection)
    related = rows.select_related("subject__unit", "subject__member", "criterion", "taken_by")
    for picture in related.order_by("subject", "criterion__order", "pk"):
        try:
            content, name, _kind = photo_of(picture)
            files = [wrapping.put(f"Ảnh thẩm tra/{_safe(f'{picture.subject} {name}')}", content)]
        except Http404:
            files = []
        by = picture.taken_by.name if picture.taken_by else ""
        yield {"subject": str(picture.subject), "criterion": picture.criterion.text, "by": by, "files": files}


def _told(inspection: Inspection) -> dict[str, Any]:
    return {
        "title": str(inspection),
        "led_by": inspection.unit.name,
        "decided_on": inspection.decided_on.isoformat(),
        "closed_on": inspection.closed_on.isoformat() if inspection.closed_on else "",
        "subjects": [str(one) for one in inspection.subjects.select_related("unit", "member")],
        "team": [f"{one.member}, {Role(one.role).label}" for one in inspection.team.select_related("member")],
    }


def _page(told: dict[str, Any]) -> str:
    """The index for people: it opens in any browser, and its links lead into the folder."""
    tables = [
        ("Mục lục hồ sơ", ("TT", "Tài liệu", "Số, ký hiệu", "Ngày", "Ghi chú", "Tệp"),
         [(o["number"], o["title"], o["symbol"], o["day"], o["note"], o["files"]) for o in told["papers"]]),
        ("Kết quả theo tiêu chí", ("Nơi", "Tiêu chí", "Kết quả", "Ghi chú", "Trang đã xem"),
         [tuple(o.values()) for o in told["marks"]]),
        ("Ảnh thẩm tra", ("Nơi", "Tiêu chí", "Người chụp", "Tệp"), [tuple(o.values()) for o in told["pictures"]]),
    ]  # fmt: skip
    title = escape(told["title"])
    body = "".join(_table(*one) for one in tables if one[2])
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><h1>Hồ sơ</h1><p>{title}</p>{body}'
        f"<p>Kiểm tra: <code>sha256sum -c {SUMS}</code></p></html>\n"
    )


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = "".join(f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>" for row in rows)
    return f"<h2>{title}</h2><table border=1><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>{lines}</table>"


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(f'<a href="{escape(name)}">{escape(name)}</a>' for name in value)
    return escape(str(value))
