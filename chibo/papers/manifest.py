"""What papers offer the whole."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import MOST_HITS, Hit, Importer, Manifest, NavItem
from chibo.papers.actions import enter_papers, take_back_papers
from chibo.papers.selectors.checks import CHECKS
from chibo.papers.selectors.figures import FIGURES
from chibo.papers.selectors.importing import FIELDS, LABELS, in_words, plan_papers
from chibo.papers.selectors.register import visible_papers, written


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Papers by symbol, subject, issuer or signer."""
    for paper in visible_papers(actor).filter(written(words))[:MOST_HITS]:
        yield Hit(_("Văn bản"), str(paper), paper.issuer, reverse("papers:paper", args=[paper.pk]))


MANIFEST = Manifest(
    nav=(NavItem(gettext_lazy("Văn bản"), "papers:start", Can.SEE_PAPERS, order=60, icon="papers"),),
    figures=FIGURES,
    checks=CHECKS,
    finders=(found_by,),
    importers=(
        Importer(
            "papers", gettext_lazy("Sổ văn bản cũ"), Can.KEEP_PAPERS, FIELDS, plan_papers, enter_papers,
            take_back_papers, in_words, LABELS,
        ),
    ),
    verbs={
        "register_paper": gettext_lazy("vào sổ văn bản"),
        "take_number": gettext_lazy("lấy số văn bản"),
        "correct_paper": gettext_lazy("sửa văn bản trong sổ"),
        "enclose_file": gettext_lazy("kèm tệp vào văn bản"),
        "take_out_enclosure": gettext_lazy("bỏ tệp kèm nhầm"),
        "link_papers": gettext_lazy("ghi căn cứ, thay thế"),
        "unlink_papers": gettext_lazy("bỏ căn cứ, thay thế"),
        "reserve_number": gettext_lazy("giữ chỗ số văn bản"),
        "void_number": gettext_lazy("hủy số văn bản"),
        "explain_number": gettext_lazy("ghi lý do khuyết số"),
        "issue_paper": gettext_lazy("ban hành văn bản"),
        "enter_papers": gettext_lazy("nhập sổ văn bản cũ"),
        "take_back_papers": gettext_lazy("rút lại việc nhập sổ"),
        "adopt_template": gettext_lazy("nhận mẫu văn bản"),
        "withdraw_template": gettext_lazy("thôi dùng mẫu văn bản"),
    },
)  # fmt: skip
