"""How programmes are read: what a ward launches is seen by all its cells and members."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.core.registry import Breakdown, Column, Event, Figure, Scope, registry
from chibo.core.values import Share
from chibo.members.selectors import member_of
from chibo.papers.models import Paper
from chibo.programmes.models import Manifestation, Programme, Theme
from chibo.programmes.rules import ManifestationGroup
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskState
from chibo.units.models import Unit


def units_above(actor: Actor) -> set[int]:
    """The units where the actor stands, by a post or as a member, and all those above: whose programmes are theirs."""
    paths = list(actor.reach(Can.SEE_PROGRAMMES))
    member = member_of(actor)
    if member is not None:
        paths.append(member.unit.path)
    return {int(pk) for path in paths for pk in path.split("/") if pk}


def from_above(actor: Actor) -> Q:
    """The condition that a record was made by a unit above the actor, for all who stand below it."""
    return Q(unit_id__in=units_above(actor))


def visible_programmes(actor: Actor) -> QuerySet[Programme]:
    """The programmes below the actor's posts and those that reach them from above, latest first."""
    mine = Programme.objects.visible_to(actor) | Programme.objects.filter(from_above(actor))
    return mine.select_related("unit", "basis").order_by("-valid_from", "-pk").distinct()


def programme_for(actor: Actor, pk: int) -> Programme:
    """The programme, if it reaches the actor; otherwise it does not exist for them (404)."""
    found = visible_programmes(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def programmes_of(unit: Unit, day: date | None = None) -> QuerySet[Programme]:
    """What the unit and those above it launched; with ``day``, what is in force then. Themes come along."""
    above = [int(pk) for pk in unit.path.split("/") if pk]
    found = Programme.objects.filter(unit_id__in=above)
    if day is not None:
        found = found.filter(in_force(day))
    return (
        found.select_related("unit").prefetch_related(Prefetch("themes", Theme.objects.order_by("-year")))
        .order_by("-valid_from", "-pk")
    )  # fmt: skip


def themes_of(programme: Programme) -> QuerySet[Theme]:
    return programme.themes.order_by("-year")


def theme_of(programme: Programme, year: int) -> Theme | None:
    return programme.themes.filter(year=year).first()


def themes_for(unit: Unit) -> QuerySet[Theme]:
    """The themes a campaign of the unit may be about."""
    above = [int(pk) for pk in unit.path.split("/") if pk]
    return Theme.objects.filter(programme__unit_id__in=above).select_related("programme").order_by("-year", "pk")


def papers_of(programme: Programme) -> QuerySet[Paper]:
    """The documents issued under the programme, latest first (seed S1-03)."""
    return programme.papers.order_by("-issued_on", "-pk")


def paper_of(programme: Programme, pk: int) -> Paper:
    """A document of the programme: whoever sees the programme may read it (404 otherwise)."""
    found = Paper.objects.filter(Q(pk=pk) & (Q(programmes=programme) | Q(pk=programme.basis_id))).first()
    if found is None:
        raise Http404
    return found


# ------------------------------------------------------------------------------------- year by year


@dataclass
class Year:
    """A programme in one year: its theme, the documents issued, the duties that carry them out, and what apps above tell."""

    year: int
    theme: Theme | None = None
    papers: list[Paper] = field(default_factory=list)
    done: int = 0
    tasks: int = 0
    told: list[Event] = field(default_factory=list)

    @property
    def carried_out(self) -> Share:
        return Share(self.done, self.tasks)


def years_of(actor: Actor, programme: Programme) -> list[Year]:
    """The programme year by year, latest first: as many queries for one year as for ten.

    Duties are those of the actor's sight; apps above tell theirs through the panel ``programme:years``.
    """
    years: dict[int, Year] = defaultdict(lambda: Year(0))
    for theme in themes_of(programme):
        years[theme.year].theme = theme
    papers = list(papers_of(programme))
    for paper in papers:
        if paper.issued_on:
            years[paper.issued_on.year].papers.append(paper)
    duties = Task.objects.visible_to(actor).filter(directive__in=papers).exclude(state=TaskState.DROPPED)
    for assigned_on, state in duties.order_by().values_list("assigned_on", "state"):
        years[assigned_on.year].tasks += 1
        years[assigned_on.year].done += state == TaskState.DONE
    for manifest in registry.manifests.values():
        tell = manifest.panels.get("programme:years")
        for event in tell(actor, programme) if tell is not None else ():
            years[event.day.year].told.append(event)
    for number, year in years.items():
        year.year = number
        year.told.sort(key=lambda event: event.day)
    return [years[number] for number in sorted(years, reverse=True)]


def undated_papers_of(programme: Programme) -> QuerySet[Paper]:
    """Documents whose day of issue is not written down: they belong to no year."""
    return papers_of(programme).filter(issued_on__isnull=True)


# ------------------------------------------------------------------------------------------- figures

PAPER_ROW = (
    Column(_("Số, ký hiệu"), "symbol", 18, "code"),
    Column(_("Thể loại"), "kind", 14),
    Column(_("Cơ quan ban hành"), "issuer", 28),
    Column(_("Trích yếu"), "subject", 50),
    Column(_("Ngày ban hành"), "issued_on", 12, "date"),
)


def papers_under(scope: Scope) -> QuerySet[Paper]:
    """The documents issued in the period under some programme, each once."""
    under = Programme.papers.through.objects.filter(paper=OuterRef("pk"))
    return Paper.objects.filter(
        Exists(under), unit_id__in=scope.units, issued_on__range=(scope.period.first, scope.period.last)
    )


FIGURES = (
    Figure(
        "programmes.papers",
        _("Văn bản ban hành theo chương trình"),
        _("Số văn bản có trong sổ, gắn với một chương trình và ban hành trong kỳ; mỗi văn bản tính một lần."),
        papers_under, Can.SEE_PROGRAMMES, PAPER_ROW, article="Chỉ thị 05-CT/TW; Kết luận 01-KL/TW",
        breakdowns=(
            Breakdown(_("Theo chương trình"), "programmes__name"),
            Breakdown(_("Theo thể loại"), "kind"),
            Breakdown(_("Theo cơ quan ban hành"), "issuer"),
            Breakdown(_("Theo năm"), "issued_on__year"),
        ),
        order=("issued_on", "pk"),
    ),
)  # fmt: skip


# ------------------------------------------------------------------------------- the reference list


def manifestations() -> QuerySet[Manifestation]:
    """The 27 manifestations, A1 to C9 (seed S0-03)."""
    return Manifestation.objects.all()


def manifestations_by_group() -> list[tuple[ManifestationGroup, list[Manifestation]]]:
    found = list(manifestations())
    return [(group, [one for one in found if one.code.startswith(group)]) for group in ManifestationGroup]


def manifestation_for(code: str) -> Manifestation:
    found = Manifestation.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found
