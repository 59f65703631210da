"""The outreach ledger, the week's orientation with the articles it asks for, exemplars, and what the public reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chibo.access.charter import Can
from chibo.access.models import Record
from chibo.core.words import choices
from chibo.outreach.rules import ItemKind
from chibo.outreach.rules.articles import ArticleState
from chibo.outreach.rules.exemplars import Channel, Step


class Told(Record):
    """What every piece of outreach is tied to: a programme, its theme of a year, a topic in the ward's own words."""

    seen_with = Can.SEE_OUTREACH

    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chương trình"
    )
    theme = models.ForeignKey(
        "programmes.Theme", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyên đề"
    )
    topic = models.CharField("chủ đề", max_length=160, blank=True)

    class Meta:
        abstract = True


class Item(Told):
    """One thing that was published, broadcast or hung up (tin bài, buổi phát thanh, băng rôn …)."""

    kind = models.CharField("hình thức", max_length=12, choices=choices(ItemKind))
    held_on = models.DateField("ngày đăng, phát")
    month = models.DateField("tháng", editable=False)
    title = models.CharField("tiêu đề, nội dung", max_length=300)
    search_key = models.CharField(max_length=400, editable=False)
    link = models.CharField("đường dẫn", max_length=500, blank=True)
    link_key = models.CharField(max_length=500, blank=True, editable=False)
    """By which the same page is known again; see ``rules.key_of_link``."""
    minutes = models.PositiveSmallIntegerField("số phút", null=True, blank=True)
    pieces = models.PositiveIntegerField("số lượng", null=True, blank=True)
    place = models.CharField("nơi đăng, phát, treo", max_length=160, blank=True)
    picture = models.FileField("ảnh", upload_to="outreach/", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "month", "kind"]),
            models.Index(fields=["link_key"]),
            models.Index(fields=["theme", "unit", "held_on"]),
        ]
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Week(Record):
    """What is to be told in one week (định hướng tuyên truyền tuần, seed S1-06)."""

    seen_with = Can.SEE_OUTREACH

    starts_on = models.DateField("tuần từ ngày")
    text = models.TextField("nội dung định hướng")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "starts_on"], name="outreach_week_once")]
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.starts_on:%d/%m/%Y}"


class Article(Told):
    """An article by a unit about itself: asked for in a week's orientation, or offered. ``unit`` writes it."""

    week = models.ForeignKey(Week, models.PROTECT, null=True, blank=True, related_name="articles")
    asked = models.CharField("bài viết về", max_length=300)
    asked_on = models.DateField("ngày yêu cầu")
    month = models.DateField("tháng", editable=False)
    due_on = models.DateField("hạn gửi", null=True, blank=True)
    title = models.CharField("tiêu đề", max_length=300, blank=True)
    text = models.TextField("bài viết", blank=True)
    picture = models.FileField("ảnh", upload_to="outreach/", blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=choices(ArticleState), default=ArticleState.ASKED)
    first_sent_on = models.DateField("gửi lần đầu", null=True, blank=True)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    judged_on = models.DateField("ngày duyệt, trả lại", null=True, blank=True)
    reason = models.CharField("lý do trả lại", max_length=500, blank=True)
    item = models.OneToOneField(Item, models.PROTECT, null=True, blank=True, related_name="article")
    """Where it was published, in the ledger."""

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "due_on"]), models.Index(fields=["unit", "month"])]
        ordering = ["-asked_on", "-pk"]

    def __str__(self) -> str:
        return self.title or self.asked


class Exemplar(Told):
    """A person or an organisation whose deed is worth telling. ``unit`` found it.

    A person outside the register is known by name and one line about them only: nothing else is kept of them.
    """

    owner = "member.account_id"
    told_to_owner = True

    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đảng viên"
    )
    praised_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tổ chức đảng"
    )
    name = models.CharField("tên người hoặc tập thể", max_length=160, blank=True)
    is_group = models.BooleanField("là tập thể", default=False)
    about = models.CharField("là ai, ở đâu", max_length=160, blank=True)
    title = models.CharField("việc làm tốt", max_length=300)
    story = models.TextField("nội dung")
    search_key = models.CharField(max_length=500, editable=False)
    found_on = models.DateField("phát hiện ngày")
    month = models.DateField("tháng", editable=False)
    state = models.CharField("trạng thái", max_length=10, choices=choices(Step), default=Step.FOUND)

    class Meta:
        indexes = [models.Index(fields=["unit", "state"]), models.Index(fields=["unit", "month"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, praised_unit__isnull=True, name="")
                | Q(member__isnull=True, praised_unit__isnull=False, name="")
                | Q(member__isnull=True, praised_unit__isnull=True) & ~Q(name=""),
                name="exemplar_is_one",
            )
        ]
        ordering = ["-found_on", "-pk"]

    def __str__(self) -> str:
        return str(self.member or self.praised_unit or self.name)


class RoadStep(Record):
    """One step of an exemplar's road, with its day; presented: where; commended: by which decision."""

    seen_with = Can.SEE_OUTREACH
    owner = "exemplar.member.account_id"
    told_to_owner = True

    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="road")
    step = models.CharField("bước", max_length=10, choices=choices(Step))
    on = models.DateField("ngày")
    month = models.DateField("tháng", editable=False)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    channel = models.CharField("nơi giới thiệu", max_length=12, choices=choices(Channel), blank=True)
    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="presentations")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "step", "month"])]
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.on:%d/%m/%Y}"


class Publication(Record):
    """What the public reads: the text as it was approved. A later change of its source leaves it as it is."""

    seen_with = Can.SEE_OUTREACH

    article = models.OneToOneField(Article, models.PROTECT, null=True, blank=True, related_name="publication")
    exemplar = models.OneToOneField(Exemplar, models.PROTECT, null=True, blank=True, related_name="publication")
    title = models.CharField("tiêu đề", max_length=300)
    byline = models.CharField("về", max_length=200, blank=True)
    text = models.TextField("nội dung")
    picture = models.CharField(max_length=100, blank=True, editable=False)
    """The stored name of the source's picture as it was approved."""
    shown_on = models.DateField("công khai từ ngày")
    shown_at = models.DateTimeField()
    withdrawn_on = models.DateField("gỡ ngày", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "withdrawn_on", "shown_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=True) ^ Q(exemplar__isnull=True), name="publication_of_one"
            )
        ]
        ordering = ["-shown_on", "-pk"]

    def __str__(self) -> str:
        return self.title
