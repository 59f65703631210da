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
from unicodedata import category, combining, normalize

from chibo.papers.rules.bodies import issuer_at, letters_of_body
from chibo.papers.rules.kinds import SPELLINGS, VARIANTS, PaperKind, kinds_abbreviated


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


# --------------------------------------------------------------------------------------------- one spelling

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣-"), "-")
_SLASHES = dict.fromkeys(map(ord, "⁄∕／"), "/")
_ALIKE = {**_DASHES, **_SLASHES, ord("Ð"): "Đ", ord("ð"): "đ"}
_BLANK = re.compile(r"\s+")
PARAGRAPH = "¶"
"""What stands for an empty line: no citation goes beyond it."""


def spelt_once(text: str) -> tuple[str, str, list[int]]:
    """The text with composed letters, plain spaces and dashes; the same folded, sign by sign; where each sign stood."""
    signs: list[str] = []
    where: list[int] = []
    place = 0
    while place < len(text):
        end = place + 1
        while end < len(text) and combining(text[end]):
            end += 1
        blank = _BLANK.match(text, place)
        if blank:
            end = blank.end()
            signs.append(PARAGRAPH if len(re.findall(r"\r\n?|\n", blank[0])) > 1 else " ")
            where.append(place)
        elif category(text[place]) != "Cf":  # soft hyphens and marks without width
            for sign in normalize("NFC", text[place:end]).translate(_ALIKE):
                signs.append(sign)
                where.append(place)
        place = end
    plain = "".join(signs)
    flat = "".join(normalize("NFD", sign)[0].lower()[0].replace("đ", "d") for sign in plain)
    return plain, flat, [*where, len(text)]


# --------------------------------------------------------------------------------------------- the grammar


def _folded(text: str) -> str:
    return spelt_once(text)[1]


_NAMES = {_folded(kind.label): kind for kind in PaperKind if kind.abbreviation}
_LETTERS: dict[str, str] = {_folded(letters): letters for letters in SPELLINGS.values()}
_LETTERS |= {"da": "ĐA", "cthd": "CTHĐ", "cl": "CL", "qdd": "QĐ", "nqlt": "NQLT", "nqd": "NQ", "kln": "KL"}
_EXTRA = {"CTHĐ": (PaperKind.PROGRAMME,), "NQLT": (PaperKind.RESOLUTION,)}
_SHORT = ("nq", "ct", "kl", "qd", "qdi", "hd", "tb", "kh", "ctr", "cv", "bc", "qc", "ttr")
"""Letters that stand before a number in place of the name of the type: "HD số 12-HD/BTCTW", "CT 05"."""

_NAME = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_NAMES, key=len, reverse=True))
_HEAD = re.compile(
    rf"(?<![a-z0-9])(?:(?P<name>{_NAME})(?![a-z])|(?P<short>{'|'.join(_SHORT)})(?=[\s/-]*(?:so\b|[\d.:]|t\.?\s?[uw]|trung\b|hoi\b|cua\b)))"
)
_KIND_LETTERS = "|".join(sorted(_LETTERS, key=len, reverse=True))
_BODY = r"(?:(?:btc|btg|bdv|ubkt|vp|bnc|bcd|dtn)\s(?=t\.?[uw]|du|qu|hu))?[a-z](?:[a-z.]*[a-z])?\d{0,2}(?:-[a-z]{2,})?"
_NUMBER = r"(?<![\d/.,-])(?P<number>\d{1,5})"
_SYMBOL = re.compile(
    rf"{_NUMBER}\s?(?:-\s?)?(?P<letters>{_KIND_LETTERS})\s?(?:/|(?<=[a-z])-)\s?(?P<body>{_BODY})(?![a-z])"
)
_SLASHED = re.compile(rf"{_NUMBER}\s?/\s?(?P<letters>{_KIND_LETTERS})\s?[-/]\s?(?P<body>{_BODY})(?![a-z])")
_STATE = re.compile(r"\d{1,5}\s?[a-z]?\s?/\s?(?:\d{4}\s?/\s?[a-z]+\d*(?:\s?-\s?[a-z]+)*|[a-z]+\d*(?:\s?-\s?[a-z]+)+)")
_PARTIAL = re.compile(rf"{_NUMBER}\s?-\s?(?P<letters>{_KIND_LETTERS})(?![a-z/])")
_BARE = re.compile(r"(?P<number>\d{1,4})(?!\d|[/.-]\s?\d|,\d|\s?%|\s?-\s?[a-z]|\s?/|[a-z])")
_OF_NUMBER = re.compile(r"\s?(?:,\s)?(?:mang\s)?(?:so\b\s?[:.]?|s\.)\s?")
_BETWEEN = re.compile(
    r"(?:\s(?:(?!so\b)[a-z]+|\d{4}|\d{4}-\d{4}),?){0,14}?\s(?:(?:mang\s)?so\b\s?:?\s?)?(?=\d{1,5}\s?-\s?[a-z]{1,5}\s?/)"
)
_FURTHER = re.compile(r"\s?(?:[,;]\s?(?:va\s|hoac\s|cung\s)?|\s(?:va|hoac|cung)\s)(?P<of>so\b\s?:?\s?)?")
_PLURAL = re.compile(r"(?:cac|nhung|hai|ba|bon|nam)\s$")

