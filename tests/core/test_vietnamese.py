from itertools import product
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.core.vietnamese import (
    Encoding,
    decode,
    decode_legacy,
    detect_encoding,
    fold,
    has_accents,
    is_syllable,
    name_sort_key,
    nfc,
    rank,
    search_key,
    sort_key,
    split_name,
)
from tests.core.workbook_samples import NAMES, TCVN3, VNI, encode_tcvn3, encode_vni

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
VIETNAMESE = [normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)] + ["đ"]
WORDS = st.text(sorted({*VIETNAMESE, *LETTERS}), min_size=1, max_size=4)


def in_order(*texts: str) -> bool:
    keys = [sort_key(text) for text in texts]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


# ------------------------------------------------------------------------------------------ spelling


def test_composed_and_decomposed_text_become_one_spelling() -> None:
    assert nfc(normalize("NFD", "Đường Nguyễn Huệ")) == "Đường Nguyễn Huệ"


def test_white_space_is_trimmed_and_collapsed() -> None:
    assert nfc("  Nguyễn\u00a0 Văn\tAn\n") == "Nguyễn Văn An"


def test_the_place_of_the_tone_is_left_to_the_writer() -> None:
    assert (nfc("hoà"), nfc("hòa")) == ("hoà", "hòa")


def test_folding_leaves_no_accent_and_no_capital() -> None:
    assert fold("ĐƯỜNG Nguyễn Thị Mỹ Lệ, tổ 5") == "duong nguyen thi my le, to 5"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# --------------------------------------------------------------------------------------------- order


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert in_order(*"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")


def test_tones_follow_the_dictionary() -> None:
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ")


def test_letters_decide_before_tones() -> None:
    assert in_order("Hạ An", "Ha Anh", "Hà Bình")
    assert in_order("lan", "làn", "lăn", "lân")


def test_a_word_comes_before_the_longer_word_it_begins() -> None:
    assert in_order("La", "La Văn", "Lan", "Lan Anh")


def test_numbers_come_first_and_by_value() -> None:
    assert in_order("5", "10", "Chi bộ 5", "Chi bộ 10", "Chi bộ 10a", "Chi bộ 100", "Chi bộ Chợ")


def test_leading_zeros_capitals_and_punctuation_do_not_matter() -> None:
    assert sort_key("CHI BỘ: 05") == sort_key("Chi bộ 5")


def test_both_places_of_the_tone_sort_alike() -> None:
    assert sort_key("Hoà") == sort_key("Hòa")


def test_foreign_accents_and_scripts_still_sort() -> None:
    assert in_order("Berlin", "Çelik", "Dao")
    assert sort_key("中文").isascii()


@given(st.text(max_size=30))
def test_a_key_holds_only_symbols_that_every_collation_orders_alike(text: str) -> None:
    assert set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


def by_the_book(text: str) -> tuple[list[list[int]], list[int]]:
    """CLDR's order of Vietnamese words, said the long way: letters of all words, then tones."""
    letters, tones = [], []
    for word in text.split():
        marks = normalize("NFD", word)
        tone = next((TONES.index(mark) for mark in marks if mark in TONES), 0)
        bare = normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        letters.append([LETTERS.index(letter) for letter in bare])
        tones.append(tone)
    return letters, tones


@given(st.lists(WORDS, min_size=1, max_size=3), st.lists(WORDS, min_size=1, max_size=3))
def test_keys_compare_as_the_rules_of_cldr_do(left: list[str], right: list[str]) -> None:
    one, other = " ".join(left), " ".join(right)
    assert (sort_key(one) < sort_key(other)) == (by_the_book(one) < by_the_book(other))


def test_the_given_name_is_the_last_word() -> None:
    assert split_name(" Nguyễn  Văn An ") == ("Nguyễn Văn", "An")
    assert split_name("An") == ("", "An")
    assert split_name("") == ("", "")


def test_people_are_listed_by_given_then_family_then_middle_name() -> None:
    listed = ["Trần Văn An", "Nguyễn Thị Ân", "Lê Anh Hà", "Lê Văn Hà", "Trần Ái Hà", "Bùi Văn Hạ", "Đỗ Hùng"]
    mixed = listed[3:] + listed[:3]
    assert sorted(mixed, key=name_sort_key) == listed


# -------------------------------------------------------------------------------------------- search


def test_a_name_is_found_without_accents() -> None:
    assert fold("đường") in search_key("Nguyễn Văn Đường")


def test_the_accents_somebody_types_put_exact_matches_first() -> None:
    people = ["Lê Thị Dương", "Hoàng Đường"]
    assert sorted(people, key=lambda name: rank("đường", name)) == ["Hoàng Đường", "Lê Thị Dương"]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("đường", "Nguyễn Văn Đường", 0),
        ("ường", "Nguyễn Văn Đường", 1),
        ("duong", "Nguyễn Văn Đường", 2),
        ("uong", "Nguyễn Văn Đường", 3),
        ("đường", "Nguyễn Văn Dương", 2),
        ("hùng", "Nguyễn Văn Đường", 4),
        ("văn đ", "Nguyễn Văn Đường", 0),
        ("(a", "Lan (A)", 0),
        ("", "Lan", 0),
    ],
)
def test_matches_are_ranked(query: str, text: str, expected: int) -> None:
    assert rank(query, text) == expected


