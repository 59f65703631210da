"""The papers of congresses and elections. Official texts: always Vietnamese (HD 36-HD/VPTW, HD 05-HD/VPTW; rulebook §1.7, §6)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.timezone import localtime

from chibo.congresses.models import Congress, Counter, Elected, Election, Polling
from chibo.congresses.rules import HELD, UPWARD, Office, PollingState
from chibo.congresses.rules.deadlines import DAY
from chibo.congresses.rules.preparing import SECTIONS
from chibo.congresses.selectors import (
    ballots_in,
    base_kept,
    day_of,
    is_by_election,
    names_on,
    rulings_of,
)
from chibo.congresses.selectors.backwards import is_backwards
from chibo.congresses.selectors.pages import base_sheet
from chibo.congresses.selectors.scanning import hand_of, scan_of
from chibo.congresses.selectors.seating import signed_in, work_of
from chibo.core.values import Share
from chibo.meetings.rules import Presence
from chibo.meetings.selectors.document import blocks_of
from chibo.papers.rules import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    PaperKind,
    Paragraph,
    Signature,
    SignAuthority,
    Table,
)
from chibo.papers.selectors.letterhead import heads_of, signer_on
from chibo.units.selectors import name_on

CENTER = Align.CENTER
PERSON = {
    Office.COMMITTEE: "Chi ủy viên", Office.SECRETARY: "Bí thư", Office.DEPUTY: "Phó Bí thư",
    Office.DELEGATES: "Đại biểu", Office.ALTERNATES: "Đại biểu dự khuyết",
}  # fmt: skip


def _heads(congress: Congress) -> tuple[str, str]:
    """The two lines on the left: the ward's committee, the congress of the cell."""
    return heads_of(congress.unit, day_of(congress))


# ---------------------------------------------------------------------------------------- minutes of a count


def count_minutes(polling: Polling) -> Document:
    """Biên bản kiểm phiếu: one for each election and each round (rulebook §1.7)."""
    election, congress = polling.election, polling.election.congress
    superior, issuer = _heads(congress)
    counters = list(congress.counters.select_related("member"))
    head = next((one for one in counters if one.is_head), None)
    certified = polling.state == PollingState.CERTIFIED
    body = [
        *_opening(polling, counters),
        *_base(polling),
        *_papers(polling),
        *(
            _votes(polling)
            if certified
            else [Paragraph("Cuộc bỏ phiếu bị hủy: số phiếu thu về nhiều hơn số phiếu phát ra.")]
        ),
        Paragraph(
            f"Việc kiểm phiếu kết thúc hồi {_hour(polling)}. Biên bản lập thành hai bản, đã đọc trước đại hội."
        ),
        Table(
            (Column("Ban kiểm phiếu", 4), Column("Chức trách", 2), Column("Ký tên", 3)),
            tuple((str(one), "Trưởng ban" if one.is_head else "Thành viên", "") for one in counters),
        ),
    ]
    return Document(
        superior=superior,
        issuer=issuer,
        kind=PaperKind.MINUTES,
        subject=f"kiểm phiếu bầu {_office(election)} (lần {polling.number})",
        body=tuple(body),
        signatures=(
            Signature(SignAuthority.DIRECT, "CHỦ TỌA", name=str(congress.meeting.chair or "")),
            Signature(SignAuthority.DIRECT, "TRƯỞNG BAN KIỂM PHIẾU", name=str(head or "")),
        ),
        draft="" if certified else "Dự thảo",
    )


def _office(election: Election) -> str:
    return str(Office(election.office).label).lower()


def _hour(polling: Polling) -> str:
    if polling.finished_at is None:
        return "… giờ …"
    at = localtime(polling.finished_at)
    return f"{at:%H} giờ {at:%M} ngày {at:%d/%m/%Y}"


def _opening(polling: Polling, counters: list[Counter]) -> Iterable[Block]:
    congress = polling.election.congress
    names = names_on(polling)
    yield Paragraph(
        f"Ngày {day_of(congress):%d/%m/%Y}, {congress} nhiệm kỳ {congress.round.term} bầu {_office(polling.election)}. Số lượng"
        f" bầu: {polling.seats}. Danh sách bầu cử có {len(names)} người:"
    )
    rows = tuple((str(name.order), name.candidate.member.full_name) for name in names)
    yield Table((Column("TT", 0.5, CENTER), Column("Họ và tên", 5)), rows)
    roles = "; ".join(f"{one} ({'trưởng ban' if one.is_head else 'thành viên'})" for one in counters)
    yield Paragraph(f"Ban kiểm phiếu: {roles}.")


