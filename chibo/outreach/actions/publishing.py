"""What was approved is put before the public, and taken away again, here; the journal has a line of each."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.outreach.models import Article, Exemplar, Publication
from chibo.outreach.rules.articles import JUDGED
from chibo.outreach.rules.exemplars import APPROVED, objections_to_showing


@action(Can.APPROVE_OUTREACH)
def show_article(article: Article, *, actor: Actor, on: date) -> Article:
    """Let the public read the article as it was approved; shown again, it is the text approved last."""
    refuse_if(objections_to_showing(approved=article.state in JUDGED, agreed=True, names_person=False))
    told = {
        "title": article.title, "byline": article.unit.name, "text": article.text, "picture": article.picture.name or "",
    }  # fmt: skip
    _show(Publication.objects.filter(article=article).first() or Publication(article=article), article, on, told)
    return article


@action(Can.APPROVE_OUTREACH)
def show_exemplar(exemplar: Exemplar, *, actor: Actor, on: date, agreed: bool = False) -> Exemplar:
    """Let the public read of the exemplar; a person must have ``agreed`` (Luật Bảo vệ dữ liệu cá nhân 2025).

    Of the person nothing goes out but the name, who they are in one line, and the approved text.
    """
    refuse_if(
        objections_to_showing(approved=exemplar.state in APPROVED, agreed=agreed, names_person=not exemplar.is_group)
    )
    who = f"{exemplar}, {exemplar.about}" if exemplar.about else str(exemplar)
    told = {"title": exemplar.title, "byline": who[:200], "text": exemplar.story, "picture": ""}
    _show(Publication.objects.filter(exemplar=exemplar).first() or Publication(exemplar=exemplar), exemplar, on, told)
    return exemplar


@action(Can.APPROVE_OUTREACH)
def withdraw_publication(publication: Publication, *, actor: Actor, on: date) -> Publication:
    """Take it away from the public at once; it can be shown again."""
    publication.withdrawn_on = on
    publication.save()
    return publication


def _show(publication: Publication, source: Article | Exemplar, on: date, told: dict[str, str]) -> None:
    for name, value in told.items():
        setattr(publication, name, value)
    publication.unit, publication.withdrawn_on = source.unit, None
    publication.shown_on, publication.shown_at = on, timezone.now()
    publication.save()
