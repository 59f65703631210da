"""A complaint has the sealed ballots opened by a decision, before witnesses; they are sealed again, and kept until it is settled."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import get_current_timezone

from chibo.access.actor import SETUP
from chibo.congresses.actions.counting import certify_count
from chibo.congresses.actions.following import receive_complaint, seal_ballots, settle_complaint
from chibo.congresses.actions.scanning import destroy_scans
from chibo.congresses.actions.sealing import open_seal, reseal
from chibo.congresses.models import Complaint, Congress, ScanCount, SealOpening
from chibo.congresses.rules.sealing import Sealed, objections_to_opening_seal, objections_to_resealing, witnesses_in
from chibo.congresses.selectors.document.sealing import opening_minutes
from chibo.congresses.selectors.scanning import folder_of
from chibo.papers.selectors import html_of
from tests.congresses.cast import DAY, fresh
from tests.congresses.test_pages import at
from tests.congresses.test_scans import by_hand, data, papers, polled, scanned  # noqa: F401
from tests.world import World

WITNESSES = "Võ Văn Kiên, phó chủ nhiệm Ủy ban Kiểm tra\nTrần Văn Giang, trưởng ban kiểm phiếu\nLê Thị Sen, văn phòng"


def moment(day: int, hour: int = 8) -> datetime:
    return datetime(2020, 3, day, hour, tzinfo=get_current_timezone())


def said(sealed: Sealed, **more: Any) -> list[str]:
    asked: dict[str, Any] = {
        "decided_on": date(2020, 3, 2), "opened_on": date(2020, 3, 3), "witnesses": 3, "least": 3, "whole": True,
        "found": "", "on": DAY,
    }  # fmt: skip
    return [one.text for one in objections_to_opening_seal(sealed, **{**asked, **more})]


def test_ballots_are_opened_for_an_open_complaint_by_a_decision_before_witnesses() -> None:
    """190-QĐ/TW Đ35: not opened without a decision."""
    good = Sealed(date(2020, 2, 20), destroyed=False, settled=False, is_open=False)
    assert said(good) == []
    for sealed, words in (
        (Sealed(None, destroyed=False, settled=False, is_open=False), "chưa được niêm phong"),
        (Sealed(DAY, destroyed=True, settled=False, is_open=False), "đã hủy"),
        (Sealed(DAY, destroyed=False, settled=True, is_open=False), "đã giải quyết"),
        (Sealed(DAY, destroyed=False, settled=False, is_open=True), "đang mở"),
    ):
        assert words in said(sealed)[0]
    for change, words in (
        ({"decided_on": date(2020, 3, 4)}, "trước ngày quyết định"),
        ({"opened_on": date(2020, 2, 19), "decided_on": date(2020, 2, 19)}, "trước ngày niêm phong"),
        ({"witnesses": 2}, "ít nhất %(least)s người"), ({"whole": False}, "không còn nguyên"),
    ):  # fmt: skip
        [found] = said(good, **change)
        assert words in found
    assert said(good, whole=False, found="rách một góc") == []
    assert witnesses_in(" An \n\n Bình\n") == ["An", "Bình"]


def test_the_seal_is_put_on_again_once_with_what_was_found() -> None:
    def refused(**change: Any) -> list[str]:
        asked = {"opened_at": moment(3), "done": False, "findings": "Khớp", "on": DAY, **change}
        return [one.text for one in objections_to_resealing(moment(3, 10), **asked)]

    assert refused() == []
    assert "trước giờ mở" in refused(opened_at=moment(4))[0]
    assert "Đã niêm phong lại" in refused(done=True)[0]
    assert "kết quả xem lại" in refused(findings=" ")[0]


def complained(world: World) -> tuple[Complaint, ScanCount]:
    """A congress closed with a scanner's count, sealed, and complained of."""
    polling, blank = polled(world, 3)
    kept = papers(blank)
    scan = scanned(world, polling, kept[0], kept[1], kept[3])
    by_hand(world, polling, "kddd", "dkdd", "dddk")
    certify_count(fresh(polling), actor=world.secretary)
    Congress.objects.update(state="closed", closed_on=DAY)
    seal_ballots(fresh(polling.election.congress), actor=world.secretary, sealed_on=DAY, sealed_by="Trần Văn Hà")
    complaint = receive_complaint(
        fresh(polling.election.congress), actor=world.clerk, received_on=date(2020, 2, 25), text="Kiểm nhầm"
    )
    return complaint, fresh(scan)


def opened_seal(world: World, complaint: Complaint, **more: Any) -> SealOpening:
    asked = {
        "decision": "12-QĐ/ĐU", "decided_on": date(2020, 3, 2), "opened_at": moment(3), "place": "Trụ sở Đảng ủy",
        "witnesses": WITNESSES,
    }  # fmt: skip
    return open_seal(fresh(complaint), actor=world.clerk, **{**asked, **more})


