"""Who speaks in a paper of an inspection: the heading, who signs, whom and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chibo.access.charter import Post
from chibo.inspections.models import Inspection, TeamMember
from chibo.inspections.rules import Body, InspectionForm
from chibo.members.selectors import holder_of
from chibo.papers.rules import Signature, SignAuthority
from chibo.papers.selectors.letterhead import heads_of, signer_on
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import name_on, ward_of

WORK = {
    InspectionForm.COMPLIANCE: "kiểm tra",
    InspectionForm.SIGNS: "kiểm tra khi có dấu hiệu vi phạm",
    InspectionForm.REGULAR: "giám sát thường xuyên",
    InspectionForm.TOPICAL: "giám sát chuyên đề",
    InspectionForm.SURVEY: "khảo sát",
}


def work_of(inspection: Inspection) -> str:
    return WORK[InspectionForm(inspection.form)]


def names_of_subjects(inspection: Inspection) -> str:
    """ "Chi bộ 5, Chi bộ 7 và đồng chí …": whom it is about, as papers say it."""
    rows = list(inspection.subjects.select_related("unit", "member"))
    units = [one.unit.name for one in rows if one.member_id is None]
    people = [f"đồng chí {one.member} ({one.unit.name})" for one in rows if one.member_id]
    return ", ".join([*units, *people])


@dataclass(frozen=True)
class Letterhead:
    """Who issues, under whom, where, with which letters in the symbol."""

    superior: str
    issuer: str
    place: str
    suffix: str
    body: str


def letterhead_of(unit: Unit, body: str, on: date) -> Letterhead:
    """By the tree of the day: the cell under its committee; the commission under its committee."""
    superior, issuer = (line.upper() for line in heads_of(unit, on))
    place = name_on(ward_of(unit), on).removeprefix("Đảng ủy ").removeprefix("Đảng bộ ")
    if body == Body.CELL:
        return Letterhead(superior, issuer, place, "CB", "CHI BỘ")
    if body == Body.COMMISSION:
        return Letterhead(issuer, "ỦY BAN KIỂM TRA", place, "UBKT", "ỦY BAN KIỂM TRA")
    suffix = {Level.DISTRICT: "QU", Level.PROVINCE: "TU"}.get(Level(unit.level), "ĐU")
    return Letterhead(superior, issuer, place, suffix, "BAN THƯỜNG VỤ")


def signer_of(unit: Unit, body: str, on: date) -> tuple[str, str]:
    """(position, name) of who signs for the body on the day; dots where the register does not say."""
    if body != Body.COMMISSION:
        position, name = signer_on(unit, on)
        return position, name or "…"
    holder = holder_of(Post.INSPECTOR, unit.pk, on)
    return "CHỦ NHIỆM", holder.full_name if holder else "…"


def signature_of(unit: Unit, body: str, on: date) -> Signature:
    """Who signs for the body on the day."""
    position, name = signer_of(unit, body, on)
    return Signature(SignAuthority.ON_BEHALF, letterhead_of(unit, body, on).body, position, name)


def of_team(inspection: Inspection, role: str) -> str:
    found: TeamMember | None = inspection.team.filter(role=role).select_related("member").first()
    return found.member.full_name if found else "…"


def team_name(inspection: Inspection) -> str:
    if inspection.body == Body.CELL:
        return "TỔ KIỂM TRA" if inspection.form in ("compliance", "signs") else "TỔ GIÁM SÁT"
    return {"survey": "ĐOÀN KHẢO SÁT", "regular": "TỔ GIÁM SÁT", "topical": "ĐOÀN GIÁM SÁT"}.get(
        inspection.form, "ĐOÀN KIỂM TRA"
    )
