"""The one place where an app offers something to the whole: every app's manifest is read into here.

An app below never knows those above; where it must show something from above it asks this registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext

from chibo.core.values import Period

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet
    from django.utils.functional import Promise

    Words = str | Promise
    """Words for people: a sentence that is translated when it is shown."""


@dataclass(frozen=True)
class Scope:
    """What a figure, check, report or timeline is asked about: a unit, and a period.

    ``units`` are the ids of the unit and of all below it *as the tree stood on the period's last day*, and
    ``cells`` those among them that are cells, in the order people expect.
    """

    unit: Any
    period: Period
    units: tuple[int, ...]
    cells: tuple[int, ...]
    today: date

    @cached_property
    def day(self) -> date:
        """The day on which states are looked at: the period's last day, or today if it is not over."""
        return min(self.period.last, self.today) if self.period.first <= self.today else self.period.last

    def during(self, period: Period) -> Scope:
        """The same units in another period (for a trend over months, whose tree is that of the whole)."""
        return Scope(self.unit, period, self.units, self.cells, self.today)


@dataclass(frozen=True)
class NavItem:
    """A door in the rail. It is shown to whoever holds ``can`` somewhere; ``url_name`` takes unit and period."""

    label: Words
    url_name: str
    can: str
    order: int = 100
    icon: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a list, of its workbook and of a figure's evidence: the same in all three.

    ``value`` is an attribute path (``member.full_name``) or a function of the row. ``width`` is in characters.
    ``kind`` is ``text``, ``code`` (a symbol, never broken), ``number``, ``date`` or ``state``.
    """

    label: Words
    value: str | Callable[[Any], Any]
    width: int = 20
    kind: str = "text"
    link: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Breakdown:
    """A figure's rows sorted by what they are: ``by`` is a lookup of the row, ``words`` name its values."""

    label: Words
    by: str
    words: Callable[[], Mapping[Any, Words]] | None = None


@dataclass(frozen=True)
class Measure:
    """What the counted rows carry besides their number: the sum and the range of one column, asked in the same query.

    ``by`` is a lookup of the row that holds whole numbers, ``unit_word`` what they count ("phút"); rows that hold none
    are counted and not measured.
    """

    by: str
    unit_word: Words


@dataclass(frozen=True)
class Figure:
    """A number that is nothing but the size of its rows.

    ``rows`` gives the records counted; a share also says with ``counted`` which of them are in the part, so that the
    part lies within its base by construction and who is missing is known by name. ``unit`` is the lookup of the cell
    a row belongs to, ``month`` that of the month it counts for (a date, first of the month); a figure without
    ``month`` is a state on a day. ``meaning`` says in one sentence what is counted, of whom; ``article`` where it
    comes from. ``places`` are decimals of the percentage; ``cut`` cuts instead of rounding half up.
    """

    code: str
    label: Words
    meaning: Words
    rows: Callable[[Scope], QuerySet[Any]]
    can: str
    columns: tuple[Column, ...]
    counted: Callable[[Scope], Q] | None = None
    article: Words = ""
    unit: str = "unit_id"
    month: str = ""
    places: int = 1
    cut: bool = False
    missing: Words = ""
    """What people call the rows that are not counted ("Chưa đăng ký"), if they ask for them."""
    missing_can: str = ""
    """The power that shows those rows by name; who lacks it sees their number only (seed S0-14). "" for ``can``."""
    breakdowns: tuple[Breakdown, ...] = ()
    board: bool = False
    """Whether the ward's board of cells and months offers it."""
    order: tuple[str, ...] = ("pk",)
    """How the rows are listed: lookups that end in ``pk``."""
    measure: Measure | None = None
    """What else the rows add up to ("291 broadcasts of 5 to 7 minutes", seed S1-05)."""


@dataclass(frozen=True)
class Sum:
    """Two sides that must agree (8 + 12 + 1 = 2 + 18 + 1): each side is figure codes added up."""

    code: str
    label: Words
    left: tuple[str, ...]
    right: tuple[str, ...]


class Shortcoming(NamedTuple):
    """What a check found: where, about whom, since when, what to do and the page to do it on."""

    unit_id: int
    subject: str
    detail: str
    remedy: str
    url: str
    since: date


@dataclass(frozen=True)
class Check:
    """A shortcoming that finds itself. ``can`` is the power of those who can mend it: they see it at once.

    The level above sees the count when ``grace_days`` have passed since the shortcoming arose.
    """

    code: str
    label: Words
    article: Words
    run: Callable[[Scope], Iterable[Shortcoming]]
    can: str
    seeds: tuple[str, ...] = ()
    grace_days: int = 15
    of_the_ward: bool = False
    """Whether the ward's own work is looked at as well as the cells': a post that gives the power in its own unit only
    (``HERE``) mends it there."""


@dataclass(frozen=True)
class Errand:
    """One line of somebody's desk: what waits, since or until when, one verb and the page to do it on."""

    text: str
    verb: str
    url: str
    due: date | None = None
    count: int = 1


@dataclass(frozen=True)
class Event:
    """One line of a cell's book: what happened on a day."""

    day: date
    kind: str
    text: str
    url: str = ""
    detail: str = ""


