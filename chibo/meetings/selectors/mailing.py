"""Who is written to, and what the letter says: when, where, what kind of meeting; nothing of its content, no names."""

from __future__ import annotations

from chibo.access.models import User
from chibo.core.vietnamese import within
from chibo.meetings.models import Mailbox, Meeting
from chibo.meetings.rules import MeetingKind
from chibo.meetings.rules.calendar import calendar
from chibo.meetings.selectors.feeds import appointment_of
from chibo.meetings.selectors.invitations import invited_to


def address_of(user: User) -> str:
    found = Mailbox.objects.filter(user=user).first()
    return found.address if found else ""


def addresses_for(meeting: Meeting) -> list[str]:
    """The addresses of those called to the meeting who gave one and whose account is in use."""
    people = [line.member.pk for line in invited_to(meeting)]
    boxes = Mailbox.objects.filter(user__is_active=True, user__member__in=people)
    return list(dict.fromkeys(boxes.order_by("pk").values_list("address", flat=True)))


def letter_of(meeting: Meeting) -> tuple[str, str, str]:
    """Subject, text (Vietnamese, as official papers are) and the appointment for a calendar."""
    kind = MeetingKind(meeting.kind).label
    when = f"ngày {meeting.held_on:%d/%m/%Y}"
    hour = f"{meeting.starts_at:%H:%M}, " if meeting.starts_at else ""
    lines = [
        f"Kính mời đồng chí dự {within(kind)}, {meeting.unit.name}.",
        f"Thời gian: {hour}{when}.",
        *([f"Địa điểm: {meeting.place}."] if meeting.place else []),
        "Nội dung và tài liệu: xem trong phần mềm sau khi đăng nhập, hoặc hỏi bí thư chi bộ.",
    ]
    subject = f"Giấy mời: {kind}, {meeting.unit.name}, {when}"
    return " ".join(subject.split()), "\n".join(lines), calendar(subject, [appointment_of(meeting)])
