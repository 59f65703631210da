"""The register of papers: what was received and issued, by number and symbol."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chibo.access.charter import Can
from chibo.access.models import Record
from chibo.core.searching import SearchedField
from chibo.papers.rules.numbering import NumberState
from chibo.papers.rules.register import Direction, Relation, Secrecy


class Paper(Record):
    """A document of the Party (văn bản): received, issued or for use inside. Of a secret one only its number is kept."""

    seen_with = Can.SEE_PAPERS

    direction = models.CharField("sổ", max_length=10, default=Direction.INCOMING)
    secrecy = models.CharField("độ mật", max_length=10, default=Secrecy.OPEN)
    symbol = models.CharField("số, ký hiệu", max_length=40, blank=True)
    kind = models.CharField("thể loại", max_length=40)
    issuer = models.CharField("cơ quan ban hành", max_length=160)
    subject = models.CharField("trích yếu", max_length=400, blank=True)
    known_as = models.CharField("tên gọi khác", max_length=120, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    received_on = models.DateField("ngày đến", null=True, blank=True)
    in_force_from = models.DateField("hiệu lực từ ngày", null=True, blank=True)
    in_force_to = models.DateField("hiệu lực đến hết ngày", null=True, blank=True)
    file = models.FileField("tệp", upload_to="papers/", blank=True)
    search_key = SearchedField(editable=False, default="")

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(secrecy=Secrecy.OPEN) | Q(subject="", signer="", known_as="", file=""),
                name="paper_secret_is_its_number_only",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(in_force_to__gte=F("in_force_from")),
                name="paper_in_force_forwards",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.subject or self.kind}".strip()


class Enclosure(Record):
    """A further file of a paper: an annex, a signed scan."""

    seen_with = Can.SEE_PAPERS

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="enclosures")
    name = models.CharField("tên tệp", max_length=120)
    file = models.FileField("tệp", upload_to="papers/")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class KeptSheet(Record):
    """A paper as it went out: both files, the sheet as it was shown, and the digests by which anybody checks the files.

    What it is the paper of, each app says in a model of its own, seen by those who see that. Never written again (ADR 0166).
    """

    sheet = models.TextField()
    sheet_sha256 = models.CharField(max_length=64)
    docx = models.FileField(upload_to="kept/")
    pdf = models.FileField(upload_to="kept/")
    docx_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True


class PaperLink(Record):
    """What a paper rests on, replaces or amends, since a day: ``paper`` rests on ``to``."""

    seen_with = Can.SEE_PAPERS

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="links")
    to = models.ForeignKey(Paper, models.PROTECT, related_name="links_to_it")
    relation = models.CharField("quan hệ", max_length=10)
    since = models.DateField("từ ngày")

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "to", "relation"], name="paper_link_once"),
            models.CheckConstraint(condition=~Q(paper=F("to")), name="paper_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {Relation(self.relation).label} {self.to}"


class Series(models.Model):
    """A numbering series: one per body, type and term, from 01, without a gap (HD 36-HD/VPTW; rulebook §6.2).

    ``kind`` is the type's code, or ``numbering.COMMON`` for a congress, which numbers all its papers in one series.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    term = models.CharField(max_length=40)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "term"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.term}"


class Template(Record):
    """The office's own template for a kind of paper, for the unit and those below it; a new one never replaces the file.

    In force on a day: the one that began last. After ``valid_to`` the official layout holds again.
    """

    seen_with = Can.SEE_PAPERS

    kind = models.CharField("loại văn bản", max_length=60)
    number = models.PositiveIntegerField("bản thứ")
    valid_from = models.DateField("dùng từ ngày")
    valid_to = models.DateField("dùng đến ngày", null=True, blank=True)
    file = models.FileField("tệp", upload_to="templates/")
    file_name = models.CharField("tên tệp", max_length=160)

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "number"], name="template_once")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.number})"


class Number(Record):
    """One number of a series: taken, kept for a paper to come, or voided; the last two say why."""

    seen_with = Can.SEE_PAPERS

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField("số")
    kind = models.CharField("thể loại", max_length=40)
    state = models.CharField("trạng thái", max_length=10, default=NumberState.TAKEN)
    reason = models.CharField("lý do", max_length=200, blank=True)
    given_on = models.DateField("ngày cấp")
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, blank=True, related_name="number")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="number_once"),
            models.CheckConstraint(
                condition=Q(state=NumberState.TAKEN) | ~Q(reason=""), name="number_not_taken_says_why"
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=True) | Q(state=NumberState.TAKEN), name="number_of_a_paper_is_taken"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}"
