"""Numbers of papers: per body, type and term, for a congress one series of all types. HD 36, HD 05-HD/VPTW; rulebook §6.2.

Series never begin anew with the calendar year; a number that carries no paper says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from chibo.core.values import Objection, Word, gettext_noop
from chibo.papers.rules.kinds import PaperKind, kinds_abbreviated

ARTICLE = "HD 36-HD/VPTW, mục 1.3; HD 05-HD/VPTW"
COMMON = "all"
"""The kind of a series that numbers papers of every type: that of a congress."""


class NumberState(Word):
    """How a number stands."""

    TAKEN = "taken", gettext_noop("Đã cấp")
    RESERVED = "reserved", gettext_noop("Giữ chỗ")
    VOIDED = "voided", gettext_noop("Đã hủy")


def kind_named(label: str) -> PaperKind | None:
    """The type whose name a register writes ("Kế hoạch")."""
    return next((kind for kind in PaperKind if kind.label == label.strip().capitalize()), None)


def kind_numbered(told: PaperKind, letters: str) -> PaperKind | None:
    """The type in whose series a number stands: as the register tells it where the symbol's letters may stand for it, else
    as the letters say ("05-KL/ĐU" is a conclusion, whatever it was entered as); None where they say several."""
    meant = kinds_abbreviated(letters)
    if told in meant:
        return told
    return meant[0] if len(meant) == 1 else None


CONGRESS = "ĐH"
"""The letters of a congress in a symbol ("05-NQ/ĐH") [R]: the symbol itself says which series it stands in."""


def series_of_symbol(kind: str, issuer: str) -> str:
    """In which series a paper's number stands: that of its type, or the common one of a congress (rulebook §6.2)."""
    return COMMON if issuer.startswith(CONGRESS) else kind


def gaps(numbers: Collection[int], last: int) -> list[int]:
    """The numbers from 1 to ``last`` of which nothing is known."""
    known = set(numbers)
    return [number for number in range(1, last + 1) if number not in known]


def objections_to_reserving(reason: str) -> Iterator[Objection]:
    if not reason.strip():
        yield Objection(gettext_noop("Giữ chỗ một số phải ghi lý do."), ARTICLE, field="reason")


def objections_to_voiding(state: str, reason: str, *, has_paper: bool) -> Iterator[Objection]:
    """A number that a paper bears stays with it; one voided stays voided."""
    if has_paper:
        yield Objection(gettext_noop("Số này đã cấp cho một văn bản trong sổ; không hủy được."), ARTICLE)
    elif state == NumberState.VOIDED:
        yield Objection(gettext_noop("Số này đã hủy rồi."), ARTICLE)
    if not reason.strip():
        yield Objection(gettext_noop("Hủy một số phải ghi lý do."), ARTICLE, field="reason")


def objections_to_explaining(number: int, last: int, reason: str, *, known: bool) -> Iterator[Objection]:
    """Only a number within the series, of which nothing is known, can be explained afterwards."""
    if known or not 1 <= number <= last:
        yield Objection(
            gettext_noop("Số %(number)s không phải là số còn khuyết của sổ này."),
            ARTICLE,
            {"number": number},
            "number",
        )
    if not reason.strip():
        yield Objection(gettext_noop("Hãy ghi vì sao không có văn bản mang số này."), ARTICLE, field="reason")


def objections_to_using(state: str, *, has_paper: bool) -> Iterator[Objection]:
    """A paper is entered under a number: one that is voided or borne by another paper is not to be had."""
    if has_paper:
        yield Objection(gettext_noop("Số này đã cấp cho văn bản khác trong sổ."), ARTICLE, field="symbol")
    elif state == NumberState.VOIDED:
        yield Objection(gettext_noop("Số này đã hủy; hãy lấy số khác."), ARTICLE, field="symbol")
