"""Minutes of a briefing and the notice of its conclusions, composed from its records. Official texts: always
Vietnamese, whatever language the pages are in (HD 36-HD/VPTW, HD 05-HD/VPTW; rulebook §6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time

from chibo.access.charter import POST_NAMES, Post
from chibo.briefings.models import Briefing, Return
from chibo.briefings.rules import Rhythm
from chibo.briefings.selectors import is_concluded
from chibo.briefings.selectors.sheets import GivenLine, directions_before, given_lines
from chibo.meetings.selectors.document import blocks_of, corrections_to
from chibo.members.selectors import holder_of
from chibo.papers.rules import (
    Align,
    Column,
    Document,
    PaperKind,
    Paragraph,
    Signature,
    SignAuthority,
    Table,
)
from chibo.papers.selectors.letterhead import heads_of
from chibo.units.selectors import name_on

TOLD = (
    ("results", "Kết quả"),
    ("shortcomings", "Hạn chế, khuyết điểm"),
    ("causes", "Nguyên nhân"),
    ("next_tasks", "Nhiệm vụ kỳ tới"),
    ("difficulties", "Khó khăn, vướng mắc"),
    ("proposals", "Đề xuất, kiến nghị"),
    ("cultivation", "Xây dựng Đảng; tu dưỡng, rèn luyện của đảng viên"),
)
"""The parts of a return, as minutes name them."""


# ----------------------------------------------------------------------------------------------- minutes


def composed_minutes(briefing: Briefing) -> str:
    """The minutes as far as the records tell them: who sent, what the last directions came to, each cell's results
    and next tasks, what was directed. The recorder goes on from there."""
    meeting, day = briefing.meeting, briefing.meeting.held_on
    returns = list(briefing.returns.select_related("unit").order_by("body", "unit__sort_key", "pk"))
    before = given_lines(directions_before(briefing), day)
    given = given_lines(briefing.directions.all(), day)
    parts = [
        "\n".join(_opening(briefing)),
        "\n".join(_sent(returns, briefing.returns_due_on)),
        "\n".join(_numbered("2. Kết quả thực hiện ý kiến chỉ đạo của kỳ trước", map(_came_to, before), "Không có.")),
        "\n".join(["3. Kết quả và nhiệm vụ kỳ tới của các chi bộ, đoàn thể", *_told(returns)]),
        "\n".join(_numbered("4. Ý kiến chỉ đạo, kết luận", map(_directed, given), "…")),
        _ending(meeting.ends_at, day),
    ]
    return "\n\n".join(parts)


def _opening(briefing: Briefing) -> Iterator[str]:
    meeting = briefing.meeting
    hour = f"{_hour(meeting.starts_at)}, " if meeting.starts_at else ""
    yield f"Thời gian: {hour}ngày {meeting.held_on:%d/%m/%Y}."
    if meeting.place:
        yield f"Địa điểm: {meeting.place}."
    yield f"Chủ trì: {_comrade(meeting.chair)}."
    yield f"Thư ký: {_comrade(meeting.recorder)}."
    yield f"Kỳ kiểm điểm: từ ngày {briefing.reviewed_first:%d/%m/%Y} đến ngày {briefing.reviewed_last:%d/%m/%Y}."


def _sent(returns: list[Return], due: date) -> Iterator[str]:
    yield "1. Báo cáo gửi về"
    sent = [ret for ret in returns if ret.sent_on is not None]
    late = [ret for ret in sent if ret.sent_on and ret.sent_on > due]
    yield f"Đã gửi {len(sent)}/{len(returns)} báo cáo, đúng hạn {len(sent) - len(late)}."
    if late:
        yield f"Gửi sau hạn {due:%d/%m/%Y}: {_names(late)}."
    missing = [ret for ret in returns if ret.sent_on is None]
    if missing:
        yield f"Chưa gửi: {_names(missing)}."


def _told(returns: list[Return]) -> Iterator[str]:
    for ret in returns:
        if ret.sent_on is None:
            continue
        yield f"{ret}:"
        for name, words in TOLD:
            lines = [line for line in map(str.strip, str(getattr(ret, name)).splitlines()) if line]
            if len(lines) == 1:
                yield f"{words}: {lines[0].removeprefix('- ')}"
            elif lines:
                yield f"{words}:"
                yield from (line if line.startswith("-") else f"- {line}" for line in lines)


def _numbered(heading: str, lines: Iterable[str], otherwise: str) -> Iterator[str]:
    yield heading
    yield from list(lines) or [otherwise]


def _came_to(line: GivenLine) -> str:
    several = f" {line.done.part}/{line.done.base}" if line.done.base > 1 else ""
    if line.done.part == line.done.base:
        found = f"hoàn thành{several}"
    elif not line.is_open:
        found = f"hoàn thành{several}, phần còn lại thôi giao" if line.done.part else "thôi giao"
    else:
        late = f", quá hạn {line.late} ngày" if line.late else ""
        found = f"đang thực hiện{f', đã xong{several}' if several else ''}{late}"
    return f"- {line.what} ({line.told}): {found}."


def _directed(line: GivenLine) -> str:
    measure = f"; cách đo: {line.measure}" if line.measure else ""
    due = f"; thời hạn {_due(line)}" if line.due_on else ""
    return f"- {line.what} (giao {line.told}{due}{measure})."


def _due(line: GivenLine) -> str:
    return f"{line.due_on:%d/%m/%Y}" if line.due_on else ""


def _ending(ends_at: time | None, day: date) -> str:
    hour = f" hồi {_hour(ends_at)}" if ends_at else ""
    return f"Hội nghị kết thúc{hour} ngày {day:%d/%m/%Y}. Biên bản đã được đọc lại và thông qua."


def _names(returns: list[Return]) -> str:
    return ", ".join(map(str, returns))


def _comrade(member: object) -> str:
    return f"đồng chí {member}" if member else "…"


def _hour(at: time | None) -> str:
    return f"{at.hour} giờ {at.minute:02}" if at else "…"


# ------------------------------------------------------------------------------------------------ papers


def minutes_paper(briefing: Briefing) -> Document:
    """Biên bản hội nghị giao ban: as concluded, with its corrections; before that, a draft."""
    meeting = briefing.meeting
    done = is_concluded(briefing)
    text = meeting.minutes if done else meeting.minutes or composed_minutes(briefing)
    superior, issuer = heads_of(briefing.unit, meeting.held_on)
    return Document(
        superior=superior,
        issuer=issuer,
        kind=PaperKind.MINUTES,
        subject=f"hội nghị {_subject(briefing)}",
        body=(*blocks_of(text), *corrections_to(meeting)),
        signatures=(
            Signature(SignAuthority.DIRECT, "THƯ KÝ", name=str(meeting.recorder or "")),
            Signature(SignAuthority.DIRECT, "CHỦ TRÌ", name=str(meeting.chair or "")),
        ),
        draft="" if done else "Dự thảo",
    )


def notice_paper(briefing: Briefing) -> Document:
    """Thông báo kết luận giao ban: what was directed, to whom, until when. It holds no cell's return, so that every
    cell may read it. The office gives it its number when it is issued."""
    meeting = briefing.meeting
    superior, issuer = heads_of(briefing.unit, meeting.held_on)
    given = given_lines(briefing.directions.all(), meeting.held_on)
    rows = tuple(
        (str(number), line.what, line.told, _due(line), line.measure) for number, line in enumerate(given, 1)
    )
    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Nội dung", 4), Column("Giao cho", 2),
        Column("Thời hạn", 1.4, Align.CENTER), Column("Cách đo", 2),
    )  # fmt: skip
    opening = (
        f"Ngày {meeting.held_on:%d/%m/%Y}, {issuer} tổ chức hội nghị {_subject(briefing)}, kiểm điểm công việc từ ngày"
        f" {briefing.reviewed_first:%d/%m/%Y} đến ngày {briefing.reviewed_last:%d/%m/%Y}. Hội nghị kết luận:"
    )
    last = "Các chi bộ, đoàn thể và các đồng chí được giao nhiệm vụ tổ chức thực hiện, báo cáo kết quả tại kỳ giao ban sau."
    return Document(
        superior=superior,
        issuer=issuer,
        kind=PaperKind.NOTICE,
        subject=f"Kết luận hội nghị {_subject(briefing)}",
        body=(
            Paragraph(opening),
            Table(columns, rows) if rows else Paragraph("Không giao nhiệm vụ mới."),
            Paragraph(last),
        ),
        signatures=(_signature(briefing),),
        place=name_on(briefing.unit, meeting.held_on),
        issued_on=meeting.closed_on,
        recipients=("Các chi bộ trực thuộc", "Các đoàn thể", "Lưu văn phòng"),
        draft="" if is_concluded(briefing) else "Dự thảo",
    )


def _subject(briefing: Briefing) -> str:
    """ "giao ban tháng 8/2026", "giao ban tuần (17/08/2026–23/08/2026)": after what it looks back on."""
    first, last = briefing.reviewed_first, briefing.reviewed_last
    if briefing.rhythm == Rhythm.MONTHLY:
        return f"giao ban tháng {last.month}/{last.year}"
    return f"giao ban tuần ({first:%d/%m/%Y}–{last:%d/%m/%Y})"


def _signature(briefing: Briefing) -> Signature:
    """Who was in the chair signs by their post; else the secretary."""
    meeting, unit = briefing.meeting, briefing.unit_id
    for post in (Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.WARD_COMMITTEE):
        holder = holder_of(post, unit, meeting.held_on)
        if holder is not None and holder.pk == (meeting.chair_id or holder.pk):
            position = POST_NAMES[post].removesuffix(" Đảng ủy").upper()
            return Signature(SignAuthority.ON_BEHALF, "ĐẢNG ỦY", position, holder.full_name)
    return Signature(SignAuthority.ON_BEHALF, "ĐẢNG ỦY", "BÍ THƯ", str(meeting.chair or ""))
