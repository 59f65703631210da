"""Who speaks in a paper of an inspection: the heading, who signs, whom and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chibo.access.charter import POST_NAMES, Post
from chibo.core.vietnamese import within
from chibo.inspections.models import Inspection, TeamMember
from chibo.inspections.rules import Body, InspectionForm, Role
from chibo.inspections.rules.flows import PieceKind
from chibo.members.selectors import holder_of, posts_on
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
DEEDS = (
    "lãnh đạo", "chỉ đạo", "thực hiện", "chấp hành", "xây dựng", "triển khai", "quán triệt", "tổ chức", "quản lý", "học tập",
    "tham mưu", "phân công", "duy trì", "giữ gìn", "bảo đảm", "kết nạp", "thu nộp",
)  # fmt: skip
"""With these words a content names something done: "kiểm tra việc thực hiện …"."""
NAMES = ("Chỉ thị", "Nghị quyết", "Quy định", "Quy chế", "Kết luận", "Chương trình", "Điều lệ", "Hướng dẫn")
"""Words that keep their capital within a sentence."""
MANY = 4
"""So many recipients stand under "Nơi nhận" by name."""


def work_of(inspection: Inspection) -> str:
    return WORK[InspectionForm(inspection.form)]


def looked_at(inspection: Inspection) -> str:
    """The content within a sentence: "việc thực hiện Chỉ thị 05", "nền nếp sinh hoạt chi bộ"."""
    content = inspection.content.strip().rstrip(".")
    if content.startswith(NAMES):
        return f"việc thực hiện {content}"
    said = within(content)
    return f"việc {said}" if said.startswith(DEEDS) else said


def about(inspection: Inspection) -> str:
    """What is done, and on what: "kiểm tra việc thực hiện Chỉ thị 05", each word once."""
    said, work = looked_at(inspection), work_of(inspection)
    if said.startswith(family_of(inspection)):
        return said
    return f"{work} trong {said}" if inspection.form == InspectionForm.SIGNS else f"{work} {said}"


def family_of(inspection: Inspection) -> str:
    """kiểm tra, giám sát or khảo sát: "nơi được …"."""
    return " ".join(work_of(inspection).split()[:2])


def own_report(inspection: Inspection) -> str:
    """What the inspected hand in; who is supervised does not inspect themselves."""
    return "theo đề cương giám sát" if family_of(inspection) == "giám sát" else "tự kiểm tra"


def piece_words(kind: PieceKind, inspection: Inspection) -> str:
    """A kind of paper as it is called in this form: "Kế hoạch giám sát", "Quyết định khảo sát, lập đoàn"."""
    family, label = family_of(inspection), kind.label
    if kind is PieceKind.SELF_REPORT:
        return f"Báo cáo {own_report(inspection)}"
    if kind is PieceKind.OUTLINE:
        return f"Đề cương gợi ý báo cáo {own_report(inspection)}"
    return label.replace("kiểm tra", family)


def names_of_subjects(inspection: Inspection) -> str:
    """ "Chi bộ 5, Chi bộ 7 và đồng chí …": whom it is about, as papers say it."""
    rows = list(inspection.subjects.select_related("unit", "member"))
    units = [one.unit.name for one in rows if one.member_id is None]
    people = [f"đồng chí {one.member} ({one.unit.name})" for one in rows if one.member_id]
    named = [*units, *people]
    return " và ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)


def subjects_in_short(inspection: Inspection) -> str:
    """The same for the head of a paper: "5 tổ chức đảng và 4 đảng viên" where they are many."""
    units = inspection.subjects.filter(member__isnull=True).count()
    people = inspection.subjects.count() - units
    if units + people <= MANY:
        return names_of_subjects(inspection)
    return " và ".join(f"{n} {words}" for n, words in ((units, "tổ chức đảng"), (people, "đảng viên")) if n)


def recipients_of_subjects(inspection: Inspection) -> tuple[str, ...]:
    """Those under "Nơi nhận": each by name, or all in a word where they are many."""
    rows = list(inspection.subjects.select_related("unit", "member"))
    if len(rows) <= MANY:
        return tuple(f"Đồng chí {one.member}" if one.member_id else one.unit.name for one in rows)
    return (f"Các tổ chức đảng, đảng viên được {family_of(inspection)}",)


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
    superior, issuer = heads_of(unit, on)
    place = name_on(ward_of(unit), on).removeprefix("Đảng ủy ").removeprefix("Đảng bộ ")
    if body == Body.CELL:
        return Letterhead(superior, issuer, place, "CB", "CHI BỘ")
    if body == Body.COMMISSION:
        return Letterhead(issuer, "Ủy ban Kiểm tra", place, "UBKT", "ỦY BAN KIỂM TRA")
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


def who_decides(unit: Unit, body: str, on: date) -> str:
    """The body within a sentence: "Ban Thường vụ Đảng ủy phường Sao Mai"."""
    issuer = heads_of(unit, on)[1]
    if body == Body.CELL:
        return issuer
    return f"{'Ủy ban Kiểm tra' if body == Body.COMMISSION else 'Ban Thường vụ'} {issuer}"


def archive_of(body: str) -> str:
    return {Body.CELL: "Lưu chi bộ", Body.COMMISSION: "Lưu Ủy ban Kiểm tra"}.get(Body(body), "Lưu Văn phòng")


def attending_of(unit: Unit, on: date) -> list[str]:
    """Who leads the unit on the day, each with their post, as minutes list them."""
    rows = [term for term in posts_on(on, [unit.pk]) if term.post in LEADERS]
    rows.sort(key=lambda term: (LEADERS.index(Post(term.post)), term.member.sort_key))
    return [f"Đồng chí {term.member.full_name}, {LEADER_WORDS[Post(term.post)]}" for term in rows]


LEADERS = (
    Post.CELL_SECRETARY, Post.WARD_SECRETARY, Post.CELL_DEPUTY, Post.WARD_DEPUTY, Post.CELL_COMMITTEE, Post.WARD_COMMITTEE
)  # fmt: skip
LEADER_WORDS = POST_NAMES | {Post.WARD_COMMITTEE: "Đảng ủy viên"}


def of_team(inspection: Inspection, role: str) -> str:
    found: TeamMember | None = inspection.team.filter(role=role).select_related("member").first()
    return found.member.full_name if found else "…"


def is_group(inspection: Inspection) -> bool:
    """A cell, and whoever supervises without end, sends a tổ, not a đoàn."""
    return inspection.body == Body.CELL or inspection.form == InspectionForm.REGULAR


def role_words(role: str, inspection: Inspection) -> str:
    """Trưởng đoàn; of a tổ: Tổ trưởng."""
    if not is_group(inspection):
        return Role(role).label
    return {Role.HEAD: "Tổ trưởng", Role.DEPUTY: "Tổ phó"}.get(Role(role), Role(role).label)


def team_name(inspection: Inspection) -> str:
    """Tổ kiểm tra, Đoàn giám sát."""
    return f"{'Tổ' if is_group(inspection) else 'Đoàn'} {family_of(inspection)}"


def team_suffix(inspection: Inspection) -> str:
    """The letters of a team in its symbols: 01-BC/ĐKT, as teams write them."""
    return "".join(word[0] for word in team_name(inspection).upper().split())
