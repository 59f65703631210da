"""The office's own templates: fields that a .docx may hold, what they become, and what makes a template wrong.

A field is a word between double braces, ``{{trich_yeu}}``: it is replaced, never computed, so that a template can
run nothing. What a paper says and its template has no place for is put above the content: nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chibo.core.values import Objection, gettext_noop
from chibo.papers.rules.documents import Document, Run
from chibo.papers.rules.issuing import ADDRESSED, SIGNED_BY_SEVERAL, UNNUMBERED
from chibo.papers.rules.kinds import PaperKind
from chibo.papers.rules.layouts import layout_on
from chibo.papers.rules.printing import Line, LineStyle, Printed, Signed, printed


class Fills(StrEnum):
    """What takes a field's place."""

    WORDS = "words"
    LINES = "lines"
    """The paragraph is repeated, once for each entry."""
    ROWS = "rows"
    """The row of the table is repeated, once for each entry; outside a table, the paragraph."""
    BLOCK = "block"
    """Paragraphs and tables of the official layout; the field stands alone in its paragraph."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field offered to templates."""

    code: str
    label: str
    fills: Fills = Fills.WORDS

    @property
    def written(self) -> str:
        """As it is typed in Word."""
        return f"{{{{{self.code}}}}}"


SIGNERS = 3
TEMPLATE_KINDS = (
    PaperKind.MINUTES, PaperKind.RESOLUTION, PaperKind.NOTICE, PaperKind.INVITATION, PaperKind.REPORT, PaperKind.PLAN,
    PaperKind.DECISION, PaperKind.CONCLUSION, PaperKind.PROPOSAL, PaperKind.LETTER,
)  # fmt: skip
"""Kinds of paper for which an office may have a template; each kind of report besides."""
FIELDS: tuple[Field, ...] = (
    Field("co_quan_cap_tren", gettext_noop("Cơ quan cấp trên")),
    Field("co_quan_ban_hanh", gettext_noop("Cơ quan ban hành")),
    Field("so_ky_hieu", gettext_noop("Số và ký hiệu: Số 05-BC/CB")),
    Field("dia_danh", gettext_noop("Địa danh, có dấu phẩy")),
    Field("ngay_ban_hanh", gettext_noop("ngày … tháng … năm …")),
    Field("ten_loai", gettext_noop("Tên loại văn bản: BÁO CÁO")),
    Field("trich_yeu", gettext_noop("Trích yếu nội dung")),
    Field("du_thao", gettext_noop("Dự thảo lần …; bản chính thức thì bỏ trống")),
    Field("loi_kinh_gui", gettext_noop("Chữ “Kính gửi:” hoặc “Kính trình:”")),
    Field("kinh_gui.ten", gettext_noop("Từng nơi kính gửi, lặp lại đoạn"), Fills.LINES),
    Field("noi_dung", gettext_noop("Toàn bộ nội dung: đề mục, đoạn, bảng"), Fills.BLOCK),
    Field("noi_nhan.ten", gettext_noop("Từng nơi nhận, lặp lại đoạn"), Fills.LINES),
    *(
        Field(f"ky_{n}_{part}", label)
        for n in range(1, SIGNERS + 1)
        for part, label in (
            ("quyen_han", gettext_noop("Người ký: quyền hạn, tổ chức (T/M ĐẢNG ỦY)")),
            ("chuc_vu", gettext_noop("Người ký: chức vụ (BÍ THƯ)")),
            ("ho_ten", gettext_noop("Người ký: họ và tên")),
        )
    ),
    Field("nguoi_ky.quyen_han", gettext_noop("Từng người ký, lặp lại dòng bảng: quyền hạn"), Fills.ROWS),
    Field("nguoi_ky.chuc_vu", gettext_noop("Từng người ký, lặp lại dòng bảng: chức vụ"), Fills.ROWS),
    Field("nguoi_ky.ho_ten", gettext_noop("Từng người ký, lặp lại dòng bảng: họ và tên"), Fills.ROWS),
    Field("phan_ky", gettext_noop("Cả phần nơi nhận và chữ ký theo thể thức"), Fills.BLOCK),
    Field("phu_luc", gettext_noop("Các phụ lục, mỗi phụ lục một trang mới"), Fills.BLOCK),
    Field("so_lieu.ten", gettext_noop("Từng số liệu, lặp lại dòng bảng: tên"), Fills.ROWS),
    Field("so_lieu.gia_tri", gettext_noop("Từng số liệu, lặp lại dòng bảng: giá trị"), Fills.ROWS),
)
"""What every template may hold; those of reports hold each of their figures besides."""

FIGURE = "so_lieu_"
_HELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_SIGNS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


def figure_field(code: str) -> str:
    """The field of one figure: ``plans.having`` is ``so_lieu_plans_having``."""
    return FIGURE + _plain(code)


def bookmark_of(code: str, number: int) -> str:
    """The unseen name around a figure's text; a program allows 40 letters, digits and lines, once each."""
    return f"_sl{number}_{_plain(code)}"[:40]


