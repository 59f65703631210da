"""Rounds of congresses, each cell's congress with its preparation, its elections, ballots as counted, and what followed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chibo.access.charter import Can
from chibo.access.models import Record
from chibo.congresses.models.kept import KeptFile
from chibo.congresses.models.scans import BallotForm, ScanAnswer, ScanCount
from chibo.congresses.models.sealing import Complaint, SealOpening
from chibo.congresses.rules import (
    AgeBand,
    CongressState,
    ElectionState,
    Occasion,
    Office,
    PollingState,
    RoundKind,
    Source,
    Withdrawal,
)
from chibo.congresses.rules.counting import Flaw
from chibo.congresses.rules.dossier import PieceKind
from chibo.congresses.rules.seating import SignIn
from chibo.core.words import choices


class CongressRound(Record):
    """The ward's round of congresses of its cells (đợt đại hội): a pilot first, its lessons, then the rest."""

    seen_with = Can.SEE_CONGRESSES

    occasion = models.CharField("dịp", max_length=8, choices=choices(Occasion), default=Occasion.CONGRESS)
    name = models.CharField("tên đợt đại hội", max_length=160)
    term = models.CharField("nhiệm kỳ", max_length=20)
    past_term = models.CharField("nhiệm kỳ trước", max_length=20, blank=True)
    first_on = models.DateField("từ ngày")
    last_on = models.DateField("đến ngày")
    past_term_ends = models.DateField("nhiệm kỳ trước kết thúc", null=True, blank=True)
    plan = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kế hoạch"
    )
    pilot_counted = models.BooleanField("đại hội điểm nằm trong số đã tính", default=True)
    """Whether "13/13" counts the pilot (seed S4 can be read both ways)."""
    report = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="báo cáo kết quả"
    )
    lessons = models.TextField("rút kinh nghiệm sau đại hội điểm", blank=True)
    lessons_on = models.DateField("ngày rút kinh nghiệm", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "last_on"])]
        constraints = [models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="congress_round_forward")]

    def __str__(self) -> str:
        return self.name


class Congress(Record):
    """A cell's congress. When, where, roll, open votes and minutes stand in ``meeting``."""

    seen_with = Can.SEE_CONGRESSES

    round = models.ForeignKey(CongressRound, models.PROTECT, related_name="congresses")
    meeting = models.OneToOneField("meetings.Meeting", models.PROTECT, related_name="congress")
    is_pilot = models.BooleanField("đại hội điểm", default=False)
    state = models.CharField(max_length=10, choices=choices(CongressState), default=CongressState.PLANNED)
    in_charge = models.ForeignKey(
        "members.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cấp ủy viên phụ trách",
    )
    seats = models.PositiveSmallIntegerField("số lượng cấp ủy", default=0)
    women = models.PositiveSmallIntegerField("nữ ít nhất", default=0)
    young = models.PositiveSmallIntegerField("trẻ ít nhất", default=0)
    reelected = models.PositiveSmallIntegerField("tái cử ít nhất", default=0)
    delegates = models.PositiveSmallIntegerField("đại biểu dự đại hội cấp trên", default=0)
    standards = models.TextField("tiêu chuẩn, định hướng", blank=True)
    scheme_approved_on = models.DateField("ngày phê duyệt đề án", null=True, blank=True)
    resolution_vote = models.OneToOneField(
        "meetings.Vote", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="biểu quyết nghị quyết"
    )
    closed_on = models.DateField("ngày bế mạc", null=True, blank=True)
    reported_on = models.DateField("ngày báo cáo kết quả", null=True, blank=True)
    decided_on = models.DateField("ngày quyết định chuẩn y", null=True, blank=True)
    decision = models.CharField("số quyết định", max_length=60, blank=True)
    decision_note = models.CharField("lý do", max_length=300, blank=True)
    installed_on = models.DateField("chức vụ có hiệu lực", null=True, blank=True)
    handed_over_on = models.DateField("ngày bàn giao", null=True, blank=True)
    handed_over = models.TextField("nội dung bàn giao", blank=True)
    sealed_on = models.DateField("ngày niêm phong phiếu", null=True, blank=True)
    sealed_by = models.CharField("người giữ phiếu", max_length=160, blank=True)
    destroyed_on = models.DateField("ngày hủy phiếu", null=True, blank=True)
    own_log_ins = models.BooleanField("kiểm phiếu bằng tài khoản riêng, không cấp mã", default=False)
    codes_reason = models.CharField("lý do cấp mã trở lại", max_length=300, blank=True)
    published_on = models.DateField("ngày công bố công khai", null=True, blank=True)
    published = models.JSONField("bản công khai", default=dict, blank=True)
    """What the public reads: a copy, so that nothing else of the records can be asked for (ADR 0056)."""

    class Meta:
        indexes = [models.Index(fields=["unit", "state"]), models.Index(fields=["round", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"], condition=~Q(state=CongressState.REJECTED), name="one_congress_a_round"
            )
        ]

    def __str__(self) -> str:
        return (
            f"{'Hội nghị bầu bổ sung' if self.round.occasion == Occasion.BY_ELECTION else 'Đại hội'} {self.unit.name}"
        )


class Preparation(Record):
    """A line of the checklist, with who sees to it (seed S4-09)."""

    seen_with = Can.SEE_CONGRESSES

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="preparations")
    order = models.PositiveSmallIntegerField()
    text = models.CharField("việc chuẩn bị", max_length=200)
    owner_name = models.CharField("người phụ trách", max_length=120, blank=True)
    due_on = models.DateField("hạn")
    done_on = models.DateField("xong ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class ReportSection(Record):
    """A part of the political report (seed S4-04), or of the committee's review of itself."""

    seen_with = Can.SEE_CONGRESSES

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=12)
    text = models.TextField("nội dung", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["congress", "code"], name="one_text_a_section")]

    def __str__(self) -> str:
        return self.code


