"""The words and forms of citations, over text in one spelling; ``citations`` reads with them. Rulebook §6.1–6.2."""

from __future__ import annotations

import re
from unicodedata import category, combining, normalize

from chibo.papers.rules.kinds import SPELLINGS, PaperKind

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


NAMES = {_folded(kind.label): kind for kind in PaperKind if kind.abbreviation}
LETTERS: dict[str, str] = {_folded(letters): letters for letters in SPELLINGS.values()}
LETTERS |= {
    "da": "ĐA",
    "cthd": "CTHĐ",
    "cl": "CL",
    "qdd": "QĐ",
    "nqlt": "NQLT",
    "nqd": "NQ",
    "kln": "KL",
    "qdns": "QĐNS",
}
EXTRA = {"CTHĐ": (PaperKind.PROGRAMME,), "NQLT": (PaperKind.RESOLUTION,), "QĐNS": (PaperKind.DECISION,)}
_SHORT = ("nq", "ct", "kl", "qd", "qdi", "hd", "tb", "kh", "ctr", "cv", "bc", "qc", "ttr")
"""Letters that stand before a number in place of the name of the type: "HD số 12-HD/BTCTW", "CT 05"."""

_NAME = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(NAMES, key=len, reverse=True))
HEAD = re.compile(
    rf"(?<![a-z0-9])(?:(?P<name>{_NAME})(?![a-z])|(?P<short>{'|'.join(_SHORT)})(?=[\s/-]*(?:so\b|[\d.:]|t\.?\s?[uw]|trung\b|hoi\b|cua\b)))"
)
_KIND_LETTERS = "|".join(sorted(LETTERS, key=len, reverse=True))
_BODY = r"(?:(?:btc|btg|bdv|ubkt|vp|bnc|bcd|dtn)\s(?=t\.?[uw]|du|qu|hu))?[a-z](?:[a-z.]*[a-z])?\d{0,2}(?:-[a-z]{2,})?"
_NUMBER = r"(?<![\d/.,-])(?P<number>\d{1,5})"
SYMBOL = re.compile(
    rf"{_NUMBER}\s?(?:-\s?)?(?P<letters>{_KIND_LETTERS})\s?(?:/|(?<=[a-z])-)\s?(?P<body>{_BODY})(?![a-z])"
)
SLASHED = re.compile(rf"{_NUMBER}\s?/\s?(?P<letters>{_KIND_LETTERS})\s?[-/]\s?(?P<body>{_BODY})(?![a-z])")
STATE = re.compile(r"\d{1,5}\s?[a-z]?\s?/\s?(?:\d{4}\s?/\s?[a-z]+\d*(?:\s?-\s?[a-z]+)*|[a-z]+\d*(?:\s?-\s?[a-z]+)+)")
PARTIAL = re.compile(rf"{_NUMBER}\s?-\s?(?P<letters>{_KIND_LETTERS})(?![a-z/])")
BARE = re.compile(r"(?P<number>\d{1,4})(?!\d|[/.-]\s?\d|,\d|\s?%|\s?-\s?[a-z]|\s?/|[a-z])")
OF_NUMBER = re.compile(r"\s?(?:[,:]\s)?(?:mang\s)?(?:so\b\s?[:.]?|s\.)\s?")
BETWEEN = re.compile(
    r"(?:\s(?:(?!so\b)[a-z]+|\d{4}|\d{4}-\d{4}),?){0,14}?\s(?:[(\[]\s?)?(?:(?:mang\s)?so\b\s?:?\s?)?(?=\d{1,5}\s?-\s?[a-z]{1,5}\s?/)"
)
FURTHER = re.compile(r"\s?(?:[,;]\s?(?:va\s|hoac\s|cung\s)?|\s(?:va|hoac|cung)\s)(?P<of>so\b\s?:?\s?)?")
PLURAL = re.compile(r"(?:cac|nhung|hai|ba|bon|nam)\s$")

ORDINALS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "muoi ba": 13, "muoi bon": 14, "muoi lam": 15,
}  # fmt: skip
_NTH = rf"(?P<nth>\d{{1,2}}|[ivx]{{1,4}}|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})(?![a-z0-9]|\s?[-/]\s?(?!khoa)[a-z0-9])"
_DIGITS = r"(?P<nth>\d{1,2}|[ivx]{1,4})(?![a-z0-9]|\s?[-/]\s?(?!khoa)[a-z0-9])"
_CENTRE = r"(?:trung\s+uong|t\.?\s?u\.?|t\.?w\.?)"
_COMMITTEE = rf"(?:(?:ban\s+chap\s+hanh|bch)\s*{_CENTRE}(?:\s+dang)?)"
SESSIONS = (
    re.compile(
        rf"[\s/-]?(?:so\s)?(?:cua\s)?(?:hoi\s+nghi\s+)?(?:{_COMMITTEE}|{_CENTRE})\s*,?\s*(?:dang\s+)?lan\s+thu\s+{_NTH}"
    ),
    re.compile(
        rf"[\s/-]?(?:cua\s)?(?:hoi\s+nghi\s+)?(?:{_CENTRE}\s+)?lan\s+thu\s+{_NTH}\s*,?\s*(?:cua\s+)?(?:{_COMMITTEE}|{_CENTRE}(?:\s+dang)?)"
    ),
    re.compile(rf"[\s/-]?(?:cua\s)?(?:hoi\s+nghi\s+)?{_CENTRE}\s*(?:dang\s+)?(?:so\s)?{_DIGITS}"),
)
NEXT_SESSION = re.compile(rf"(?:,\s?|\sva\s|,\sva\s){_DIGITS}")
TERM = re.compile(
    r"[”\"»]?(?:\s?[,-]\s?|\s|(?=[(\[]))[(\[]?\s?(?:khoa\s?|k\.?\s?)(?P<term>[ivx]{1,5}|\d{1,2})(?![a-z0-9])(?:\s?[)\]])?"
)
NEXT_TERM = re.compile(r"(?:,\s?|\sva\s|,\sva\s)(?:khoa\s)?(?P<term>[ivx]{1,5})(?![a-z0-9])(?:\s?[)\]])?")
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
          "XVII", "XVIII", "XIX", "XX")  # fmt: skip

_ISSUED = r"(?:(?:duoc\s)?(?:ban\shanh|ky|ra)\s)?"
DATES = (
    re.compile(rf"\s?,?\s?[(\[]?\s?{_ISSUED}(?P<said>ngay\s)?(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>\d{{4}}|\d{{2}})(?!\d)(?:\s?[)\]])?"),
    re.compile(rf"\s?,?\s?[(\[]?\s?{_ISSUED}(?P<said>ngay\s)(?P<day>\d{{1,2}})\s?(?:thang\s|[/-])\s?(?P<month>\d{{1,2}})\s?(?:,?\s?nam\s|[/-]\s?)(?P<year>\d{{4}})(?:\s?[)\]])?"),
    re.compile(rf"\s?,?\s?[(\[]?\s?{_ISSUED}(?:thang\s\d{{1,2}}\s?(?:/|-|nam\s)|nam\s)\s?(?P<year>\d{{4}})(?!\d|-)(?:\s?[)\]])?"),
)  # fmt: skip

COUNTED = frozenset(
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
MAY_FOLLOW = frozenset(
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
FIRM = (PaperKind.RESOLUTION, PaperKind.DIRECTIVE, PaperKind.CONCLUSION)
"""Types that are called by their bare number: "Chỉ thị 05"."""
