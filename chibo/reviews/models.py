"""Rounds of reviews; one review of one person or collective with its five steps; comments, self-checks, commitments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chibo.access.charter import Can
from chibo.access.models import Record
from chibo.core.words import choices
from chibo.reviews.rules import PEOPLE, Blank, Duty, Level, Source, Stage, Subject

PRIVATE = ("results", "shortcomings", "causes", "explanations", "responsibility", "direction")
"""What somebody says of themselves: the journal says that it changed, not what it says."""


class Round(Record):
    """The ward's yearly (or quarterly) review (đợt kiểm điểm). Who is called follows from ``as_of``."""

    seen_with = Can.SEE_REVIEWS
    masked: ClassVar[tuple[str, ...]] = ("reasons",)

    first = models.DateField("từ ngày")
    last = models.DateField("đến ngày")
    as_of = models.DateField("tính đến ngày")
    opened_on = models.DateField("ngày mở đợt")
    cell_deadline = models.DateField("hạn của chi bộ")
    deadline = models.DateField("hạn quyết định")
    guidance = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hướng dẫn"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "first", "last"], name="one_round_a_period"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="round_ends_after_it_begins"),
        ]
        ordering = ["-last", "-first"]

    def __str__(self) -> str:
        if (self.last - self.first).days < 100:
            return f"quý {self.first.month // 3 + 1}/{self.first.year}"
        return f"{self.last.year}"


class Review(Record):
    """One person or collective in a round, from the self-review to the answer. ``unit`` is where it is reviewed.

    A leader has two: their own in the cell, and one of ``Subject.LEADER`` in the collective they lead, which holds that
    collective's comments, ballots and proposal. What they wrote, and what is decided, stands in the first.
    """

    seen_with = Can.SEE_REVIEWS
    owner = "member.account_id"
    told_to_owner = True
    masked: ClassVar[tuple[str, ...]] = (*PRIVATE, "answer", "texts", "entries", "grounds", "reasons", "text")

    round = models.ForeignKey(Round, models.PROTECT, related_name="reviews", verbose_name="đợt")
    subject = models.CharField("đối tượng", max_length=14, choices=choices(Subject))
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name="đảng viên"
    )
    duty = models.CharField("diện", max_length=10, choices=choices(Duty), default=Duty.REVIEWED)
    why = models.CharField("lý do không kiểm điểm", max_length=120, blank=True)
    moved_from = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyển đến từ"
    )
    """The cell in which the round had called them, if they moved before their review meeting."""
    moved_on = models.DateField("ngày chuyển đến", null=True, blank=True)
    blank = models.CharField("mẫu", max_length=3, choices=choices(Blank))
    stage = models.CharField("bước", max_length=9, choices=choices(Stage), default=Stage.DUE)

    results = models.TextField("kết quả theo các tiêu chí", blank=True)
    shortcomings = models.TextField("hạn chế, khuyết điểm", blank=True)
    causes = models.TextField("nguyên nhân", blank=True)
    explanations = models.TextField("giải trình vấn đề được gợi ý", blank=True)
    responsibility = models.TextField("trách nhiệm", blank=True)
    direction = models.TextField("phương hướng, biện pháp khắc phục, thời hạn", blank=True)
    own_level = models.CharField("tự xếp loại", max_length=9, choices=choices(Level), blank=True)
    sent_on = models.DateField("ngày nộp", null=True, blank=True)
    on_behalf = models.BooleanField("nhập thay", default=False)
    checked_on = models.DateField("ngày tự soi 27 biểu hiện", null=True, blank=True)

    suggestion = models.TextField("gợi ý kiểm điểm của cấp trên", blank=True)
    suggested_on = models.DateField("ngày gợi ý", null=True, blank=True)

    assigned = models.PositiveIntegerField("nhiệm vụ được giao", default=0)
    done = models.PositiveIntegerField("hoàn thành", default=0)
    late = models.PositiveIntegerField("hoàn thành chậm", default=0)
    exceeding = models.PositiveIntegerField("vượt mức", default=0)
    hard_assigned = models.PositiveIntegerField("việc khó được giao", default=0)
    hard_done = models.PositiveIntegerField("việc khó hoàn thành", default=0)
    good = models.PositiveIntegerField("hoàn thành đạt chất lượng", default=0)
    disciplined = models.BooleanField("bị kỷ luật trong kỳ", default=False)
    degraded = models.BooleanField("bị kết luận suy thoái, “tự diễn biến”", default=False)
    remedied = models.BooleanField("đã khắc phục 100% khuyết điểm cũ", default=True)
    led_meet = models.BooleanField("đơn vị phụ trách đạt cùng mức", null=True, blank=True)
    civil_level = models.CharField("xếp loại cán bộ, công chức", max_length=9, choices=choices(Level), blank=True)

    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name="cuộc họp"
    )
    present = models.PositiveIntegerField("đảng viên chính thức có mặt", default=0)
    base = models.PositiveIntegerField("tổng số để tính quá nửa", default=0)
    collected = models.PositiveIntegerField("phiếu thu về", default=0)
    for_excellent = models.PositiveIntegerField("phiếu hoàn thành xuất sắc", default=0)
    for_good = models.PositiveIntegerField("phiếu hoàn thành tốt", default=0)
    for_done = models.PositiveIntegerField("phiếu hoàn thành", default=0)
    for_failed = models.PositiveIntegerField("phiếu không hoàn thành", default=0)
    invalid = models.PositiveIntegerField("phiếu không hợp lệ", default=0)

    proposed_level = models.CharField("chi bộ đề nghị", max_length=9, choices=choices(Level), blank=True)
    proposed_on = models.DateField("ngày đề nghị", null=True, blank=True)
    proposal_reason = models.TextField("lý do đề nghị", blank=True)
    appraised_level = models.CharField("thẩm định", max_length=9, choices=choices(Level), blank=True)
    appraised_on = models.DateField("ngày thẩm định", null=True, blank=True)
    appraisal = models.TextField("căn cứ thẩm định", blank=True)
    decided_level = models.CharField("quyết định", max_length=9, choices=choices(Level), blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decision = models.CharField("số quyết định", max_length=60, blank=True)
    decision_reason = models.TextField("lý do quyết định khác thẩm định", blank=True)
    answer = models.TextField("ý kiến của người được xếp loại", blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["round", "unit", "stage"]), models.Index(fields=["unit", "decided_level"])]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "member", "subject"],
                condition=Q(member__isnull=False),
                name="one_review_of_a_member",
            ),
            models.UniqueConstraint(
                fields=["round", "unit", "subject"],
                condition=Q(member__isnull=True),
                name="one_review_of_a_collective",
            ),
            models.CheckConstraint(
                condition=Q(subject__in=[one.value for one in PEOPLE], member__isnull=False)
                | (~Q(subject__in=[one.value for one in PEOPLE]) & Q(member__isnull=True)),
                name="review_has_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.member.full_name if self.member_id and self.member else self.get_subject_display()} {self.round}"
        )


