"""Meetings as a calendar that telephones read: iCalendar text (RFC 5545). It tells when, where and what kind; never
what is on the agenda, and no names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
"""The whole country keeps one hour, without summer time, so that times are written in UTC and no zone table is needed."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting. ``uid`` stays the same when it is moved; ``certain`` is false for a day that is only planned."""

    uid: str
    summary: str
    day: date
    starts_at: time | None
    ends_at: time | None
    place: str
    changed_at: datetime
    certain: bool = True
    sequence: int = 0


def calendar(name: str, appointments: Iterable[Appointment]) -> str:
    """The calendar of that name, as a telephone subscribes to it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//chibo//meetings//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *(line for appointment in appointments for line in _event(appointment)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(of: Appointment) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{of.uid}"
    yield f"DTSTAMP:{_instant(of.changed_at)}"
    yield f"SEQUENCE:{of.sequence}"
    if of.starts_at is None:
        yield f"DTSTART;VALUE=DATE:{of.day:%Y%m%d}"
    else:
        starts = datetime.combine(of.day, of.starts_at, VIETNAM)
        ends = datetime.combine(of.day, of.ends_at, VIETNAM) if of.ends_at else starts + timedelta(minutes=90)
        yield f"DTSTART:{_instant(starts)}"
        yield f"DTEND:{_instant(max(ends, starts))}"
    yield f"SUMMARY:{escaped(of.summary)}"
    if of.place:
        yield f"LOCATION:{escaped(of.place)}"
    yield f"STATUS:{'CONFIRMED' if of.certain else 'TENTATIVE'}"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Text as a value: what would end or divide it is marked (RFC 5545, 3.3.11)."""
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\r", "\\n"), ("\n", "\\n")):
        text = text.replace(mark, written)
    return text


def folded(line: str) -> str:
    """A line of at most 75 octets, carried on after a space; no letter is torn (RFC 5545, 3.1)."""
    parts, room = [""], 75
    for letter in line:
        size = len(letter.encode())
        if size > room:
            parts.append("")
            room = 74
        parts[-1] += letter
        room -= size
    return "\r\n ".join(parts)
