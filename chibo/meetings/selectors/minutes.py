"""Minutes composed from what happened. An official text: always Vietnamese, whatever language the pages are in.

What apps above know of a meeting (who reported, what was found of each plan) they offer in their manifests as the
panels ``minutes:rota`` and ``minutes:evaluations``: functions of the meeting that give lines of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from itertools import chain

from chibo.core.registry import registry
from chibo.core.values import Objection
from chibo.meetings.models import Contribution, Meeting, Mention, ResolutionItem, Vote
from chibo.meetings.rules import Mentioned, Presence, cautions_on_closing
from chibo.meetings.rules.preparing import cautions_on_preparation_meeting
from chibo.meetings.selectors.agenda import least_minutes_of, preparation_of
from chibo.meetings.selectors.conducting import Turn, is_adopted, sheet_of
from chibo.meetings.selectors.roll import RollLine, attendance_target, roll_of, share_of
from chibo.members.rules import Standing


def composed_minutes(meeting: Meeting) -> str:
    """The minutes as far as the records tell them: time, place, roll with names and reasons, agenda with what was
    noted, reported and found; the person goes on from there (HD 12-HD/BTCTW 2018; rulebook §2.3)."""
    sheet = sheet_of(meeting)
    parts = [
        "\n".join(_opening(meeting)),
        "\n".join(_roll(roll_of(meeting))),
        *("\n".join(_item(number, turn, meeting)) for number, turn in enumerate(sheet.turns, 1)),
        "\n".join(chain(_votes(sheet.votes), _resolved(r for r in sheet.resolved if r.item_id is None))),
        "\n".join(_mentions(sheet.mentions)),
        _ending(meeting.ends_at, meeting.held_on),
    ]
    return "\n\n".join(part for part in parts if part)


def _opening(meeting: Meeting) -> Iterator[str]:
    hours = f"từ {_hour(meeting.starts_at)}" if meeting.starts_at else ""
    until = f" đến {_hour(meeting.ends_at)}" if meeting.starts_at and meeting.ends_at else ""
    yield f"Thời gian: {hours}{until}{', ' if hours else ''}{_day(meeting.held_on)}."
    if meeting.place:
        yield f"Địa điểm: {meeting.place}."
    yield f"Chủ trì: {_comrade(meeting.chair)}."
    yield f"Thư ký: {_comrade(meeting.recorder)}."
    if meeting.guests:
        yield f"Khách dự: {meeting.guests}."


def _roll(roll: list[RollLine]) -> Iterator[str]:
    probationary = sum(line.standing == Standing.PROBATIONARY for line in roll)
    yield f"Tổng số đảng viên: {len(roll)} (chính thức {len(roll) - probationary}, dự bị {probationary})."
    present = [line for line in roll if line.shown == Presence.PRESENT]
    yield f"Có mặt: {len(present)}."
    for presence in (Presence.EXCUSED, Presence.UNEXCUSED, Presence.EXEMPT, Presence.ELSEWHERE):
        lines = [line for line in roll if line.shown == presence]
        if lines:
            yield f"{presence.label}: {len(lines)} ({'; '.join(_absent(line) for line in lines)})."
    share = share_of(roll)
    if share.base:
        yield f"Tỷ lệ dự họp: {share.part}/{share.base} ({share.percent()} %)."
    uncalled = [line.member.full_name for line in roll if not line.shown]
    if uncalled:
        yield f"Chưa điểm danh: {', '.join(uncalled)}."


def _absent(line: RollLine) -> str:
    return f"{line.member.full_name}: {line.reason}" if line.reason else line.member.full_name


def _item(number: int, turn: Turn, meeting: Meeting) -> Iterator[str]:
    """One item: its time, what was noted, told by other records, said, voted and resolved under it."""
    item = turn.item
    yield f"{number}. {item.title}"
    if item.began_at and item.ended_at:
        yield f"Từ {_hour(item.began_at)} đến {_hour(item.ended_at)}."
    if item.presenter:
        yield f"Trình bày: {_comrade(item.presenter)}."
    if item.notes:
        yield item.notes
    yield from told_from_above(f"minutes:{item.kind}", meeting)
    if turn.speeches:
        yield f"Ý kiến phát biểu ({len(turn.speeches)}):"
        yield from (f"- {_speech(speech)}" for speech in turn.speeches)
    yield from _votes(turn.votes)
    yield from _resolved(turn.resolved)


def _speech(speech: Contribution) -> str:
    text = speech.text.strip()
    return f"Đồng chí {speech.member}: {text}" if text else f"Đồng chí {speech.member}."


def _votes(votes: Iterable[Vote]) -> Iterator[str]:
    """Each vote with its hands, its base and what came of it."""
    for vote in votes:
        carried = "thông qua" if is_adopted(vote) else "không thông qua"
        yield (
            f"Biểu quyết “{vote.question}”: tán thành {vote.in_favour}/{vote.base} đảng viên chính thức có mặt (tổng số"
            f" {vote.entitled}), không tán thành {vote.against}, ý kiến khác {vote.abstaining}: {carried}."
        )


def _resolved(resolved: Iterable[ResolutionItem]) -> Iterator[str]:
    """What was resolved: what, who, by when, how measured."""
    for number, matter in enumerate(resolved):
        if not number:
            yield "Phân công:"
        doer = f"đồng chí {matter.doer}" if matter.doer else str(matter.doer_unit or "")
        due = f"thời hạn {matter.due_on:%d/%m/%Y}" if matter.due_on else ""
        parts = "; ".join(part for part in (doer, due, matter.measure) if part)
        yield f"- {matter.what}{f' ({parts})' if parts else ''}."


def _mentions(mentions: Iterable[Mention]) -> Iterator[str]:
    """Whom the meeting commended, reminded and criticised, and for what (seed S2-12)."""
    for mention in mentions:
        yield f"{Mentioned(mention.kind).label} đồng chí {mention.member}: {mention.text}"


def told_from_above(name: str, meeting: Meeting) -> Iterable[str]:
    """What the apps above tell of the meeting under this name."""
    offers = (manifest.panels.get(name) for manifest in registry.manifests.values())
    return chain.from_iterable(tell(meeting) for tell in offers if tell is not None)


def cautions_of(meeting: Meeting) -> list[Objection]:
    """What is said, and holds nothing up, before the meeting is closed; the apps above add theirs."""
    roll = roll_of(meeting)
    own = cautions_on_closing(
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        least_minutes=least_minutes_of(meeting),
        roll=share_of(roll),
        target=attendance_target(meeting.unit, meeting.held_on),
        unexplained=[line.member.full_name for line in roll if line.presence == Presence.EXCUSED and not line.reason],
    )
    offers = (manifest.panels.get("closing:cautions") for manifest in registry.manifests.values())
    unprepared = cautions_on_preparation_meeting(preparation_of(meeting))
    return [*unprepared, *own, *chain.from_iterable(warn(meeting) for warn in offers if warn is not None)]


def _ending(ends_at: time | None, day: date) -> str:
    hour = f" hồi {_hour(ends_at)}" if ends_at else ""
    return f"Cuộc họp kết thúc{hour} {_day(day)}. Biên bản đã được đọc lại và thông qua."


def _comrade(member: object) -> str:
    return f"đồng chí {member}" if member else "…"


def _hour(at: time | None) -> str:
    return f"{at.hour} giờ {at.minute:02}" if at else "…"


def _day(day: date) -> str:
    return f"ngày {day.day:02} tháng {day.month:02} năm {day.year}"
