"""The process in which an uploaded .docx is opened: run as a script, it knows no Django, and of chibo only archives.

``python docx_worker.py FILE LIMITS STRICT`` writes one JSON value a line: an object names a refusal; an array is a
paragraph, ``[text, part, table, row, column, number, marks]``, where ``marks`` are ``[name, text]`` of its bookmarks. STRICT is for templates, from which we produce papers: nothing in them may reach out, run or be embedded.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, NamedTuple
from zipfile import ZipFile

from lxml import etree

from chibo.core.uploads.archives import RefusedError, inspect_archive, limit_memory

_MEGABYTE = 1024 * 1024


class Limits(NamedTuple):
    """How much of an upload is looked at; sizes in bytes."""

    max_bytes: int = 10 * _MEGABYTE
    max_unpacked: int = 60 * _MEGABYTE
    max_entries: int = 1_000
    max_paragraphs: int = 20_000
    max_memory: int = 1024 * _MEGABYTE
    seconds: float = 15


class Why(StrEnum):
    """Why a file is refused."""

    BROKEN = "broken"
    COMMAND = "command"
    EMBEDDED = "embedded"
    ENTITY = "entity"
    LINK = "link"
    LOCKED = "locked"
    LONG = "long"
    MACRO = "macro"
    NOT_WORD = "not_word"
    SIZE = "size"
    TIME = "time"
    UNPACKED = "unpacked"


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_COMMANDS = frozenset({"", "PAGE", "NUMPAGES", "SECTIONPAGES"})
"""Fields of Word that only count pages; every other may read a file, an address or a macro."""
_EMBEDDED = ("oleobject", "package", "control", "afchunk", "subdocument", "activexcontrolbinary", "frame")
_REACHING = re.compile(r"\s*(?:[a-z][a-z0-9+.\-]*:|//|\\\\)", re.IGNORECASE)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_PARTS = ("header", "footer", "footnotes", "endnotes")


def read(data: bytes, limits: Limits, strict: bool) -> Iterator[list[Any]]:
    """Every paragraph of the file, after all of it was found harmless."""
    if data.startswith(_OLE2):
        raise RefusedError(Why.LOCKED if "EncryptedPackage".encode("utf-16-le") in data else Why.NOT_WORD)
    if not data.startswith(b"PK\x03\x04"):
        raise RefusedError(Why.NOT_WORD)
    names = inspect_archive(data, limits)
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise RefusedError(Why.NOT_WORD)
    with ZipFile(io.BytesIO(data)) as archive:
        main = _main_part(archive, names)
        _refuse_macros(archive, names, main)
        trees = {name: _parsed(archive, name) for name in sorted(names) if name.endswith((".xml", ".rels", ".vml"))}
        if strict:
            _refuse_reaching_out(trees, names)
        if trees[main].tag != f"{W}document":
            raise RefusedError(Why.NOT_WORD)
        yield from _paragraphs(trees[main], "body", limits)
        folder = posixpath.dirname(main)
        for part in _TEXT_PARTS:
            for name in sorted(n for n in trees if re.fullmatch(rf"{re.escape(folder)}/{part}\d*\.xml", n)):
                yield from _paragraphs(trees[name], part.rstrip("s"), limits)


def _parsed(archive: ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError as error:
        raise RefusedError(Why.BROKEN) from error


def _main_part(archive: ZipFile, names: frozenset[str]) -> str:
    for link in _parsed(archive, "_rels/.rels"):
        if link.get("Type", "").endswith("/officeDocument"):
            name = posixpath.normpath(str(link.get("Target", "")).lstrip("/"))
            if name in names and name.endswith(".xml"):
                return name
    raise RefusedError(Why.NOT_WORD)


def _refuse_macros(archive: ZipFile, names: frozenset[str], main: str) -> None:
    types = _parsed(archive, "[Content_Types].xml")
    told = {one.get("ContentType", "") for one in types}
    if any("vba" in name.lower() for name in names) or any("macro" in t.lower() or "vba" in t.lower() for t in told):
        raise RefusedError(Why.MACRO)
    if not any(one.get("PartName") == f"/{main}" and one.get("ContentType") == _MAIN for one in types):
        raise RefusedError(Why.NOT_WORD)


def _refuse_reaching_out(trees: dict[str, Any], names: frozenset[str]) -> None:
    if any(re.search(r"/(embeddings|activeX|afchunk)", name, re.IGNORECASE) for name in names):
        raise RefusedError(Why.EMBEDDED)
    for name, tree in trees.items():
        if name.endswith(".rels"):
            for link in tree:
                target = link.get("Target", "")
                if link.get("TargetMode", "").lower() == "external" or _REACHING.match(target):
                    raise RefusedError(Why.LINK, target=target[:80])
                if link.get("Type", "").rpartition("/")[2].lower() in _EMBEDDED:
                    raise RefusedError(Why.EMBEDDED)
        else:
            _refuse_elements(tree)


def _refuse_elements(tree: Any) -> None:
    """Pictures of the old drawing language name their file themselves; fields of Word carry commands."""
    for element in tree.iter(etree.Element):
        if "vml" in element.tag.partition("}")[0]:
            for key, value in element.attrib.items():
                if key.rpartition("}")[2].lower() in ("src", "href") and _REACHING.match(value):
                    raise RefusedError(Why.LINK, target=value[:80])
    for code in _commands(tree):
        _refuse_command(code)


def _commands(tree: Any) -> Iterator[str]:
    """What each field of Word says, put together from its pieces; one within another by itself."""
    codes: list[list[str]] = [[]]
    for element in tree.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", "")
        elif element.tag == f"{W}instrText":
            codes[-1].append(element.text or "")
        elif element.get(f"{W}fldCharType") == "begin":
            codes.append([])
        elif element.get(f"{W}fldCharType") == "end" and len(codes) > 1:
            yield "".join(codes.pop())
    yield from map("".join, codes)


def _refuse_command(code: str) -> None:
    word = (code.split() or [""])[0].upper()
    if word not in _COMMANDS:
        raise RefusedError(Why.COMMAND, command=word[:40])


def _paragraphs(root: Any, part: str, limits: Limits) -> Iterator[list[Any]]:
    """Paragraphs in reading order, each with its place; the old half of a drawing (Fallback) says nothing new."""
    tables: dict[Any, int] = {}
    rows: dict[Any, int] = {}
    count = number = 0
    for paragraph in root.iter(f"{W}p"):
        if any(a.tag.endswith("}Fallback") for a in paragraph.iterancestors()):
            continue
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        table = row = column = 0
        if cell is not None:
            line = next(cell.iterancestors(f"{W}tr"))
            grid = next(line.iterancestors(f"{W}tbl"))
            if grid not in tables:
                tables[grid] = len(tables) + 1
                rows |= {each: at for at, each in enumerate(grid.iter(f"{W}tr"), 1)}
            table, row = tables[grid], rows[line]
            column = list(line.iter(f"{W}tc")).index(cell) + 1
        count, number = count + 1, number + (cell is None)
        if count > limits.max_paragraphs:
            raise RefusedError(Why.LONG, limit=limits.max_paragraphs)
        yield [_text(paragraph), part, table, row, column, number, list(_marks(paragraph))]


def _text(paragraph: Any) -> str:
    """The words of the paragraph itself, not of a text box that hangs on it."""
    own = (e for e in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br") if next(e.iterancestors(f"{W}p")) is paragraph)
    return "".join((e.text or "") if e.tag == f"{W}t" else " " for e in own)


def _marks(paragraph: Any) -> Iterator[list[str]]:
    """The bookmarks within the paragraph, each with the words it holds."""
    open_marks: dict[str, list[str]] = {}
    for element in paragraph.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        if element.tag == f"{W}bookmarkStart":
            open_marks[element.get(f"{W}id", "")] = [element.get(f"{W}name", ""), ""]
        elif element.tag == f"{W}bookmarkEnd":
            if mark := open_marks.pop(element.get(f"{W}id", ""), None):
                yield mark
        else:
            for mark in open_marks.values():
                mark[1] += element.text or ""


def main(path: str, limits: Limits, strict: bool, out: IO[bytes]) -> None:
    """Write the paragraphs of a file to ``out``, or why not."""
    try:
        for line in read(Path(path).read_bytes(), limits, strict):
            out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    except RefusedError as refused:
        out.write(json.dumps({"why": refused.why, "params": refused.params}).encode() + b"\n")


if __name__ == "__main__":
    _limits = Limits(*json.loads(sys.argv[2]))
    limit_memory(_limits.max_memory)
    main(sys.argv[1], _limits, json.loads(sys.argv[3]), sys.stdout.buffer)
