"""Checks over outreach: a theme that nothing tells of, an article that does not come, an exemplar nobody hears of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.core.values import months_after
from chibo.outreach.models import Article, Exemplar, Item
from chibo.outreach.rules import DIRECTIVE
from chibo.outreach.rules.articles import REGULATIONS
from chibo.outreach.selectors.articles import overdue_on
from chibo.outreach.selectors.exemplars import unpresented
from chibo.programmes.models import Theme
from chibo.programmes.selectors import themes_for
from chibo.units.models import Unit
from chibo.units.selectors import setting_on


def theme_untold(scope: Scope) -> Iterator[Shortcoming]:
    """S0-10: the year's theme is published, and for some months nothing that the cell told is tied to it."""
    months = int(setting_on("outreach.theme_months", scope.unit, scope.day))
    themes = [theme for theme in themes_for(scope.unit).filter(year=scope.day.year) if months]
    if not themes:
        return
    last = _last_told(scope, themes)
    for cell in Unit.objects.filter(pk__in=scope.cells).order_by("sort_key"):
        for theme in themes:
            begun = max(date(theme.year, 1, 1), theme.programme.valid_from, cell.valid_from)
            silent_since = max(begun, last.get((cell.pk, theme.pk), begun))
            due = _same_day(silent_since, months)
            if due < scope.day:
                yield Shortcoming(
                    cell.pk,
                    theme.title,
                    _("%(months)s tháng chưa có tin bài, phát thanh, bài viết hay gương nào gắn với chuyên đề")
                    % {"months": months},
                    _("Ghi việc tuyên truyền đã làm và chọn chuyên đề, hoặc viết bài về chuyên đề."),
                    reverse("outreach:enter", args=[cell.pk]),
                    due,
                )


def _last_told(scope: Scope, themes: list[Theme]) -> dict[tuple[int, int], date]:
    """(cell, theme) → the last day on which something tied to the theme was told: three queries for any number."""
    last: dict[tuple[int, int], date] = {}
    for model, day in ((Item, "held_on"), (Article, "first_sent_on"), (Exemplar, "found_on")):
        rows = model._base_manager.filter(unit__in=scope.cells, theme__in=themes, **{f"{day}__lte": scope.day})
        for unit, theme, latest in rows.order_by().values_list("unit", "theme").annotate(latest=Max(day)):
            last[unit, theme] = max(latest, last.get((unit, theme), latest))
    return last


def _same_day(day: date, months: int) -> date:
    """The same day some months later; of a shorter month its last."""
    first = months_after(day, months)
    return first + timedelta(days=min(day.day, (months_after(first, 1) - first).days) - 1)


def article_overdue(scope: Scope) -> Iterator[Shortcoming]:
    """S1-06: an article was asked of the unit, and has not come although its deadline has passed."""
    rows = Article.objects.filter(overdue_on(scope.day), unit_id__in=scope.units, due_on__gte=scope.period.first)
    for pk, unit, asked, due in rows.order_by("due_on", "pk").values_list("pk", "unit_id", "asked", "due_on"):
        assert due is not None
        yield Shortcoming(
            unit,
            asked,
            _("chưa gửi bài, hạn %(day)s") % {"day": f"{due:%d/%m/%Y}"},
            _("Viết bài và gửi để duyệt."),
            reverse("outreach:article", args=[pk]),
            due,
        )


def exemplar_unpresented(scope: Scope) -> Iterator[Shortcoming]:
    """S1-07, S3-13: an exemplar is approved, and for some days nobody was told of it."""
    days = int(setting_on("outreach.present_days", scope.unit, scope.day))
    if not days:
        return
    approved = dict(unpresented(scope).order_by("pk").values_list("pk", "approved_on"))
    exemplars = Exemplar.objects.select_related("member", "praised_unit").in_bulk(approved)
    for pk, since in approved.items():
        if since is not None and since + timedelta(days=days) < scope.day:
            exemplar = exemplars[pk]
            yield Shortcoming(
                exemplar.unit_id,
                str(exemplar),
                _("đã duyệt ngày %(day)s, chưa giới thiệu ở đâu") % {"day": f"{since:%d/%m/%Y}"},
                _("Giới thiệu tại sinh hoạt chi bộ, trên cổng thông tin hoặc bản tin, rồi ghi lại."),
                reverse("outreach:exemplar", args=[exemplar.pk]),
                since + timedelta(days=days),
            )


CHECKS = (
    Check(
        "outreach.theme", gettext_lazy("Chuyên đề năm chưa được tuyên truyền"), DIRECTIVE, theme_untold,
        Can.WRITE_OUTREACH, ("S0-10",),
    ),
    Check(
        "outreach.article", gettext_lazy("Bài viết quá hạn"), REGULATIONS, article_overdue,
        Can.WRITE_OUTREACH, ("S1-06",), grace_days=0,
    ),
    Check(
        "outreach.exemplar", gettext_lazy("Gương điển hình đã duyệt chưa được giới thiệu"), DIRECTIVE, exemplar_unpresented,
        Can.WRITE_OUTREACH, ("S1-07", "S3-13"),
    ),
)  # fmt: skip