def _base(polling: Polling) -> Iterable[Block]:
    congress = polling.election.congress
    sheet = base_sheet(congress, base_kept(polling))
    base, rolls = sheet.base, congress.meeting.attendances
    excused = rolls.filter(presence=Presence.EXCUSED).count()
    unexcused = rolls.filter(presence=Presence.UNEXCUSED).count()
    yield Heading("Đảng viên dự đại hội và căn cứ tính kết quả", 2)
    yield Paragraph(
        f"Đảng viên chính thức được triệu tập: {base.convened}; có mặt khi bầu: {base.present}; vắng có lý do: {excused},"
        f" không lý do: {unexcused}."
    )
    rows = [("Đảng viên chính thức được triệu tập", str(base.convened))]
    rows += [(f"Trừ: {words.lower()}", str(count)) for words, count in base.lines]
    columns = (Column("Căn cứ", 5), Column("Số người", 1, CENTER))
    yield Table(columns, tuple(rows), caption=sheet.article, total=("Số để tính quá một nửa", str(base.total)))
    yield Paragraph(f"Người trúng cử phải được ít nhất {base.needed} phiếu.")


def _papers(polling: Polling) -> Iterable[Block]:
    yield Heading("Phiếu bầu", 2)
    missing = max(0, polling.issued - (polling.collected or 0))
    yield Paragraph(
        f"Số phiếu phát ra: {polling.issued}; thu về: {polling.collected if polling.collected is not None else '…'}; không thu"
        f" về: {missing}; hợp lệ: {_told(polling.valid)}; không hợp lệ: {_told(polling.invalid)}."
    )
    left = polling.printed - polling.issued - polling.exchanged
    yield Paragraph(
        f"Số phiếu in: {polling.printed}; đổi phiếu hỏng: {polling.exchanged}; còn lại, đã gạch chéo: {left}."
    )
    yield from _two_counts(polling)
    if polling.invalid and scan_of(polling) and is_backwards(polling):
        yield Paragraph(f"- Ban kiểm phiếu xem ảnh và phiếu giấy, kết luận không hợp lệ: {polling.invalid} phiếu.")
    elif polling.invalid:
        papers = rulings_of(polling, ballots_in(polling, 1 if is_backwards(polling) else hand_of(polling)).values())
        reasons = [r.reason.text % r.reason.params for r in papers if r.reason]
        for reason in sorted(set(reasons)):
            yield Paragraph(f"- {reason}: {reasons.count(reason)} phiếu.")


def _two_counts(polling: Polling) -> Iterable[Block]:
    """How the two counts were made, by whom, and the last seal of the scanner's journal."""
    scan, second = (
        scan_of(polling),
        "đếm ngược theo tập (phiếu hợp lệ trừ phiếu không bầu cho từng người)"
        if is_backwards(polling)
        else "đếm tay từng phiếu",
    )
    if polling.state == PollingState.CERTIFIED:
        first = f"do máy quét đọc {scan.pictures} ảnh phiếu" if scan and scan.head else "đếm tay từng phiếu"
        yield Paragraph(f"Lượt kiểm thứ nhất {first}, lượt thứ hai {second}; hai lượt khớp nhau.")
    if scan and scan.head:
        concluded = scan.answers.filter(is_final=True).count()
        yield Paragraph(f"Trưởng ban kiểm phiếu kết luận {concluded} mục hai người xem khác nhau. Dấu niêm sổ đếm:")
        yield Paragraph(scan.head, Align.LEFT, indent=False)
    congress = polling.election.congress
    if congress.own_log_ins:
        yield Paragraph("Đại hội kiểm phiếu bằng tài khoản riêng của từng người, không cấp mã.")
    if congress.codes_reason:
        yield Paragraph(f"Cấp mã trở lại sau khi đã chọn tài khoản riêng: {congress.codes_reason}.")
    done = [
        f"{counter}{f' ({how})' if (how := signed_in(polling, counter)) else ''} {', '.join(works)}"
        for counter, works in work_of(polling)
        if works
    ]
    if done:
        yield Paragraph(f"Từng người làm: {'; '.join(done)}.")