_ORDINALS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "muoi ba": 13, "muoi bon": 14, "muoi lam": 15,
}  # fmt: skip
_NTH = rf"(?P<nth>\d{{1,2}}|[ivx]{{1,4}}|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})(?![a-z0-9]|\s?[-/]\s?(?!khoa)[a-z0-9])"
_DIGITS = r"(?P<nth>\d{1,2}|[ivx]{1,4})(?![a-z0-9]|\s?[-/]\s?(?!khoa)[a-z0-9])"
_CENTRE = r"(?:trung\s+uong|t\.?\s?u\.?|tw\.?)"
_COMMITTEE = rf"(?:(?:ban\s+chap\s+hanh|bch)\s*{_CENTRE}(?:\s+dang)?)"
_SESSIONS = (
    re.compile(
        rf"[\s/-]?(?:so\s)?(?:cua\s)?(?:hoi\s+nghi\s+)?(?:{_COMMITTEE}|{_CENTRE})\s*,?\s*(?:dang\s+)?lan\s+thu\s+{_NTH}"
    ),
    re.compile(
        rf"[\s/-]?(?:cua\s)?(?:hoi\s+nghi\s+)?(?:{_CENTRE}\s+)?lan\s+thu\s+{_NTH}\s*,?\s*(?:cua\s+)?(?:{_COMMITTEE}|{_CENTRE}(?:\s+dang)?)"
    ),
    re.compile(rf"[\s/-]?(?:cua\s)?(?:hoi\s+nghi\s+)?{_CENTRE}\s*(?:dang\s+)?(?:so\s)?{_DIGITS}"),
)
_NEXT_SESSION = re.compile(rf"(?:,\s?|\sva\s|,\sva\s){_DIGITS}")
_TERM = re.compile(
    r"(?:\s?[,-]\s?|\s|(?=[(\[]))[(\[]?\s?(?:khoa\s?|k\.?\s?)(?P<term>[ivx]{1,5}|\d{1,2})(?![a-z0-9])(?:\s?[)\]])?"
)
_NEXT_TERM = re.compile(r"(?:,\s?|\sva\s|,\sva\s)(?:khoa\s)?(?P<term>[ivx]{1,5})(?![a-z0-9])(?:\s?[)\]])?")
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
          "XVII", "XVIII", "XIX", "XX")  # fmt: skip

