"""Checks over reviews: silent ones (S3-02), late, unrated, over the ceiling. It looks at what was done, not at opinions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.held import held_once
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.reviews.models import Comment, Review, Round
from chibo.reviews.rules import Duty, Stage, Subject
from chibo.reviews.selectors import moves_in
from chibo.reviews.selectors.board import ceiling_in_words, ceiling_of, highest_since
from chibo.reviews.selectors.figures import ARTICLE

BEFORE_PROPOSAL = (Stage.DUE, Stage.SENT, Stage.VOTED)
DAY = timedelta(days=1)


@held_once
def _rounds(scope: Scope) -> tuple[Round, ...]:
    """Rounds begun by the day whose decision was due within the last year, or is still to come."""
    rows = Round.objects.filter(opened_on__lte=scope.day, deadline__gte=scope.day - 365 * DAY)
    return tuple(rows.select_related("unit"))


def _rounds_of(scope: Scope) -> list[Round]:
    return [found for found in _rounds(scope) if found.unit_id in scope.units]


def _due(scope: Scope) -> QuerySet[Review]:
    """What those rounds review here."""
    rounds = _rounds(scope)
    if not rounds:
        return Review.objects.none()
    rows = Review.objects.filter(unit_id__in=scope.units, duty=Duty.REVIEWED, round__in=rounds)
    return rows.select_related("unit", "member", "round").order_by(
        "unit__sort_key", "subject", "member__sort_key", "pk"
    )


def silent(scope: Scope) -> Iterator[Shortcoming]:
    """S3-02: nothing amiss was named, or nobody said a word."""
    said = Comment.objects.filter(review=OuterRef("pk"))
    rows = _due(scope).exclude(subject=Subject.LEADER)
    rows = rows.exclude(stage__in=(Stage.DUE, Stage.DECIDED)).annotate(commented=Exists(said))
    for review in rows.filter(Q(shortcomings="") | Q(commented=False)):
        detail = _("không nêu hạn chế, khuyết điểm nào") if not review.shortcomings else _("không ai góp ý")
        yield Shortcoming(
            review.unit_id, _subject(review), detail, _("Gợi ý để tự phê bình và góp ý thẳng thắn trước khi bỏ phiếu."),
            reverse("reviews:review", args=[review.pk]), review.sent_on or review.round.opened_on,
        )  # fmt: skip


def late(scope: Scope) -> Iterator[Shortcoming]:
    """The cell's deadline is past and somebody's level is not proposed: one line a cell."""
    rows = _due(scope).filter(stage__in=BEFORE_PROPOSAL, round__cell_deadline__lt=scope.day)
    yield from _counted(
        rows,
        _("%(count)s chưa có đề nghị xếp loại, quá hạn của chi bộ"),
        _("Họp kiểm điểm, bỏ phiếu và đề nghị mức."),
        "cell_deadline",
    )


def unrated(scope: Scope) -> Iterator[Shortcoming]:
    """The day of the decision is past and proposals wait."""
    rows = _due(scope).filter(stage__in=(Stage.PROPOSED, Stage.APPRAISED), round__deadline__lt=scope.day)
    rows = rows.exclude(subject=Subject.LEADER)
    yield from _counted(
        rows,
        _("%(count)s đã đề nghị mà chưa quyết định xếp loại"),
        _("Thẩm định và quyết định xếp loại."),
        "deadline",
    )


def moved(scope: Scope) -> Iterator[Shortcoming]:
    """Somebody moved in mid-round and their review still lies where they were."""
    for found in _rounds_of(scope):
        for move in moves_in(found, scope.day):
            yield Shortcoming(
                found.unit_id, _subject(move.review), _("đã chuyển đi giữa đợt kiểm điểm"),
                _("Bấm “Rà lại danh sách đảng viên” để bản kiểm điểm theo về chi bộ mới."),
                reverse("reviews:board", args=[found.pk, found.unit_id]), move.since or scope.day,
            )  # fmt: skip


def over_the_ceiling(scope: Scope) -> Iterator[Shortcoming]:
    """More of the highest level than the ceiling allows, by what reviews have come to."""
    for found in _rounds_of(scope):
        ceiling = ceiling_of(found)
        if ceiling.exceeded_by:
            begun = highest_since(found)
            url = reverse("reviews:board", args=[found.pk, found.unit_id])
            yield Shortcoming(
                found.unit_id,
                found.unit.name,
                ceiling_in_words(ceiling),
                _("Thẩm định lại các đề nghị xuất sắc."),
                url,
                min(begun or scope.day, scope.day),
            )


def _counted(rows: QuerySet[Review], detail: str, remedy: str, deadline: str) -> Iterator[Shortcoming]:
    """One line a cell and round, with how many wait there."""
    told = Counter((r.unit_id, r.unit.name, r.round_id, getattr(r.round, deadline)) for r in rows)
    for (unit, name, found, day), count in told.items():
        url = reverse("reviews:board", args=[found, unit])
        yield Shortcoming(unit, name, detail % {"count": count}, remedy, url, day + DAY)


def _subject(review: Review) -> str:
    return str(review.member or f"{review.get_subject_display()} {review.unit.name}")


CHECKS = (
    Check(
        "reviews.silent", gettext_lazy("Kiểm điểm không nêu khuyết điểm hoặc không ai góp ý"), "NQ 04-NQ/TW 2016", silent,
        Can.RECORD_REVIEWS, ("S3-02",), of_the_ward=True,
    ),
    Check("reviews.late", gettext_lazy("Kiểm điểm chậm"), ARTICLE, late, Can.RECORD_REVIEWS, ("S3-01",), of_the_ward=True),
    Check("reviews.unrated", gettext_lazy("Đề nghị xếp loại chưa quyết định"), ARTICLE, unrated, Can.LEAD_REVIEWS, ("S3-01",)),
    Check("reviews.moved", gettext_lazy("Chuyển chi bộ giữa đợt kiểm điểm"), ARTICLE, moved, Can.LEAD_REVIEWS, ("S3-01",)),
    Check(
        "reviews.ceiling", gettext_lazy("Vượt trần hoàn thành xuất sắc nhiệm vụ"), "HD 21-HD/BTCTW 2019", over_the_ceiling,
        Can.LEAD_REVIEWS, ("S3-01",),
    ),
)  # fmt: skip
