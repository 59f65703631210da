"""What a person's first page, a cell's book, the ward's board and the search of the house show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import QuerySet

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import Errand, Event, Figure, Hit, Scope, registry
from chibo.figures.rules import Answer
from chibo.figures.selectors import answer, by_cell_and_month, figures_for
from chibo.journal.models import Entry
from chibo.journal.selectors import entries_concerning, entries_under
from chibo.units.selectors import names_of


def journal_for(actor: Actor) -> QuerySet[Entry]:
    """The lines of the journal that concern this actor: what happened where they may read it, what they did
    themselves, and what was done to their own records. Who holds no such post reads only the last two."""
    lines = entries_under(actor.reach(Can.READ_JOURNAL)) | entries_concerning(actor.user)
    return lines.select_related("user")


SHOWN = 7
"""How many lines a part of the desk shows; the rest stands behind a count (look.md)."""
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Desk:
    """One's own first page: what waits, what comes, what changed."""

    waiting: list[Errand]
    more_waiting: int
    coming: list[Errand]
    changes: list[Entry]
    more_changes: int


def desk_of(actor: Actor, today: date) -> Desk:
    errands = [errand for offer in registry.each("errands") for errand in offer(actor, today)]
    waiting = sorted(
        (e for e in errands if e.due is None or e.due <= today), key=lambda e: (e.due or date.max, e.text)
    )
    coming = sorted((e for e in errands if e.due and today < e.due <= today + AHEAD), key=lambda e: e.due or date.max)
    changes = changes_for(actor)
    return Desk(
        waiting[:SHOWN], max(0, len(waiting) - SHOWN), coming[:SHOWN], changes[:SHOWN], max(0, len(changes) - SHOWN)
    )


def changes_for(actor: Actor) -> list[Entry]:
    """What others did below one's posts since one last looked, newest first; fifty at most."""
    since = actor.user.looked_at
    paths = [path for _, path in actor.grants]
    if since is None or not paths:
        return []
    found = entries_under(paths).filter(at__gt=since).exclude(user=actor.user).exclude(verb__startswith="access.")
    return list(found.select_related("user").order_by("-seq")[:50])


@dataclass(frozen=True)
class Board:
    """Cells × months of one figure."""

    figure: Figure
    months: list[date]
    rows: list[tuple[int, str, list[Answer | None]]]
    missing: list[str]


def board_of(figure: Figure, scope: Scope) -> Board:
    """The ward's board: a square for every cell and month, and the cells where the last month is bare."""
    squares = by_cell_and_month(figure, scope)
    months = list(scope.period.months())
    names = names_of(scope.cells)
    rows = [(pk, name, [squares.get((pk, month)) for month in months]) for pk, name in names.items()]
    past = [month for month in months if month <= scope.today]
    bare = [name for pk, name in names.items() if past and (pk, past[-1]) not in squares]
    return Board(figure, months, rows, bare)


def board_figures(actor: Actor, scope: Scope) -> list[Figure]:
    return [figure for figure in figures_for(actor, scope.unit) if figure.board]


BOOK = ("members.counted", "plans.having", "meetings.attendance", "plans.evaluated")


def book_figures(actor: Actor, scope: Scope) -> list[tuple[Figure, Answer]]:
    """The few numbers at the head of a book."""
    return [(figure, answer(figure, scope)) for figure in figures_for(actor, scope.unit) if figure.code in BOOK]


def events_of(scope: Scope) -> list[tuple[date, list[Event]]]:
    """The year of a cell as its book tells it: what happened, month by month, latest first."""
    events = sorted((e for offer in registry.each("events") for e in offer(scope)), key=lambda e: e.day, reverse=True)
    months: dict[date, list[Event]] = {}
    for event in events:
        months.setdefault(event.day.replace(day=1), []).append(event)
    return list(months.items())


def found_by(actor: Actor, words: str) -> list[Hit]:
    """What the whole house finds for these words, of what the actor may see: exact matches first."""
    words = words.strip()
    if len(words) < 2:
        return []
    hits = [hit for find in registry.each("finders") for hit in islice(find(actor, words), 50)]
    return sorted(hits, key=lambda hit: hit.rank)[:60]