_ISSUED = r"(?:(?:duoc\s)?(?:ban\shanh|ky)\s)?"
_DATES = (
    re.compile(rf"\s?,?\s?[(\[]?\s?{_ISSUED}(?P<said>ngay\s)?(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>\d{{4}}|\d{{2}})(?!\d)(?:\s?[)\]])?"),
    re.compile(rf"\s?,?\s?[(\[]?\s?{_ISSUED}(?P<said>ngay\s)(?P<day>\d{{1,2}})\s?(?:thang\s|[/-])\s?(?P<month>\d{{1,2}})\s?(?:,?\s?nam\s|[/-]\s?)(?P<year>\d{{4}})(?:\s?[)\]])?"),
    re.compile(rf"\s?,?\s?[(\[]?\s?{_ISSUED}(?:thang\s\d{{1,2}}\s?(?:/|-|nam\s)|nam\s)\s?(?P<year>\d{{4}})(?!\d|-)(?:\s?[)\]])?"),
)  # fmt: skip

_COUNTED = frozenset(
    [
        "nam",
        "thang",
        "ngay",
        "tuan",
        "quy",
        "noi",
        "dong",
        "chi",
        "nguoi",
        "ban",
        "lan",
        "buoc",
        "dieu",
        "diem",
        "muc",
        "chuong",
        "nhiem",
        "giai",
        "dot",
        "ky",
        "loai",
        "to",
        "phuong",
        "don",
        "co",
        "doan",
        "tap",
        "ca",
        "nhom",
        "bai",
        "tin",
        "luot",
        "tieu",
        "vu",
        "truong",
        "hoc",
        "lop",
        "buoi",
        "hoi",
        "gio",
        "phut",
        "trieu",
        "ty",
        "nghin",
        "dang",
        "phan",
        "mat",
        "can",
        "ho",
        "khu",
        "tang",
        "bo",
        "cap",
        "quan",
        "xa",
        "huyen",
        "thanh",
        "tinh",
        "van",
        "khoan",
        "trang",
        "dong",
        "nguyen",
        "dau",
        "cau",
        "viec",
        "mo",
        "cuoc",
    ]
)
"""What numbers count: "Kế hoạch 5 năm", "kết luận 3 nội dung" name no paper."""
_MAY_FOLLOW = frozenset(
    [
        "cua",
        "ve",
        "ngay",
        "khoa",
        "va",
        "va:",
        "nam",
        "de",
        "tai",
        "trong",
        "la",
        "da",
        "do",
        "duoc",
        "cho",
        "theo",
        "va.",
        "thi",
        "o",
        "den",
        "nay",
        "ban",
        "hoac",
        "gan",
    ]
)
_FIRM = (PaperKind.RESOLUTION, PaperKind.DIRECTIVE, PaperKind.CONCLUSION)
"""Types that are called by their bare number: "Chỉ thị 05"."""


