"""What programmes offer the whole."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import MOST_HITS, Hit, Manifest, NavItem
from chibo.programmes.selectors import FIGURES, visible_programmes


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Programmes by name."""
    for programme in visible_programmes(actor).filter(name__icontains=words)[:MOST_HITS]:
        yield Hit(
            _("Chương trình"),
            programme.name,
            programme.unit.name,
            reverse("programmes:programme", args=[programme.pk]),
        )


MANIFEST = Manifest(
    nav=(NavItem(gettext_lazy("Chương trình"), "programmes:start", Can.SEE_PROGRAMMES, order=50, icon="programmes"),),
    figures=FIGURES,
    finders=(found_by,),
    verbs={
        "launch_programme": gettext_lazy("lập chương trình"),
        "amend_programme": gettext_lazy("sửa chương trình"),
        "set_theme": gettext_lazy("ghi chuyên đề năm"),
        "attach_paper": gettext_lazy("gắn văn bản vào chương trình"),
        "detach_paper": gettext_lazy("gỡ văn bản khỏi chương trình"),
        "plant_manifestations": gettext_lazy("nạp 27 biểu hiện"),
        "word_manifestation": gettext_lazy("sửa câu chữ biểu hiện"),
    },
)
