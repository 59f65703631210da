"""The dossier of a cell's congress (hồ sơ đại hội), piece by piece, and from which step on each is due. Rulebook §1.9."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chibo.congresses.rules import CongressState
from chibo.core.values import Share, gettext_noop


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
    Piece("sealed", gettext_noop("Phiếu bầu niêm phong, người giữ"), S.CLOSED),
    Piece("request", gettext_noop("Báo cáo kết quả, tờ trình chuẩn y"), S.REPORTED),
    Piece("approval", gettext_noop("Quyết định chuẩn y"), S.APPROVED),
)


def pieces_of(*, by_election: bool) -> tuple[Piece, ...]:
    return tuple(piece for piece in DOSSIER if not (by_election and piece.of_a_term))


def is_due(piece: Piece, state: str) -> bool:
    """Whether the congress has come to the step at which the piece is there; one that is not approved ends as decided."""
    reached = S.APPROVED if state == S.REJECTED else S(state)
    return ORDER.index(S(piece.since)) <= ORDER.index(reached)


def completeness(there: Collection[str], state: str, *, by_election: bool = False) -> Share:
    """Pieces that are there, of those due by now."""
    due = [piece.code for piece in pieces_of(by_election=by_election) if is_due(piece, state)]
    return Share(sum(code in there for code in due), len(due))
