"""What papers offer the whole."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import Hit, Manifest, NavItem
from chibo.papers.selectors.register import visible_papers, written


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Papers by symbol, subject or issuer."""
    for paper in visible_papers(actor).filter(written(words))[:20]:
        yield Hit(_("Văn bản"), str(paper), paper.issuer, reverse("papers:paper", args=[paper.pk]))


MANIFEST = Manifest(
    nav=(NavItem(gettext_lazy("Văn bản"), "papers:start", Can.SEE_PAPERS, order=60, icon="papers"),),
    finders=(found_by,),
    verbs={
        "register_paper": gettext_lazy("vào sổ văn bản"),
        "take_number": gettext_lazy("lấy số văn bản"),
        "adopt_template": gettext_lazy("nhận mẫu văn bản"),
        "withdraw_template": gettext_lazy("thôi dùng mẫu văn bản"),
    },
)