MOST_HITS = 50
"""So many of a kind a finder gives at most; the search then says that there are more."""


@dataclass(frozen=True)
class Hit:
    """One thing found by the search of the whole house."""

    kind: str
    label: Words
    detail: str
    url: str
    rank: int = 0


@dataclass(frozen=True)
class Setting:
    """A value that a regulation or the office gives, with its source: shipped as a default, dated when changed.

    ``mark`` is the rulebook's: S (seen), S2 (seen in a secondary source) or R (recalled, ask the office).
    """

    code: str
    label: Words
    default: int | str
    source: Words
    mark: str
    effective_from: date = date(2011, 1, 19)
    unit_word: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    """Where only some values have a meaning: each with its words. Nothing else can be decided."""

    def said(self, value: object) -> Words:
        """A value as people read it."""
        return dict(self.choices).get(str(value), str(value))


@dataclass(frozen=True)
class ImportField:
    """A column that an importer knows: its code, what people call it, and the headings it goes by.

    A required one may be given by the columns ``instead`` together (họ đệm and tên for họ và tên). What ``ignored``
    columns hold is known to be of no use ("STT"); what ``masked`` ones hold is never shown in full.
    """

    code: str
    label: Words
    aliases: tuple[str, ...] = ()
    required: bool = False
    instead: tuple[str, ...] = ()
    ignored: bool = False
    masked: bool = False


@dataclass(frozen=True)
class Importer:
    """How the rows of a workbook become records; the row types stand in ``chibo.core.importing``.

    ``plan(unit, tables, *, actor, today)`` decides, without writing, what each row would do (a list of ``RowPlan``).
    ``apply(unit, plans, done, report, *, actor, today)`` is the gated action that writes those that add or change, and
    puts a ``Done`` for each into ``done``; ``undo(unit, done, kept, report, *, actor)`` takes them back and puts the
    rows that it had to leave into ``kept``. ``words(code, value)`` is how people read a planned value; it masks what is personal. ``labels``
    name planned values that are no columns.
    """

    code: str
    label: Words
    can: str
    fields: tuple[ImportField, ...]
    plan: Callable[..., Any]
    apply: Callable[..., Any]
    undo: Callable[..., Any]
    words: Callable[[str, Any], str] = lambda _code, value: str(value)
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportKind:
    """A report that is composed from figures: ``facts(kind, scope, asked, say)`` are asked of the records, and
    ``compose(facts, letterhead)`` makes of them the document of the official layout. ``say`` is told each step.

    ``figures`` are the codes it states (frozen when it is issued), ``sums`` the declared sums that must agree first.
    """

    code: str
    label: Words
    can: str
    facts: Callable[..., Any]
    compose: Callable[..., Any]
    figures: tuple[str, ...]
    sums: tuple[str, ...] = ()
    for_cell: bool = True


@dataclass(frozen=True)
class Manifest:
    """Everything one app offers the whole."""

    nav: tuple[NavItem, ...] = ()
    figures: tuple[Figure, ...] = ()
    sums: tuple[Sum, ...] = ()
    checks: tuple[Check, ...] = ()
    settings: tuple[Setting, ...] = ()
    importers: tuple[Importer, ...] = ()
    reports: tuple[ReportKind, ...] = ()
    errands: tuple[Callable[[Any, date], Iterable[Errand]], ...] = ()
    events: tuple[Callable[[Scope], Iterable[Event]], ...] = ()
    finders: tuple[Callable[[Any, str], Iterable[Hit]], ...] = ()
    verbs: Mapping[str, Words] = field(default_factory=dict)
    """What the journal calls each of the app's actions: ``{"confirm_plan": "xác nhận kế hoạch"}``."""
    panels: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """Named pieces that pages of lower apps ask for by the ``panel`` tag."""


CODED = ("figures", "sums", "checks", "settings", "importers", "reports")


@dataclass
class Registry:
    """All manifests, by app label, in the order of the house."""

    manifests: dict[str, Manifest] = field(default_factory=dict)

    def discover(self) -> None:
        for app in apps.get_app_configs():
            if app.name.startswith("chibo.") and app.module and module_has_submodule(app.module, "manifest"):
                self.manifests[app.label] = import_module(f"{app.name}.manifest").MANIFEST
        for kind in CODED:
            codes = [entry.code for entry in self.each(kind)]
            twice = sorted({code for code in codes if codes.count(code) > 1})
            if twice:
                raise ImproperlyConfigured(f"two {kind} share a code: {', '.join(twice)}")

    def each(self, kind: str) -> Iterator[Any]:
        for manifest in self.manifests.values():
            yield from getattr(manifest, kind)

    def named(self, kind: str, code: str) -> Any:
        """The figure, check, setting … of that code; ``KeyError`` if no app offers it."""
        for entry in self.each(kind):
            if entry.code == code:
                return entry
        raise KeyError(code)

    def words(self, kind: str, code: str) -> str:
        """What people call the setting, report, import … of that code; the code itself once no app offers it any more."""
        return next((gettext(str(entry.label)) for entry in self.each(kind) if entry.code == code), code)


registry = Registry()
