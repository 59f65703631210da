"""Figures about outreach: items by kind, broadcasts and their minutes, articles in time, exemplars on their road."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Column, Figure, Measure, Scope
from chibo.core.tables import link_to
from chibo.core.values import Word
from chibo.outreach.models import Article, Exemplar, Item, RoadStep
from chibo.outreach.rules import DIRECTIVE, ItemKind
from chibo.outreach.rules.articles import REGULATIONS, ArticleState
from chibo.outreach.rules.exemplars import APPROVED, Channel, Step
from chibo.outreach.selectors import exemplars as road
from chibo.outreach.selectors.articles import ON_TIME
from chibo.outreach.selectors.columns import COLUMNS, SHEET


def _words(kinds: type[Word]) -> Callable[[], dict[Any, Any]]:
    return lambda: {word.value: word.label for word in kinds}


BY_KIND = Breakdown(_("Theo hình thức"), "kind", _words(ItemKind))
BY_PROGRAMME = Breakdown(_("Theo chương trình"), "programme__name")
BY_THEME = Breakdown(_("Theo chuyên đề"), "theme__title")
BY_YEAR = Breakdown(_("Theo năm"), "held_on__year")
ARTICLE_ROW = (
    Column(_("Bài viết"), str, 44, link=link_to("outreach:article")),
    Column(_("Đơn vị viết"), "unit.name", 24),
    Column(_("Ngày yêu cầu"), "asked_on", 12, "date"),
    Column(_("Hạn gửi"), "due_on", 12, "date"),
    Column(_("Gửi lần đầu"), "first_sent_on", 12, "date"),
    Column(_("Trạng thái"), lambda row: row.get_state_display(), 16),
)
STEP_ROW = (
    Column(_("Người, tập thể"), "exemplar", 28, link=link_to("outreach:exemplar", "exemplar_id")),
    Column(_("Việc làm tốt"), "exemplar.title", 44),
    Column(_("Ngày"), "on", 12, "date"),
    Column(_("Nơi giới thiệu"), lambda row: row.get_channel_display(), 24),
    Column(_("Ghi chú"), "note", 30),
)


def items(*kinds: ItemKind) -> Callable[[Scope], QuerySet[Item]]:
    """The entries of the period, of these kinds or of all."""

    def rows(scope: Scope) -> QuerySet[Item]:
        span = (scope.period.first, min(scope.period.last, scope.day))
        found = Item.objects.filter(unit_id__in=scope.units, held_on__range=span)
        found = found.filter(kind__in=kinds) if kinds else found
        return found.select_related("unit", "programme", "theme")

    return rows


def articles_asked(scope: Scope) -> QuerySet[Article]:
    """Articles asked of the units in the period whose deadline has come, or that came."""
    rows = Article.objects.filter(
        Q(due_on__lte=scope.today) | Q(first_sent_on__isnull=False), unit_id__in=scope.units, week__isnull=False,
        asked_on__range=(scope.period.first, scope.period.last),
    )  # fmt: skip
    return rows.select_related("unit")


def exemplars_found(scope: Scope) -> QuerySet[Exemplar]:
    return road.exemplars_in(scope).select_related("unit", "member", "praised_unit")


def presentations(scope: Scope) -> QuerySet[RoadStep]:
    """Each time an exemplar was presented in the period."""
    span = (scope.period.first, scope.period.last)
    rows = RoadStep.objects.filter(unit_id__in=scope.units, step=Step.PRESENTED, on__range=span)
    return rows.select_related("exemplar__member", "exemplar__praised_unit", "unit")


ITEM_ORDER = ("held_on", "pk")
FIGURES = (
    Figure(
        "outreach.items",
        _("Hoạt động tuyên truyền"),
        _("Tin bài, buổi phát thanh, băng rôn, bản tin, truyền hình, nói chuyện ghi trong sổ, đếm theo mục."),
        items(),
        Can.SEE_OUTREACH,
        SHEET,
        article=DIRECTIVE,
        month="month",
        breakdowns=(BY_KIND, BY_PROGRAMME, BY_THEME),
        order=ITEM_ORDER,
    ),
    Figure(
        "outreach.portal",
        _("Tin, bài trên cổng thông tin"),
        _("Tin, bài đăng trên cổng thông tin điện tử, mỗi lần đăng là một mục."),
        items(ItemKind.PORTAL),
        Can.SEE_OUTREACH,
        SHEET,
        article=DIRECTIVE,
        month="month",
        breakdowns=(BY_PROGRAMME, BY_THEME, BY_YEAR),
        order=ITEM_ORDER,
    ),
    Figure(
        "outreach.broadcasts",
        _("Buổi phát thanh"),
        _("Buổi phát trên loa truyền thanh; tổng số phút, buổi ngắn nhất và dài nhất."),
        items(ItemKind.LOUDSPEAKER),
        Can.SEE_OUTREACH,
        (*COLUMNS[:2], Column(_("Số phút"), "minutes", 10, "number"), *COLUMNS[4:]),
        article=DIRECTIVE,
        month="month",
        breakdowns=(BY_PROGRAMME, BY_THEME, BY_YEAR),
        order=ITEM_ORDER,
        measure=Measure("minutes", _("phút")),
    ),
    Figure(
        "outreach.banners",
        _("Đợt treo băng rôn, khẩu hiệu, pa nô"),
        _("Mỗi đợt treo là một mục; tổng số tấm, đợt ít nhất và nhiều nhất."),
        items(ItemKind.BANNER),
        Can.SEE_OUTREACH,
        (*COLUMNS[:2], Column(_("Số lượng"), "pieces", 10, "number"), *COLUMNS[4:]),
        article=DIRECTIVE,
        month="month",
        breakdowns=(BY_PROGRAMME, BY_THEME),
        order=ITEM_ORDER,
        measure=Measure("pieces", _("tấm")),
    ),
    Figure(
        "outreach.articles",
        _("Bài viết gửi đúng hạn"),
        _("Bài yêu cầu chi bộ viết đã gửi lần đầu trong hạn, trên số bài đến hạn hoặc đã gửi."),
        articles_asked,
        Can.SEE_OUTREACH,
        ARTICLE_ROW,
        counted=lambda scope: ON_TIME,
        article=REGULATIONS,
        month="month",
        missing=_("Gửi muộn hoặc chưa gửi"),
        breakdowns=(Breakdown(_("Theo trạng thái"), "state", _words(ArticleState)),),
        order=("asked_on", "pk"),
    ),
    Figure(
        "outreach.exemplars",
        _("Gương điển hình đã duyệt"),
        _("Người tốt, việc tốt được đảng ủy duyệt, trên số gương phát hiện trong kỳ."),
        exemplars_found,
        Can.SEE_OUTREACH,
        road.COLUMNS,
        counted=lambda scope: Q(state__in=APPROVED),
        article=DIRECTIVE,
        month="month",
        missing=_("Chưa duyệt"),
        breakdowns=(Breakdown(_("Theo trạng thái"), "state", _words(Step)), BY_PROGRAMME),
        order=("found_on", "pk"),
    ),
    Figure(
        "outreach.presentations",
        _("Lượt giới thiệu gương điển hình"),
        _("Mỗi lần một gương được giới thiệu: tại sinh hoạt, trên cổng thông tin, bản tin, truyền hình, loa."),
        presentations,
        Can.SEE_OUTREACH,
        STEP_ROW,
        article=DIRECTIVE,
        month="month",
        breakdowns=(Breakdown(_("Theo nơi giới thiệu"), "channel", _words(Channel)),),
        order=("on", "pk"),
    ),
)
