"""Consultations whose answers nobody can trace, and the suggestion box.

What ties a person to a slip is never stored: ``Invitee`` says who was handed one, ``Slip`` which ones are out, ``Ballot``
what came back. The three share nothing but the group, and the last two leave no trace in the journal and no copy in a
backup. Closing counts the ballots into ``Tally`` and ``Opinion`` and destroys them (``docs/adr/0070``).
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from chibo.access.charter import Can
from chibo.access.models import Record
from chibo.consultations.rules import ConsultationState, QuestionKind
from chibo.consultations.rules.suggestions import Channel, SuggestionState
from chibo.core.words import choices


class Consultation(Record):
    """A round of opinions on persons or collectives (hội nghị lấy ý kiến góp ý), from its plan to its summary."""

    seen_with = Can.SEE_CONSULTATIONS

    title = models.CharField("tên đợt", max_length=200)
    basis = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    opens_on = models.DateField("từ ngày")
    closes_on = models.DateField("đến hết ngày")
    least = models.PositiveSmallIntegerField("số phiếu ít nhất để công bố", null=True)
    """Fixed when it is launched: no group with fewer answers is ever shown."""
    state = models.CharField(
        "trạng thái", max_length=8, choices=choices(ConsultationState), default=ConsultationState.DRAFT
    )
    closed_on = models.DateField("ngày tổng hợp", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="consultation_runs_forward")
        ]
        ordering = ["-opens_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Group(models.Model):
    """Those asked, sorted by who they are: officials, heads of residential groups … (seed S1-15)."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="groups")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("nhóm", max_length=160)
    answered = models.PositiveSmallIntegerField("số phiếu thu về", null=True)
    """How many slips came back: counted when it is summed up."""
    is_shown = models.BooleanField("công bố riêng", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "order"], name="group_order_once")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Subject(Record):
    """A person or a collective about whom opinions are asked; ``group``: asked of that group alone (a cell of its own)."""

    seen_with = Can.SEE_RESULTS
    owner = "member.account_id"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="subjects")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("họ tên, tập thể", max_length=160)
    post = models.CharField("chức vụ", max_length=200, blank=True)
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    reply = models.TextField("tiếp thu, giải trình", blank=True)
    replied_on = models.DateField("ngày tiếp thu", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "order"], name="subject_order_once")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """What is asked about every subject: a choice among ``levels``, or words."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField("loại", max_length=6, choices=choices(QuestionKind))
    text = models.CharField("câu hỏi", max_length=400)
    levels = models.JSONField("các mức", default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "order"], name="question_order_once")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text


class Invitee(Record):
    """Somebody on the list. ``has_slip``: was handed one; ``has_sent``: says that it is sent, so that reminders stop."""

    seen_with = Can.TAKE_SLIPS
    owner = "member.account_id"
    unjournalled: ClassVar[bool] = True
    """The order in which people were handed slips, or said that they had sent them, is nobody's to know."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="invitees")
    group = models.ForeignKey(Group, models.CASCADE, related_name="invitees")
    name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=300, editable=False)
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    has_slip = models.BooleanField("đã nhận phiếu", default=False)
    has_sent = models.BooleanField("đã gửi phiếu", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "member"], condition=Q(member__isnull=False), name="asked_once"
            )
        ]
        ordering = ["group__order", "sort_key", "pk"]

    def __str__(self) -> str:
        return self.name


class Slip(models.Model):
    """A slip that is out and not used: the hash of its code is all that is known of it; using it destroys it."""

    unjournalled: ClassVar[bool] = True

    code_hash = models.CharField(max_length=64, primary_key=True)
    group = models.ForeignKey(Group, models.CASCADE, related_name="slips")


class Ballot(models.Model):
    """What one slip said, until it is counted. No time, no order, no person, no slip.

    All ballots of a consultation are written anew, shuffled, whenever one comes in, so that neither the place of a row nor the
    transaction that wrote it tells which came when.
    """

    unjournalled: ClassVar[bool] = True
    unsaved: ClassVar[bool] = True
    """In no backup: two copies would tell what came in between them."""

    key = models.UUIDField(primary_key=True, default=uuid4)
    group = models.ForeignKey(Group, models.CASCADE, related_name="ballots")
    filled = models.JSONField()


class Tally(models.Model):
    """How many of a group (none: of all) gave a level on a question about a subject; only what may be shown is kept."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="tallies")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")
    level = models.SmallIntegerField()
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["level"]


class Theme(models.Model):
    """What several opinions say, as people sorted them (seed S1-16)."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="themes")
    name = models.CharField("nhóm ý kiến", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "name"], name="theme_named_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Opinion(models.Model):
    """One opinion in free words, torn from its slip and its group."""

    masked: ClassVar[tuple[str, ...]] = ("text",)

    key = models.UUIDField(primary_key=True, default=uuid4)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="opinions")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    text = models.TextField("ý kiến")
    themes = models.ManyToManyField(Theme, related_name="opinions")

    class Meta:
        ordering = ["key"]


class Suggestion(Record):
    """A letter of the suggestion box, or what a voter said: handled by topic, answered, erased when its time is over."""

    seen_with = Can.HANDLE_SUGGESTIONS
    masked: ClassVar[tuple[str, ...]] = ("text", "sender", "contact", "code_hash")

    channel = models.CharField("nguồn", max_length=10, choices=choices(Channel), default=Channel.BOX)
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="buổi tiếp xúc"
    )
    received_on = models.DateField("ngày nhận")
    text = models.TextField("nội dung")
    sender = models.CharField("người góp ý", max_length=120, blank=True)
    contact = models.CharField("liên hệ", max_length=160, blank=True)
    code_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    """Of the code with which whoever wrote it follows it without an account."""
    state = models.CharField(
        "trạng thái", max_length=9, choices=choices(SuggestionState), default=SuggestionState.RECEIVED
    )
    topic = models.CharField("nhóm vấn đề", max_length=120, blank=True)
    task = models.OneToOneField(
        "tasks.Task", models.PROTECT, null=True, blank=True, related_name="suggestion", verbose_name="nhiệm vụ"
    )
    """The duty it was given as: who settles it learns the topic, never who wrote."""
    due_on = models.DateField("hạn trả lời", null=True, blank=True)
    answer = models.TextField("trả lời", blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    summary = models.CharField("tóm tắt để công khai", max_length=400, blank=True)
    published_on = models.DateField("ngày công khai", null=True, blank=True)
    printed_code = ""
    """The code itself, only in the memory of the action that took the letter; never stored."""

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "due_on"])]
        ordering = ["-received_on", "-pk"]

    def __str__(self) -> str:
        return self.topic or f"{self.received_on:%d/%m/%Y}"
