"""The papers of a review: bản kiểm điểm, and the summary of ratings (HD 43-HD/BTCTW; rulebook §5.5, §7.4)."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.core.values import Share
from chibo.papers.rules import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Note,
    PaperKind,
    Paragraph,
    Run,
    Signature,
    SignAuthority,
    Table,
)
from chibo.papers.selectors.letterhead import heads_of, signature_of
from chibo.plans.rules import ResultLevel
from chibo.reviews.models import Review, Round
from chibo.reviews.rules import COLLECTIVES, Level, Subject
from chibo.reviews.rules.voting import CEILING_WORDS
from chibo.reviews.selectors import commitments_of, earlier_review_of, rules_of
from chibo.reviews.selectors.board import ceiling_of, levels_beside, members_in
from chibo.reviews.selectors.facts import criteria_of, facts_of, marks_of
from chibo.tasks.rules import TaskState
from chibo.units.models import Unit

DOTS = "…" * 40
HEADINGS = (
    ("results", "Kết quả thực hiện theo các tiêu chí"),
    ("shortcomings", "Hạn chế, khuyết điểm"),
    ("causes", "Nguyên nhân"),
)
LATER = (
    ("explanations", "Giải trình những vấn đề được gợi ý kiểm điểm"),
    ("responsibility", "Trách nhiệm"),
    ("direction", "Phương hướng, biện pháp khắc phục và thời hạn"),
)


def review_document(review: Review) -> Document:
    """The self-review on its form. The self-check by the 27 manifestations is never printed on it."""
    day = review.sent_on or review.round.as_of
    superior, issuer = heads_of(review.unit, day)
    is_member = review.subject == Subject.MEMBER
    body: list[Block] = [*_person(review)] if is_member else []
    body += [block for name, title in HEADINGS for block in _section(review, name, title)]
    body += [Heading("Tự đánh giá theo tiêu chí"), _criteria(review), *_earlier(review)]
    body += [block for name, title in LATER for block in _section(review, name, title)]
    body += [Heading("Tự nhận mức xếp loại"), Paragraph(Level(review.own_level).label if review.own_level else DOTS)]
    return Document(
        superior=superior,
        issuer=issuer,
        kind=PaperKind.FORM,
        title="Bản kiểm điểm" if is_member else "Báo cáo kiểm điểm tập thể",
        subject=f"{'cá nhân' if is_member else review.get_subject_display().lower()} năm {review.round.last.year}",
        issued_on=review.sent_on,
        body=tuple(body),
        signatures=(
            Signature(SignAuthority.DIRECT, "NGƯỜI TỰ KIỂM ĐIỂM", name=str(review.member))
            if is_member
            else signature_of(review.unit, day),
        ),
    )


def _person(review: Review) -> Iterator[Block]:
    assert review.member is not None
    for label, value in (
        ("Họ và tên", review.member.full_name), ("Đơn vị sinh hoạt", review.unit.name),
        ("Chức vụ, công việc", review.member.occupation), ("Mẫu", review.blank),
    ):  # fmt: skip
        yield Paragraph((Run(f"{label}: "), Run(value or DOTS[:20], bold=bool(value))), Align.LEFT)


def _section(review: Review, name: str, title: str) -> Iterator[Block]:
    yield Heading(title)
    lines = getattr(review, name).splitlines() or [DOTS]
    yield from (Paragraph(line) for line in lines)


def _criteria(review: Review) -> Table:
    words = {word.value: word.label for word in marks_of(review)}
    rows = tuple(
        (line.text, words.get(line.own, ""), words.get(line.judged, ""), line.ground) for line in criteria_of(review)
    )
    return Table(
        (Column("Tiêu chí", 4), Column("Tự đánh giá", 1.6), Column("Chi bộ đánh giá", 1.6), Column("Căn cứ", 3)), rows
    )


def _earlier(review: Review) -> Iterator[Block]:
    """The year's records, and each commitment of the last review with how it stands (rulebook §5.5, item 3)."""
    facts = facts_of(review)
    yield Heading("Việc khắc phục khuyết điểm đã chỉ ra và kết quả năm theo sổ sách")
    if facts.plan is not None and facts.plan.result:
        yield Paragraph(f"Kế hoạch tu dưỡng: {ResultLevel(facts.plan.result).label}.")
    yield Paragraph(f"Nhiệm vụ hoàn thành: {_share(facts.tasks)}; hoàn thành chậm: {facts.late}.")
    yield Paragraph(f"Dự sinh hoạt: {_share(facts.attendance)}.")
    if facts.commitments:
        rows = tuple(
            (
                one.shortcoming, one.task.title, f"{one.task.due_on:%d/%m/%Y}" if one.task.due_on else "",
                TaskState(one.task.state).label,
            )
            for one in facts.commitments
        )  # fmt: skip
        columns = (Column("Khuyết điểm", 3), Column("Cam kết", 4), Column("Thời hạn", 1.5), Column("Kết quả", 1.5))
        yield Table(columns, rows)
    if facts.remedies:
        yield Table(
            (Column("Kiểm tra, giám sát yêu cầu khắc phục", 5), Column("Căn cứ", 3), Column("Kết quả", 1.5)),
            tuple((task.title, task.origin_text, TaskState(task.state).label) for task in facts.remedies),
        )


