"""What a person's first page, a cell's book, the ward's board and the search of the house show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext

from chibo.access.actor import Actor
from chibo.access.charter import POST_NAMES, Can, Post
from chibo.access.selectors import records_told_to
from chibo.core.registry import Errand, Event, Figure, Hit, Scope, registry
from chibo.figures.rules import Answer, added_up
from chibo.figures.selectors import answer, by_cell, by_cell_and_month, by_month, figures_for
from chibo.journal.models import Entry
from chibo.journal.selectors import entries_concerning, entries_under
from chibo.members.selectors import by_rank, posts_on
from chibo.units.models import Unit
from chibo.units.selectors import names_of

SHOWN = 7
"""How many lines a part of the desk shows; the rest stands behind a count (look.md)."""
AHEAD = timedelta(days=14)
LOOKED = 200
"""How many lines of the journal are looked at for what changed."""


def journal_for(actor: Actor) -> QuerySet[Entry]:
    """The lines of the journal that concern this actor: what happened where they may read it, what they did
    themselves, and what was done to their own records. Who holds no such post reads only the last two."""
    lines = entries_under(actor.reach(Can.READ_JOURNAL)) | entries_concerning(actor.user, records_told_to(actor))
    return lines.select_related("user")


def places_of(entries: list[Entry]) -> dict[str, str]:
    """The names of the units in which these lines of the journal were written, by path: one query."""
    ids = {path: int(path.rstrip("/").rpartition("/")[2]) for path in {e.unit_path for e in entries} if path}
    names = names_of(list(ids.values()))
    return {path: names.get(pk, "") for path, pk in ids.items()}


@dataclass(frozen=True)
class Changed:
    """What somebody did in a place since one last looked, so many times, last to this."""

    entry: Entry
    times: int
    place: str


@dataclass(frozen=True)
class Desk:
    """One's own first page: what waits, what comes, what changed."""

    waiting: list[Errand]
    more_waiting: list[Errand]
    coming: list[Errand]
    more_coming: list[Errand]
    changes: list[Changed]
    more_changes: int


def desk_of(actor: Actor, now: datetime) -> Desk:
    today = localdate(now)
    errands = [errand for offer in registry.each("errands") for errand in offer(actor, today)]
    waiting = sorted(
        (e for e in errands if e.due is None or e.due <= today), key=lambda e: (e.due or date.max, e.text)
    )
    coming = sorted((e for e in errands if e.due and today < e.due <= today + AHEAD), key=lambda e: e.due or date.max)
    changes = changes_for(actor, now)
    shown, more = changes[:SHOWN], len(changes[SHOWN:])
    return Desk(waiting[:SHOWN], waiting[SHOWN:], coming[:SHOWN], coming[SHOWN:], shown, more)


def changes_for(actor: Actor, now: datetime) -> list[Changed]:
    """What others did, of what one may read in the journal, since one last looked (at first: in a fortnight).

    The same deed of the same person in the same place is one line with its number, newest first.
    """
    since = actor.user.looked_at or now - AHEAD
    found = journal_for(actor).filter(at__gt=since).exclude(user=actor.user).exclude(verb__startswith="access.")
    groups: dict[tuple[int | None, str, str], list[Entry]] = {}
    for entry in found.order_by("-seq")[:LOOKED]:
        groups.setdefault((entry.user_id, entry.verb, entry.unit_path), []).append(entry)
    places = places_of([entries[0] for entries in groups.values()])
    return [Changed(lines[0], len(lines), places.get(lines[0].unit_path, "")) for lines in groups.values()]


@dataclass(frozen=True)
class Line:
    """A line of the board: a cell over its months, or in a cell's own board a figure; and the whole period."""

    figure: Figure
    unit_id: int
    label: str
    squares: list[Answer | None]
    whole: Answer | None


@dataclass(frozen=True)
class Board:
    """Cells × months of one figure, the months added up, and the months (those alike together) that passed with nothing written, by cell."""

    months: list[date]
    lines: list[Line]
    foot: Line | None
    bare: list[tuple[list[date], list[str]]]


