"""The papers of a congress and the report on a round take their numbers and stand in the register."""

from __future__ import annotations

from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.congresses.models import Congress, CongressPaper, CongressRound, KeptFile
from chibo.congresses.rules.dossier import BY_THE_CONGRESS, PieceKind, objections_to_issuing_paper
from chibo.congresses.rules.preparing import PLAN
from chibo.congresses.selectors import day_of
from chibo.congresses.selectors.document.papers import PAPERS, issuer_of, numbered
from chibo.congresses.selectors.document.rounds import round_report
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.members.selectors import term_of
from chibo.papers.actions import issue_paper, take_number
from chibo.papers.rules.numbering import COMMON
from chibo.papers.selectors.kept import facts_kept


@action(Can.KEEP_CONGRESSES)
def issue_congress_paper(congress: Congress, *, actor: Actor, kind: str, on: date) -> CongressPaper:
    """Give a paper its number: of the cell's own series, or of the one series of the congress (rulebook §6.2)."""
    which, unit = PieceKind(kind), congress.unit
    refuse_if(
        objections_to_issuing_paper(
            which, written=set(congress.sections.exclude(text="").values_list("code", flat=True)), state=congress.state,
            issued=congress.papers.filter(kind=which).exists(), on=on, held_on=day_of(congress),
        )
    )  # fmt: skip
    document = PAPERS[which](congress)
    by_congress = which in BY_THE_CONGRESS
    number = take_number(
        unit, actor=actor, kind=document.kind.value, on=on, series=COMMON if by_congress else "",
        term=f"Đại hội {congress.round.term}" if by_congress else term_of(unit, on),
    )  # fmt: skip
    document = numbered(document, number.number, issuer_of(which), on)
    paper = issue_paper(number, actor=actor, document=document)
    KeptFile.objects.create(paper=paper, **facts_kept(unit, document))
    return CongressPaper.objects.create(unit=unit, congress=congress, kind=which, paper=paper)


@action(Can.LEAD_CONGRESSES)
def issue_round_report(round: CongressRound, *, actor: Actor, on: date) -> CongressRound:  # noqa: A002
    """The ward's report on the round, once it is over."""
    found = []
    if round.report_id is not None:
        found.append(Objection(gettext_noop("Báo cáo đợt đại hội đã ban hành, đã có số."), PLAN))
    if on < round.last_on:
        gaps: dict[str, object] = {"day": f"{round.last_on:%d/%m/%Y}"}
        found.append(
            Objection(gettext_noop("Đợt đại hội đến hết ngày %(day)s: báo cáo sau ngày ấy."), PLAN, gaps, "on")
        )
    refuse_if(found)
    document = round_report(round, on)
    term = term_of(round.unit, on)
    number = take_number(round.unit, actor=actor, kind=document.kind.value, term=term, on=on)
    document = numbered(document, number.number, "ĐU", on)
    round.report = issue_paper(number, actor=actor, document=document)
    round.save()
    KeptFile.objects.create(paper=round.report, **facts_kept(round.unit, document))
    return round