def test_the_journals_are_held_against_the_printed_seals(world: World, data: Path, browser_of: Any) -> None:  # noqa: F811
    complaint, scan = complained(world)
    opening = opened_seal(world, complaint)
    assert [(one["printed"], one["same"]) for one in opening.journals] == [(scan.head, True)]
    with pytest.raises(ValidationError, match="đang mở"):
        opened_seal(world, complaint)
    with pytest.raises(ValidationError, match="niêm phong lại rồi mới"):
        settle_complaint(fresh(complaint), actor=world.clerk, settled_on=date(2020, 3, 5), outcome="Đúng")
    destroy_scans(world.ward, actor=SETUP, today=date(2021, 1, 1))
    assert folder_of(scan).exists(), "kept as long as the complaint is open"

    clerk = browser_of(world.clerk)
    shown = clerk.get(at("opening", opening.pk)).content.decode()
    item = shown.split("/pictures/")[1].split("/")[1]
    picture = at("sealed", opening.pk, scan.pk, item)
    assert clerk.get(picture).content.startswith(b"\x89PNG")
    assert clerk.get(at("sealed", opening.pk, scan.pk, "0" * 16)).status_code == 404
    assert browser_of(world.secretary).get(picture).status_code == 404
    reseal(fresh(opening), actor=world.clerk, findings="Ba phiếu, đúng biên bản.\nKhông phiếu nào khác.", resealed_at=moment(3, 10), resealed_by="Lê Thị Sen")  # fmt: skip
    assert clerk.get(picture).status_code == 404
    words = str(html_of(opening_minutes(fresh(opening))))
    for told in (
        "12-QĐ/ĐU",
        "Võ Văn Kiên",
        "nguyên vẹn, đúng kết quả đã công bố",
        "Ba phiếu, đúng biên bản",
        "10 giờ 00",
    ):
        assert told in words
    assert fresh(opening).witnesses == WITNESSES, "a line each"
    assert fresh(opening).findings.count("\n") == 1
    settle_complaint(fresh(complaint), actor=world.clerk, settled_on=date(2020, 3, 5), outcome="Kết quả đúng")
    with pytest.raises(ValidationError, match="đã giải quyết"):
        opened_seal(world, complaint)
    destroy_scans(world.ward, actor=SETUP, today=date(2020, 8, 21))
    assert fresh(scan).destroyed_on == date(2020, 8, 21)
    assert SealOpening.objects.count() == 1


def test_a_journal_that_was_changed_is_told(world: World, data: Path) -> None:  # noqa: F811
    complaint, scan = complained(world)
    file = folder_of(scan) / "count" / "count.journal"
    file.write_bytes(file.read_bytes().replace(b'"against"', b'"neither"', 1))
    [told] = opened_seal(world, complaint).journals
    assert (told["same"], told["found"]) == (False, "")


def test_a_ward_opens_and_seals_by_its_pages(world: World, browser_of: Any) -> None:
    from tests.congresses.cast import whole

    congress, _found = whole(world)
    Congress.objects.update(state="closed", closed_on=DAY, sealed_on=DAY, sealed_by="Trần Văn Hà")
    complaint = receive_complaint(fresh(congress), actor=world.clerk, received_on=date(2020, 2, 25), text="Kiểm nhầm")
    clerk = browser_of(world.clerk)
    assert "Mở niêm phong để giải quyết" in clerk.get(at("congress", congress.pk)).content.decode()
    asked = {
        "decision": "12-QĐ/ĐU", "decided_on": "2/3/2020", "opened_on": "3/3/2020", "opened_hour": "8:00",
        "place": "Trụ sở", "witnesses": "An\nBình",
    }  # fmt: skip
    refused = clerk.post(at("unseal", complaint.pk), asked)
    assert refused.status_code == 422
    assert "ít nhất 3 người" in refused.content.decode()
    assert "An\nBình" in refused.content.decode()
    assert not SealOpening.objects.exists()
    clerk.post(at("unseal", complaint.pk), {**asked, "witnesses": "An\nBình\nChi"})
    opening = SealOpening.objects.get()
    again = {"findings": "Đúng", "resealed_on": "3/3/2020", "resealed_hour": "7:00", "resealed_by": "Lê Thị Sen"}
    assert clerk.post(at("opening", opening.pk), again).status_code == 422
    clerk.post(at("opening", opening.pk), {**again, "resealed_hour": "9:30"})
    assert "Đã niêm phong lại" in clerk.get(at("opening", opening.pk)).content.decode()
    assert clerk.get(at("opening_minutes", opening.pk), {"format": "docx"}).content[:2] == b"PK"
    assert browser_of(world.secretary).get(at("opening", opening.pk)).status_code == 404
