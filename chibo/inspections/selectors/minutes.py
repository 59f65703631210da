"""The text with which the minutes of a team begin: when, where, who on both sides, what was told, looked at and found.

What only those who were there can say stands as "…", and no paper is issued while it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.core.vietnamese import within
from chibo.inspections.models import Inspection, Subject
from chibo.inspections.rules import Body, Role
from chibo.inspections.rules.flows import PieceKind
from chibo.inspections.selectors.letterheads import (
    about,
    attending_of,
    family_of,
    names_of_subjects,
    own_report,
    role_words,
    team_name,
    work_of,
)
from chibo.inspections.selectors.phrases import (
    decided_by,
    decider,
    found_lines,
    looked_over,
    named,
    numbered,
    subjects_of,
    team_lines,
)
from chibo.meetings.models import Meeting


def _head(inspection: Inspection, subject: Subject | None, on: date, what: str) -> Iterator[str]:
    """When, where, who: what the register knows of both sides; the place is where the cell last met."""
    whom = subjects_of(inspection, subject)
    yield f"Thực hiện {decided_by(inspection)}, ngày {on:%d/%m/%Y}, tại {_place(whom, on)}, {within(team_name(inspection))} {what} {names_of_subjects(inspection) if subject is None else named(subject)}."
    yield "I. Thành phần"
    yield f"1. {team_name(inspection)}"
    yield from team_lines(inspection)
    for number, one in enumerate(whom, 2):
        yield f"{number}. {named(one)[:1].upper()}{named(one)[1:]}"
        yield from [f"- {said};" for said in attending_of(one.unit, on)] if one.member_id is None else []


def _place(subjects: list[Subject], on: date) -> str:
    last = Meeting.objects.filter(unit__in=[one.unit_id for one in subjects], held_on__lte=on).exclude(place="")
    place = last.order_by("-held_on", "-pk").values_list("place", flat=True).first()
    return within(place) if place else "…"


def _closing(inspection: Inspection) -> str:
    return f"Biên bản đã được đọc lại, các thành phần dự thống nhất nội dung và cùng ký tên; lập thành hai bản, {within(team_name(inspection))} giữ một bản, nơi được {family_of(inspection)} giữ một bản."


def deploying(inspection: Inspection, subject: Subject | None, on: date) -> Iterator[str]:
    yield from _head(inspection, subject, on, f"triển khai {about(inspection)} với")
    yield "II. Nội dung"
    yield f"1. {role_words(Role.HEAD, inspection)} công bố {'kế hoạch' if inspection.body == Body.CELL else 'quyết định, kế hoạch'}; nêu mục đích, yêu cầu, nội dung, thời gian được xem ({looked_over(inspection)}) và phương pháp làm việc."
    due = inspection.steps.filter(code="self_report").first()
    until = f" trước hết ngày {due.due_on:%d/%m/%Y}" if due else ""
    yield f"2. Hai bên thống nhất đề cương, lịch làm việc; báo cáo {own_report(inspection)} gửi về {within(team_name(inspection))}{until}."
    yield _closing(inspection)


def working(inspection: Inspection, subject: Subject | None, on: date) -> Iterator[str]:
    yield from _head(inspection, subject, on, "làm việc, thẩm tra, xác minh với")
    yield "II. Nội dung"
    for one in subjects_of(inspection, subject):
        yield f"1. Đã xem{'' if subject else f' tại {named(one)}'}"
        for mark in one.marks.exclude(result="").select_related("criterion").order_by("criterion__order"):
            note = f" ({' '.join(mark.note.split())})" if mark.note else ""
            yield f"- {mark.criterion.text}: {mark.get_result_display().lower()}{note};"
        yield "2. Nhận thấy"
        yield from found_lines(inspection, [one])
    yield _closing(inspection)


def conference(inspection: Inspection, subject: Subject | None, on: date) -> Iterator[str]:
    yield from _head(inspection, subject, on, f"dự hội nghị xem xét kết quả {work_of(inspection)} tại")
    yield "II. Nội dung"
    yield f"1. Báo cáo {own_report(inspection)}"
    whom = subjects_of(inspection, subject)
    if len(whom) == 1:
        made = inspection.pieces.filter(kind=PieceKind.SELF_REPORT, subject=whom[0]).exclude(symbol="").first()
        who = (
            f"Đồng chí {whom[0].member}"
            if whom[0].member
            else next(iter(attending_of(whom[0].unit, on)), "Đại diện cấp ủy")
        )
        its_number = f" số {made.symbol} ngày {made.issued_on:%d/%m/%Y}" if made else ""
        yield f"{who}, trình bày báo cáo {own_report(inspection)}{its_number}."
    yield "Ý kiến bổ sung: …"
    yield f"2. {team_name(inspection)} nêu kết quả"
    yield from found_lines(inspection, whom)
    yield f"3. Kết luận của {role_words(Role.HEAD, inspection).lower()}"
    yield "…"
    yield _closing(inspection)


def announcing(inspection: Inspection, subject: Subject | None, on: date) -> Iterator[str]:
    yield from _head(inspection, subject, on, f"công bố thông báo kết luận {work_of(inspection)} tại")
    yield "II. Nội dung"
    yield f"1. {role_words(Role.HEAD, inspection)} công bố toàn văn {numbered(inspection, PieceKind.NOTICE)} của {decider(inspection)}."
    until = f" trước hết ngày {inspection.report_back_on:%d/%m/%Y}" if inspection.report_back_on else ""
    yield f"2. Nơi được {family_of(inspection)} tiếp thu kết luận, thực hiện các nội dung phải khắc phục và báo cáo kết quả{until}."
    yield "Ý kiến khác: …"
    yield _closing(inspection)
