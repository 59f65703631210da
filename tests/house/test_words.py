"""What people read: Vietnamese in the officials' words, written one way, every sentence with its English."""

from __future__ import annotations

import re
import unicodedata
from importlib import import_module
from pathlib import Path

import django
import pytest
from django.core.exceptions import ValidationError
from django.forms import IntegerField
from django.utils.translation import override

import chibo
from chibo.core.registry import registry
from tests.house.test_house import every_action
from tools.messages import DJANGOS, FOLDER, is_stale, load, missing, sentences, template

HOUSE = Path(chibo.__file__).parent
TEMPLATES = sorted(p for p in HOUSE.rglob("templates/**/*.html"))
MARKED = re.compile(
    r"{%\s*(?:translate|trans|plural)\b.*?%}|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.S
)
NOT_SHOWN = re.compile(
    r"{%\s*block layout\s*%}.*?{%\s*endblock\s*%}|&\w+;|{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->|<script.*?</script>|<svg.*?</svg>|{%.*?%}|{{.*?}}",
    re.S,
)
SPOKEN = re.compile(r'\s(?:title|aria-label|alt|placeholder)="([^"]*)"')
LETTERS = re.compile(r"[^\W\d_]{3,}")
SAME_EVERYWHERE = {"chibo", "xlsx", "docx", "pdf", "zip", "https", "http", "CSV", "Excel", "PDF", "Word"}


def messages() -> list[tuple[str, int, str]]:
    """(file, line, text) of every sentence marked for translation, plurals one by one."""
    each = ((name, line, m if isinstance(m, tuple) else (m,)) for name, line, m, _context in sentences())
    return [(name, line, text) for name, line, texts in each for text in texts if isinstance(text, str) and text]


def test_every_sentence_has_its_english() -> None:
    assert missing(load(), template()) == [], "fill chibo/locale/en, then run make messages"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert [folder for folder in (FOLDER, DJANGOS) if is_stale(folder)] == [], "run make messages"


def test_what_django_says_of_what_was_typed_is_in_the_words_of_an_office() -> None:
    """Its own Vietnamese lacks some sentences and words others as no official would; ours must still be Django's ids."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for part in ("forms", "core", "contrib/auth")
        for path in (Path(django.__file__).parent / part).rglob("*.py")
    )
    ids = [one for m in load(DJANGOS) if m.id for one in (m.id if isinstance(m.id, tuple) else (m.id,))]
    assert [one for one in ids if one not in re.sub(r'"\s+"', "", source)] == []
    with override("vi"), pytest.raises(ValidationError, match="Ghi một số nguyên"):
        IntegerField().clean("mười")


def test_every_sentence_is_written_in_composed_letters() -> None:
    """A sentence in decomposed Unicode looks the same and is found by no search."""
    assert [m for m in messages() if unicodedata.normalize("NFC", m[2]) != m[2]] == []


def test_every_translation_keeps_the_gaps_of_its_sentence() -> None:
    gap = re.compile(r"%\((\w+)\)[sd]")
    wrong = []
    for message in load():
        for pair in zip(
            *(m if isinstance(m, (tuple, list)) else (m,) for m in (message.id, message.string)), strict=False
        ):
            source, english = pair
            if source and english and set(gap.findall(source)) != set(gap.findall(english)):
                wrong.append(source)
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_page_says_nothing_that_is_not_marked_for_translation(path: Path) -> None:
    """What stands between tags, and in the attributes that are read aloud, comes from the catalogue."""
    bare = NOT_SHOWN.sub(" ", MARKED.sub(" ", path.read_text(encoding="utf-8")))
    shown = [*SPOKEN.findall(bare), re.sub(r"<[^>]*>", " ", bare)]
    left = {word for text in shown for word in LETTERS.findall(text)} - SAME_EVERYWHERE
    assert left == set()


def test_every_action_has_its_words_in_the_journal() -> None:
    """Not "confirm_plan" but "xác nhận kế hoạch": the manifest of the app says them."""
    wordless = []
    for act in every_action():
        app = act.__module__.split(".")[1]
        manifest = registry.manifests.get(app)
        if manifest is None or act.__name__ not in manifest.verbs:
            wordless.append(f"{app}.{act.__name__}")
    assert sorted(wordless) == []


def test_no_words_are_kept_for_actions_that_are_gone() -> None:
    known = {(act.__module__.split(".")[1], act.__name__) for act in every_action()}
    kept = {(app, verb) for app, manifest in registry.manifests.items() for verb in manifest.verbs}
    assert kept <= known


def test_the_words_of_the_manifests_are_vietnamese() -> None:
    """A label without a single Vietnamese letter beyond ASCII is probably English that slipped in."""
    doubtful = []
    for manifest in registry.manifests.values():
        labels = [n.label for n in manifest.nav] + [f.label for f in manifest.figures] + list(manifest.verbs.values())
        labels += (
            [f.meaning for f in manifest.figures]
            + [c.label for c in manifest.checks]
            + [s.label for s in manifest.settings]
        )
        doubtful += [str(label) for label in labels if str(label).isascii()]
    assert set(doubtful) <= {"Giao ban"}


def test_no_rule_speaks_of_the_software() -> None:
    """Plain words of their trade: no jargon of software in what people read."""
    jargon = re.compile(
        r"\b(user|admin|click|submit|server|database|token|session|upload|download|error|ID|null|website)\b", re.I
    )
    assert [m for m in messages() if jargon.search(re.sub(r"%\(\w+\)[sd]", "", m[2]))] == []


def test_manifests_are_read_in_the_language_of_the_reader() -> None:
    """Words fixed at import time would stay Vietnamese for whoever reads English."""
    assert import_module("chibo.desk.manifest").MANIFEST is registry.manifests["desk"]
    fixed = [str(n.label) for m in registry.manifests.values() for n in m.nav if type(n.label) is str]
    assert fixed == []
