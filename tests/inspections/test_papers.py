"""The papers of a dossier speak the language of their form: who decided, who looked at whom, nothing left out that is known."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from chibo.inspections.actions import seat_team
from chibo.inspections.actions.papers import issue_piece, record_minutes
from chibo.inspections.actions.verifying import record_finding
from chibo.inspections.models import Inspection, Piece
from chibo.inspections.rules.flows import PIECES, PieceKind
from chibo.inspections.selectors import flow
from chibo.inspections.selectors.begun import begun_text
from chibo.inspections.selectors.documents import paper_of
from chibo.meetings.actions import convene_meeting
from chibo.papers.rules import Document
from tests.inspections.cast import Cast, decide

TODAY = localdate()
OF_FORM = {
    "compliance": ("Đoàn kiểm tra", ("giám sát", "khảo sát")),
    "signs": ("Đoàn kiểm tra", ("giám sát", "khảo sát")),
    "topical": ("Đoàn giám sát", ("được kiểm tra", "tự kiểm tra", "đoàn kiểm tra")),
    "regular": ("Tổ giám sát", ("được kiểm tra", "tự kiểm tra", "đoàn")),
    "survey": ("Đoàn khảo sát", ("được kiểm tra", "tự kiểm tra", "đoàn kiểm tra", "giám sát")),
}
"""The team of each form, and the words that are those of another."""
EVERYWHERE = ("về công tác kiểm tra, giám sát, kỷ luật của Đảng", "Vũ Trưởng Đoàn")


def papers(inspection: Inspection) -> dict[PieceKind, tuple[str, Document]]:
    """Every paper that the form asks for, as it begins: of the first place where each place has one."""
    found = {}
    for step in flow(inspection):
        for kind in step.pieces:
            if kind in (PieceKind.INDEX, PieceKind.SELF_REPORT):
                continue
            subject = inspection.subjects.first() if PIECES[kind].each else None
            text = begun_text(inspection, kind, subject, TODAY)
            found[kind] = text, paper_of(inspection, kind, text, TODAY, subject=subject)
    return found


@pytest.mark.parametrize("form", OF_FORM)
def test_each_form_speaks_of_itself(cast: Cast, form: str) -> None:
    team, never = OF_FORM[form]
    source = "complaint" if form == "signs" else ""
    made = decide(cast.world, [cast.world.cell5], form=form, source=source, content="Lãnh đạo thu nộp đảng phí")
    seat_team(made, roles={cast.head: "head", cast.scribe_member: "deputy"}, **cast.by)
    for kind, (text, document) in papers(made).items():
        said = f"{document.title} {document.subject} {text} {' '.join(document.recipients)}"
        for word in EVERYWHERE:
            said = said.replace(word, "")
        assert text.strip(), kind
        for word in ("none", "việc việc", *never):
            assert word not in said.lower(), (kind, word)
        assert document.issuer in (team, "Đảng ủy phường Sao Mai", "Chi bộ 5"), kind
        assert (document.superior == "Đảng ủy phường Sao Mai") == (document.issuer in (team, "Chi bộ 5")), kind
        assert all(signed.name for signed in document.signatures), kind


def test_of_a_cell_its_secretary_decides_and_a_group_looks(cast: Cast) -> None:
    world = cast.world
    person, other = (world.member(world.cell5, name) for name in ("Người Được Xem", "Người Xem"))
    made = _of_cell(cast, person, other)
    seen = papers(made)
    text, plan = seen[PieceKind.PLAN]
    assert (plan.superior, plan.issuer) == ("Đảng ủy phường Sao Mai", "Chi bộ 5")
    assert "Chi bộ 5 xây dựng kế hoạch kiểm tra việc thực hiện nhiệm vụ được giao" in text
    assert "Đồng chí Người Xem, Tổ trưởng" in text
    _text, minutes = seen[PieceKind.WORKING]
    assert (minutes.superior, minutes.issuer) == ("Chi bộ 5", "Tổ kiểm tra")
    assert [(s.body, s.name) for s in minutes.signatures][1:] == [
        ("ĐẢNG VIÊN ĐƯỢC KIỂM TRA", "Người Được Xem"), ("TỔ TRƯỞNG", "Người Xem")
    ]  # fmt: skip


def _of_cell(cast: Cast, person: Any, other: Any) -> Inspection:
    from chibo.inspections.actions import decide_inspection

    made = decide_inspection(
        cast.world.cell5, actor=cast.world.secretary, form="compliance", body="cell", content="Thực hiện nhiệm vụ được giao",
        decided_on=TODAY, begins_on=TODAY, members=[person],
    )  # fmt: skip
    return seat_team(made, actor=cast.world.secretary, roles={other: "head"})


def test_no_paper_goes_out_with_a_place_that_was_left_open(running: Cast) -> None:
    """Where the cell last met is known; who spoke is not, and is asked for."""
    subject, by = running.subject, {"actor": running.scribe, "on": TODAY}
    text = begun_text(running.inspection, PieceKind.CONFERENCE, subject, TODAY)
    before = Piece.objects.count()
    with pytest.raises(ValidationError, match="Còn chỗ chưa ghi: “Thực hiện Quyết định số 01-QĐ/ĐU"):
        record_minutes(subject, kind="conference", text=text, **by)
    assert Piece.objects.count() == before
    convene_meeting(
        subject.unit, actor=running.world.secretary, month=TODAY.replace(day=1), held_on=TODAY, starts_at=time(19),
        place="Nhà văn hóa tổ 5",
    )  # fmt: skip
    text = begun_text(running.inspection, PieceKind.CONFERENCE, subject, TODAY)
    assert "tại nhà văn hóa tổ 5, đoàn kiểm tra" in text
    assert text.count("…") == 2
    record_minutes(subject, kind="conference", text=text.replace("…", "nhất trí"), **by)
    assert Piece.objects.count() == before + 1


def test_the_report_is_the_teams_and_says_each_thing_once_with_where(running: Cast) -> None:
    """Numbered as the team's, sent to who decided; what is to be mended with who and until when."""
    made, world = running.two_cells(), running.world
    for subject in made.subjects.all():
        record_finding(
            subject, kind="shortcoming", text="Biên bản còn sơ sài.", remedy="Ghi biên bản đủ phần", found_on=TODAY,
            due_on=TODAY + timedelta(days=30), owner_unit=subject.unit, **running.by,
        )  # fmt: skip
    text = begun_text(made, PieceKind.RESULT, None, TODAY)
    assert "- Biên bản còn sơ sài (Chi bộ 5, Chi bộ 7);" in text
    assert f"- Ghi biên bản đủ phần (Chi bộ 5, Chi bộ 7), trước ngày {TODAY + timedelta(days=30):%d/%m/%Y};" in text
    assert begun_text(running.inspection, PieceKind.RESULT, None, TODAY).count("…") == 1, (
        "a report of nothing is open"
    )
    piece = issue_piece(made, actor=world.inspector, kind="result", text=text, on=TODAY)
    assert piece.symbol == "01-BC/ĐKT"
    document = paper_of(made, PieceKind.RESULT, text, TODAY)
    assert document.addressees == ("Ban Thường vụ Đảng ủy phường Sao Mai",)
    assert "báo cáo số 01-BC/ĐKT ngày" in begun_text(made, PieceKind.NOTICE, None, TODAY)
