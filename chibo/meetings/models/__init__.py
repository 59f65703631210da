"""Meetings with agenda, roll, minutes and their corrections."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from chibo.access.charter import Can
from chibo.access.models import Record, User
from chibo.core.words import choices
from chibo.meetings.models.kept import KeptFile as KeptFile
from chibo.meetings.rules import AttachmentKind, ItemKind, Marker, MeetingKind, MeetingState, Mentioned, Presence
from chibo.meetings.rules.preparing import WEEKDAYS


class Meeting(Record):
    """A meeting of a cell. ``month`` (first of the month) is the month it counts for."""

    seen_with = Can.SEE_MEETINGS

    kind = models.CharField("loại", max_length=14, choices=choices(MeetingKind), default=MeetingKind.REGULAR)
    month = models.DateField("kỳ tháng")
    held_on = models.DateField("ngày họp")
    starts_at = models.TimeField("bắt đầu", null=True)
    ends_at = models.TimeField("kết thúc", null=True)
    place = models.CharField("địa điểm", max_length=160, blank=True)
    chair = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+", verbose_name="chủ trì")
    recorder = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+", verbose_name="thư ký")
    guests = models.CharField("khách dự", max_length=300, blank=True)
    topic = models.CharField("chuyên đề", max_length=200, blank=True)
    online = models.BooleanField("họp trực tuyến", default=False)
    prepares = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="preparations", verbose_name="chuẩn bị cho"
    )
    """The cell's meeting that this meeting of the committee, or conferral, prepared (seed S2-06)."""
    called = models.ManyToManyField(
        "members.Member", related_name="classes", blank=True, verbose_name="người được gọi"
    )
    """Who must attend a class that is not for everybody of its unit; empty where it is, and for other meetings."""
    notified_on = models.DateField("ngày gửi giấy mời", null=True, blank=True)
    papers_ready_on = models.DateField("ngày gửi tài liệu", null=True, blank=True)
    """When the documents were put where members read them (the e-handbook): at least a day before."""
    minutes = models.TextField("biên bản", blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=choices(MeetingState), default=MeetingState.CONVENED
    )
    closed_on = models.DateField("ngày hoàn thành biên bản", null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "month", "kind", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"], condition=Q(kind="regular"), name="one_regular_meeting_a_month"
            )
        ]
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{gettext(MeetingKind(self.kind).label)} {self.held_on:%d/%m/%Y}"


class AgendaItem(Record):
    """One item of the order of business, with what was said and concluded."""

    seen_with = Can.SEE_MEETINGS

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=choices(ItemKind))
    title = models.CharField("nội dung", max_length=200)
    minutes_planned = models.PositiveSmallIntegerField("thời gian (phút)", default=0)
    notes = models.TextField("diễn biến, kết luận", blank=True)
    presenter = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trình bày"
    )
    paper = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name="văn bản"
    )
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, null=True, blank=True, related_name="agenda_items",
        verbose_name="chương trình",
    )  # fmt: skip
    began_at = models.TimeField("bắt đầu", null=True, blank=True)
    ended_at = models.TimeField("kết thúc", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="agenda_order_once")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class Attendance(Record):
    """One line of the roll: how a member stood at a meeting."""

    seen_with = Can.SEE_MEETINGS
    owner = "member.account_id"
    told_to_owner = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="attendances")
    month = models.DateField()
    presence = models.CharField(max_length=10, choices=choices(Presence))
    reason = models.CharField("lý do", max_length=160, blank=True)

    class Meta:
        # ``meeting`` last, so that attendance is counted from the index alone: half the time of the ward's board.
        indexes = [models.Index(fields=["unit", "month", "presence", "meeting"])]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="one_line_per_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_presence_display()}"


class Correction(Record):
    """What was added to closed minutes, and when: the minutes themselves stay as they were."""

    seen_with = Can.SEE_MEETINGS

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrections")
    corrected_on = models.DateField("ngày bổ sung, đính chính")
    text = models.TextField("nội dung bổ sung, đính chính")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["corrected_on", "pk"]

    def __str__(self) -> str:
        return f"{self.corrected_on:%d/%m/%Y}: {self.text[:60]}"


class Contribution(Record):
    """A member took the floor on an item: how many speak, and what they said (seed S2-07)."""

    seen_with = Can.SEE_MEETINGS
    owner = "member.account_id"
    told_to_owner = True

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="contributions")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    text = models.TextField("ý kiến", blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.member}"