def code_marked(name: str, codes: Iterable[str]) -> str | None:
    """Which of the figures the name of a bookmark stands for."""
    found = re.fullmatch(r"_sl\d+_(.*)", name)
    for code in codes:
        plain = _plain(code)
        if found and (plain == found[1] or (len(name) == 40 and plain.startswith(found[1]))):
            return code
    return None


def _plain(code: str) -> str:
    return re.sub(r"[^a-z0-9]", "_", code.lower())


def fields_for(figures: Mapping[str, str] | None = None) -> tuple[Field, ...]:
    """The fields offered; ``figures`` are those of the report that the template is for, code → label."""
    return (*FIELDS, *(Field(figure_field(code), label) for code, label in (figures or {}).items()))


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A paragraph of an uploaded file: its words, where it stands, and its bookmarks (name, text).

    ``part`` is body, header, footer, footnote or endnote; table, row and column count from 1, 0 outside a table.
    """

    text: str
    part: str
    table: int
    row: int
    column: int
    number: int
    marks: tuple[tuple[str, str], ...] = ()


def names_in(text: str) -> tuple[str, ...]:
    """The names between double braces, as they stand."""
    return tuple(found[1] for found in _HELD.finditer(text))


def place_of(line: PlacedLine) -> str:
    """ "bảng 2, hàng 3, cột 1", "đoạn 5", "đầu trang, đoạn 1"."""
    part = {"header": "đầu trang", "footer": "chân trang", "body": ""}.get(line.part, "chú thích")
    place = f"bảng {line.table}, hàng {line.row}, cột {line.column}" if line.table else f"đoạn {line.number}"
    return f"{part}, {place}" if part else place


def objections_to_template(
    kind: PaperKind, lines: Iterable[PlacedLine], fields: Iterable[Field] = FIELDS
) -> Iterator[Objection]:
    """Each field that is not offered, with its place and the words around; then what the kind of paper needs."""
    offered = {field.code: field for field in fields}
    held: set[str] = set()
    for line in lines:
        yield from _about_line(line, offered)
        held |= {name.casefold() for name in names_in(line.text)}
    yield from _about_needs(kind, held)


def _about_line(line: PlacedLine, offered: Mapping[str, Field]) -> Iterator[Objection]:
    around = {"place": place_of(line), "around": _around(line.text)}

    def wrong(text: str, **params: object) -> Objection:
        return Objection(text, params={**around, **params}, field="file")

    if _SIGNS.search(_HELD.sub("", line.text)):
        yield wrong(gettext_noop("Dấu ngoặc của trường viết sai hoặc có lệnh, ở %(place)s: “%(around)s”."))
    for name in names_in(line.text):
        field = offered.get(name.casefold())
        if field is None:
            yield wrong(gettext_noop("Không có trường {{%(name)s}}, ở %(place)s: “%(around)s”."), name=name[:60])
        elif field.fills is Fills.BLOCK and (
            line.table or line.part != "body" or _HELD.fullmatch(line.text.strip()) is None
        ):
            yield wrong(
                gettext_noop(
                    "Trường {{%(name)s}} phải đứng riêng một đoạn, ngoài bảng; đang ở %(place)s: “%(around)s”."
                ),
                name=name,
            )
        elif line.part not in (("body",) if field.fills is not Fills.WORDS else ("body", "header", "footer")):
            yield wrong(
                gettext_noop("Trường {{%(name)s}} phải đứng trong thân văn bản, không ở %(place)s: “%(around)s”."),
                name=name,
            )
    lists = {n.casefold().partition(".")[0] for n in names_in(line.text) if "." in n and n.casefold() in offered}
    if len(lists) > 1:
        yield wrong(gettext_noop("Một đoạn chỉ lặp theo một danh sách, ở %(place)s: “%(around)s”."))


def _around(text: str) -> str:
    text = " ".join(text.split())
    found = _SIGNS.search(text)
    start = max(0, found.start() - 30) if found else 0
    return ("…" if start else "") + text[start : start + 90] + ("…" if len(text) > start + 90 else "")


def _about_needs(kind: PaperKind, held: set[str]) -> Iterator[Objection]:
    """The mandatory elements that change from paper to paper must have their field."""
    needs: list[tuple[tuple[str, ...], ...]] = [(("noi_dung",),), (("trich_yeu",),)]
    signers = tuple(f"ky_{n}_ho_ten" for n in range(1, SIGNED_BY_SEVERAL.get(kind, 1) + 1))
    needs.append((("phan_ky",), ("nguoi_ky.ho_ten",), signers))
    if kind not in UNNUMBERED:
        needs += [(("so_ky_hieu",),), (("ngay_ban_hanh",),), (("noi_nhan.ten",), ("phan_ky",))]
    if kind in ADDRESSED:
        needs.append((("kinh_gui.ten",),))
    for ways in needs:
        if not any(held.issuperset(way) for way in ways):
            wanted = "; ".join(", ".join(f"{{{{{name}}}}}" for name in way) for way in ways)
            yield Objection(gettext_noop("Mẫu thiếu trường: %(fields)s."), params={"fields": wanted}, field="file")


def objections_to_withdrawing(*, valid_from: date, valid_to: date | None, last_day: date) -> Iterator[Objection]:
    """A template is withdrawn once, and not before it began."""
    if valid_to is not None:
        yield Objection(gettext_noop("Mẫu này đã thôi dùng."))
    elif last_day < valid_from:
        yield Objection(gettext_noop("Mẫu dùng từ %(day)s; ngày dùng cuối không thể trước ngày đó."), params={"day": f"{valid_from:%d/%m/%Y}"}, field="last_day")  # fmt: skip


# ------------------------------------------------------------------------------------------------ filling


@dataclass(frozen=True, slots=True)
class Filling:
    """What the fields of a template become for one paper; field codes to words, lists by their name."""

    words: dict[str, str]
    lists: dict[str, tuple[dict[str, str], ...]]
    figures: dict[str, str]
    """Field → code of the figure, for those that are figures and are marked as such."""


def filling_of(document: Document, sheet: Printed | None = None) -> Filling:
    """The words of the paper, field by field."""
    sheet = sheet or printed(document)
    words = {
        "co_quan_cap_tren": sheet.superior, "co_quan_ban_hanh": sheet.issuer, "so_ky_hieu": sheet.symbol,
        "dia_danh": sheet.place, "ngay_ban_hanh": sheet.dated, "ten_loai": sheet.title,
        "trich_yeu": sheet.subject or sheet.letter_subject, "du_thao": sheet.draft, "loi_kinh_gui": sheet.salutation,
    }  # fmt: skip
    for n in range(1, SIGNERS + 1):
        signed = sheet.signatures[n - 1] if n <= len(sheet.signatures) else Signed("", "", "")
        words |= {f"ky_{n}_{part}": text for part, text in _signer(signed).items()}
    words |= {figure_field(f.code): f.text for f in document.figures}
    return Filling(
        words,
        {
            "kinh_gui": tuple({"ten": text} for text in sheet.addressees),
            "noi_nhan": tuple({"ten": text} for text in sheet.recipients),
            "nguoi_ky": tuple(map(_signer, sheet.signatures)),
            "so_lieu": tuple({"ten": f.label, "gia_tri": f.text, "code": f.code} for f in document.figures),
        },
        {figure_field(f.code): f.code for f in document.figures},
    )


def _signer(signed: Signed) -> dict[str, str]:
    return {"quyen_han": signed.head, "chuc_vu": signed.position, "ho_ten": signed.name}


def unplaced(document: Document, held: Iterable[str]) -> tuple[str, ...]:
    """What the paper says in its head and the template ``held`` no field for; it is printed above the content."""
    names, sheet = set(held), printed(document)
    found = []
    if sheet.draft and "du_thao" not in names:
        found.append(sheet.draft)
    if sheet.symbol and "so_ky_hieu" not in names:
        found.append(sheet.symbol)
    if document.issued_on and sheet.dated and "ngay_ban_hanh" not in names:
        found.append(f"{sheet.place} {sheet.dated}".strip())
    if sheet.addressees and "kinh_gui.ten" not in names:
        found.append(" ".join((sheet.salutation, *sheet.addressees)))
    return tuple(found)


def unsigned(document: Document, held: Iterable[str]) -> tuple[Signed, ...]:
    """Those who sign and for whom the template has no place: their block follows the last element."""
    names, signatures = set(held), printed(document).signatures
    if names & {"phan_ky", "nguoi_ky.ho_ten"}:
        return ()
    return tuple(s for n, s in enumerate(signatures, 1) if f"ky_{n}_ho_ten" not in names)


def standard_sheet(kind: PaperKind, day: date) -> Printed:
    """The layout in force on the day with a field in each place: what the office begins from."""
    layout = layout_on(day)
    written = {field.code: field.written for field in FIELDS}
    letter, count = kind is PaperKind.LETTER, SIGNED_BY_SEVERAL.get(kind, 1)
    numbered, addressed = kind not in UNNUMBERED, kind in (*ADDRESSED, PaperKind.INVITATION)
    signers = (
        Signed(*(written[f"ky_{n}_{part}"] for part in ("quyen_han", "chuc_vu", "ho_ten")))
        for n in range(1, count + 1)
    )
    return Printed(
        superior=written["co_quan_cap_tren"],
        issuer=written["co_quan_ban_hanh"],
        symbol=written["so_ky_hieu"] if numbered else "",
        letter_subject=written["trich_yeu"] if letter else "",
        draft=written["du_thao"],
        place=written["dia_danh"] if numbered else "",
        dated=written["ngay_ban_hanh"] if numbered else "",
        title="" if letter else written["ten_loai"],
        subject="" if letter else written["trich_yeu"],
        salutation=written["loi_kinh_gui"] if addressed else "",
        addressees=(written["kinh_gui.ten"],) if addressed else (),
        body=(Line(LineStyle.TEXT, (Run(written["noi_dung"]),)),),
        recipients=(written["noi_nhan.ten"],) if numbered else (),
        signatures=tuple(signers),
        annexes=(),
        name=f"{kind.label}, {layout.source}",
    )
