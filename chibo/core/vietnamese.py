"""Vietnamese text: one spelling, its order, finding it again, and the encodings in use before Unicode.

Pure: text in, text out. Databases order and search by the keys computed here, so that SQLite and PostgreSQL
agree on Vietnamese without knowing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice
from unicodedata import combining, normalize

# Tones in dictionary order: huyền, hỏi, ngã, sắc, nặng; no mark (ngang) comes before them all.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def nfc(text: str) -> str:
    """The one spelling stored: composed letters, no outer white space, single spaces inside.

    Where the tone stands ("hoà", "hòa") is the writer's choice and stays.
    """
    return " ".join(normalize("NFC", text).split())


def nfc_lines(text: str) -> str:
    """The one spelling of a text of several lines: each as ``nfc`` has it, paragraphs kept, none empty at either end."""
    return "\n".join(nfc(line) for line in text.strip().splitlines())


def within(text: str) -> str:
    """The words in the middle of a sentence: "Sinh hoạt thường kỳ" → "sinh hoạt thường kỳ"."""
    return f"{text[:1].lower()}{text[1:]}"


def fold(text: str) -> str:
    """Lower case without any accent, "Đường" → "duong", so that text is found however it is typed."""
    text = nfc(text).lower()
    if text.isascii():
        return text
    bare = "".join(letter for letter in normalize("NFD", text) if not combining(letter))
    return bare.replace("đ", "d")


def has_accents(text: str) -> bool:
    """Whether somebody took the trouble to type an accent or đ."""
    return fold(text) != nfc(text).lower()


# ---------------------------------------------------------------------------------------------- order

# Every symbol of a key is one of 0-9a-z, which C, ICU and glibc order alike: the end of a level, the gap
# between words, the head of a number, then the 33 letters.
_END, _GAP, _NUMBER = "0", "1", "2"
_SYMBOLS = "3456789abcdefghijklmnopqrstuvwxyz"
_LETTER_SYMBOL = dict(zip(_LETTERS, _SYMBOLS, strict=True))
_PIECE = re.compile(r"[0-9]+|[a-zăâđêôơư]+|[^0-9a-zăâđêôơư]+")


def sort_key(text: str) -> str:
    """A key which, compared byte by byte, puts text in Vietnamese dictionary order (CLDR "vi").

    All base letters are compared first (a < ă < â < b … d < đ), then the tones (ngang < huyền < hỏi < ngã <
    sắc < nặng), one tone a word. Numbers come before letters and by value: "Chi bộ 5" before "Chi bộ 10".
    Case, punctuation and accents unknown to Vietnamese make no difference.

    The key holds only 0-9a-z, so SQLite's BINARY, PostgreSQL's "C", ICU and glibc collations agree on it,
    except locales that sort letter pairs as one letter (Czech "ch"): give the column ``db_collation="C"``
    there. It is at most three times as long as the text, plus one symbol a word and two.
    """
    letters, tone_of_word = _letters_and_tones(text)
    symbols: list[str] = []
    for piece in _PIECE.findall(letters):
        if piece[0] in _LETTER_SYMBOL:
            symbols.extend(_LETTER_SYMBOL[letter] for letter in piece)
        elif "0" <= piece[0] <= "9":
            digits = piece.lstrip("0") or "0"
            symbols += [_NUMBER, _SYMBOLS[min(len(digits), len(_SYMBOLS)) - 1], digits]
        else:
            symbols.append(_GAP)
    return "".join(symbols) + _END + tone_of_word


def _letters_and_tones(text: str) -> tuple[str, str]:
    """Lower-case base letters, words parted by single gaps; and the tone of each word, 1 to 6."""
    words: list[str] = []
    tones: list[str] = []
    for word in re.findall(r"[^\W_]+", nfc(text).lower()):
        if word.isascii():
            words.append(word)
            tones.append("1")
            continue
        letters, tone = _parted(word)
        words.append("".join(map(_latin, letters)))
        tones.append(str(tone + 1))
    return " ".join(words), "".join(tones)


def _parted(word: str) -> tuple[str, int]:
    """A word without its tone mark, composed, and its tone: 0 ngang, 1 huyền … 5 nặng (the first, if several)."""
    marks = normalize("NFD", word)
    tone = next((_TONES.index(mark) + 1 for mark in marks if mark in _TONES), 0)
    return normalize("NFC", "".join(mark for mark in marks if mark not in _TONES)), tone


def _latin(letter: str) -> str:
    """The letter itself if Vietnamese has it, else its base (ç → c)."""
    return letter if letter in _LETTER_SYMBOL else normalize("NFD", letter)[0]


def split_name(full: str) -> tuple[str, str]:
    """Family and middle names, and the given name, which is the last word: ("Nguyễn Văn", "An")."""
    family_and_middle, _, given = nfc(full).rpartition(" ")
    return family_and_middle, given


def name_sort_key(full: str) -> str:
    """The order of lists of people: given name, then family name, then middle names; see ``sort_key``."""
    family_and_middle, given = split_name(full)
    family, _, middle = family_and_middle.partition(" ")
    return _END.join(sort_key(part) for part in (given, family, middle))


# --------------------------------------------------------------------------------------------- search


def search_key(full: str) -> str:
    """What is stored beside a text to find it: ask whether it contains ``fold(query)``, then order by ``rank``."""
    return fold(full)


def rank(query: str, text: str) -> int:
    """How well ``text`` answers ``query``; the lower the better.

    0 accents and all, at the start of a word; 1 accents and all, inside a word; 2 without regard to accents, at
    the start of a word; 3 the same inside a word; 4 not at all.
    """
    exact = _place(nfc(query).lower(), nfc(text).lower())
    if exact is not None:
        return exact
    loose = _place(fold(query), fold(text))
    return 4 if loose is None else 2 + loose


def _place(query: str, text: str) -> int | None:
    """0 where some word of ``text`` starts with ``query``, 1 where it stands elsewhere, None where nowhere."""
    if query not in text:
        return None
    return 0 if re.search(rf"(?<!\w){re.escape(query)}", text) else 1


# ---------------------------------------------------------------------------------- legacy encodings


class Encoding(StrEnum):
    """How Vietnamese letters were written down."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