def _told(number: int | None) -> str:
    return "…" if number is None else str(number)


def _votes(polling: Polling) -> Iterable[Block]:
    names, total = names_on(polling), base_kept(polling).total
    ordered = sorted(names, key=lambda name: (-(name.votes or 0), name.order))
    yield Heading("Kết quả", 2)
    columns = (
        Column("TT", 0.5, CENTER), Column("Họ và tên", 4), Column("Số phiếu", 1, CENTER), Column("Tỷ lệ", 1.2, CENTER),
    )  # fmt: skip
    rows = tuple(
        (
            str(n),
            name.candidate.member.full_name,
            f"{name.votes}/{total}",
            f"{Share(name.votes or 0, total).percent()}%",
        )
        for n, name in enumerate(ordered, 1)
    )
    yield Table(columns, rows)
    won = {one.member_id for one in polling.election.congress.elected.filter(office=polling.election.office)}
    elected = [n.candidate.member.full_name for n in ordered if n.candidate.member_id in won]
    text = "; ".join(f"{n}. {name}" for n, name in enumerate(elected, 1))
    yield Paragraph(f"Trúng cử: {text}." if elected else "Không ai trúng cử trong lần bầu này.")


# ---------------------------------------------------------------------------------- the congress's own papers


def result_paper(congress: Congress) -> Document:
    """The result for the wall and for everybody (seed S4-07): who was elected, with how many votes of which base."""
    superior, issuer = _heads(congress)
    rows = _elected_rows(congress.elected.select_related("member").order_by("office", "-votes", "pk"))
    columns = (
        Column("TT", 0.5, CENTER), Column("Họ và tên", 3.2), Column("Chức danh", 2), Column("Số phiếu", 1.2, CENTER),
        Column("Tỷ lệ", 1.1, CENTER), Column("Ghi chú", 1.2),
    )  # fmt: skip
    vote = congress.resolution_vote
    said = (
        f"Nghị quyết đại hội được {vote.in_favour}/{vote.base} đảng viên chính thức có mặt biểu quyết tán thành"
        f" ({Share(vote.in_favour, vote.base).percent()}%)."
        if vote
        else ""
    )
    body: list[Block] = [
        Paragraph(
            f"Ngày {day_of(congress):%d/%m/%Y}, {issuer} tổ chức {_event(congress)} nhiệm kỳ {congress.round.term}, đã bầu:"
        ),
        Table(columns, rows) if rows else Paragraph("Chưa có kết quả bầu cử."),
    ]
    if said:
        body.append(Paragraph(said))
    return Document(
        superior=superior, issuer=issuer, kind=PaperKind.NOTICE,
        subject=f"Kết quả {_event(congress)} nhiệm kỳ {congress.round.term}", body=tuple(body), signatures=(_chair(congress),),
        place=_place(congress), issued_on=congress.closed_on, draft="" if congress.state in HELD else "Dự thảo",
        recipients=(f"{superior} (báo cáo)", "Niêm yết tại chi bộ", "Lưu chi bộ"),
    )  # fmt: skip


def _elected_rows(rows: Iterable[Elected]) -> tuple[tuple[str, ...], ...]:
    order = {office.value: n for n, office in enumerate((Office.SECRETARY, Office.DEPUTY, Office.COMMITTEE, *UPWARD))}
    return tuple(
        (
            str(n), one.member.full_name, PERSON[Office(one.office)], f"{one.votes}/{one.base}",
            f"{Share(one.votes, one.base).percent()}%", _again(one),
        )
        for n, one in enumerate(sorted(rows, key=lambda one: (order[one.office], -one.votes, one.pk)), 1)
    )  # fmt: skip


def _place(congress: Congress) -> str:
    """Where a paper of the cell is dated: the ward, by its name of the day."""
    return name_on(congress.round.unit, day_of(congress))


def _event(congress: Congress) -> str:
    return "bầu bổ sung chi ủy" if is_by_election(congress) else "đại hội"


