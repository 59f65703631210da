"""Programmes over years, with their yearly themes and the reference list of the 27 manifestations."""

from __future__ import annotations

from django.db import models

from chibo.access.charter import Can
from chibo.access.models import Record


class Programme(Record):
    """A programme of several years (Chỉ thị 05-CT/TW): what campaigns, themes and documents are made under."""

    seen_with = Can.SEE_PROGRAMMES

    code = models.SlugField("mã", max_length=30)
    name = models.CharField("tên", max_length=300)
    basis = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản gốc"
    )
    papers = models.ManyToManyField("papers.Paper", related_name="programmes", verbose_name="văn bản")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="programme_code_once")]

    def __str__(self) -> str:
        return self.name


class Theme(Record):
    """The theme (chuyên đề) of a programme in one year."""

    seen_with = Can.SEE_PROGRAMMES

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="themes")
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("chuyên đề", max_length=400)
    words = models.CharField("từ khóa nhận ra nội dung theo chuyên đề", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "year"], name="theme_once_a_year")]

    def __str__(self) -> str:
        return self.title


class Manifestation(models.Model):
    """One of the 27 manifestations of degradation (Nghị quyết 04-NQ/TW, 30/10/2016): a reference list, A1 to C9."""

    code = models.CharField(max_length=2, primary_key=True)
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}. {self.text}"
