"""How an outline answers itself: each item asks its figure, its check or the register, in the time looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.held import held
from chibo.core.registry import Check, Figure, Scope, registry
from chibo.core.values import Period
from chibo.core.vietnamese import fold
from chibo.figures.rules import Answer as Told
from chibo.figures.selectors import answer as asked
from chibo.inspections.models import Answer, Finding, Inspection, OutlineItem, Piece, Subject
from chibo.inspections.rules import OutlineKind
from chibo.inspections.rules.findings import Declared, Said, contradicted
from chibo.papers.models import Paper
from chibo.papers.rules import PaperKind
from chibo.plans.models import Campaign
from chibo.units.selectors import ids_above, scope_of

MOST = 12
"""So many papers, or names, are listed; the rest is counted."""


def period_of(inspection: Inspection) -> Period:
    """The time looked at: as decided, or the year up to the beginning."""
    last = inspection.looked_last or inspection.begins_on
    return Period(inspection.looked_first or date(last.year, 1, 1), last)


def scope_of_subject(subject: Subject) -> Scope:
    period = period_of(subject.inspection)
    return scope_of(subject.unit, period, max(period.last, subject.inspection.begins_on))


def _named(kind: str, code: str) -> Figure | Check | None:
    try:
        found: Figure | Check = registry.named(kind, code)
    except KeyError:
        return None
    return found


def figure_of(code: str) -> Figure | None:
    found = _named("figures", code)
    return found if isinstance(found, Figure) else None


def check_of(code: str) -> Check | None:
    found = _named("checks", code)
    return found if isinstance(found, Check) else None


@dataclass(frozen=True, slots=True)
class Computed:
    """What the records say to an item, and where each row of it can be read."""

    text: str
    url: str = ""


NOTHING = Computed("")
LEADING = tuple(
    kind.label
    for kind in (
        PaperKind.RESOLUTION, PaperKind.DIRECTIVE, PaperKind.CONCLUSION, PaperKind.REGULATION, PaperKind.GUIDANCE,
        PaperKind.PLAN, PaperKind.PROGRAMME, PaperKind.DECISION, PaperKind.NOTICE,
    )
)  # fmt: skip
"""The kinds of paper by which work is led."""


@override("vi")  # it stands in an official paper
def computed(item: OutlineItem, scope: Scope) -> Computed:
    """The answer of the records; empty for what must be written by hand."""
    if item.kind == OutlineKind.FIGURE and (figure := figure_of(item.code)):
        url = reverse("figures:figure", args=[item.code, scope.unit.pk, scope.period])
        return Computed(asked(figure, scope).text, url)
    if item.kind == OutlineKind.CHECK and (check := check_of(item.code)):
        found = [one for one in check.run(scope) if one.unit_id in scope.units]
        names = "; ".join(dict.fromkeys(one.subject for one in found[:MOST]))
        more = f" và {len(found) - MOST} trường hợp khác" if len(found) > MOST else ""
        text = f"{len(found)} trường hợp: {names}{more}" if found else "Không có"
        return Computed(text, f"{reverse('warnings:index', args=[scope.unit.pk])}?check={item.code}")
    if item.kind == OutlineKind.PAPERS:
        return Computed(_papers(item.code, scope), reverse("papers:index", args=[scope.unit.pk]))
    return NOTHING


def _papers(words: str, scope: Scope) -> str:
    """What led the unit's work in the time looked at: its own papers, those it had on its agenda, and what hangs on a
    programme or a campaign of those above. Nothing else of the registers above, and no paper of any inspection."""
    above = ids_above(scope.unit, scope.day)
    guided = Campaign.objects.filter(unit_id__in=above, guidance__isnull=False).values("guidance")
    known = (
        Q(unit=scope.unit.pk, kind__in=LEADING)
        | Q(agenda_items__meeting__unit=scope.unit.pk)
        | Q(programmes__unit_id__in=above)
        | Q(pk__in=guided)
    )
    own = Piece.objects.filter(paper=OuterRef("pk"))
    span = (scope.period.first, scope.period.last)
    rows = Paper.objects.filter(known, ~Exists(own), issued_on__range=span).distinct()
    if words:
        rows = rows.filter(Q(subject__icontains=words) | Q(symbol__icontains=words))
    found = list(rows.order_by("issued_on", "pk"))
    lines = [f"- {p.kind} {p.symbol} ngày {p.issued_on:%d/%m/%Y} của {p.issuer}: {p.subject}" for p in found[:MOST]]
    more = [f"- và {len(found) - MOST} văn bản khác"] if len(found) > MOST else []
    return "\n".join([f"{len(found)} văn bản:", *lines, *more]) if found else "Không có văn bản nào trong sổ."


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a self-report on the page: what the records say now or said then, and what is declared."""

    number: int
    item: OutlineItem
    computed: Computed
    declared: str
    explanation: str
    version: int

    @property
    def as_declared(self) -> Declared:
        return Declared(
            self.item.title, self.item.kind, self.computed.text, self.declared, self.explanation, self.item.pk
        )

    @property
    def differs(self) -> bool:
        return self.as_declared.differs

    @property
    def is_long(self) -> bool:
        return self.item.kind in (OutlineKind.TEXT, OutlineKind.PAPERS) or len(self.declared) > 80