class CongressPaper(Record):
    """A paper of the congress that was issued: under its number it stands in the register."""

    seen_with = Can.SEE_CONGRESSES

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=10, choices=choices(PieceKind))
    paper = models.OneToOneField("papers.Paper", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["congress", "kind"], name="one_paper_a_kind")]

    def __str__(self) -> str:
        return f"{self.paper}"


class Deviation(Record):
    """Where a report or the way a congress was run fell short (seed S4-08)."""

    seen_with = Can.SEE_CONGRESSES

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="deviations")
    noted_on = models.DateField("ngày ghi nhận")
    text = models.CharField("hạn chế", max_length=400)

    class Meta:
        ordering = ["noted_on", "pk"]

    def __str__(self) -> str:
        return self.text


class Counter(Record):
    """A member of the counting committee (ban kiểm phiếu), elected by show of hands."""

    masked = ("code", "code_hash")
    seen_with = Can.SEE_CONGRESSES

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="counters")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    is_head = models.BooleanField("trưởng ban", default=False)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    codes_given = models.PositiveSmallIntegerField("số lần cấp mã", default=0)
    wrong_codes = models.PositiveSmallIntegerField("số lần nhập sai mã", default=0)

    class Meta:
        ordering = ["-is_head", "pk"]
        constraints = [models.UniqueConstraint(fields=["congress", "member"], name="one_counter_once")]

    def __str__(self) -> str:
        return f"{self.member}"


class Election(Record):
    """The election of one office at one congress, with its own ballot and its own minutes."""

    seen_with = Can.SEE_CONGRESSES

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="elections")
    office = models.CharField("bầu", max_length=10, choices=choices(Office))
    seats = models.PositiveSmallIntegerField("số lượng bầu")
    state = models.CharField(max_length=10, choices=choices(ElectionState), default=ElectionState.DRAFT)
    list_vote = models.ForeignKey("meetings.Vote", models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField("lý do dừng bầu", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["congress", "office"], name="one_election_an_office")]

    def __str__(self) -> str:
        return f"Bầu {str(self.get_office_display()).lower()}"