class _Reader:
    """Goes once through a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain, self.flat, self.where = spelt_once(text)

    def read(self) -> Iterator[Citation]:
        place = 0
        while place < len(self.flat):
            head = _HEAD.search(self.flat, place)
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
        for pattern in (_SYMBOL, _SLASHED):
            found = pattern.search(self.flat, place)
            if found and found.start() < before and self._is_symbol(found):
                return found.start()
        return None

    def _is_symbol(self, found: re.Match[str]) -> bool:
        """Letters as symbols have them: capitals, unless the body is one of the known."""
        if not letters_of_body(self.plain[found.start("body") : found.end("body")], slashed=found.re is _SLASHED):
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
        kinds = (_NAMES[re.sub(r"\s+", " ", name)],) if name else self._kinds_of(_LETTERS[short])
        if kinds[0] in (PaperKind.RESOLUTION, PaperKind.CONCLUSION):
            sessions = self._sessions(head, kinds)
            if sessions:
                return sessions
        plural = bool(_PLURAL.search(self.flat[max(0, head.start() - 7) : head.start()]))
        of = _OF_NUMBER.match(self.flat, head.end())
        place = of.end() if of else head.end() + (self.flat[head.end() : head.end() + 1] == " ")
        found = self._numbered(head.start(), place, kinds, plural=plural, named=of is not None)
        if isinstance(found, int):
            between = _BETWEEN.match(self.flat, head.end())
            if between and not _HEAD.search(self.flat, head.end(), between.end()):
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
        found = next((m for p in _SESSIONS if (m := p.match(self.flat, head.end()))), None)
        if found is None:
            return []
        numbers, end = [_nth(found["nth"])], found.end()
        while further := _NEXT_SESSION.match(self.flat, end):
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
        if term := _TERM.match(self.flat, end):
            terms, end = [_term(term["term"])], term.end()
            while more := _NEXT_TERM.match(self.flat, end):
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
            state = _STATE.match(self.flat, place)
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
        further = _FURTHER.match(self.flat, end)
        if further is None:
            return None
        place, kinds = further.end(), last.kinds
        symbol = _SYMBOL.match(self.flat, place)
        if symbol:
            same = _LETTERS[symbol["letters"]] == last.letters or not last.letters
            return self._number_at(place, place, kinds if same else (), named=True, plural=plural)
        joined = further[0].startswith(" va") and self._ends_after_number(place)
        if last.body or not (named or plural or joined):
            return None
        firmly = joined or bool(further["of"]) or " va " in f"{further[0]} " or self._listed(place)
        return self._number_at(place, place, kinds, named=True, plural=True) if firmly else None

    def _ends_after_number(self, place: int) -> bool:
        """A number after which the sentence ends, or says whose it is."""
        after = re.match(r"\d{1,4}\b(?:\s([a-z]+))?", self.flat[place : place + 16])
        return after is not None and (after[1] is None or after[1] in _MAY_FOLLOW)

    def _listed(self, place: int) -> bool:
        return bool(
            re.match(r"\d{1,4}(?:,\s?\d{1,4})*,?\s(?:va\s(?:so\s)?\d{1,4}\b|cua\s)", self.flat[place : place + 60])
        )

    def _number_at(
        self, start: int, place: int, kinds: tuple[PaperKind, ...], *, named: bool, plural: bool
    ) -> tuple[Citation, int] | None:
        for pattern in (_SYMBOL, _SLASHED):
            found = pattern.match(self.flat, place)
            body = found and letters_of_body(
                self.plain[found.start("body") : found.end("body")], slashed=pattern is _SLASHED
            )
            if found and body:
                letters = self._letters(found)
                possible = self._kinds_of(letters)
                kept = kinds if kinds and (kinds[0] in possible or letters in _EXTRA) else possible
                cited = self._cited(start, found.end(), kept)
                return replace(cited, number=int(found["number"]), letters=letters, body=body), found.end()
            if found:
                return None
        if not kinds or _STATE.match(self.flat, place):
            return None
        partial = _PARTIAL.match(self.flat, place)
        if partial:
            cited = self._cited(start, partial.end(), kinds)
            return replace(cited, number=int(partial["number"]), letters=self._letters(partial)), partial.end()
        bare = _BARE.match(self.flat, place)
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
        follows = after is None or after[1] in _MAY_FOLLOW
        if kinds[0] in _FIRM:
            return follows or self.plain[start].isupper()
        return self.plain[start].isupper() and (follows or bare["number"].startswith("0"))

    def _counts(self, place: int) -> bool:
        word = re.match(r"\s([a-z]+)(?:\s(\d{4})?)?", self.flat[place : place + 24])
        if word is None or word[1] not in _COUNTED:
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
        for pattern in _DATES:
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
        found = _TERM.match(self.flat, place)
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
        """A bare number that a body of the State gave."""
        issuer = issuer_at(self.plain, self.flat, end)
        return not found[-1].body and issuer is not None and issuer.of_state

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
        return "DA" if written.upper() == "DA" else _LETTERS[found["letters"]]

    def _kinds_of(self, letters: str) -> tuple[PaperKind, ...]:
        if letters in _EXTRA:
            return _EXTRA[letters]
        return (VARIANTS[letters],) if letters in VARIANTS else kinds_abbreviated(letters)


def _nth(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in _ORDINALS:
        return _ORDINALS[text]
    return _ROMAN.index(text.upper()) if text.upper() in _ROMAN else 0


def _term(text: str) -> str:
    return _ROMAN[int(text)] if text.isdigit() and int(text) < len(_ROMAN) else text.upper()
