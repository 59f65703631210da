"""The bodies that issue papers, as citations name them and as symbols abbreviate them. Rulebook §6.2."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body named in a text: its words as written, where they end, and whether it is one of the State."""

    name: str
    end: int
    of_state: bool = False


_CENTRE = r"(?:trung\s+uong|t\.?\s?u\b\.?|t\.?w\b\.?)"
_CLOSED = re.compile(
    rf"(?:bo\s+chinh\s+tri|bct\b|bbt\b|ban\s+bi\s+thu(?:\s+{_CENTRE}(?:\s+dang)?)?"
    rf"|(?:ban\s+chap\s+hanh|bch)\s*{_CENTRE}(?:\s+dang)?(?:\s+cong\s+san\s+viet\s+nam)?"
    rf"|(?:ban\s+(?:to\s+chuc|tuyen\s+giao(?:\s+va\s+dan\s+van)?|dan\s+van|noi\s+chinh|kinh\s+te)|uy\s+ban\s+kiem\s+tra"
    rf"|ubkt|van\s+phong|btc|btg)\s*{_CENTRE}(?:\s+dang)?|{_CENTRE}(?:\s+dang)?)"
)
"""Bodies of the centre: their names end with themselves."""
_OPEN = re.compile(
    r"(?:(?:ban\s+thuong\s+vu|ban\s+chap\s+hanh|thuong\s+truc|thuong\s+vu|btv|bch|uy\s+ban\s+kiem\s+tra|ubkt|van\s+phong"
    r"|ban\s+to\s+chuc|ban\s+tuyen\s+giao(?:\s+va\s+dan\s+van)?|ban\s+dan\s+van|ban\s+xay\s+dung\s+dang|ban\s+noi\s+chinh)\s+)?"
    r"(?:(?:thanh|tinh|quan|huyen|thi|dang|chi)\s+uy|dang\s+bo|chi\s+bo|dai\s+hoi(?:\s+dai\s+bieu)?)"
    r"|(?:ban\s+chi\s+dao|tieu\s+ban|to\s+giup\s+viec|(?:uy\s+ban\s+)?mat\s+tran\s+to\s+quoc|doan\s+thanh\s+nien|cong\s+doan"
    r"|hoi\s+(?:lien\s+hiep\s+phu\s+nu|nong\s+dan|cuu\s+chien\s+binh))"
)
"""Local bodies: the name of their place follows."""
_STATE = re.compile(
    r"(?:chu\s+tich\s+)?(?:ubnd|hdnd|uy\s+ban\s+nhan\s+dan|hoi\s+dong\s+nhan\s+dan|uy\s+ban\s+hanh\s+chinh)\b|thu\s+tuong\b"
    r"|chinh\s+phu\b|quoc\s+hoi\b|uy\s+ban\s+thuong\s+vu\s+quoc\s+hoi\b|chu\s+tich\s+nuoc\b|bo\s+truong\b|so\s+[a-z]+\b"
    r"|bo\s+(?:noi\s+vu|tai\s+chinh|cong\s+an|quoc\s+phong|y\s+te|giao\s+duc|tu\s+phap|xay\s+dung|cong\s+thuong|van\s+hoa)\b"
)
_OF = re.compile(
    r"\s?,?\s?(?:(?:do|cua|duoc)\s+|[(\[]\s?(?:cua\s+)?)(?:hoi\s+nghi\s+lan\s+thu\s+[a-z0-9]+(?:\s[a-z]+)?,?\s+(?=ban\s+chap\s|bch\b))?"
)
_PLACES = frozenset(
    [
        "phuong",
        "xa",
        "quan",
        "huyen",
        "thi",
        "tran",
        "tinh",
        "thanh",
        "pho",
        "khoi",
        "dang",
        "bo",
        "co",
        "quan",
        "so",
        "to",
        "dan",
        "khu",
        "doan",
        "the",
    ]
)
_STOPS = frozenset(["ve", "tai", "trong", "v", "nhiem", "ngay", "khoa", "so", "va"])
_NUMBER_OF_PAPER = re.compile(r"\s?:?\s?\d{1,5}\s?[-/]")
_WORD = re.compile(r"\s([^\W_]+)")
_SLASH_BODIES = re.compile(r"(?:[a-z]*tw|tu|[a-z]*tu|[a-z]*du|qu|hu|cb\d*|dh|ubkt[a-z]*)")
_STATE_BODIES = re.compile(
    r"(?:ubnd|hdnd|cp|ttg|qh\d*|ubtvqh\d*|ctn|bnv|bca|bqp|bgddt|byt|tandtc|vksndtc|syt|snv|so[a-z]+)"
)


def issuer_at(plain: str, flat: str, place: int) -> Issuer | None:
    """The body named from ``place`` on ("của Bộ Chính trị", "(Ban Bí thư)"); without "của" only one of the centre.

    ``plain`` is the text in one spelling, ``flat`` the same folded, sign by sign.
    """
    led = _OF.match(flat, place)
    start = led.end() if led else place + (flat[place : place + 1] == " ")
    if led and _STATE.match(flat, start):
        return Issuer("", start, of_state=True)
    closed = _CLOSED.match(flat, start)
    if closed and (led or start > place) and not _followed(flat, closed.end()):
        return Issuer(_words(plain, start, closed.end()), _shut(flat, closed.end(), led))
    opened = _OPEN.match(flat, start) if led else None
    if opened:
        end = opened.end()
        end = _named(plain, flat, end) if not _followed(flat, end) else end
        return Issuer(_words(plain, start, end), _shut(flat, end, led))
    return None


def _followed(flat: str, end: int) -> bool:
    return flat[end : end + 1].isalpha()


def _shut(flat: str, end: int, led: re.Match[str] | None) -> int:
    opened = led is not None and ("(" in led[0] or "[" in led[0])
    return end + 1 if opened and flat[end : end + 1] in (")", "]") else end


def _named(plain: str, flat: str, end: int) -> int:
    """Where the name of the place ends: words with a capital, numbers, and "phường", "quận" …"""
    last, count = end, 0
    while (word := _WORD.match(plain, end)) and count < 9:
        spelt = flat[word.start(1) : word.end(1)]
        named = word[1][0].isupper() and spelt not in _STOPS
        if spelt == "so" and _NUMBER_OF_PAPER.match(flat, word.end()):
            break
        if not named and not (word[1].isdigit() and len(word[1]) < 4) and spelt not in _PLACES:
            break
        end, count = word.end(), count + 1
        if named or word[1].isdigit() or spelt in ("phuong", "xa", "quan", "huyen", "tinh", "pho", "tran"):
            last = end
    return last


def _words(plain: str, start: int, end: int) -> str:
    return " ".join(plain[start:end].split())


def letters_of_body(written: str, *, slashed: bool = False) -> str:
    """The letters of a Party body as symbols write them ("T.Ư" is "TW"); "" for a body of the State.

    ``slashed`` where the symbol has the State's order ("05/CT-TW"): then only a body that is surely the Party's.
    """
    bare = re.sub(r"[.\s]", "", written)
    upper = bare.upper()
    if upper.endswith("TƯ"):
        upper = f"{upper[:-2]}TW"
    flat = upper.lower().replace("đ", "d").replace("ư", "u")
    if _STATE_BODIES.fullmatch(flat) or flat.startswith(("ubnd", "hdnd")):
        return ""
    if slashed and not _SLASH_BODIES.fullmatch(flat):
        return ""
    return upper if len(upper) > 1 else ""
