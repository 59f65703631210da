"""How weeks and articles are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.core.registry import Column, Scope
from chibo.core.tables import Filter, State, link_to
from chibo.core.vietnamese import fold
from chibo.core.words import choices
from chibo.outreach.models import Article, Week
from chibo.outreach.rules.articles import OPEN, ArticleState, days_late
from chibo.outreach.selectors import TIED, visible_weeks
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_under

ON_TIME = Q(first_sent_on__isnull=False) & (Q(due_on__isnull=True) | Q(first_sent_on__lte=F("due_on")))
"""An article that was sent, first, by its deadline."""
ORDER = ("-asked_on", "-pk")


def weeks_in(actor: Actor, scope: Scope) -> QuerySet[Week]:
    """The orientations of the period that reach the actor, latest first, with how many articles they ask and have."""
    span = (scope.period.first, scope.period.last)
    above = [int(pk) for pk in scope.unit.path.split("/") if pk]
    rows = visible_weeks(actor).filter(Q(unit_id__in=above) | Q(unit_id__in=scope.units), starts_on__range=span)
    mine = Q(articles__unit_id__in=scope.units)
    return rows.annotate(
        asked=Count("articles", filter=mine),
        sent=Count("articles", filter=mine & Q(articles__first_sent_on__isnull=False)),
    ).order_by("-starts_on", "-pk")


def articles_of_week(actor: Actor, week: Week) -> QuerySet[Article]:
    """What the week asks, as far as the actor sees it."""
    rows = Article.objects.visible_to(actor).filter(week=week)
    return rows.select_related(*TIED, "week").order_by("unit__sort_key", "pk")


def articles_in(scope: Scope) -> QuerySet[Article]:
    """The articles asked of the scope's units, or offered by them, in its period."""
    span = (scope.period.first, scope.period.last)
    return Article.objects.filter(unit_id__in=scope.units, asked_on__range=span)


def narrowed(rows: QuerySet[Article], asked: Mapping[str, str], day: date) -> QuerySet[Article]:
    show = asked.get("show", "")
    if show == "overdue":
        rows = rows.filter(overdue_on(day))
    elif show in set(ArticleState):
        rows = rows.filter(state=show)
    words = fold(asked.get("q", ""))[:80]
    if words:
        rows = rows.filter(Q(title__icontains=asked["q"][:80]) | Q(asked__icontains=asked["q"][:80]))
    return rows.select_related(*TIED, "week")


def overdue_on(day: date) -> Q:
    """Asked of a unit, and not there although the deadline has passed."""
    return Q(state__in=OPEN, due_on__lt=day)


def filters() -> list[Filter]:
    overdue = ("overdue", gettext_lazy("Quá hạn"))
    return [Filter("show", gettext_lazy("Trạng thái"), [overdue, *choices(ArticleState)])]


def units_to_ask(unit: Unit, day: date) -> QuerySet[Unit]:
    """The cells of the ward on the day: of whom articles are asked."""
    rows = Unit.objects.filter(in_force(day), pk__in=ids_under(unit, day), level=Level.CELL)
    return rows.order_by("sort_key")


def may_read(actor: Actor, article: Article) -> bool:
    """A draft is its writers'; what was sent is read by all who see the unit."""
    return article.state != ArticleState.ASKED or actor.may(Can.WRITE_OUTREACH, article.unit)


_KINDS = {
    ArticleState.ASKED: "info",
    ArticleState.SENT: "due",
    ArticleState.RETURNED: "due",
    ArticleState.APPROVED: "ok",
    ArticleState.PUBLISHED: "ok",
}


def state_on(day: date, article: Article) -> State:
    """How an article stands on the day; late where the unit owes it."""
    state = ArticleState(article.state)
    late = days_late(article.due_on, None, day) if state in OPEN else 0
    if late:
        return State(_("Quá hạn %(days)s ngày") % {"days": late}, "late")
    return State(article.get_state_display(), _KINDS[state])


def columns_on(day: date) -> tuple[Column, ...]:
    return (
        Column(gettext_lazy("Bài viết"), str, 44, link=link_to("outreach:article")),
        Column(gettext_lazy("Đơn vị viết"), "unit.name", 24),
        Column(gettext_lazy("Hạn gửi"), "due_on", 12, "date"),
        Column(gettext_lazy("Gửi ngày"), "first_sent_on", 12, "date"),
        Column(gettext_lazy("Chuyên đề"), "theme.title", 30),
        Column(gettext_lazy("Trạng thái"), lambda row: state_on(day, row), 18, "state"),
    )


WEEK_COLUMNS = (
    Column(gettext_lazy("Tuần từ"), "starts_on", 12, "date", link=link_to("outreach:week")),
    Column(gettext_lazy("Nội dung định hướng"), lambda row: _shortened(row.text), 60),
    Column(gettext_lazy("Bài đã yêu cầu"), "asked", 12, "number"),
    Column(gettext_lazy("Đã gửi"), "sent", 12, "number"),
)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:157]}…"