# TCVN3 (ABC, the .Vn fonts): one character a letter. Capitals with a tone have no code of their own.
_TCVN3 = dict(
    zip(
        "µ¶·¸¹" "¨»¼½¾Æ" "©ÇÈÉÊË" "®" "ÌÎÏÐÑ" "ªÒÓÔÕÖ" "×ØÜÝÞ" "ßáâãä" "«åæçèé" "¬êëìíî" "ïñòóô" "\u00adõö÷øù"
        "úûüýþ" "¡¢£¤¥¦§",
        "àảãáạ" "ăằẳẵắặ" "âầẩẫấậ" "đ" "èẻẽéẹ" "êềểễếệ" "ìỉĩíị" "òỏõóọ" "ôồổỗốộ" "ơờởỡớợ" "ùủũúụ" "ưừửữứự"
        "ỳỷỹýỵ" "ĂÂÊÔƠƯĐ",
        strict=True,
    )
)  # fmt: skip

# VNI-Windows: a letter, mostly followed by a sign for its tone, with the hat or the breve where it has one.
_VNI_MARKS = (
    dict(zip("øûõùï", _TONES, strict=True))
    | dict(zip("âàåãáä", ("", *_TONES), strict=True))
    | dict(zip("êèúüéë", ("", *_TONES), strict=True))
)
_VNI_HATTED, _VNI_BREVED = frozenset("âàåãáä"), frozenset("êèúüéë")
_VNI_BASES = {"ô": "ơ", "ö": "ư"}
_VNI_SINGLES = dict(zip("ìæóíòîñôö", "ìỉĩíịỵđơư", strict=True))
_VNI_LETTER = r"[aeo][âàåãáä]|a[êèúüéë]|[aeouyôö][øûõùï]|[ìæóíòîñôö]"
_VNI_FOUND = re.compile(_VNI_LETTER, re.IGNORECASE)
_VNI_WORD = re.compile(rf"(?:{_VNI_LETTER}|[a-z])+", re.IGNORECASE)

_WORD = re.compile(r"[A-Za-z\u00a1-\u1eff]+")
_TELLING = re.compile(r"(?:[A-Za-z]+[\u00a1-\u1eff]|[\u00a1-\u1eff]+[A-Za-z])[A-Za-z\u00a1-\u1eff]*")
_ENOUGH_VALUES = 500


def decode(text: str, encoding: Encoding) -> str:
    """``text``, written in ``encoding`` and read as Western (cp1252) characters, in Unicode.

    Words that cannot be of that encoding stay as they are, so Unicode cells between old ones survive.

    TCVN3 has no accented capitals but Ă Â Đ Ê Ô Ơ Ư: headings in capitals were set in a capital font (.VnTimeH)
    which the text does not tell, so they come out in small letters, as does "¸nh" → "ánh". Soft hyphens are
    the TCVN3 letter ư; a program that dropped them has lost those letters for good.
    """
    if encoding is Encoding.UNICODE or text.isascii():
        return text
    return _WORD.sub(lambda word: _decoded(word[0], encoding) or word[0], text)


