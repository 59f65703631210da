"""Citations as offices write them, read and measured. Seed S2-02; rulebook §6.1–6.2."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest

from chibo.core.vietnamese import nfc
from chibo.papers.rules.citations import Citation, read_citations
from chibo.papers.rules.kinds import PaperKind

LINES = [
    line
    for line in (Path(__file__).parent / "citations.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
MARKS = str.maketrans("", "", "".join(map(chr, (0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323))))


def typed(line: str) -> tuple[str, list[str]]:
    text, _, cited = line.rpartition(" => ")
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text.replace("\\n", "\n"))
    if text.startswith("NFD:"):
        text = normalize("NFD", text[4:])
    if text.startswith("BARE:"):
        text = normalize("NFD", text[5:]).translate(MARKS).replace("Đ", "D").replace("đ", "d")
    return text, [] if cited == "-" else [nfc(one) for one in cited.split(" ; ")]


def short(kind: PaperKind) -> str:
    return "QyĐ" if kind is PaperKind.REGULATION else kind.abbreviation


def told(citation: Citation) -> str:
    """A citation as the corpus writes it down."""
    number = citation.symbol or f"{citation.number:02d}" + (f"-{citation.letters}" if citation.letters else "")
    if citation.session:
        number = f"TƯ{citation.session}"
    kinds = [short(kind) for kind in citation.kinds if kind.abbreviation != "QĐ" or len(citation.kinds) < 3]
    when = str(citation.issued_on or citation.year or "")
    issuer, term = (citation.issuer and f"@{citation.issuer}"), (citation.term and f"^{citation.term}")
    return nfc(" ".join(part for part in ("|".join(kinds), number, when, issuer, term) if part))


def test_the_corpus_is_read_with_precision_and_recall(capsys: pytest.CaptureFixture[str]) -> None:
    """Counted is each citation whole: type, number, day, issuer and term must all be as in the corpus."""
    right = found = cited = 0
    wrong: list[str] = []
    for line in LINES:
        text, expected = typed(line)
        read = [told(citation) for citation in read_citations(text)]
        right += sum((Counter(read) & Counter(expected)).values())
        found, cited = found + len(read), cited + len(expected)
        if read != expected:
            wrong.append(f"{line}\n     read: {' ; '.join(read) or '-'}")
    with capsys.disabled():
        print(
            f"\n{len(LINES)} spellings, {cited} citations: precision {right / found:.1%}, recall {right / cited:.1%}"
        )
    assert len(LINES) >= 150
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("line", LINES[:20])
def test_a_citation_says_where_it_stands(line: str) -> None:
    text, _expected = typed(line)
    for citation in read_citations(text):
        assert text[citation.start : citation.end] == citation.text
