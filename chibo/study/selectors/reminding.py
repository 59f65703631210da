"""Who is reminded of an essay, at which address, and what the letter says: no name, nothing of what is studied (ADR 0035)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from chibo.core.mailing import may_mail
from chibo.meetings.models import Mailbox
from chibo.study.models import Essay, StudyClass
from chibo.study.rules import OWED, may_be_reminded
from chibo.units.models import Unit
from chibo.units.selectors import setting_on


@dataclass(frozen=True, slots=True)
class Missing:
    """How many essays of a class are missing, how many of their authors can be written to, and when it was done last."""

    count: int
    reachable: int
    last: date | None
    refused: int
    is_configured: bool


def owed_of(study_class: StudyClass) -> QuerySet[Essay]:
    """The essays of the class that are not in, or are to be written again."""
    return study_class.essays.filter(state__in=OWED).select_related("member").order_by("pk")


def days_between(unit: Unit, today: date) -> int:
    """How many days lie between two letters to the same person."""
    return int(setting_on("study.reminder_days", unit, today))


def reminders_due(study_class: StudyClass, today: date) -> list[tuple[Essay, str]]:
    """(essay, address) of those who owe one, gave an address, and were not written to lately or in vain."""
    owed = [essay for essay in owed_of(study_class) if essay.member.account_id and not essay.reminder_refused]
    boxes = Mailbox.objects.filter(user__is_active=True, user__in=[essay.member.account_id for essay in owed])
    addresses = dict(boxes.values_list("user_id", "address"))
    days = days_between(study_class.unit, today)
    return [
        (essay, addresses[essay.member.account_id])
        for essay in owed
        if essay.member.account_id in addresses and may_be_reminded(essay.reminded_on, today, days)
    ]


def missing_of(study_class: StudyClass, today: date) -> Missing:
    owed = list(owed_of(study_class))
    return Missing(
        len(owed), len(reminders_due(study_class, today)), max((e.reminded_on for e in owed if e.reminded_on), default=None),
        sum(e.reminder_refused for e in owed), may_mail(),
    )  # fmt: skip


def reminder_of(study_class: StudyClass) -> tuple[str, str]:
    """Subject and text, in Vietnamese as official papers are."""
    held, due = study_class.meeting.held_on, study_class.essays_due_on
    address = f"{settings.PAGES_AT}{reverse('study:mine')}" if settings.PAGES_AT else ""
    lines = [
        f"Đồng chí còn bài thu hoạch chưa nộp của lớp học ngày {held:%d/%m/%Y}, {study_class.unit.name}.",
        *([f"Hạn nộp: {due:%d/%m/%Y}."] if due else []),
        "Đăng nhập phần mềm, mở mục Học tập để viết hoặc gửi tệp; viết trên giấy thì nộp cho bí thư chi bộ.",
        *([address] if address else []),
        "Đã nộp trên giấy mà vẫn nhận thư này: nhờ chi bộ nhập thay.",
    ]
    subject = f"Nhắc nộp bài thu hoạch, {study_class.unit.name}, lớp ngày {held:%d/%m/%Y}"
    return " ".join(subject.split()), "\n".join(lines)