def test_accents_typed_are_noticed() -> None:
    assert has_accents("đuong")
    assert has_accents(normalize("NFD", "hà"))
    assert not has_accents("DUONG 5")


# ------------------------------------------------------------------------------------ old encodings


def test_every_letter_of_vni_is_decoded() -> None:
    assert len(VNI) == 134
    assert {letter: decode(written, Encoding.VNI) for letter, written in VNI.items()} == {x: x for x in VNI}


def test_every_letter_of_tcvn3_is_decoded() -> None:
    assert len(TCVN3) == 67 + 7
    assert {letter: decode(written, Encoding.TCVN3) for letter, written in TCVN3.items()} == {x: x for x in TCVN3}


def test_a_capital_may_carry_a_small_mark_in_vni() -> None:
    assert decode("Aùnh AÙNH Ñöùc ÑÖÙC", Encoding.VNI) == "Ánh ÁNH Đức ĐỨC"


@given(st.lists(WORDS.filter(lambda word: len(word) > 1)))
def test_what_vni_writes_is_read_back(words: list[str]) -> None:
    text = " ".join(word.capitalize() for word in words)
    assert decode(encode_vni(text), Encoding.VNI) == text


@given(st.lists(WORDS))
def test_what_tcvn3_writes_is_read_back(words: list[str]) -> None:
    assert decode(encode_tcvn3(" ".join(words)), Encoding.TCVN3) == " ".join(words)


def test_words_of_unicode_between_old_ones_survive() -> None:
    assert decode("Nguyễn V¨n – “Đảng”", Encoding.TCVN3) == "Nguyễn Văn – “Đảng”"


def test_one_text_is_decoded_by_itself() -> None:
    assert decode_legacy("§¶ng bé ph\u00adêng") == ("Đảng bộ phường", Encoding.TCVN3)
    assert decode_legacy("Nguyeãn Vaên Höông") == ("Nguyễn Văn Hương", Encoding.VNI)
    assert decode_legacy("Đảng bộ phường") == ("Đảng bộ phường", Encoding.UNICODE)


@given(st.lists(st.sampled_from(NAMES), min_size=5, max_size=12, unique=True))
def test_five_names_are_enough_to_know_the_encoding(names: list[str]) -> None:
    assert detect_encoding([encode_tcvn3(name) for name in names]) is Encoding.TCVN3
    assert detect_encoding([encode_vni(name) for name in names]) is Encoding.VNI
    assert detect_encoding(names) is Encoding.UNICODE
    assert detect_encoding([normalize("NFD", name) for name in names]) is Encoding.UNICODE


def test_capitals_of_vni_are_known() -> None:
    assert detect_encoding(encode_vni(name.upper()) for name in NAMES[:20]) is Encoding.VNI


def test_no_name_in_unicode_is_taken_for_an_old_encoding() -> None:
    assert {decode_legacy(name) for name in NAMES} == {(name, Encoding.UNICODE) for name in NAMES}
    assert {decode_legacy(name.upper())[1] for name in NAMES} == {Encoding.UNICODE}
    assert {decode_legacy(name.lower())[1] for name in NAMES} == {Encoding.UNICODE}


OTHER_TEXT = [
    "The secretary’s report — see café, naïve, façade, résumé",
    "nguyen.van.an@example.vn; van-phong@example.org",
    "Été à la plage: où êtes-vous? Noël, forêt, garçon, très élevé, déjà vu, Loïc, Anaïs, hôpital, dîner",
    "Über die Größe: schön, Müller, für Straße, täglich",
    "El niño comió piñas en Cádiz el año pasado; ¿qué más?",
    "São Paulo, João, coração, não, três irmãos",
    "© 2020 «Công ty» ® § 5 × 3 ÷ 2 · 10 µm ± 1 °C ½ ¾ ª º ¡Hola!",
    "Smørrebrød på Ærø, Åse, København",
    "H'Mông, Ê Đê, Kpă Klơng, Y Ngông Niê Kdăm, Đắk Lắk, Krông Pắc",
    "",
    "12/05/1990",
]


@pytest.mark.parametrize("text", OTHER_TEXT)
def test_other_languages_are_left_alone(text: str) -> None:
    assert decode_legacy(text) == (text, Encoding.UNICODE)
    assert detect_encoding(text.split()) is Encoding.UNICODE


def test_other_languages_together_are_left_alone() -> None:
    assert detect_encoding(OTHER_TEXT) is Encoding.UNICODE


def test_syllables_are_told_from_other_words() -> None:
    good = "Nguyễn giếng quốc Quỳnh gì nghiêng thuở khuya ngoằn quyết yêu ý Đảng xoong hoà hòa khuỷu"
    bad = "café Loïc Bïi V¨n xyz ngyuễn thàch cats blà tuớng đặn̂"
    assert [word for word in good.split() if not is_syllable(word)] == []
    assert [word for word in bad.split() if is_syllable(word)] == []