class Vote(Record):
    """An open vote (biểu quyết giơ tay): hands counted against those who may vote and are there (seed S4-11)."""

    seen_with = Can.SEE_MEETINGS

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="votes")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="votes")
    question = models.CharField("nội dung biểu quyết", max_length=300)
    in_favour = models.PositiveSmallIntegerField("tán thành")
    against = models.PositiveSmallIntegerField("không tán thành", default=0)
    abstaining = models.PositiveSmallIntegerField("ý kiến khác", default=0)
    base = models.PositiveSmallIntegerField("đảng viên chính thức có mặt")
    """Official members present when the vote was taken, from the roll; kept as it was then."""
    entitled = models.PositiveSmallIntegerField("đảng viên chính thức của chi bộ")
    """All official members of the meeting's base: more than half of these adopt a resolution (Charter, Article 9)."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.question


class Resolution(Record):
    """The monthly resolution of a cell (nghị quyết sinh hoạt chi bộ): Số NN-NQ/CB (rulebook §2.3)."""

    seen_with = Can.SEE_MEETINGS

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="resolution")
    paper = models.OneToOneField("papers.Paper", models.PROTECT, related_name="resolution")
    adopted_on = models.DateField("ngày thông qua")
    self_rating = models.CharField("tự đánh giá", max_length=200, blank=True)
    """How the cell rated its meeting when the resolution was issued; part IV of the paper."""

    def __str__(self) -> str:
        return str(self.paper)


class ResolutionItem(Record):
    """One thing the meeting resolved: what, who, by when, how measured (seed S2-16); at closing it opens a task."""

    seen_with = Can.SEE_MEETINGS
    owner = "doer.account_id"
    told_to_owner = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolved")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="resolved")
    order = models.PositiveSmallIntegerField()
    what = models.CharField("nội dung", max_length=300)
    doer = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    doer_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField("thời hạn", null=True, blank=True)
    measure = models.CharField("cách đo", max_length=200, blank=True)
    is_local = models.BooleanField("nhiệm vụ của địa phương", default=False)
    """A solution of the cell's own to a local difficulty (seed S3-05)."""
    override_reason = models.CharField("lý do vẫn ghi", max_length=200, blank=True)
    """Why the secretary keeps an item that the form calls vague."""
    task = models.OneToOneField("tasks.Task", models.PROTECT, null=True, blank=True, related_name="resolved_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="resolved_order_once")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.what


class Mention(Record):
    """The meeting commended, reminded or criticised a member by name (seed S2-12)."""

    seen_with = Can.SEE_MEETINGS
    owner = "member.account_id"
    told_to_owner = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="mentions")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=choices(Mentioned))
    text = models.CharField("nội dung", max_length=300)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()}"


class Visitor(Record):
    """A committee member, or whoever follows the cell, came to its meeting (seeds S2-08, S3-10)."""

    seen_with = Can.SEE_MEETINGS
    owner = "member.account_id"
    told_to_owner = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="visitors")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="visits")
    note = models.CharField("ý kiến phát biểu", max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="one_visit_a_meeting")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.member}"


class Attachment(Record):
    """A scan of the signed paper, or a document of the meeting. ``file`` has a name of our own; ``name`` is theirs."""

    seen_with = Can.SEE_MEETINGS

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attachments")
    kind = models.CharField("loại", max_length=18, choices=choices(AttachmentKind))
    name = models.CharField("tên tệp", max_length=160)
    file = models.FileField("tệp", upload_to="meetings/")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Schedule(Record):
    """The day on which a cell meets every month: a day of the month, or the nth weekday (HD 12: each cell fixes one)."""

    seen_with = Can.SEE_MEETINGS

    day_of_month = models.PositiveSmallIntegerField("ngày trong tháng", null=True, blank=True)
    nth = models.PositiveSmallIntegerField("tuần thứ", null=True, blank=True)
    weekday = models.PositiveSmallIntegerField("thứ", null=True, blank=True)
    """0 is Monday, as in Python; ``nth`` 1 … 4 of the month."""
    starts_at = models.TimeField("giờ họp")
    place = models.CharField("địa điểm", max_length=160, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(day_of_month__isnull=False, nth__isnull=True, weekday__isnull=True)
                | Q(day_of_month__isnull=True, nth__isnull=False, weekday__isnull=False),
                name="schedule_by_day_or_by_weekday",
            )
        ]
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        if self.day_of_month is not None:
            return gettext("ngày %(day)s hằng tháng") % {"day": self.day_of_month}
        weekday = gettext(WEEKDAYS[self.weekday or 0])
        return gettext("%(weekday)s tuần thứ %(nth)s hằng tháng") % {"weekday": weekday, "nth": self.nth}


class Feed(models.Model):
    """A calendar that a person's telephone reads: only a hash of its secret address is kept."""

    masked = ("key_hash",)

    user = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    unit = models.ForeignKey("units.Unit", models.CASCADE, null=True, blank=True, related_name="+")
    """The cell whose meetings it shows; none for all meetings of the person."""
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    printed_key = ""
    """The end of the address itself, only in the memory of the action that made it; never stored."""

    def __str__(self) -> str:
        return f"{self.user}"


class Mailbox(models.Model):
    """Where a person wants invitations sent: their own wish, on their own account."""

    masked = ("address",)

    user = models.OneToOneField(User, models.CASCADE, related_name="mailbox")
    address = models.EmailField("địa chỉ thư điện tử")

    def __str__(self) -> str:
        return f"{self.user}"


class QualityForm(Record):
    """A dated sheet of criteria for the quality of a meeting, of this unit and all below it (rulebook §2.4)."""

    seen_with = Can.SEE_MEETINGS

    name = models.CharField("tên", max_length=160)
    source = models.CharField("căn cứ", max_length=200)
    levels = models.JSONField("mức xếp loại", default=list)
    """Pairs of the least points and the label, best first: [[90, "Tốt"], …]."""
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """One line of a sheet. ``fact`` names the fact of the records that can fill it, or "" for a person's judgement;
    ``steps`` the points a share earns, as typed."""

    form = models.ForeignKey(QualityForm, models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    part = models.CharField("nhóm", max_length=160)
    text = models.CharField("tiêu chí", max_length=400)
    most = models.DecimalField("điểm tối đa", max_digits=5, decimal_places=1)
    fact = models.CharField(max_length=30, blank=True)
    steps = models.CharField("các bậc", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "order"], name="criterion_order_once")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text


class QualityMark(Record):
    """What the cell, or who attended, gives a meeting for one criterion; ``reason`` says why, from facts or in words."""

    seen_with = Can.SEE_MEETINGS

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    marker = models.CharField(max_length=8, choices=choices(Marker))
    points = models.DecimalField("điểm", max_digits=5, decimal_places=1)
    reason = models.CharField("lý do", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "criterion", "marker"], name="one_mark_each")]

    def __str__(self) -> str:
        return f"{self.points}"
