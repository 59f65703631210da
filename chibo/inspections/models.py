"""Yearly programmes, inspections with their team, subjects, steps and papers, and what was looked at and found.

What is whose: ``unit`` of an inspection, its team, steps and papers is the unit that leads it; that of a subject, and
of all that was declared, looked at and found there, is the inspected unit (of a person: their cell).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from chibo.access.charter import Can
from chibo.access.models import Record, User
from chibo.core.words import choices
from chibo.inspections.rules import Body, FindingKind, InspectionForm, OutlineKind, Result, Role, Source
from chibo.inspections.rules.flows import PieceKind

if TYPE_CHECKING:
    from chibo.units.models import Unit

ONE_SUBJECT = Q(inspected__isnull=False) | Q(member__isnull=False)


class YearProgramme(Record):
    """The programme of inspection and supervision of one year, of one leading body (rulebook §4.2)."""

    seen_with = Can.LEAD_INSPECTIONS

    year = models.PositiveSmallIntegerField("năm")
    body = models.CharField("chủ trì", max_length=12, choices=choices(Body))
    adopted_on = models.DateField("ngày thông qua", null=True, blank=True)
    paper = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "body"], name="one_programme_a_year")]
        ordering = ["-year", "body"]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.year}"


class ProgrammeLine(Record):
    """One line of a programme: whom, in which form, on what, over which time, when, and who answers for it."""

    seen_with = Can.LEAD_INSPECTIONS

    programme = models.ForeignKey(YearProgramme, models.CASCADE, related_name="lines")
    inspected = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    form = models.CharField("hình thức", max_length=12, choices=choices(InspectionForm))
    content = models.CharField("nội dung", max_length=300)
    looked_first = models.DateField("thời gian được xem, từ ngày", null=True, blank=True)
    looked_last = models.DateField("đến hết ngày", null=True, blank=True)
    month = models.PositiveSmallIntegerField("tháng")
    charged = models.CharField("người phụ trách", max_length=120, blank=True)
    reason = models.CharField("lý do đề xuất", max_length=200, blank=True)
    pending = models.BooleanField("chờ thông qua điều chỉnh", default=False)
    """Added, moved or left out since the programme was adopted, by no paper yet."""
    moved_from = models.PositiveSmallIntegerField("chuyển từ tháng", null=True, blank=True)
    left_out = models.BooleanField("thôi tiến hành", default=False)
    adjusted_why = models.CharField("lý do điều chỉnh", max_length=200, blank=True)
    amended_by = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản điều chỉnh"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="programme_line_names_somebody"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="programme_line_in_a_month"),
        ]
        ordering = ["month", "pk"]

    def __str__(self) -> str:
        return str(self.member or self.inspected)


class Inspection(Record):
    """An inspection, supervision or survey; ``unit`` leads it. Its announced day opens it to the inspected."""

    seen_with = Can.LEAD_INSPECTIONS

    form = models.CharField("hình thức", max_length=12, choices=choices(InspectionForm))
    body = models.CharField("chủ trì", max_length=12, choices=choices(Body))
    content = models.CharField("nội dung", max_length=300)
    source = models.CharField("dấu hiệu đến từ", max_length=12, choices=choices(Source), blank=True)
    looked_first = models.DateField("thời gian được xem, từ ngày", null=True, blank=True)
    looked_last = models.DateField("đến hết ngày", null=True, blank=True)
    decided_on = models.DateField("ngày quyết định")
    begins_on = models.DateField("bắt đầu")
    ends_on = models.DateField("kết thúc")
    """The last day of the inspection itself, extensions included."""
    extended_days = models.PositiveSmallIntegerField("gia hạn (ngày)", default=0)
    extension_reason = models.CharField("lý do gia hạn", max_length=200, blank=True)
    line = models.OneToOneField(
        ProgrammeLine, models.SET_NULL, null=True, blank=True, related_name="inspection", verbose_name="chương trình"
    )
    bases = models.ManyToManyField("papers.Paper", blank=True, related_name="+", verbose_name="căn cứ")
    bases_text = models.TextField("căn cứ khác", blank=True)
    announced_on = models.DateField("ngày gửi quyết định", null=True, blank=True)
    conclusion = models.TextField("kết luận", blank=True)
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    report_back_on = models.DateField("báo cáo khắc phục trước ngày", null=True, blank=True)
    published_on = models.DateField("ngày công bố kết luận", null=True, blank=True)
    closed_on = models.DateField("ngày đóng hồ sơ", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "decided_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="inspection_ends_after_it_begins"),
        ]
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_form_display()}: {self.content}"


class TeamMember(Record):
    """Somebody on the team, and what they look at."""

    seen_with = Can.LEAD_INSPECTIONS
    owner = "member.account_id"

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="team")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    role = models.CharField("vai trò", max_length=10, choices=choices(Role))
    duties = models.CharField("nhiệm vụ", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "member"], name="team_member_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.member)


class Subject(Record):
    """Who is inspected: an organisation (``unit``), or a person (``member``) of that cell."""

    seen_with = Can.SEE_INSPECTIONS
    owner = "member.account_id"

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="subjects")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    handed_on = models.DateField("ngày gửi báo cáo tự kiểm tra", null=True, blank=True)
    reported_back_on = models.DateField("ngày báo cáo kết quả khắc phục", null=True, blank=True)

    @property
    def told_at(self) -> Unit:
        """Where the journal tells of it: of a person at the unit that leads, for their cell has no part in it."""
        return self.inspection.unit if self.member_id else self.unit

    class Meta:
        indexes = [models.Index(fields=["unit", "inspection"])]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "unit"], condition=Q(member__isnull=True), name="inspected_unit_once"
            ),
            models.UniqueConstraint(fields=["inspection", "member"], name="inspected_member_once"),
        ]
        ordering = [F("member__sort_key").asc(nulls_first=True), "unit__sort_key", "pk"]

    def __str__(self) -> str:
        return str(self.member or self.unit)


class Step(Record):
    """One step of the flow: when it is due, when it was done, or why it was left out."""

    seen_with = Can.LEAD_INSPECTIONS

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    due_on = models.DateField("hạn")
    done_on = models.DateField("xong ngày", null=True, blank=True)
    took = models.PositiveSmallIntegerField("số ngày", null=True, blank=True)
    """Days from when it could begin to when it was done."""
    waived = models.CharField("lý do không làm", max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_on", "done_on"])]
        constraints = [models.UniqueConstraint(fields=["inspection", "code"], name="step_once")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.code


class Piece(Record):
    """One paper of the dossier: issued here as docx and PDF, or brought as a file; or why there is none."""

    seen_with = Can.LEAD_INSPECTIONS

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="pieces")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="pieces")
    """Whose it is; none where one serves all."""
    kind = models.CharField("tài liệu", max_length=12, choices=choices(PieceKind))
    title = models.CharField("trích yếu", max_length=300, blank=True)
    symbol = models.CharField("số, ký hiệu", max_length=40, blank=True)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, blank=True, related_name="+")
    issued_on = models.DateField("ngày")
    docx = models.FileField(upload_to="inspections/", blank=True)
    pdf = models.FileField(upload_to="inspections/", blank=True)
    upload = models.FileField("tệp", upload_to="inspections/", blank=True)
    name = models.CharField("tên tệp", max_length=160, blank=True)
    waived = models.CharField("lý do không có", max_length=200, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["inspection", "kind"])]
        ordering = ["issued_on", "pk"]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class OutlineItem(Record):
    """One item that the self-report answers."""

    seen_with = Can.LEAD_INSPECTIONS

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="outline")
    order = models.PositiveSmallIntegerField()
    section = models.CharField("phần", max_length=160, blank=True)
    title = models.CharField("nội dung", max_length=300)
    kind = models.CharField("trả lời bằng", max_length=8, choices=choices(OutlineKind))
    code = models.CharField(max_length=60, blank=True)
    """The figure or check that answers it; for papers, words they hold ("" for all)."""

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Answer(Record):
    """What the inspected declares to one item, beside what the records computed when it was handed in."""

    seen_with = Can.SEE_INSPECTIONS
    owner = "subject.member.account_id"

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="answers")
    item = models.ForeignKey(OutlineItem, models.CASCADE, related_name="answers")
    computed = models.TextField(blank=True)
    declared = models.TextField("nội dung báo cáo", blank=True)
    explanation = models.TextField("giải thích chỗ khác", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "item"], name="one_answer_an_item")]

    def __str__(self) -> str:
        return self.declared[:60]


class Criterion(Record):
    """One thing the team looks at, with the figure or check that already knows something of it."""

    seen_with = Can.LEAD_INSPECTIONS

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    text = models.CharField("tiêu chí", max_length=300)
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class Mark(Record):
    """How one criterion was found at one subject, with a note, and the very record it was seen in."""

    seen_with = Can.SEE_INSPECTIONS

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="marks")
    result = models.CharField("kết quả", max_length=8, choices=choices(Result), blank=True)
    note = models.TextField("ghi chú", blank=True)
    link = models.CharField("trang đã xem", max_length=200, blank=True)
    looked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "criterion"], name="one_mark_a_criterion")]

    def __str__(self) -> str:
        """Nothing of what was seen: the journal of the inspected unit shows this."""
        return f"{self.criterion_id}"


class Picture(Record):
    """A picture that the team took on the spot, of what it saw for one criterion."""

    seen_with = Can.SEE_INSPECTIONS

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="pictures")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="pictures")
    photo = models.FileField("ảnh", upload_to="inspections/")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    @property
    def told_at(self) -> Unit:
        return self.subject.told_at

    def __str__(self) -> str:
        """Nothing of what was seen: the journal of the inspected unit shows this."""
        return f"{self.criterion_id}"


class Finding(Record):
    """What was found at a subject; a shortcoming may have a remedy, which is a task, and may repeat an earlier one."""

    seen_with = Can.SEE_INSPECTIONS

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="findings")
    criterion = models.ForeignKey(Criterion, models.SET_NULL, null=True, blank=True, related_name="findings")
    kind = models.CharField("loại", max_length=12, choices=choices(FindingKind))
    text = models.TextField("nội dung")
    figure = models.CharField(max_length=60, blank=True)
    """The figure that its percentages are checked against (seed S0-09)."""
    source = models.CharField("phát hiện qua", max_length=12, choices=choices(Source))
    found_on = models.DateField("ngày")
    remedy = models.CharField("biện pháp khắc phục", max_length=300, blank=True)
    owner_member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    owner_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField("hạn khắc phục", null=True, blank=True)
    task = models.OneToOneField("tasks.Task", models.PROTECT, null=True, blank=True, related_name="finding")
    """The remedy as a duty of the inspected, from the day the conclusion is made known."""
    repeats = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="repeated_by")
    verified_on = models.DateField("xác nhận ngày", null=True, blank=True)
    verified_note = models.CharField("đã xem", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "kind", "found_on"])]
        ordering = ["found_on", "pk"]

    @property
    def told_at(self) -> Unit:
        return self.subject.told_at

    def __str__(self) -> str:
        """Its day only: the journal of the inspected unit shows this before anything is made known."""
        return f"{self.found_on:%d/%m/%Y}"


class Visit(Record):
    """Who of the team goes to which cell on which day, and the meeting they attended there (seed S2-03)."""

    seen_with = Can.LEAD_INSPECTIONS
    owner = "visitor.member.account_id"

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="visits")
    visitor = models.ForeignKey(TeamMember, models.CASCADE, related_name="visits")
    planned_on = models.DateField("ngày")
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="buổi họp đã dự"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visitor", "planned_on"], name="one_visit_a_day")]
        ordering = ["planned_on", "pk"]

    def __str__(self) -> str:
        return f"{self.planned_on:%d/%m/%Y}"