def decode_strays(text: str, encoding: Encoding) -> str:
    """Decode only the words that are no Vietnamese syllable as they stand, and are one in ``encoding``.

    For the other columns of a sheet of which one was typed in an old font: "Cao cÊp" among names in Unicode.
    """
    if encoding is Encoding.UNICODE or text.isascii():
        return text
    return _WORD.sub(lambda word: _stray(word[0], encoding), text)


def _stray(word: str, encoding: Encoding) -> str:
    if not _count_syllables([nfc(word)], Encoding.UNICODE) and _count_syllables([word], encoding):
        return _decoded(word, encoding) or word
    return word


def decode_legacy(text: str) -> tuple[str, Encoding]:
    """One text, decoded, with the encoding found in it alone; a name or two is little evidence.

    For columns and sheets ask ``detect_encoding`` once for all values, then ``decode`` each.
    """
    encoding = detect_encoding([text])
    return decode(text, encoding), encoding


def detect_encoding(values: Iterable[str]) -> Encoding:
    """The encoding of a column or sheet, by how many of its words become Vietnamese syllables.

    An old encoding is believed only where two different words or more, and three in four of those outside
    ASCII, are syllables in it, and more than are syllables as they stand. Otherwise it is Unicode.
    """
    words = _telling_words(values)
    syllables = {encoding: _count_syllables(words, encoding) for encoding in Encoding}
    best = max(Encoding.TCVN3, Encoding.VNI, key=lambda encoding: syllables[encoding])
    believed = syllables[best] >= max(2, 0.75 * len(words)) and syllables[best] > syllables[Encoding.UNICODE]
    return best if believed else Encoding.UNICODE


def count_syllables(values: Iterable[str]) -> int:
    """How many different accented words of ``values``, read as Unicode, are Vietnamese syllables."""
    return _count_syllables(_telling_words(values), Encoding.UNICODE)


def is_syllable(word: str) -> bool:
    """Whether a word is built as a Vietnamese syllable: onset, rime, and sắc or nặng before a final stop."""
    letters, tone = _parted(normalize("NFC", word).lower())
    rimes = (letters[len(onset) :] for onset in _ONSETS if letters.startswith(onset))
    return any(rime in _RIMES for rime in rimes) and (tone >= 4 or not letters.endswith(_STOPS))


def _telling_words(values: Iterable[str]) -> set[str]:
    """The words of the first values that can be evidence; plain ASCII and signs alone (©, ×, «) tell nothing."""
    accented = islice((value for value in values if not value.isascii()), _ENOUGH_VALUES)
    return {word for value in accented for word in _TELLING.findall(normalize("NFC", value))}


def _count_syllables(words: Iterable[str], encoding: Encoding) -> int:
    decoded = (_decoded(word, encoding) for word in words)
    return sum(1 for word in decoded if word is not None and is_syllable(word))


def _decoded(word: str, encoding: Encoding) -> str | None:
    """The word in Unicode, or None where it cannot have been written in ``encoding``."""
    if encoding is Encoding.UNICODE:
        return word if word in (word.lower(), word.upper(), word.capitalize()) else None  # not "TrÝ"
    if encoding is Encoding.TCVN3:
        letters = [letter if letter.isascii() else _TCVN3.get(letter, "") for letter in word]
        return "".join(letters) if all(letters) else None
    if not _VNI_WORD.fullmatch(word):
        return None
    return _VNI_FOUND.sub(lambda found: _vni_letter(found[0]), word)


def _vni_letter(written: str) -> str:
    """One letter of VNI in Unicode; it is a capital if its first character is."""
    base, mark = written[0].lower(), written[1:].lower()
    if not mark:
        letter = _VNI_SINGLES[base]
    else:
        shape = _CIRCUMFLEX if mark in _VNI_HATTED else _BREVE if mark in _VNI_BREVED else ""
        letter = normalize("NFC", _VNI_BASES.get(base, base) + shape + _VNI_MARKS[mark])
    return letter.upper() if written[0].isupper() else letter


_STOPS = ("c", "ch", "p", "t")
_ONSET_LIST = "b c ch d đ g gh gi h k kh l m n nh ng ngh p ph qu r s t th tr v x"
_ONSETS = ("", *_ONSET_LIST.split())
_RIME_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt
uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y ych yêm yên yêng yêt yêu ynh yt
"""
_RIMES = frozenset(_RIME_LIST.split())
