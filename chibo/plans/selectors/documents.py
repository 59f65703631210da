"""The form of the plan on paper: filled, or blank for a member, a group or a whole cell (rulebook §3.2)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.timezone import localdate

from chibo.members.models import Group, Member
from chibo.members.selectors import counted_on, posts_on
from chibo.papers.rules import (
    Align,
    Block,
    Document,
    Heading,
    Marker,
    Numbered,
    PaperKind,
    Paragraph,
    Run,
    Signature,
    SignAuthority,
)
from chibo.papers.selectors import docx_of, pdf_of
from chibo.papers.selectors.letterhead import heads_of
from chibo.plans.models import Campaign, Plan, PlanItem, Suggestion
from chibo.plans.rules import FormTitle
from chibo.plans.selectors.campaigns import sections_of, suggestions_of
from chibo.plans.selectors.plans import items_of
from chibo.units.models import Unit
from chibo.units.selectors import ward_of

DOTS = "…" * 40
ROOM = 3
"""Dotted lines under each section of a blank form."""

# The words below stand on paper, in Vietnamese whatever the language of the pages.


def plan_document(plan: Plan, *, with_birth_date: bool = False) -> Document:
    """The filled form of one plan, to be signed by the cell and the member."""
    items: dict[str, list[PlanItem]] = {}
    for item in items_of(plan):
        items.setdefault(item.section, []).append(item)
    body: list[Block] = [
        *_person(plan.member, plan.unit, plan.registered_on, with_birth_date=with_birth_date),
        *_bases(plan.campaign),
    ]
    for code, title in sections_of(plan.campaign):
        body.append(Heading(f"{code}. {title}", level=2))
        written = tuple(_words(item) for item in items.get(code, ()))
        body.append(Numbered(written, Marker.DASH) if written else Paragraph(DOTS, indent=False))
    if plan.on_behalf:
        who = f"{plan.entered_by} " if plan.entered_by else ""
        body.append(Paragraph((Run(f"({who}nhập thay theo bản đảng viên nộp)", italic=True),)))
    return _document(plan.campaign, plan.unit, body, plan.member.full_name, plan.registered_on)


def blank_document(
    campaign: Campaign, unit: Unit, *, member: Member | None = None, group: Group | None = None
) -> Document:
    """The blank form for a member of the cell, or without a name; with what is suggested to a group, if asked."""
    suggested: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions_of(campaign, group) if group else ():
        suggested.setdefault(suggestion.section, []).append(suggestion)
    body: list[Block] = [*_person(member, unit, None, with_birth_date=False), *_bases(campaign)]
    for code, title in sections_of(campaign):
        body.append(Heading(f"{code}. {title}", level=2))
        offered = tuple(_offer(suggestion) for suggestion in suggested.get(code, ()))
        if offered:
            body.append(Numbered(offered, Marker.DASH))
        body.extend(Paragraph(DOTS, indent=False) for _line in range(ROOM))
    return _document(campaign, unit, body, member.full_name if member else "", None)


def blank_forms_of_cell(campaign: Campaign, unit: Unit, day: date) -> bytes:
    """A zip with one blank form (docx) for every member of the cell on the day, each with their name on it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        people = counted_on(day, [unit.pk]).select_related("member").order_by("member__sort_key", "member_id")
        for number, row in enumerate(people, 1):
            document = blank_document(campaign, unit, member=row.member)
            archive.writestr(f"{number:03} {row.member.full_name}.docx".replace("/", "-"), docx_of(document))
    return content.getvalue()


def written_as(document: Document, suffix: str) -> bytes:
    """The document as ``docx`` or ``pdf``."""
    return pdf_of(document) if suffix == "pdf" else docx_of(document)


def file_name_of(plan: Plan) -> str:
    return f"{FormTitle(plan.campaign.form_title).label} {plan.year} - {plan.member.full_name}".replace("/", "-")


# --------------------------------------------------------------------------------------------- within


def _document(campaign: Campaign, unit: Unit, body: Sequence[Block], name: str, issued_on: date | None) -> Document:
    ward = ward_of(unit)
    superior, issuer = heads_of(unit, issued_on or localdate())
    closing = "Bản này là một căn cứ để chi bộ đánh giá, xếp loại chất lượng đảng viên cuối năm."
    return Document(
        superior=superior,
        issuer=issuer,
        kind=PaperKind.FORM,
        title=FormTitle(campaign.form_title).label,
        subject=f"tu dưỡng, rèn luyện, phấn đấu năm {campaign.year}",
        place=ward.name.removeprefix("Đảng ủy ").removeprefix("Đảng bộ "),
        issued_on=issued_on,
        body=(*body, Paragraph(closing)),
        signatures=(
            Signature(SignAuthority.DIRECT, "Xác nhận của chi bộ"),
            Signature(SignAuthority.DIRECT, "Người cam kết", name=name),
        ),
    )


def _person(member: Member | None, unit: Unit, day: date | None, *, with_birth_date: bool) -> Iterable[Block]:
    held = posts_on(day, [unit.pk]).filter(member=member) if member and day else ()
    posts = ", ".join(str(term.get_post_display()) for term in held)
    birth = member.birth_date if member and with_birth_date else None
    facts = (
        ("Họ và tên", member.full_name if member else ""),
        ("Ngày sinh", f"{birth:%d/%m/%Y}" if birth else ""),
        ("Chức vụ Đảng", posts),
        ("Chức vụ chính quyền, đoàn thể", member.occupation if member else ""),
        ("Sinh hoạt tại", unit.name),
    )
    for label, value in facts:
        yield Paragraph((Run(f"{label}: "), Run(value or DOTS[:20], bold=bool(value))), Align.LEFT)


def _bases(campaign: Campaign) -> Iterable[Block]:
    texts = [campaign.programme.name]
    if campaign.guidance:
        texts.append(f"{campaign.guidance.kind} {campaign.guidance.symbol} của {campaign.guidance.issuer}")
    if campaign.theme:
        texts.append(f"chuyên đề năm {campaign.year}: {campaign.theme.title}")
    yield Paragraph(f"Căn cứ {'; '.join(text.strip() for text in texts)}, tôi đăng ký các nội dung sau:")


def _words(item: PlanItem) -> tuple[Run, ...]:
    more = [
        f"chỉ tiêu, cách đo: {item.measure}" if item.measure else "",
        f"thời hạn: {item.deadline:%d/%m/%Y}" if item.deadline else "",
        "theo chuyên đề" if item.on_theme else "",
        f"phòng ngừa, khắc phục biểu hiện {item.manifestation_id}" if item.manifestation_id else "",
    ]
    said = "; ".join(filter(None, more))
    return (Run(item.statement), Run(f" ({said})" if said else "", italic=True))


def _offer(suggestion: Suggestion) -> tuple[Run, ...]:
    said = f" ({suggestion.measure})" if suggestion.measure else ""
    return (Run("Gợi ý: ", italic=True), Run(suggestion.statement), Run(said, italic=True))