def notice_document(review: Review) -> Document:
    """Thông báo kết quả xếp loại: what was decided, for whom, by which decision, and that they may answer."""
    unit = review.round.unit
    day = review.decided_on or review.round.deadline
    superior, issuer = heads_of(unit, day)
    who = str(review.member or f"{review.get_subject_display()} {review.unit.name}")
    is_member = review.member_id is not None
    told = f"{'đồng chí ' if is_member else ''}{who}{f', {review.unit.name}' if is_member else ''}"
    body: list[Block] = [
        Paragraph(
            f"Căn cứ {rules_of(review.round).article}; Quyết định số {review.decision or DOTS[:12]} ngày {day:%d/%m/%Y},"
        ),
        Paragraph(
            (
                Run(
                    f"{issuer} thông báo: kết quả đánh giá, xếp loại chất lượng {_period(review.round)} của {told}: "
                ),
                Run(f"{Level(review.decided_level).label}.", bold=True),
            )
        ),
    ]
    earlier = earlier_review_of(review)
    if earlier is not None and earlier.decided_level:
        body.append(Paragraph(f"Kết quả kỳ trước ({earlier.round}): {Level(earlier.decided_level).label}."))
    if review.decision_reason:
        body.append(Paragraph(f"Lý do: {' '.join(review.decision_reason.split())}"))
    body += [
        Paragraph(
            f"{one.shortcoming}: {one.task.title}, hạn {one.task.due_on:%d/%m/%Y}."
            if one.task.due_on
            else f"{one.shortcoming}: {one.task.title}."
        )
        for one in commitments_of(review)
    ]
    body.append(Paragraph("Có ý kiến khác về kết quả này thì trả lời Đảng ủy bằng văn bản hoặc trên phần mềm."))
    return Document(
        superior=superior,
        issuer=issuer,
        kind=PaperKind.NOTICE,
        subject=f"Kết quả đánh giá, xếp loại chất lượng {_period(review.round)}",
        issued_on=review.decided_on,
        body=tuple(body),
        signatures=(signature_of(unit, day),),
        recipients=(who, review.unit.name, "Lưu văn phòng"),
    )


def _share(share: Share) -> str:
    return f"{share.part}/{share.base} ({share.percent()}%)" if share.base else "chưa có số liệu"


# -------------------------------------------------------------------------------------------- the summary


def summary_document(found: Round, unit: Unit) -> Document:
    """How many came to each level, beside the same period of last year, with the ceiling; in a cell, by name."""
    day = found.last
    (superior, issuer), is_ward = heads_of(unit, day), unit.pk == found.unit_id
    body: list[Block] = [Paragraph(f"Căn cứ {rules_of(found).article}."), Heading("Đảng viên")]
    body.append(_levels(found, unit, (Subject.MEMBER,)))
    if is_ward:
        ceiling = ceiling_of(found)
        said = {"percent": ceiling.percent, "reading": ceiling.reading.label, "base": ceiling.base}
        body.append(Note(CEILING_WORDS % {**said, "most": ceiling.most, "excellent": ceiling.excellent}))
    body += [Heading("Tập thể"), _levels(found, unit, COLLECTIVES)]
    if not is_ward:
        body += [Heading("Danh sách"), _names(found, unit)]
    return Document(
        superior=superior,
        issuer=issuer,
        kind=PaperKind.REPORT,
        subject=f"Tổng hợp kết quả kiểm điểm, đánh giá, xếp loại chất lượng {_period(found)}",
        body=tuple(body),
        signatures=(signature_of(unit, day),),
    )


def _period(found: Round) -> str:
    return f"năm {found}" if str(found).isdecimal() else str(found)


def _levels(found: Round, unit: Unit, subjects: tuple[Subject, ...]) -> Table:
    """Kỳ này – cùng kỳ năm trước – tỷ lệ % (rulebook §7.4)."""
    rows = [(level.label, now, then) for level, now, then in levels_beside(found, unit, subjects)]
    known = [then for _label, _now, then in rows if then is not None]
    total = ("Cộng", sum(now for _label, now, _then in rows), sum(known) if known else None)
    columns = ("Mức xếp loại", "Kỳ này", "Cùng kỳ năm trước", "Tỷ lệ % so cùng kỳ")
    return Table(
        tuple(
            Column(title, 3 if not n else 1.4, Align.LEFT if not n else Align.CENTER)
            for n, title in enumerate(columns)
        ),
        tuple(_beside(*row) for row in rows),
        total=_beside(*total),
    )


def _beside(label: str, now: int, then: int | None) -> tuple[str, str, str, str]:
    return label, str(now), "–" if then is None else str(then), (Share(now, then).percent() if then else "–")


def _names(found: Round, unit: Unit) -> Table:
    rows = tuple(
        (
            str(number), str(review.member), Level(review.decided_level).label if review.decided_level else
            f"{review.get_duty_display()}{f' ({review.why})' if review.why else ''}",
        )
        for number, review in enumerate(members_in(found, unit), 1)
    )  # fmt: skip
    return Table((Column("TT", 0.5, Align.CENTER), Column("Họ và tên", 3), Column("Xếp loại", 4)), rows)
