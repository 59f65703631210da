"""What outreach offers to the desk, the book and the search of the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import MOST_HITS, Errand, Event, Hit, Scope
from chibo.core.vietnamese import fold
from chibo.outreach.models import Article, Exemplar, Item, RoadStep
from chibo.outreach.rules.articles import OPEN, ArticleState
from chibo.outreach.rules.exemplars import Step
from chibo.outreach.selectors import visible_items
from chibo.units.selectors import visible_units


def errands_of(actor: Actor, today: date) -> Iterator[Errand]:
    """For a cell the articles it owes; for who approves, what waits; for who leads, what may be published."""
    if actor.holds(Can.WRITE_OUTREACH):
        yield from _owed(actor)
    if actor.holds(Can.APPROVE_OUTREACH):
        yield from _to_approve(actor)
    if actor.holds(Can.LEAD_OUTREACH):
        yield from _to_publish(actor)


def _owed(actor: Actor) -> Iterator[Errand]:
    """The articles of one's own unit; whoever leads the outreach has the list for all of them."""
    rows = Article.objects.filter(state__in=OPEN, unit__in=visible_units(actor, Can.WRITE_OUTREACH))
    for article in rows.select_related("unit").order_by("due_on", "pk"):
        if not actor.may(Can.LEAD_OUTREACH, article.unit):
            returned = article.state == ArticleState.RETURNED
            yield Errand(
                _("%(unit)s: bài viết về %(what)s") % {"unit": article.unit.name, "what": article.asked},
                _("Sửa bài") if returned else _("Viết bài"),
                reverse("outreach:article", args=[article.pk]),
                due=article.due_on,
            )


def _to_approve(actor: Actor) -> Iterator[Errand]:
    units = visible_units(actor, Can.APPROVE_OUTREACH)
    for article in Article.objects.filter(state=ArticleState.SENT, unit__in=units).select_related("unit"):
        text = _("Bài chờ duyệt: %(title)s (%(unit)s)") % {"title": article, "unit": article.unit.name}
        yield Errand(text, _("Duyệt"), reverse("outreach:article", args=[article.pk]))
    rows = Exemplar.objects.filter(state=Step.PROPOSED, unit__in=units).select_related(
        "unit", "member", "praised_unit"
    )
    for exemplar in rows:
        text = _("Gương chờ duyệt: %(who)s (%(unit)s)") % {"who": exemplar, "unit": exemplar.unit.name}
        yield Errand(text, _("Duyệt"), reverse("outreach:exemplar", args=[exemplar.pk]))


def _to_publish(actor: Actor) -> Iterator[Errand]:
    units = visible_units(actor, Can.LEAD_OUTREACH)
    for article in Article.objects.filter(state=ArticleState.APPROVED, unit__in=units).select_related("unit"):
        text = _("Bài đã duyệt, chưa đăng: %(title)s") % {"title": article}
        yield Errand(text, _("Đăng"), reverse("outreach:article", args=[article.pk]))


def events_of(scope: Scope) -> Iterator[Event]:
    """What the unit itself told, as its book tells it: its items, and exemplars presented."""
    if len(scope.units) > 1:
        return
    span = (scope.period.first, scope.day)
    for item in Item.objects.filter(unit_id__in=scope.units, held_on__range=span):
        url = reverse("outreach:item", args=[item.pk])
        yield Event(item.held_on, _("Tuyên truyền"), item.title, url, item.get_kind_display())
    rows = RoadStep.objects.filter(unit_id__in=scope.units, step=Step.PRESENTED, on__range=span)
    for step in rows.select_related("exemplar__member", "exemplar__praised_unit"):
        url = reverse("outreach:exemplar", args=[step.exemplar_id])
        text = _("Giới thiệu gương %(who)s") % {"who": step.exemplar}
        yield Event(step.on, _("Gương điển hình"), text, url, step.get_channel_display())


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Entries of the ledger by title, exemplars by name or deed; never by the text of an article."""
    asked = fold(words)
    for item in visible_items(actor).filter(search_key__contains=asked).order_by("-held_on", "-pk")[:MOST_HITS]:
        detail = f"{item.get_kind_display()}, {item.held_on:%d/%m/%Y}"
        yield Hit(_("Tuyên truyền"), item.title, detail, reverse("outreach:item", args=[item.pk]))
    rows = Exemplar.objects.visible_to(actor).filter(search_key__contains=asked)
    for exemplar in rows.select_related("member", "praised_unit").order_by("-found_on", "-pk")[:MOST_HITS]:
        url = reverse("outreach:exemplar", args=[exemplar.pk])
        yield Hit(_("Gương điển hình"), str(exemplar), exemplar.title, url)
