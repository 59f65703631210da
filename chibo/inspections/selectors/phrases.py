"""What papers of an inspection say of it, in the words of officials: who decided it, its team, its steps, what was found."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.core.vietnamese import within
from chibo.inspections.models import Inspection, Subject
from chibo.inspections.rules import Body, FindingKind, InspectionForm, Role
from chibo.inspections.rules.flows import PIECES, PieceKind
from chibo.inspections.selectors import by_kind, findings_of, rule_of
from chibo.inspections.selectors.answers import period_of
from chibo.inspections.selectors.letterheads import family_of, own_report, role_words, who_decides
from chibo.papers.models import Paper


def dated(paper: Paper) -> str:
    return f"{paper.symbol} ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else paper.symbol


def numbered(inspection: Inspection, kind: PieceKind) -> str:
    """ "Quyết định số 01-QĐ/ĐU ngày 30/07/2020"; its kind alone while it has no number."""
    name = PIECES[kind].paper.label
    made = inspection.pieces.filter(kind=kind, waived="").exclude(symbol="").order_by("-pk").first()
    return f"{name} số {made.symbol} ngày {made.issued_on:%d/%m/%Y}" if made else name


def decided_by(inspection: Inspection) -> str:
    """The paper by which the inspection was decided, with who issued it; a cell passes a plan."""
    kind = PieceKind.PLAN if inspection.body == Body.CELL else PieceKind.DECISION
    if inspection.form == InspectionForm.REGULAR:
        return f"phân công của {decider(inspection)}"
    return f"{numbered(inspection, kind)} của {decider(inspection)}"


def decider(inspection: Inspection) -> str:
    return who_decides(inspection.unit, inspection.body, inspection.decided_on)


def looked_over(inspection: Inspection) -> str:
    period = period_of(inspection)
    return f"từ ngày {period.first:%d/%m/%Y} đến ngày {period.last:%d/%m/%Y}"


def span_words(inspection: Inspection) -> str:
    return f"từ ngày {inspection.begins_on:%d/%m/%Y} đến ngày {inspection.ends_on:%d/%m/%Y}"


DUTIES = {
    Role.HEAD: "phụ trách chung, chủ trì làm việc và kết luận tại từng nơi",
    Role.DEPUTY: "giúp %(head)s, điều hành khi %(head)s vắng",
    Role.SECRETARY: "ghi biên bản, tổng hợp báo cáo, lập hồ sơ",
    Role.MEMBER: "xem hồ sơ, làm việc với nơi được phân công, báo cáo %(head)s",
}
"""What each does where nothing else was said."""


def team_lines(inspection: Inspection, *, duties: bool = False) -> Iterator[str]:
    for one in inspection.team.select_related("member"):
        said = one.duties or (
            DUTIES[Role(one.role)] % {"head": role_words(Role.HEAD, inspection).lower()} if duties else ""
        )
        yield f"- Đồng chí {one.member}, {role_words(one.role, inspection)}{f': {said}' if said else ''};"


def named(subject: Subject) -> str:
    return f"đồng chí {subject.member} ({subject.unit.name})" if subject.member_id else subject.unit.name


def subjects_of(inspection: Inspection, subject: Subject | None) -> list[Subject]:
    return [subject] if subject else list(inspection.subjects.select_related("unit", "member"))


def found_lines(inspection: Inspection, subjects: list[Subject]) -> Iterator[str]:
    rows = findings_of(inspection, subjects).exclude(kind=FindingKind.SIGN)  # the inspected read these minutes
    for kind, found in by_kind(list(rows)):
        yield f"- {kind.label}: {'; '.join(within(' '.join(one.text.split()).rstrip('.')) for one in found)}."
    if not rows:
        yield "- Không có nhận xét khác."


def step_words(inspection: Inspection, code: str) -> str:
    """A step in the words of its form."""
    words = rule_of(inspection, code).words
    if code == "self_report":
        return f"Báo cáo {own_report(inspection)}"
    return words.replace("kiểm tra", family_of(inspection))