def board_of(figure: Figure, scope: Scope) -> Board:
    """The ward's board: a square for every cell and month."""
    found = by_cell_and_month(figure, scope)
    months = list(scope.period.months())
    past = [month for month in months if month <= scope.today]

    def line(unit_id: int, label: str, squares: list[Answer | None]) -> Line:
        """A state on a day is over the whole period what it is at its end."""
        whole = added_up(squares) if figure.month else squares[len(past) - 1] if past else None
        return Line(figure, unit_id, label, squares, whole)

    lines = [
        line(pk, name, [found.get((pk, month)) for month in months]) for pk, name in names_of(scope.cells).items()
    ]
    columns: dict[date, list[Answer]] = {}
    for (_pk, month), one in found.items():
        columns.setdefault(month, []).append(one)
    totals = [added_up(columns.get(month, ())) for month in months]
    bare = {month: [one.label for one in lines if (one.unit_id, month) not in found] for month in past}
    alike = [(list(run), names) for names, run in groupby(past, bare.__getitem__) if names]
    return Board(months, lines, line(scope.unit.pk, str(scope.unit), totals), alike)


def board_of_cell(figures: list[Figure], scope: Scope) -> Board:
    """A cell's own board: every figure of the board over the months."""
    months = list(scope.period.months())
    lines = []
    for figure in figures:
        known = {one.key: one.answer for one in by_month(figure, scope) if one.answer.part or one.answer.base}
        squares = [known.get(month) for month in months]
        lines.append(Line(figure, scope.unit.pk, str(figure.label), squares, answer(figure, scope)))
    return Board(months, lines, None, [])


def board_figures(actor: Actor, scope: Scope) -> list[Figure]:
    return [figure for figure in figures_for(actor, scope.unit) if figure.board]


BOOK = ("members.counted", "plans.having", "meetings.attendance", "plans.evaluated")


def book_figures(actor: Actor, scope: Scope) -> list[tuple[Figure, Answer]]:
    """The few numbers at the head of a book."""
    return [(figure, answer(figure, scope)) for figure in _of_book(actor, scope)]


def _of_book(actor: Actor, scope: Scope) -> list[Figure]:
    return [figure for figure in figures_for(actor, scope.unit) if figure.code in BOOK]


@dataclass(frozen=True)
class Shelf:
    """The books of several cells: the figures over the columns, and a line of answers for each cell."""

    figures: list[Figure]
    cells: list[tuple[int, str, list[Answer]]]


def shelf_of(actor: Actor, scope: Scope) -> Shelf:
    """The cells with the numbers of their books: one query a figure."""
    figures = _of_book(actor, scope)
    columns = [by_cell(figure, scope) for figure in figures]
    cells = [(lines[0].key, lines[0].label, [line.answer for line in lines]) for lines in zip(*columns, strict=True)]
    return Shelf(figures, cells or [(pk, name, []) for pk, name in names_of(scope.cells).items()])


def leaders_of(unit: Unit, day: date) -> list[tuple[str, str]]:
    """Who leads the cell on the day, post and name, in order of rank."""
    return [
        (gettext(POST_NAMES[Post(term.post)]), term.member.full_name) for term in by_rank(posts_on(day, [unit.pk]))
    ]


def events_of(scope: Scope) -> list[tuple[date, list[Event]]]:
    """The year of a cell as its book tells it: what happened, month by month, latest first; a month may be bare."""
    months: dict[date, list[Event]] = {m: [] for m in reversed(list(scope.period.months())) if m <= scope.today}
    found = [event for offer in registry.each("events") for event in offer(scope)]
    for event in sorted(found, key=lambda event: event.day, reverse=True):
        months.setdefault(event.day.replace(day=1), []).append(event)
    return sorted(months.items(), reverse=True) if found else []


def found_by(actor: Actor, words: str) -> list[tuple[str, list[Hit]]]:
    """What the whole house finds for these words, of what the actor may see, by kind in the order of the house: exact matches first."""
    words = words.strip()
    if len(words) < 2:
        return []
    kinds: dict[str, list[Hit]] = {}
    for find in registry.each("finders"):
        for hit in sorted(find(actor, words), key=lambda hit: hit.rank):
            kinds.setdefault(str(hit.kind), []).append(hit)
    return list(kinds.items())
