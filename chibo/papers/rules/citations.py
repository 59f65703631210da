"""Citations of the Party's papers, read from running text: "Quyết định số 967-QĐ/QU, ngày 23/3/2022 của …" (seed S2-02).

Read is what is written, nothing is guessed: a part that is missing stays empty. Papers of the State ("15/QĐ-UBND",
"30/2020/NĐ-CP") are known by their form or their issuer and left alone. Text may be composed or not, with or without
accents, broken over lines, with any dash; ``Citation.start`` and ``end`` point into the text as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from chibo.papers.rules.bodies import issuer_at, letters_of_body
from chibo.papers.rules.grammar import (
    BARE,
    BETWEEN,
    COUNTED,
    DATES,
    EXTRA,
    FIRM,
    FURTHER,
    HEAD,
    LETTERS,
    MAY_FOLLOW,
    NAMES,
    NEXT_SESSION,
    NEXT_TERM,
    OF_NUMBER,
    ORDINALS,
    PARTIAL,
    PLURAL,
    ROMAN,
    SESSIONS,
    SLASHED,
    STATE,
    SYMBOL,
    TERM,
    spelt_once,
)
from chibo.papers.rules.kinds import VARIANTS, PaperKind, kinds_abbreviated


@dataclass(frozen=True, slots=True)
class Citation:
    """One paper as a text names it.

    ``kinds`` are the types it may be (two for QĐ where the text does not say which); ``letters`` and ``body`` those of
    its symbol; ``number`` 0 where it goes by the ``session`` of the Central Committee ("Nghị quyết Trung ương 4") and
    the ``term`` of its congress ("XII") instead; ``year`` is all that is known of a date written "năm 2018".
    """

    text: str
    start: int
    end: int
    kinds: tuple[PaperKind, ...]
    number: int = 0
    letters: str = ""
    body: str = ""
    session: int = 0
    issued_on: date | None = None
    year: int = 0
    issuer: str = ""
    term: str = ""

    @property
    def symbol(self) -> str:
        """ "967-QĐ/QU" where the text has it whole."""
        return f"{self.number:02d}-{self.letters}/{self.body}" if self.number and self.letters and self.body else ""

    @property
    def name(self) -> str:
        """How people call it: "Quy định 37-QĐ/TW", "Chỉ thị 05", "Nghị quyết Trung ương 4 khóa XII"."""
        kind = self.kinds[0].label if len(self.kinds) == 1 else ""
        number = self.symbol or (f"{self.number:02d}" if self.number else "")
        if number and self.letters and not self.body:
            number = f"{number}-{self.letters}"
        if self.session:
            number = f"Trung ương {self.session}"
        term = f"khóa {self.term}" if self.term else ""
        return " ".join(part for part in (kind, number, term) if part)


def read_citations(text: str) -> tuple[Citation, ...]:
    """Every citation of a Party paper in ``text``, in the order of the text."""
    return tuple(_Reader(text).read())


class _Reader:
    """Goes once through a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain, self.flat, self.where = spelt_once(text)

    def read(self) -> Iterator[Citation]:
        place = 0
        while place < len(self.flat):
            head = HEAD.search(self.flat, place)
            symbol = self._next_symbol(place, head.start() if head else len(self.flat))
            if symbol is not None:
                start, found = symbol, self._numbered(symbol, symbol, (), plural=False, named=False)
            elif head is not None:
                start, found = head.start(), self._headed(head)
            else:
                return
            if isinstance(found, int):
                place = max(found, start + 1)
            else:
                yield from found
                place = self._signs_before(found[-1].end)

    def _signs_before(self, end: int) -> int:
        """The place in the read text that the end of a citation in the given text has."""
        low, high = 0, len(self.where) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.where[middle] < end else (low, middle)
        return low

    def _next_symbol(self, place: int, before: int) -> int | None:
        """Where a number begins that stands without the name of a type, if one stands before ``before``."""
        for pattern in (SYMBOL, SLASHED):
            found = pattern.search(self.flat, place)
            if found and found.start() < before and self._is_symbol(found):
                return found.start()
        return None

    def _is_symbol(self, found: re.Match[str]) -> bool:
        """Letters as symbols have them: capitals, unless the body is one of the known."""
        if not letters_of_body(self.plain[found.start("body") : found.end("body")], slashed=found.re is SLASHED):
            return False
        return (
            self.plain[found.start("letters")].isupper() or self.flat[found.start("body") : found.end("body")] == "tw"
        )

    # ------------------------------------------------------------------------------------ from the type on

    def _headed(self, head: re.Match[str]) -> list[Citation] | int:
        """The citations that begin with the name or the letters of a type; or the place to go on from."""
        name, short = head["name"], head["short"]
        if short and not self.plain[head.start()].isupper():
            return head.end()
        kinds = (NAMES[re.sub(r"\s+", " ", name)],) if name else _meant(self._kinds_of(LETTERS[short]))
        if kinds[0] in (PaperKind.RESOLUTION, PaperKind.CONCLUSION):
            sessions = self._sessions(head, kinds)
            if sessions:
                return sessions
        plural = bool(PLURAL.search(self.flat[max(0, head.start() - 7) : head.start()]))
        of = OF_NUMBER.match(self.flat, head.end())
        place = of.end() if of else head.end() + (self.flat[head.end() : head.end() + 1] == " ")
        found = self._numbered(head.start(), place, kinds, plural=plural, named=of is not None)
        if isinstance(found, int):
            between = BETWEEN.match(self.flat, head.end())
            if between and not HEAD.search(self.flat, head.end(), between.end()):
                further = self._numbered(head.start(), between.end(), kinds, plural=plural, named=True)
                if not isinstance(further, int) and further[0].kinds == kinds:
                    return self._with_issuer_before(further, head.end())
        return found

    def _with_issuer_before(self, found: list[Citation], place: int) -> list[Citation]:
        """ "Quyết định của Ban Thường vụ Quận ủy số 967-QĐ/QU": the issuer stands between type and number."""
        led = self.flat.startswith((" cua ", ", cua "), place)
        issuer = issuer_at(self.plain, self.flat, place) if led else None
        return [replace(c, issuer=c.issuer or (issuer.name if issuer else "")) for c in found]

    def _sessions(self, head: re.Match[str], kinds: tuple[PaperKind, ...]) -> list[Citation]:
        """ "Nghị quyết T.Ư 4 (khóa XII)", "NQTW4", "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương"."""
        found = next((m for p in SESSIONS if (m := p.match(self.flat, head.end()))), None)
        if found is None:
            return []
        numbers, end = [_nth(found["nth"])], found.end()
        while further := NEXT_SESSION.match(self.flat, end):
            if self._counts(further.end()):
                break
            numbers.append(_nth(further["nth"]))
            end = further.end()
        if not all(0 < number <= 20 for number in numbers):
            return []
        terms = [""]
        issuer = issuer_at(self.plain, self.flat, end)
        if issuer and not issuer.of_state:
            end = issuer.end
        if term := TERM.match(self.flat, end):
            terms, end = [_term(term["term"])], term.end()
            while more := NEXT_TERM.match(self.flat, end):
                terms.append(_term(more["term"]))
                end = more.end()
        base = self._cited(head.start(), end, kinds)
        made = [replace(base, session=number, term=term) for number in numbers for term in terms]
        return self._with_tail(made, end)

    # ---------------------------------------------------------------------------------- from the number on

    def _numbered(
        self, start: int, place: int, kinds: tuple[PaperKind, ...], *, plural: bool, named: bool
    ) -> list[Citation] | int:
        """One number or a list of them, with what is said of them after; or the place to go on from."""
        first = self._number_at(start, place, kinds, named=named, plural=plural)
        if first is None:
            state = STATE.match(self.flat, place)
            return state.end() if state else place
        (cited, end), found = first, []
        while True:
            tailed = self._with_tail([cited], end)
            found += tailed
            end = self._signs_before(tailed[-1].end)
            further = self._further(end, tailed[-1], named=named, plural=plural)
            if further is None:
                break
            cited, end = further
        return self._shared(found) if not self._of_state(found, end) else end

    def _further(self, end: int, last: Citation, *, named: bool, plural: bool) -> tuple[Citation, int] | None:
        """The next of a list: "… và 21-KL/TW", "Hướng dẫn số 09 và 12"."""
        further = FURTHER.match(self.flat, end)
        if further is None:
            return None
        place, kinds = further.end(), last.kinds
        symbol = SYMBOL.match(self.flat, place)
        if symbol:
            same = LETTERS[symbol["letters"]] == last.letters or not last.letters
            return self._number_at(place, place, kinds if same else (), named=True, plural=plural)
        joined = further[0].startswith(" va") and self._ends_after_number(place)
        listed = self._listed(place)
        if last.body or not (named or plural or joined or listed):
            return None
        firmly = joined or bool(further["of"]) or " va " in f"{further[0]} " or listed
        return self._number_at(place, place, kinds, named=True, plural=True) if firmly else None

    def _ends_after_number(self, place: int) -> bool:
        """A number after which the sentence ends, or says whose it is."""
        after = re.match(r"\d{1,4}\b(?:\s([a-z]+))?", self.flat[place : place + 16])
        return after is not None and (after[1] is None or after[1] in MAY_FOLLOW)

    def _listed(self, place: int) -> bool:
        return bool(
            re.match(r"\d{1,4}(?:,\s?\d{1,4})*,?\s(?:va\s(?:so\s)?\d{1,4}\b|cua\s)", self.flat[place : place + 60])
        )

    def _number_at(
        self, start: int, place: int, kinds: tuple[PaperKind, ...], *, named: bool, plural: bool
    ) -> tuple[Citation, int] | None:
        for pattern in (SYMBOL, SLASHED):
            found = pattern.match(self.flat, place)
            body = found and letters_of_body(
                self.plain[found.start("body") : found.end("body")], slashed=pattern is SLASHED
            )
            if found and body:
                letters = self._letters(found)
                possible = self._kinds_of(letters)
                kept = kinds if kinds and (kinds[0] in possible or letters in EXTRA) else _meant(possible)
                cited = self._cited(start, found.end(), kept)
                return replace(cited, number=int(found["number"]), letters=letters, body=body), found.end()
            if found:
                return None
        if not kinds or STATE.match(self.flat, place):
            return None
        partial = PARTIAL.match(self.flat, place)
        if partial:
            cited = self._cited(start, partial.end(), kinds)
            return replace(cited, number=int(partial["number"]), letters=self._letters(partial)), partial.end()
        bare = BARE.match(self.flat, place)
        if bare and int(bare["number"]) and self._is_name(bare, start, kinds, named=named or plural):
            return replace(self._cited(start, bare.end(), kinds), number=int(bare["number"])), bare.end()
        return None

    def _is_name(self, bare: re.Match[str], start: int, kinds: tuple[PaperKind, ...], *, named: bool) -> bool:
        """Whether a bare number names a paper and counts nothing."""
        if self._counts(bare.end()):
            return False
        if named:
            return True
        if len(bare["number"]) == 4 and bare["number"][:2] in ("19", "20"):
            return False
        after = re.match(r"\s?([a-z]+)", self.flat[bare.end() : bare.end() + 12])
        follows = after is None or after[1] in MAY_FOLLOW
        if kinds[0] in FIRM:
            return follows or self.plain[start].isupper()
        if self.plain[start].isupper():
            return follows or bare["number"].startswith("0")
        issuer = issuer_at(self.plain, self.flat, bare.end()) if after and after[1] == "cua" else None
        return issuer is not None and not issuer.of_state

    def _counts(self, place: int) -> bool:
        word = re.match(r"\s([a-z]+)(?:\s(\d{4})?)?", self.flat[place : place + 24])
        if word is None or word[1] not in COUNTED:
            return False
        dated = word[1] in ("ngay", "nam", "thang") and re.match(
            r"\s[a-z]+\s\d(?!\d{3}\s?-\s?\d)", self.flat[place : place + 20]
        )
        return not dated and not re.match(
            r"\sban\s(?:hanh|thuong|chap|bi|to|tuyen|dan)\b|\sco\s(?:hieu|noi)", self.flat[place : place + 14]
        )

    # -------------------------------------------------------------------------------- what is said after it

    def _with_tail(self, found: list[Citation], end: int) -> list[Citation]:
        """Day, issuer and term in any order, as far as they follow at once."""
        said: dict[str, object] = {}
        for _round in range(4):
            step = self._date_at(end, said) or self._term_at(end, said) or self._issuer_at(end, said)
            if not step:
                break
            end = step
        if found[0].term:
            said.pop("term", None)
        text_end = self.where[self._trimmed(end)]
        return [
            replace(c, end=text_end, text=self.text[c.start : text_end], **said)  # type: ignore[arg-type]
            for c in found
        ]

    def _trimmed(self, end: int) -> int:
        while end and self.flat[end - 1] in " ,":
            end -= 1
        return end

    def _date_at(self, place: int, said: dict[str, object]) -> int:
        if "issued_on" in said or "year" in said:
            return 0
        for pattern in DATES:
            found = pattern.match(self.flat, place)
            if not found:
                continue
            year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
            if "day" not in found.groupdict():
                said["year"] = year
                return found.end()
            try:
                said["issued_on"] = date(year, int(found["month"]), int(found["day"]))
            except ValueError:
                said["year"] = year
            return found.end()
        return 0

    def _term_at(self, place: int, said: dict[str, object]) -> int:
        found = TERM.match(self.flat, place)
        if not found or "term" in said:
            return 0
        said["term"] = _term(found["term"])
        return found.end()

    def _issuer_at(self, place: int, said: dict[str, object]) -> int:
        found = issuer_at(self.plain, self.flat, place)
        if found is None or found.of_state or "issuer" in said:
            return 0
        said["issuer"] = found.name
        return found.end

    def _of_state(self, found: list[Citation], end: int) -> bool:
        """What a body of the State gave: a bare number, or one whose letters a body of the Party may have as well (BTC)."""
        issuer = issuer_at(self.plain, self.flat, end)
        given = not found[-1].body or self.flat.startswith(("cua ", " cua ", ", cua "), end)
        return given and issuer is not None and issuer.of_state

    def _shared(self, found: list[Citation]) -> list[Citation]:
        """In a list, the issuer and term at its end are those of all before that have none; so is the symbol."""
        last = found[-1]
        shared = [replace(c, issuer=c.issuer or last.issuer, term=c.term or last.term) for c in found]
        if not last.body or any(c.kinds != last.kinds for c in found):
            return shared
        return [c if c.body else replace(c, letters=last.letters, body=last.body) for c in shared]

    # ---------------------------------------------------------------------------------------------- words

    def _cited(self, start: int, end: int, kinds: tuple[PaperKind, ...]) -> Citation:
        first, last = self.where[start], self.where[end]
        return Citation(self.text[first:last], first, last, kinds)

    def _letters(self, found: re.Match[str]) -> str:
        written = self.plain[found.start("letters") : found.end("letters")]
        return "DA" if written.upper() == "DA" else LETTERS[found["letters"]]

    def _kinds_of(self, letters: str) -> tuple[PaperKind, ...]:
        if letters in EXTRA:
            return EXTRA[letters]
        return (VARIANTS[letters],) if letters in VARIANTS else kinds_abbreviated(letters)


def _meant(kinds: tuple[PaperKind, ...]) -> tuple[PaperKind, ...]:
    """Letters that two types share mean the notice: a declaration (tuyên bố) is the State's and the centre's, and named."""
    return tuple(kind for kind in kinds if kind is not PaperKind.DECLARATION) or kinds


def _nth(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in ORDINALS:
        return ORDINALS[text]
    return ROMAN.index(text.upper()) if text.upper() in ROMAN else 0


def _term(text: str) -> str:
    return ROMAN[int(text)] if text.isdigit() and int(text) < len(ROMAN) else text.upper()
