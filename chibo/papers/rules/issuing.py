"""What keeps a paper from being issued: the mandatory elements (thành phần thể thức bắt buộc). Rulebook §6.3.

The title (1) is printed always and the seal (8) is put by hand, so neither can be missing here.
"""

from __future__ import annotations

from collections.abc import Iterator

from chibo.core.values import Objection, gettext_noop
from chibo.papers.rules.documents import Document, Signature, SignAuthority
from chibo.papers.rules.kinds import PaperKind, kinds_abbreviated
from chibo.papers.rules.layouts import layout_of

ADDRESSED = (PaperKind.LETTER, PaperKind.PROPOSAL)
"""Types with "Kính gửi" (công văn) or "Kính trình" (tờ trình)."""

SIGNED_BY_SEVERAL = {PaperKind.MINUTES: 2}
"""How many sign at least; one elsewhere. Minutes: who wrote them and who was in the chair."""

UNNUMBERED = (PaperKind.MINUTES, PaperKind.FORM)
"""Records whose number, place and date, and recipients may be missing: their body says when and where."""

COMMITTEES = ("ĐẢNG ỦY", "ĐẢNG UỶ", "BAN THƯỜNG VỤ", "BAN CHẤP HÀNH", "CHI ỦY", "CHI UỶ", "CHI BỘ")
"""Bodies that decide together: a deputy secretary signs on their behalf, never for the secretary."""


def objections_to_issuing(document: Document) -> Iterator[Objection]:
    """Each mandatory element that is missing or wrong, with its article in the guidance of the paper's day."""
    source = layout_of(document).source

    def missing(text: str, element: int, field: str, **params: object) -> Objection:
        return Objection(text, f"{source}, thành phần thể thức bắt buộc {element}", params, field)

    if not document.issuer.strip():
        yield missing(gettext_noop("Thiếu tên cơ quan ban hành."), 2, "issuer")
    if not document.superior.strip():
        yield missing(gettext_noop("Thiếu tên cơ quan cấp trên trực tiếp."), 2, "superior")
    yield from _about_numbering(document, source)
    if document.kind is PaperKind.FORM and not document.title.strip():
        yield missing(gettext_noop("Biểu mẫu chưa có tên."), 5, "title")
    if document.kind is not PaperKind.FORM and not document.subject.strip():
        yield missing(gettext_noop("Thiếu trích yếu nội dung."), 5, "subject")
    if not document.body:
        yield missing(gettext_noop("Văn bản chưa có nội dung."), 6, "body")
    yield from _about_signatures(document, source)
    if document.kind not in UNNUMBERED and not any(r.strip() for r in document.recipients):
        yield missing(gettext_noop("Thiếu nơi nhận."), 9, "recipients")
    if document.kind in ADDRESSED and not any(a.strip() for a in document.addressees):
        yield missing(gettext_noop("%(kind)s phải ghi nơi kính gửi."), 9, "addressees", kind=document.kind.label)
    if document.draft.strip():
        yield Objection(
            gettext_noop("Văn bản còn ghi “%(draft)s”, chưa phải bản chính thức."),
            f"{source}, thành phần thể thức bổ sung: dự thảo",
            {"draft": document.draft.strip()},
            "draft",
        )


def _about_numbering(document: Document, source: str) -> Iterator[Objection]:
    """Elements 3 and 4: number and symbol, place and date."""
    symbol, third = document.symbol, f"{source}, thành phần thể thức bắt buộc 3"
    needed = document.kind not in UNNUMBERED
    if needed and (symbol is None or not symbol.number):
        yield Objection(gettext_noop("Thiếu số và ký hiệu văn bản."), third, {}, "symbol")
    if symbol and document.kind.abbreviation and document.kind not in kinds_abbreviated(symbol.kind):
        yield Objection(
            gettext_noop("Ký hiệu %(symbol)s không phải của loại văn bản %(kind)s (%(letters)s)."),
            third,
            {"symbol": symbol.bare, "kind": document.kind.label, "letters": document.kind.abbreviation},
            "symbol",
        )
    if needed and not document.place.strip():
        yield Objection(
            gettext_noop("Thiếu địa danh ban hành."), f"{source}, thành phần thể thức bắt buộc 4", {}, "place"
        )
    if needed and document.issued_on is None:
        yield Objection(
            gettext_noop("Thiếu ngày, tháng, năm ban hành."),
            f"{source}, thành phần thể thức bắt buộc 4",
            {},
            "issued_on",
        )


def _about_signatures(document: Document, source: str) -> Iterator[Objection]:
    """Element 7: authority, position and full name of who signs."""
    seventh = f"{source}, thành phần thể thức bắt buộc 7"
    least = SIGNED_BY_SEVERAL.get(document.kind, 1)
    if len(document.signatures) < least:
        yield Objection(
            gettext_noop("Cần %(least)s chữ ký, mới có %(count)s."),
            seventh,
            {"least": least, "count": len(document.signatures)},
            "signatures",
        )
    for signature in document.signatures:
        yield from _about_signature(signature, seventh)


def _about_signature(signature: Signature, article: str) -> Iterator[Objection]:
    committee = signature.body.strip().upper().startswith(COMMITTEES)
    if not signature.name.strip():
        yield Objection(gettext_noop("Thiếu họ tên người ký."), article, {}, "signatures")
    if signature.authority is SignAuthority.DIRECT:
        if not (signature.body.strip() or signature.position.strip()):
            yield Objection(gettext_noop("Thiếu chức vụ người ký."), article, {}, "signatures")
        return
    if not signature.body.strip():
        yield Objection(
            gettext_noop("Ký %(prefix)s mà chưa ghi %(prefix)s tổ chức nào hoặc ai."),
            article,
            {"prefix": signature.authority.prefix},
            "signatures",
        )
    if signature.authority is not SignAuthority.ACTING and not signature.position.strip():
        yield Objection(gettext_noop("Thiếu chức vụ người ký."), article, {}, "signatures")
    if signature.authority is SignAuthority.FOR and committee:
        yield Objection(
            gettext_noop("Cấp ủy là tập thể: phó bí thư ký T/M %(body)s, không ký K/T."),
            article,
            {"body": signature.body.strip()},
            "signatures",
        )
