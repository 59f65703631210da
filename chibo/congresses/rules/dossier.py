"""The dossier of a cell's congress (hồ sơ đại hội), piece by piece, and from which step on each is due. Rulebook §1.9."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from chibo.congresses.rules import HELD, CongressState
from chibo.congresses.rules.preparing import PLAN, REVIEW, SECTIONS
from chibo.core.values import Objection, Share, Word, gettext_noop


class PieceKind(Word):
    """The papers of a congress that bear a number."""

    POLITICAL = "political", gettext_noop("Báo cáo chính trị")
    REVIEW = "review", gettext_noop("Báo cáo kiểm điểm của chi ủy")
    RESULT = "result", gettext_noop("Thông báo kết quả đại hội")
    REQUEST = "request", gettext_noop("Tờ trình đề nghị chuẩn y")


WRITTEN = {PieceKind.POLITICAL: SECTIONS, PieceKind.REVIEW: REVIEW}
"""Which parts people write of a report; the other papers come from the records alone."""
BY_THE_CONGRESS = (PieceKind.RESULT,)
"""What the congress itself issues: numbered in its one series, whatever the type (rulebook §6.2)."""


def report_of(code: str) -> PieceKind | None:
    """The report that a part belongs to."""
    return next((kind for kind, parts in WRITTEN.items() if code in dict(parts)), None)


def objections_to_issuing_paper(
    kind: PieceKind, *, written: Collection[str], state: str, issued: bool, on: date, held_on: date
) -> Iterator[Objection]:
    """A report is whole and issued before its congress ends; what tells the result, after it; each once."""
    if issued:
        yield Objection(gettext_noop("Văn bản này đã ban hành, đã có số."), PLAN)
    parts = [title for code, title in WRITTEN.get(kind, ()) if code not in written]
    if parts:
        yield Objection(gettext_noop("Chưa viết phần: %(part)s."), PLAN, {"part": parts[0]})
    if kind not in WRITTEN and state not in HELD:
        yield Objection(gettext_noop("Đại hội chưa bế mạc, chưa có kết quả để ban hành."), PLAN)
    if kind in WRITTEN and on > held_on:
        yield Objection(
            gettext_noop("Báo cáo trình đại hội phải ban hành trước hoặc trong ngày đại hội."), PLAN, field="on"
        )
    if kind not in WRITTEN and on < held_on:
        yield Objection(gettext_noop("Ngày ban hành ở trước ngày đại hội."), PLAN, field="on")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paper of the dossier. ``since``: the first step of a congress at which it must be there."""

    code: str
    title: str
    since: str
    of_a_term: bool = False
    """Only of a congress of a new term; a by-election has none."""


S = CongressState
ORDER = (S.PLANNED, S.OPEN, S.CLOSED, S.REPORTED, S.APPROVED)
DOSSIER = (
    Piece("plan", gettext_noop("Kế hoạch của đảng ủy"), S.PLANNED, of_a_term=True),
    Piece("calendar", gettext_noop("Lịch đại hội, cấp ủy viên phụ trách"), S.PLANNED),
    Piece("political", gettext_noop("Báo cáo chính trị đủ các phần"), S.PLANNED, of_a_term=True),
    Piece("review", gettext_noop("Báo cáo kiểm điểm của chi ủy"), S.PLANNED, of_a_term=True),
    Piece("scheme", gettext_noop("Đề án nhân sự đã phê duyệt"), S.PLANNED),
    Piece("draft", gettext_noop("Dự thảo nghị quyết, chương trình, kịch bản điều hành"), S.PLANNED, of_a_term=True),
    Piece("members", gettext_noop("Báo cáo tình hình đảng viên dự đại hội"), S.OPEN),
    Piece("chair", gettext_noop("Biểu quyết bầu chủ tọa, thư ký"), S.OPEN),
    Piece("counts", gettext_noop("Biên bản kiểm phiếu từng lần bầu"), S.CLOSED),
    Piece("minutes", gettext_noop("Biên bản đại hội"), S.CLOSED),
    Piece("resolution", gettext_noop("Nghị quyết đại hội đã biểu quyết"), S.CLOSED, of_a_term=True),
    Piece("result", gettext_noop("Thông báo kết quả đại hội"), S.CLOSED, of_a_term=True),
    Piece("sealed", gettext_noop("Phiếu bầu niêm phong, người giữ"), S.CLOSED),
    Piece("request", gettext_noop("Báo cáo kết quả, tờ trình chuẩn y"), S.REPORTED),
    Piece("approval", gettext_noop("Quyết định chuẩn y"), S.APPROVED),
    Piece("handover", gettext_noop("Biên bản bàn giao giữa hai khóa"), S.APPROVED, of_a_term=True),
)


def pieces_of(*, by_election: bool, with_review: bool = True) -> tuple[Piece, ...]:
    """``with_review``: a cell without a committee reviews its secretary within the political report (rulebook §1.9)."""
    rows = DOSSIER if with_review else [piece for piece in DOSSIER if piece.code != "review"]
    return tuple(piece for piece in rows if not (by_election and piece.of_a_term))


def is_due(piece: Piece, state: str) -> bool:
    """Whether the congress has come to the step at which the piece is there; one that is not approved ends as decided."""
    reached = S.APPROVED if state == S.REJECTED else S(state)
    return ORDER.index(S(piece.since)) <= ORDER.index(reached)


def completeness(there: Collection[str], state: str, *, by_election: bool = False, with_review: bool = True) -> Share:
    """Pieces that are there, of those due by now."""
    pieces = pieces_of(by_election=by_election, with_review=with_review)
    due = [piece.code for piece in pieces if is_due(piece, state)]
    return Share(sum(code in there for code in due), len(due))