class Judgement(models.Model):
    """How one criterion was judged: by oneself, then by the cell, with what that rests on."""

    masked: ClassVar[tuple[str, ...]] = ("ground",)

    review = models.ForeignKey(Review, models.CASCADE, related_name="judgements")
    code = models.CharField("tiêu chí", max_length=3)
    own = models.CharField("tự đánh giá", max_length=10, blank=True)
    judged = models.CharField("đánh giá", max_length=10, blank=True)
    ground = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "code"], name="one_judgement_a_criterion")]
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.judged or self.own}"


class Comment(Record):
    """What the cell, the cell of the residence or a mass organisation says to a review (213-QĐ/TW)."""

    seen_with = Can.READ_REVIEWS
    owner = "review.member.account_id"
    told_to_owner = True
    masked: ClassVar[tuple[str, ...]] = ("text",)

    review = models.ForeignKey(Review, models.CASCADE, related_name="comments")
    source = models.CharField("nguồn", max_length=10, choices=choices(Source))
    giver = models.CharField("người, tổ chức góp ý", max_length=120, blank=True)
    text = models.TextField("nội dung góp ý")
    given_on = models.DateField("ngày")

    class Meta:
        ordering = ["given_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class SelfCheck(Record):
    """One of the 27 manifestations that somebody sees in themselves, and what they do about it.

    Open to the author, the cell's committee and the deciding level, nobody else; the journal keeps none of it.
    """

    seen_with = Can.READ_SELF_CHECKS
    owner = "review.member.account_id"
    told_to_owner = True
    masked: ClassVar[tuple[str, ...]] = ("manifestation_id", "manifestation", "text", "entries")

    review = models.ForeignKey(Review, models.CASCADE, related_name="self_checks")
    manifestation = models.ForeignKey("programmes.Manifestation", models.PROTECT, related_name="+")
    text = models.TextField("biểu hiện cụ thể, cách khắc phục")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "manifestation"], name="one_check_a_manifestation")]
        ordering = ["manifestation"]

    def __str__(self) -> str:
        return self.manifestation_id


class Commitment(Record):
    """What is undertaken at the end of a review; carried out as a duty with doer, deadline and measure (seed S2-15)."""

    seen_with = Can.SEE_REVIEWS
    owner = "review.member.account_id"
    told_to_owner = True

    review = models.ForeignKey(Review, models.PROTECT, related_name="commitments")
    task = models.OneToOneField("tasks.Task", models.PROTECT, related_name="commitment")
    shortcoming = models.CharField("khuyết điểm phải khắc phục", max_length=300)
    made_on = models.DateField("ngày cam kết")

    class Meta:
        ordering = ["made_on", "pk"]

    def __str__(self) -> str:
        return self.shortcoming[:80]