def _again(one: Elected) -> str:
    if one.office in UPWARD:
        return ""
    return "Tái cử" if one.is_reelected else "Mới"


def _chair(congress: Congress) -> Signature:
    return Signature(SignAuthority.ON_BEHALF, "ĐẠI HỘI", "CHỦ TỌA", str(congress.meeting.chair or ""))


def request_paper(congress: Congress) -> Document:
    """Tờ trình: the result reported, approval asked for, with extracts of the elected (24-QĐ/TW 16.1.1)."""
    superior, issuer = _heads(congress)
    elected = congress.elected.filter(has_seat=True).select_related("member").order_by("-votes", "pk")
    columns = (
        Column("TT", 0.5, CENTER), Column("Họ và tên", 3), Column("Năm sinh", 1, CENTER), Column("Trình độ", 1.6),
        Column("Ngày vào Đảng", 1.4, CENTER), Column("Số phiếu", 1, CENTER),
    )  # fmt: skip
    rows = tuple(
        (
            str(n), one.member.full_name, f"{one.member.birth_date:%Y}" if one.member.birth_date else "",
            str(one.member.get_qualification_display()),
            f"{one.member.admitted_on:%d/%m/%Y}" if one.member.admitted_on else "", f"{one.votes}/{one.base}",
        )
        for n, one in enumerate(elected, 1)
    )  # fmt: skip
    closed = f" bế mạc ngày {congress.closed_on:%d/%m/%Y}" if congress.closed_on else ""
    return Document(
        superior=superior, issuer=issuer, kind=PaperKind.PROPOSAL,
        subject=f"Đề nghị chuẩn y kết quả bầu cử nhiệm kỳ {congress.round.term}",
        body=(
            Paragraph(f"{congress}, nhiệm kỳ {congress.round.term}{closed}. Kết quả bầu cử:"),
            Table(columns, rows) if rows else Paragraph("Chưa có kết quả bầu cử."),
            *_delegates(congress),
            Paragraph("Kèm theo: biên bản đại hội, các biên bản kiểm phiếu. Kính đề nghị đảng ủy xem xét, chuẩn y."),
        ),
        signatures=(Signature(SignAuthority.ON_BEHALF, "CHI BỘ", "BÍ THƯ", _secretary(congress)),),
        place=_place(congress), issued_on=congress.reported_on, addressees=(superior,), recipients=("Lưu chi bộ",),
        draft="" if congress.reported_on else "Dự thảo",
    )  # fmt: skip


def _delegates(congress: Congress) -> Iterable[Block]:
    """Delegates to the congress above and their alternates, by votes."""
    rows = congress.elected.filter(office__in=UPWARD).select_related("member").order_by("-office", "-votes", "pk")
    if rows:
        told = "; ".join(
            f"{one.member} ({PERSON[Office(one.office)].lower()}, {one.votes}/{one.base})" for one in rows
        )
        yield Paragraph(f"Đại biểu dự đại hội cấp trên: {told}.")


def _secretary(congress: Congress) -> str:
    found = congress.elected.filter(office=Office.SECRETARY).select_related("member").first()
    return found.member.full_name if found else ""


def political_paper(congress: Congress) -> Document:
    """Báo cáo chính trị, its parts in order; empty ones say so."""
    superior, issuer = _heads(congress)
    written = dict(congress.sections.values_list("code", "text"))
    body: list[Block] = []
    for code, title in SECTIONS:
        body.append(Heading(title, 1))
        body += list(blocks_of(written.get(code, ""))) or [Paragraph("…")]
    return Document(
        superior=superior, issuer=issuer, kind=PaperKind.REPORT,
        subject=f"Tổng kết nhiệm kỳ {congress.round.past_term}, phương hướng nhiệm kỳ {congress.round.term}",
        body=tuple(body), signatures=(Signature(SignAuthority.ON_BEHALF, "CHI BỘ", *signer_on(congress.unit, day_of(congress) - DAY)),),
        place=_place(congress), draft="" if congress.state in HELD else "Dự thảo",
        recipients=(f"{superior} (báo cáo)", "Đảng viên dự đại hội", "Lưu chi bộ"),
    )  # fmt: skip
