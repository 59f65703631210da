"""The week is oriented, units are asked for articles; they are written, sent, approved or returned, published here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import month_of
from chibo.core.vietnamese import nfc
from chibo.outreach.actions.items import enter_item
from chibo.outreach.models import Article, Week
from chibo.outreach.rules import objections_to_theme
from chibo.outreach.rules.articles import (
    ArticleState,
    objections_to_asking,
    objections_to_calling_off,
    objections_to_judging,
    objections_to_orienting,
    objections_to_publishing,
    objections_to_sending,
    objections_to_writing,
    week_of,
)
from chibo.outreach.selectors import is_theme_of
from chibo.outreach.selectors.articles import units_to_ask
from chibo.outreach.selectors.pictures import cleaned, objections_to_upload
from chibo.programmes.models import Programme, Theme
from chibo.units.models import Unit
from chibo.units.rules import Level


@action(Can.LEAD_OUTREACH)
def orient_week(unit: Unit, *, actor: Actor, starts_on: date, text: str) -> Week:
    """Write the week's orientation, or write it anew; ``starts_on`` may be any day of the week (seed S1-06)."""
    refuse_if(objections_to_orienting(text=text, is_ward=unit.level == Level.WARD))
    week, _new = Week.objects.get_or_create(unit=unit, starts_on=week_of(starts_on), defaults={"text": text})
    week.text = text
    week.save()
    return week


@action(Can.LEAD_OUTREACH)
def ask_for_articles(
    week: Week,
    *,
    actor: Actor,
    what: str,
    units: Sequence[Unit],
    due_on: date,
    asked_on: date,
    programme: Programme | None = None,
    theme: Theme | None = None,
    topic: str = "",
) -> Week:
    """Ask units of the ward for an article each about their own work (seed S1-06)."""
    ids = [unit.pk for unit in units]
    below = units_to_ask(week.unit, week.starts_on).values_list("pk", flat=True)
    refuse_if(
        [
            *objections_to_asking(what=what, units=ids, below=list(below), due_on=due_on, starts_on=week.starts_on),
            *objections_to_theme(has_theme=theme is not None, of_programme=is_theme_of(theme, programme)),
        ]
    )
    Article.objects.bulk_create(
        Article(
            unit=unit, week=week, asked=nfc(what), asked_on=asked_on, month=month_of(asked_on), due_on=due_on,
            programme=programme, theme=theme, topic=nfc(topic),
        )
        for unit in units
    )  # fmt: skip
    return week


@action(Can.LEAD_OUTREACH)
def call_off_article(article: Article, *, actor: Actor) -> Unit:
    """Take a request back for which nothing was written."""
    refuse_if(objections_to_calling_off(article.state, has_text=bool(article.text.strip())))
    unit = article.unit
    article.delete()
    return unit


@action(Can.WRITE_OUTREACH)
def offer_article(
    unit: Unit,
    *,
    actor: Actor,
    title: str,
    text: str,
    on: date,
    today: date,
    programme: Programme | None = None,
    theme: Theme | None = None,
    topic: str = "",
    picture: Any = None,
) -> Article:
    """Send an article that nobody asked for."""
    refuse_if(
        [
            *objections_to_sending(ArticleState.ASKED, title=title, text=text, on=on, today=today),
            *objections_to_theme(has_theme=theme is not None, of_programme=is_theme_of(theme, programme)),
            *objections_to_upload(picture),
        ]
    )
    article = Article(
        unit=unit, asked=nfc(title), asked_on=on, month=month_of(on), title=nfc(title), text=text, first_sent_on=on,
        sent_on=on, state=ArticleState.SENT, programme=programme, theme=theme, topic=nfc(topic),
    )  # fmt: skip
    if picture:
        article.picture.save(*cleaned(picture), save=False)
    article.save()
    return article


@action(Can.WRITE_OUTREACH)
def write_article(article: Article, *, actor: Actor, title: str, text: str, picture: Any = None) -> Article:
    """Keep a draft: nobody but its writers reads it yet."""
    refuse_if([*objections_to_writing(article.state), *objections_to_upload(picture)])
    article.title, article.text = nfc(title), text
    if picture:
        article.picture.save(*cleaned(picture), save=False)
    article.save()
    return article


@action(Can.WRITE_OUTREACH)
def send_article(
    article: Article, *, actor: Actor, title: str, text: str, on: date, today: date, picture: Any = None
) -> Article:
    """Send the article for approval; one that was approved, and is changed, waits for approval again."""
    refuse_if(
        [
            *objections_to_sending(article.state, title=title, text=text, on=on, today=today),
            *objections_to_upload(picture),
        ]
    )
    article.title, article.text, article.sent_on = nfc(title), text, on
    article.first_sent_on = article.first_sent_on or on
    article.state, article.judged_on, article.reason = ArticleState.SENT, None, ""
    if picture:
        article.picture.save(*cleaned(picture), save=False)
    article.save()
    return article


@action(Can.APPROVE_OUTREACH)
def approve_article(article: Article, *, actor: Actor, on: date) -> Article:
    """The ward approves the text as it stands; one already published stays so."""
    refuse_if(objections_to_judging(article.state, sent_on=article.sent_on, on=on))
    article.state = ArticleState.PUBLISHED if article.item_id else ArticleState.APPROVED
    article.judged_on, article.reason = on, ""
    article.save()
    return article


@action(Can.APPROVE_OUTREACH)
def return_article(article: Article, *, actor: Actor, reason: str, on: date) -> Article:
    """Send it back to its writers, and say why."""
    refuse_if(objections_to_judging(article.state, sent_on=article.sent_on, on=on, reason=reason))
    article.state, article.judged_on, article.reason = ArticleState.RETURNED, on, nfc(reason)
    article.save()
    return article


@action(Can.LEAD_OUTREACH)
def publish_article(
    article: Article,
    *,
    actor: Actor,
    kind: str,
    held_on: date,
    today: date,
    link: str = "",
    minutes: int | None = None,
    place: str = "",
) -> Article:
    """Enter where the approved article was published: it becomes an entry of the ward's ledger."""
    refuse_if(objections_to_publishing(article.state, judged_on=article.judged_on, on=held_on))
    article.item = enter_item(
        article.unit, actor=actor, kind=kind, held_on=held_on, title=article.title, today=today, link=link,
        minutes=minutes, place=place, programme=article.programme, theme=article.theme, topic=article.topic,
    )  # fmt: skip
    article.state = ArticleState.PUBLISHED
    article.save()
    return article