@held()
def self_report(subject: Subject) -> list[Line]:
    """The self-report: handed in, as it was then; before that, with what the records say today filled in.

    A declared text that nobody has touched follows the records.
    """
    items = list(subject.inspection.outline.all())
    kept = {one.item_id: one for one in subject.answers.all()}
    scope = scope_of_subject(subject)
    lines = []
    for number, item in enumerate(items, 1):
        answer = kept.get(item.pk)
        now = computed(item, scope) if subject.handed_on is None else Computed(answer.computed if answer else "")
        if subject.handed_on is not None and item.kind == OutlineKind.FIGURE:
            now = Computed(now.text, reverse("figures:figure", args=[item.code, scope.unit.pk, scope.period]))
        declared = answer.declared if answer and (answer.declared or subject.handed_on) else now.text
        lines.append(
            Line(number, item, now, declared, answer.explanation if answer else "", answer.version if answer else 0)
        )
    return lines


def kept_answer(subject: Subject, item: OutlineItem) -> Answer | None:
    return subject.answers.filter(item=item).first()


# ---------------------------------------------------------------------------------------- contradictions


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A finding that says what the figure of that very unit does not."""

    finding: Finding
    said: Said
    told: Told
    url: str


def contradictions(inspection: Inspection, findings: list[Finding]) -> list[Contradiction]:
    """Where the words of a finding and the figure it names do not go together (seed S0-09)."""
    found: list[Contradiction] = []
    scopes: dict[int, Scope] = {}
    for finding in findings:
        figure = figure_of(finding.figure) if finding.figure else None
        if figure is None or figure.counted is None:
            continue
        subject = finding.subject
        subject.inspection = inspection
        scope = scopes.setdefault(subject.unit_id, scope_of_subject(subject))
        told = asked(figure, scope)
        said = contradicted(finding.text, told.part, told.base or 0)
        if said is not None:
            url = reverse("figures:figure", args=[finding.figure, subject.unit_id, scope.period])
            found.append(Contradiction(finding, said, told, url))
    return found


def figure_choices() -> list[tuple[str, object]]:
    """The figures an item or a finding may name."""
    return [(figure.code, figure.label) for figure in registry.each("figures")]


def names_of(kind: str) -> dict[str, str]:
    """Code → name of all that an item of the kind may take its answer from; two that share a name bear their code."""
    offered = {OutlineKind.FIGURE: "figures", OutlineKind.CHECK: "checks"}.get(OutlineKind(kind))
    rows = list(registry.each(offered)) if offered else []
    times = Counter(fold(str(one.label)) for one in rows)
    return {
        one.code: str(one.label) if times[fold(str(one.label))] == 1 else f"{one.label} ({one.code})" for one in rows
    }


def name_of(kind: str, code: str) -> str:
    """What people call the figure or check; the code itself once nothing is called so any more."""
    return names_of(kind).get(code, code)


def code_called(kind: str, name: str) -> str:
    """The figure or check that people call so, however the accents were typed; "" if none is."""
    asked = fold(name)
    return next((code for code, called in names_of(kind).items() if asked in (fold(called), code)), "")


def evidence_of(code: str, scope: Scope, actor: Actor) -> tuple[str, str]:
    """What the records know of a criterion: words and the page, for who may ask it there."""
    figure, check = figure_of(code), check_of(code)
    if figure is not None and actor.may(Can(figure.can), scope.unit):
        url = reverse("figures:figure", args=[code, scope.unit.pk, scope.period])
        return f"{figure.label}: {asked(figure, scope).text}", url
    if check is not None:
        count = sum(one.unit_id in scope.units for one in check.run(scope))
        url = f"{reverse('warnings:index', args=[scope.unit.pk])}?check={code}"
        return _("%(check)s: %(count)s") % {"check": check.label, "count": count}, url
    return "", ""
