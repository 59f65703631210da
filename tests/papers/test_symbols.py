"""Numbers and symbols: printed one way, read as people type them. HD 36-HD/VPTW mục 1.3; rulebook §6.1–6.2."""

from __future__ import annotations

import pytest

from chibo.papers.rules import PaperKind, Symbol, kinds_abbreviated, parse_symbol


def test_a_symbol_prints_two_digits_and_no_colon() -> None:
    assert str(Symbol(5, "BC", "CB")) == "Số 05-BC/CB"
    assert str(Symbol(12, "BC", "ĐU")) == "Số 12-BC/ĐU"
    assert str(Symbol(967, "QĐ", "QU")) == "Số 967-QĐ/QU"


def test_a_number_not_yet_given_is_a_gap_for_the_clerk() -> None:
    assert str(Symbol(0, "NQ", "ĐU")) == "Số      -NQ/ĐU"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Số 05-BC/CB", "Số 05-BC/CB"),
        ("5-bc/cb", "Số 05-BC/CB"),
        ("Số: 05 - BC / CB", "Số 05-BC/CB"),
        ("số 3 – ctr/đu", "Số 03-CTr/ĐU"),
        ("12-TTR/ĐU.", "Số 12-TTr/ĐU"),
        ("07-QĐi/ĐU", "Số 07-QĐi/ĐU"),
        ("07-QĐI/ĐU", "Số 07-QĐi/ĐU"),
        ("36-HD/VPTW", "Số 36-HD/VPTW"),
        ("01-QÐ/TW", "Số 01-QĐ/TW"),  # the Icelandic letter that old keyboards give
        ("294-QĐ/TW", "Số 294-QĐ/TW"),
        ("02-KH/ĐU-UBND", "Số 02-KH/ĐU-UBND"),
        ("09-CV/VP ĐU", "Số 09-CV/VPĐU"),
    ],
)
def test_a_symbol_is_read_as_people_type_it(typed: str, printed: str) -> None:
    assert str(parse_symbol(typed)) == printed


@pytest.mark.parametrize(
    "typed",
    ["", "Số", "BC/CB", "05-BC", "05/BC-CB", "15/QĐ-UBND", "00-BC/CB", "-5-BC/CB", "05-XYZ/CB", "05-BC/", "05-BC/12"],
)
def test_another_form_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_symbol(typed)


@pytest.mark.parametrize("symbol", [(-1, "BC", "CB"), (1, "", "CB"), (1, "BC", "")])
def test_a_symbol_without_a_part_cannot_be_made(symbol: tuple[int, str, str]) -> None:
    with pytest.raises(ValueError, match="-"):
        Symbol(*symbol)


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind.abbreviation])
def test_every_type_prints_and_reads_back(kind: PaperKind) -> None:
    symbol = Symbol(7, kind.abbreviation, "ĐU")
    assert parse_symbol(str(symbol)) == symbol
    assert kind in kinds_abbreviated(symbol.kind)


def test_decision_and_regulation_share_their_letters_unless_the_office_tells_them_apart() -> None:
    assert kinds_abbreviated("QĐ") == (PaperKind.DECISION, PaperKind.REGULATION)
    assert kinds_abbreviated("QĐi") == (PaperKind.REGULATION,)
    assert kinds_abbreviated("") == ()
    assert kinds_abbreviated("XY") == ()


def test_types_have_their_names_and_letters() -> None:
    assert (PaperKind.PROGRAMME.label, PaperKind.PROGRAMME.abbreviation) == ("Chương trình", "CTr")
    assert (PaperKind.PROPOSAL.label, PaperKind.PROPOSAL.abbreviation) == ("Tờ trình", "TTr")
    assert PaperKind("report") is PaperKind.REPORT
    assert len(PaperKind) == 34
