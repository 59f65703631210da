"""Figures of reviews: reviewed of due, levels, reviews without a shortcoming or a comment, commitments (seeds S3-01, S3-02)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Column, Figure, Scope, Sum
from chibo.core.tables import link_to
from chibo.reviews.models import Comment, Commitment, Review
from chibo.reviews.rules import COLLECTIVES, LEVELS, Duty, Level, Stage, Subject
from chibo.reviews.selectors.board import level_of, state_of
from chibo.tasks.rules import TaskState

ARTICLE = "132-QĐ/TW 2018; 124-QĐ/TW 2023; 366-QĐ/TW 2025"
ORDER = ("unit__sort_key", "subject", "member__sort_key", "pk")
RECORDED = (Stage.VOTED, Stage.PROPOSED, Stage.APPRAISED, Stage.DECIDED)
ROW = (
    Column(_("Đối tượng"), lambda r: r.member or r.get_subject_display(), 28, link=link_to("reviews:review")),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Bước"), state_of, 26, "state"),
    Column(_("Ngày nộp"), "sent_on", 12, "date"),
    Column(_("Xếp loại"), level_of, 28),
)
COMMITMENT_ROW = (
    Column(_("Cam kết"), "task.title", 40, link=link_to("tasks:task", "task_id")),
    Column(_("Khuyết điểm"), "shortcoming", 30),
    Column(_("Người thực hiện"), lambda r: r.task.doer or r.task.doer_unit, 24),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Ngày cam kết"), "made_on", 12, "date"),
    Column(_("Thời hạn"), "task.due_on", 12, "date"),
)
BY_LEVEL = Breakdown(_("Theo mức"), "decided_level", lambda: {w.value: w.label for w in Level})


def _rows(scope: Scope) -> QuerySet[Review]:
    """Reviews that are due, of rounds whose period ends in the period asked about; leaders once."""
    return _all(scope).exclude(subject=Subject.LEADER)


def _all(scope: Scope) -> QuerySet[Review]:
    rows = Review.objects.filter(
        unit_id__in=scope.units, duty=Duty.REVIEWED, round__last__range=(scope.period.first, scope.period.last)
    )
    return rows.select_related("unit", "member", "round").annotate(month=TruncMonth("round__last"))


def leaders(scope: Scope) -> QuerySet[Review]:
    """Leaders in the collective they lead: their second review, counted apart from the members."""
    return _all(scope).filter(subject=Subject.LEADER)


def members(scope: Scope) -> QuerySet[Review]:
    return _rows(scope).filter(subject=Subject.MEMBER)


def collectives(scope: Scope) -> QuerySet[Review]:
    return _rows(scope).filter(subject__in=COLLECTIVES)


def rated(scope: Scope) -> QuerySet[Review]:
    return members(scope).filter(stage=Stage.DECIDED)


def handed_in(scope: Scope) -> QuerySet[Review]:
    said = Comment.objects.filter(review=OuterRef("pk"))
    return _rows(scope).exclude(stage=Stage.DUE).annotate(commented=Exists(said))


def commitments(scope: Scope) -> QuerySet[Commitment]:
    """Made by the day, whatever the round."""
    rows = Commitment.objects.filter(unit_id__in=scope.units, made_on__lte=scope.day)
    return rows.select_related("unit", "task__doer", "task__doer_unit", "review__member")


def _figure(code: str, label: Any, meaning: Any, rows: Any, **more: Any) -> Figure:
    usual: dict[str, Any] = {"columns": ROW, "article": ARTICLE, "month": "month", "order": ORDER}
    return Figure(f"reviews.{code}", label, meaning, rows, can=Can.SEE_REVIEWS, **{**usual, **more})


def _of_level(level: Level) -> Figure:
    return _figure(
        level.value,
        _(level.label),
        _("Đảng viên được quyết định xếp loại ở mức này trong đợt kiểm điểm của kỳ."),
        lambda scope: rated(scope).filter(decided_level=level),
    )


FIGURES = (
    _figure(
        "members", _("Đảng viên đã kiểm điểm"),
        _("Đảng viên đã kiểm điểm tại chi bộ (đã bỏ phiếu), trên số phải kiểm điểm; không tính người được miễn, bị đình chỉ hoặc chưa đủ thời gian."),
        members, counted=lambda _scope: Q(stage__in=RECORDED), missing=_("Chưa kiểm điểm"),
    ),
    _figure(
        "collectives", _("Tập thể đã kiểm điểm"),
        _("Chi bộ, chi ủy và ban thường vụ đã kiểm điểm, trên số phải kiểm điểm trong đợt của kỳ."),
        collectives, counted=lambda _scope: Q(stage__in=RECORDED), missing=_("Chưa kiểm điểm"),
    ),
    _figure(
        "leaders", _("Lãnh đạo đã kiểm điểm ở tập thể"),
        _("Lãnh đạo đã kiểm điểm lần hai ở tập thể mình lãnh đạo (đã bỏ phiếu), trên số phải kiểm điểm hai nơi."),
        leaders, counted=lambda _scope: Q(stage__in=RECORDED), missing=_("Chưa kiểm điểm ở tập thể"),
        article="HD 25-HD/BTCTW 2023",
    ),
    _figure(
        "rated", _("Đảng viên đã xếp loại"),
        _("Đảng viên đã có quyết định xếp loại trong đợt kiểm điểm của kỳ."), rated, breakdowns=(BY_LEVEL,),
    ),
    *(_of_level(level) for level in LEVELS),
    _figure(
        "no_shortcoming", _("Bản kiểm điểm không nêu khuyết điểm nào"),
        _("Bản kiểm điểm đã nộp mà mục hạn chế, khuyết điểm để trống, trên số bản đã nộp."),
        handed_in, counted=lambda _scope: Q(shortcomings=""), article="NQ 04-NQ/TW 2016",
    ),
    _figure(
        "no_comment", _("Bản kiểm điểm không ai góp ý"),
        _("Bản kiểm điểm đã nộp mà không có ý kiến góp ý nào được ghi lại, trên số bản đã nộp."),
        handed_in, counted=lambda _scope: Q(commented=False), article="NQ 04-NQ/TW 2016",
    ),
    _figure(
        "commitments_open", _("Cam kết khắc phục chưa xong"),
        _("Cam kết khắc phục khuyết điểm sau kiểm điểm chưa hoàn thành vào ngày xem, trên mọi cam kết đã ghi."),
        commitments, counted=lambda scope: Q(task__done_on__isnull=True) | Q(task__done_on__gt=scope.day),
        columns=COMMITMENT_ROW, month="", order=("made_on", "pk"),
    ),
    _figure(
        "commitments_old", _("Cam kết khắc phục quá thời hạn"),
        _("Cam kết khắc phục còn mở mà đã quá thời hạn vào ngày xem, trên mọi cam kết còn mở."),
        lambda scope: commitments(scope).filter(task__state=TaskState.OPEN),
        counted=lambda scope: Q(task__due_on__lt=scope.day),
        columns=COMMITMENT_ROW, month="", order=("made_on", "pk"),
    ),
)  # fmt: skip

SUMS = (
    Sum(
        "reviews.levels",
        _("Xếp loại đảng viên theo mức"),
        tuple(f"reviews.{level.value}" for level in LEVELS),
        ("reviews.rated",),
    ),
)
