"""How classes, essays and disseminations are read. What a ward holds or spreads is seen by all below it; of whom it
speaks, each cell sees its own members and each member their own line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.likeness import Likeness, Pair, nearest, plain, side_by_side, sorted_words
from chibo.core.registry import Scope
from chibo.core.values import Share
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.rules import IN_BASE, OF_THE_CELL, MeetingKind, Presence
from chibo.members.models import Group, Member, Membership
from chibo.members.rules import Condition
from chibo.members.selectors import counted_on
from chibo.papers.models import Paper
from chibo.papers.rules.register import FileKind
from chibo.programmes.models import Theme
from chibo.programmes.selectors import from_above
from chibo.study.models import Dissemination, Essay, Reach, StudyClass
from chibo.study.rules import HANDED_IN, EssayState
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_above, ids_under, setting_on

# ------------------------------------------------------------------------------------------- who sees what


def visible_classes(actor: Actor) -> QuerySet[StudyClass]:
    """The classes below the actor's posts, and those of the units above them."""
    mine = StudyClass.objects.visible_to(actor) | StudyClass.objects.filter(from_above(actor))
    return mine.select_related("unit", "meeting", "programme", "theme", "paper").order_by("-meeting__held_on", "-pk")


def class_for(actor: Actor, pk: int) -> StudyClass:
    """The class, if it reaches the actor; otherwise it does not exist for them (404)."""
    found = visible_classes(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def visible_disseminations(actor: Actor) -> QuerySet[Dissemination]:
    mine = Dissemination.objects.visible_to(actor) | Dissemination.objects.filter(from_above(actor))
    return mine.select_related("unit", "paper", "theme__programme").order_by("-opened_on", "-pk")


def dissemination_for(actor: Actor, pk: int) -> Dissemination:
    found = visible_disseminations(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def essay_for(actor: Actor, pk: int) -> Essay:
    """The essay as a record: that it is owed, and when it came; its text asks for ``READ_ESSAYS`` besides."""
    rows = Essay.objects.visible_to(actor).select_related(
        "unit", "member", "study_class__meeting", "study_class__unit"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def readable_essay_for(actor: Actor, pk: int) -> Essay:
    """The essay for who may read what it says; for others there is none (404)."""
    found = essay_for(actor, pk)
    if not actor.may_on(Can.READ_ESSAYS, found):
        raise Http404
    return found


def reach_of(actor: Actor, dissemination: Dissemination) -> Reach | None:
    """The actor's own line."""
    if actor.user is None:
        return None
    rows = dissemination.reaches.filter(member__account=actor.user).select_related("member", "unit")
    return rows.first()


# ------------------------------------------------------------------------------------------------ classes


def classes_in(actor: Actor, unit: Unit, scope: Scope) -> QuerySet[StudyClass]:
    """The classes of the period that the unit held, that were held below it, or to which those above called it; each
    with who was ``present`` of those ``counted``, as far as they stand in the unit."""
    here = Q(unit_id__in=scope.units) | Q(
        unit_id__in=ids_above(unit, scope.day), meeting__attendances__unit_id__in=scope.units
    )
    found = visible_classes(actor).filter(meeting__held_on__range=(scope.period.first, scope.period.last))
    found = found.filter(pk__in=StudyClass.objects.filter(here).values("pk"))
    line = Q(meeting__attendances__unit_id__in=scope.units)
    return found.annotate(
        present=Count("meeting__attendances", filter=line & Q(meeting__attendances__presence=Presence.PRESENT)),
        counted=Count("meeting__attendances", filter=line & Q(meeting__attendances__presence__in=IN_BASE)),
    )


def class_of_meeting(meeting: Meeting) -> StudyClass | None:
    return StudyClass.objects.filter(meeting=meeting).first()


def present_at(study_class: StudyClass) -> list[tuple[int, int]]:
    """(member, cell) of those whom the roll says were there."""
    rows = study_class.meeting.attendances.filter(presence=Presence.PRESENT).order_by("member__sort_key", "pk")
    return list(rows.values_list("member_id", "unit_id"))


def chosen_for(unit: Unit, day: date, group: Group | None, members: Iterable[Member]) -> list[int]:
    """Those of a group, and those named, who officially stand below the unit on the day."""
    below = counted_on(day, ids_under(unit, day)).values_list("member_id", flat=True)
    named = Q(pk__in=[member.pk for member in members])
    asked = named | Q(groups=group) if group is not None else named
    return list(Member.objects.filter(asked, pk__in=below).distinct().values_list("pk", flat=True))


def people_to_call(unit: Unit, day: date) -> QuerySet[Member]:
    """Whom a class of the unit may call by name: those who officially stand below it, in Vietnamese order."""
    below = counted_on(day, ids_under(unit, day)).values("member_id")
    return Member.objects.filter(pk__in=below).select_related("unit").order_by("sort_key", "pk")


@dataclass(slots=True)
class CellAtClass:
    """A cell at a class: its members on the roll, and its essays."""

    unit: Unit
    present: int = 0
    counted: int = 0
    essays: int = 0
    handed_in: int = 0
    passed: int = 0
    absent: tuple[str, ...] = ()

    @property
    def attended(self) -> Share:
        return Share(self.present, self.counted)

    @property
    def written(self) -> Share:
        return Share(self.handed_in, self.essays)


def cells_at(actor: Actor, study_class: StudyClass) -> list[CellAtClass]:
    """The class cell by cell, as far as the actor sees them: three queries."""
    lines = list(
        Attendance.objects.visible_to(actor).filter(meeting=study_class.meeting_id, presence__in=IN_BASE)
        .select_related("member").order_by("member__sort_key", "pk")
    )  # fmt: skip
    essays = list(Essay.objects.visible_to(actor).filter(study_class=study_class).values_list("unit_id", "state"))
    units = Unit.objects.filter(pk__in={line.unit_id for line in lines} | {unit for unit, _state in essays})
    found = {unit.pk: CellAtClass(unit) for unit in units.order_by("sort_key")}
    for line in lines:
        cell = found[line.unit_id]
        cell.counted += 1
        cell.present += line.presence == Presence.PRESENT
        if line.presence != Presence.PRESENT:
            cell.absent += (line.member.full_name,)
    for unit, state in essays:
        found[unit].essays += 1
        found[unit].handed_in += state in HANDED_IN
        found[unit].passed += state == EssayState.PASSED
    return list(found.values())


def class_roll(scope: Scope) -> QuerySet[Attendance]:
    """The rolls of the classes of the period: what attendance at study is counted on."""
    rows = Attendance.objects.filter(
        unit_id__in=scope.units, month__range=(scope.period.first.replace(day=1), scope.period.last),
        meeting__kind=MeetingKind.CLASS, presence__in=IN_BASE,
    )  # fmt: skip
    return rows.select_related("member", "unit", "meeting")


def attended_by_class(scope: Scope) -> list[tuple[date, Share]]:
    """(day, present of those who count) of each class, in the order of time, of the same rows as the figure."""
    rows = class_roll(scope).order_by().values("meeting_id", "meeting__held_on")
    counted = rows.annotate(n=Count("pk"), k=Count("pk", filter=Q(presence=Presence.PRESENT)))
    return [(row["meeting__held_on"], Share(row["k"], row["n"])) for row in counted.order_by("meeting__held_on")]


def range_of(shares: Iterable[Share]) -> tuple[Share, Share] | None:
    """The least and the greatest share (seed S1-02: from 93 % to 94,11 %); None where no class was held."""
    known = sorted((share for share in shares if share.base), key=lambda share: share.value or 0)
    return (known[0], known[-1]) if known else None


def range_words(shares: Iterable[Share]) -> str:
    """ "93 %–94,11 %", cut and not rounded, as the yearly accounts print it; one number where there is one class."""
    found = range_of(shares)
    if found is None:
        return ""
    low, high = (f"{share.percent(places=2, cut=True)} %" for share in found)
    return low if low == high else f"{low}–{high}"


def years_attended(scope: Scope) -> list[tuple[int, str, int]]:
    """(year, range of the shares of its classes, how many classes) of the period, latest first (seed S1-02)."""
    by_year: dict[int, list[Share]] = {}
    for day, share in attended_by_class(scope):
        by_year.setdefault(day.year, []).append(share)
    return [(year, range_words(shares), len(shares)) for year, shares in sorted(by_year.items(), reverse=True)]


# ------------------------------------------------------------------------------------------------- essays


def essays_of(actor: Actor, study_class: StudyClass, unit: Unit) -> QuerySet[Essay]:
    """The essays of a class below the unit, by name."""
    rows = Essay.objects.visible_to(actor).filter(study_class=study_class, unit__path__startswith=unit.path)
    return rows.select_related("member", "unit").order_by("unit__sort_key", "member__sort_key", "pk")


def own_essays(actor: Actor) -> QuerySet[Essay]:
    if actor.user is None:
        return Essay.objects.none()
    rows = Essay.objects.filter(member__account=actor.user).select_related("study_class__meeting", "unit")
    return rows.order_by("-study_class__meeting__held_on", "-pk")


def own_reaches(actor: Actor) -> QuerySet[Reach]:
    if actor.user is None:
        return Reach.objects.none()
    rows = Reach.objects.filter(member__account=actor.user).select_related(
        "dissemination__paper", "dissemination__theme", "unit"
    )
    return rows.order_by("-dissemination__opened_on", "-pk")


def alike_percent(unit: Unit, day: date) -> int:
    return int(setting_on("study.alike_percent", unit, day))


def near_copies(essays: Sequence[Essay], least: int) -> dict[int, Likeness]:
    """For each essay the other of its cell that it resembles most, if by ``least`` percent of its words.

    Within a cell only: neighbours copy from neighbours, and a ward of 400 essays would be 80,000 pairs.
    """
    by_cell: dict[int, dict[int, str]] = {}
    for essay in essays:
        if essay.text.strip():
            by_cell.setdefault(essay.unit_id, {})[essay.pk] = sorted_words(plain(essay.text))
    return {pk: like for texts in by_cell.values() for pk, like in nearest(texts, least).items()}


def essays_side_by_side(essay: Essay, other: Essay) -> list[Pair]:
    """Two essays, paragraph by paragraph, with what stands in both marked."""
    return side_by_side(*([line for line in one.text.splitlines() if line.strip()] for one in (essay, other)))


def file_of(essay: Essay) -> tuple[bytes, str, str]:
    """The file that was handed in as (content, the name its sender gave it, content type); 404 where there is none."""
    if not essay.file:
        raise Http404
    try:
        with essay.file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        raise Http404 from None
    suffix = PurePath(essay.file.name or "").suffix.lstrip(".")
    kind = FileKind(suffix).label if suffix in set(FileKind) else "application/octet-stream"
    return content, essay.file_name or f"bai-thu-hoach.{suffix}", kind


# ----------------------------------------------------------------------------------------- dissemination


def to_be_reached(day: date, units: Sequence[int]) -> QuerySet[Membership]:
    """Every member who officially belongs there but the exempt and the suspended (seed S4-03: to every member)."""
    return counted_on(day, list(units)).exclude(condition__in=(Condition.EXEMPT, Condition.SUSPENDED))


def is_spread(unit: Unit, paper: Paper | None, theme: Theme | None) -> bool:
    """Whether the unit already makes this known."""
    rows = Dissemination.objects.filter(unit=unit)
    if paper is not None and rows.filter(paper=paper).exists():
        return True
    return theme is not None and rows.filter(theme=theme).exists()


def disseminations_in(actor: Actor, unit: Unit, scope: Scope) -> QuerySet[Dissemination]:
    """What is made known in the period to the unit, with how many of its members were ``reached`` of those ``due``."""
    line = Q(reaches__unit_id__in=scope.units)
    found = visible_disseminations(actor).filter(opened_on__range=(scope.period.first, scope.period.last))
    found = found.filter(Q(unit_id__in=scope.units) | Q(unit_id__in=ids_above(unit, scope.day)))
    return found.annotate(
        due=Count("reaches", filter=line),
        reached=Count("reaches", filter=line & Q(reaches__reached_on__isnull=False)),
    )


@dataclass(frozen=True, slots=True)
class Covered:
    """A cell in a dissemination: how many of its members were reached, and who still is to be."""

    unit: Unit
    share: Share
    missing: list[str]
    last: date | None


def coverage_of(actor: Actor, dissemination: Dissemination) -> list[Covered]:
    """Cell by cell, as far as the actor sees them: two queries for any number of cells."""
    rows = Reach.objects.visible_to(actor).filter(dissemination=dissemination).select_related("member")
    by_cell: dict[int, list[Reach]] = {}
    for row in rows.order_by("member__sort_key", "pk"):
        by_cell.setdefault(row.unit_id, []).append(row)
    return [
        Covered(
            unit,
            Share(sum(row.reached_on is not None for row in by_cell[unit.pk]), len(by_cell[unit.pk])),
            [row.member.full_name for row in by_cell[unit.pk] if row.reached_on is None],
            max((row.reached_on for row in by_cell[unit.pk] if row.reached_on), default=None),
        )
        for unit in Unit.objects.filter(pk__in=by_cell).order_by("sort_key")
    ]


@dataclass(frozen=True, slots=True)
class ReachLine:
    """One member of the cell on its page: ``reach`` is the stored line, None of who came to the cell since."""

    member: Member
    reach: Reach | None

    @property
    def is_reached(self) -> bool:
        return self.reach is not None and self.reach.reached_on is not None


def reach_lines(dissemination: Dissemination, cell: Unit, day: date) -> list[ReachLine]:
    """All members of the cell who are to be reached, by name, newcomers included: two queries."""
    stored = {
        row.member_id: row for row in dissemination.reaches.filter(unit=cell).select_related("member", "meeting")
    }
    elsewhere = dissemination.reaches.filter(member=OuterRef("member")).exclude(unit=cell)
    since = to_be_reached(day, [cell.pk]).filter(~Exists(elsewhere)).select_related("member")
    people = {row.member_id: row.member for row in stored.values()} | {row.member_id: row.member for row in since}
    ordered = sorted(people.values(), key=lambda member: (member.sort_key, member.pk))
    return [ReachLine(member, stored.get(member.pk)) for member in ordered]


def rolls_for(dissemination: Dissemination, cell: Unit) -> QuerySet[Meeting]:
    """The meetings and classes since it began at which the cell's members were called, latest first."""
    here = Attendance.objects.filter(meeting=OuterRef("pk"), unit=cell, presence=Presence.PRESENT)
    return Meeting.objects.filter(
        Exists(here), kind__in=(*OF_THE_CELL, MeetingKind.CLASS), held_on__gte=dissemination.opened_on
    ).order_by("-held_on", "-pk")


def proposed_roll(dissemination: Dissemination, cell: Unit, asked: str) -> Meeting | None:
    """The roll that the page starts from: the one asked for; or that of the meeting whose agenda names the document, or
    of the class on it; or the latest."""
    rolls = rolls_for(dissemination, cell)
    if asked.isdecimal():
        return rolls.filter(pk=int(asked)).first()
    about = Q(agenda__paper=dissemination.paper_id) | Q(study_class__paper=dissemination.paper_id)
    if dissemination.theme_id:
        about = Q(study_class__theme=dissemination.theme_id)
    return rolls.filter(about).first() or rolls.first()


def present_in(meeting: Meeting | None, cell: Unit) -> set[int]:
    """The cell's members whom the roll of the meeting says were there."""
    if meeting is None:
        return set()
    rows = meeting.attendances.filter(unit=cell, presence=Presence.PRESENT)
    return set(rows.values_list("member_id", flat=True))


def cells_to_note(actor: Actor, dissemination: Dissemination) -> QuerySet[Unit]:
    """The cells of which the actor may say who was reached."""
    within = Q()
    for path in actor.reach(Can.NOTE_REACH):
        within |= Q(path__startswith=path)
    below = Unit.objects.filter(level=Level.CELL, path__startswith=dissemination.unit.path)
    return (below.filter(within) if within else below.none()).order_by("sort_key")


def cell_for(actor: Actor, dissemination: Dissemination, pk: int) -> Unit:
    """A cell below the dissemination's unit that the actor sees; otherwise 404."""
    found = Unit.objects.filter(pk=pk, level=Level.CELL, path__startswith=dissemination.unit.path).first()
    if found is None or not actor.may(Can.SEE_STUDY, found):
        raise Http404
    return found


def of_programme(actor: Actor, programme: int) -> tuple[QuerySet[StudyClass], QuerySet[Any]]:
    """The classes and disseminations that serve a programme: on it, on its themes or on its documents."""
    classes = visible_classes(actor).filter(Q(programme=programme) | Q(theme__programme=programme))
    papers = Paper.objects.filter(Q(programmes=programme)).values("pk")
    spread = visible_disseminations(actor).filter(Q(theme__programme=programme) | Q(paper__in=papers))
    return (
        classes.prefetch_related(Prefetch("meeting__attendances", Attendance.objects.filter(presence__in=IN_BASE))),
        spread.annotate(due=Count("reaches"), reached=Count("reaches", filter=Q(reaches__reached_on__isnull=False))),
    )