class Candidate(Record):
    """A name put forward. It stands on the list unless the congress lets it be withdrawn."""

    seen_with = Can.SEE_CONGRESSES

    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    source = models.CharField("do", max_length=10, choices=choices(Source))
    nominated_by = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    support = models.PositiveSmallIntegerField("số người ủng hộ", null=True, blank=True)
    withdrawal = models.CharField(max_length=8, choices=choices(Withdrawal), default=Withdrawal.NONE)

    class Meta:
        ordering = ["member__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["election", "member"], name="one_candidacy")]

    def __str__(self) -> str:
        return f"{self.member}"


class Polling(Record):
    """One round of voting by secret ballot. ``base`` is kept as the chair read it out when the count was certified."""

    seen_with = Can.SEE_CONGRESSES

    election = models.ForeignKey(Election, models.CASCADE, related_name="pollings")
    number = models.PositiveSmallIntegerField("lần bầu")
    kind = models.CharField(max_length=6, choices=choices(RoundKind))
    seats = models.PositiveSmallIntegerField("số lượng bầu")
    state = models.CharField(max_length=10, choices=choices(PollingState), default=PollingState.ISSUED)
    printed = models.PositiveSmallIntegerField("số phiếu in")
    issued = models.PositiveSmallIntegerField("số phiếu phát ra")
    exchanged = models.PositiveSmallIntegerField("số phiếu hỏng đã đổi", default=0)
    collected = models.PositiveSmallIntegerField("số phiếu thu về", null=True)
    valid = models.PositiveSmallIntegerField("phiếu hợp lệ", null=True)
    invalid = models.PositiveSmallIntegerField("phiếu không hợp lệ", null=True)
    base = models.JSONField("căn cứ tính", default=dict)
    finished_at = models.DateTimeField("kết thúc kiểm phiếu", null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="one_round_a_number")]

    def __str__(self) -> str:
        return f"{self.election} lần {self.number}"


class PollingName(models.Model):
    """A name on the ballots of a round, in the printed order, with its votes once they are certified."""

    polling = models.ForeignKey(Polling, models.CASCADE, related_name="names")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    votes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["polling", "candidate"], name="one_name_on_a_ballot")]

    def __str__(self) -> str:
        return f"{self.order}. {self.candidate}"


class BallotEntry(Record):
    """One paper as one of the two counts saw it: its pencilled number, a letter a name. Nothing leads to who cast it."""

    seen_with = Can.KEEP_CONGRESSES

    polling = models.ForeignKey(Polling, models.CASCADE, related_name="entries")
    hand = models.PositiveSmallIntegerField("lượt kiểm")
    number = models.PositiveSmallIntegerField("phiếu số")
    marks = models.CharField("phiếu ghi", max_length=40)
    flaw = models.CharField("khác thường", max_length=8, blank=True, choices=choices(Flaw))
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+", verbose_name="người kiểm")
    signed = models.CharField("vào máy", max_length=4, blank=True, choices=choices(SignIn))

    class Meta:
        ordering = ["hand", "number"]
        constraints = [
            models.UniqueConstraint(fields=["polling", "hand", "number"], name="one_paper_a_count"),
            models.CheckConstraint(condition=Q(hand__in=(1, 2)), name="two_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class StrikeBatch(Record):
    """Papers counted backwards by one member of the committee: on how many of them each name is struck."""

    seen_with = Can.KEEP_CONGRESSES

    polling = models.ForeignKey(Polling, models.CASCADE, related_name="batches")
    first = models.PositiveSmallIntegerField("từ phiếu số")
    last = models.PositiveSmallIntegerField("đến phiếu số")
    invalid = models.PositiveSmallIntegerField("phiếu không hợp lệ", default=0)
    struck = models.JSONField("số lần bị gạch")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+", verbose_name="người kiểm")
    signed = models.CharField("vào máy", max_length=4, blank=True, choices=choices(SignIn))

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["polling", "first"], name="one_batch_a_paper"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="batch_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class Elected(Record):
    """Somebody was elected to an office. ``has_seat``: counted among the elected committee (55 in seed S4): its members, or
    secretary and deputy where a cell elects no committee."""

    seen_with = Can.SEE_CONGRESSES

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="elected")
    office = models.CharField(max_length=10, choices=choices(Office))
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    votes = models.PositiveSmallIntegerField("số phiếu")
    base = models.PositiveSmallIntegerField("căn cứ tính")
    elected_on = models.DateField("ngày bầu")
    has_seat = models.BooleanField(default=False)
    is_reelected = models.BooleanField("tái cử", default=False)
    age_band = models.CharField(max_length=8, choices=choices(AgeBand))
    is_refused = models.BooleanField("không được chuẩn y", default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "elected_on", "has_seat", "is_reelected"])]
        constraints = [models.UniqueConstraint(fields=["congress", "office", "member"], name="elected_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_office_display()}"


__all__ = (  # noqa: RUF022
    "CongressRound",
    "Congress",
    "Preparation",
    "ReportSection",
    "CongressPaper",
    "Deviation",
    "Counter",
    "Election",
    "Candidate",
    "Polling",
    "PollingName",
    "BallotEntry",
    "StrikeBatch",
    "BallotForm",
    "ScanCount",
    "ScanAnswer",
    "Elected",
    "Complaint",
    "SealOpening",
    "KeptFile",
)
