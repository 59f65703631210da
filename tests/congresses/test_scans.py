"""Ballots printed from the closed list, scanned, read, looked at by two, laid beside the hand count, sealed, destroyed."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from benchmarks import hands
from chibo.access.actor import SETUP
from chibo.ballots.blank import Blank
from chibo.ballots.chain import opened, verify
from chibo.ballots.command import blank_of
from chibo.congresses.actions.backwards import strike_batch
from chibo.congresses.actions.counting import certify_count, collect_ballots, issue_ballots
from chibo.congresses.actions.following import destroy_ballots, receive_complaint, seal_ballots
from chibo.congresses.actions.jobs import work
from chibo.congresses.actions.scanning import (
    destroy_scans,
    print_ballots,
    receive_scans,
    set_scans_aside,
)
from chibo.congresses.models import BallotEntry, BallotForm, Congress, Counter, Polling, ScanAnswer, ScanCount
from chibo.congresses.rules import PollingState
from chibo.congresses.rules.scanning import (
    MOST_FILES,
    Said,
    ScanState,
    Upload,
    is_head_asked,
    objections_to_files,
    objections_to_saying,
    rows_of,
    spare_for,
    suffix_of,
)
from chibo.congresses.selectors.document import count_minutes
from chibo.congresses.selectors.heaps import heaps_of
from chibo.congresses.selectors.looking import look_of, picture_of
from chibo.congresses.selectors.pages import count_page
from chibo.congresses.selectors.scanning import ScanFacts, folder_of, pdf_for, printed_names
from chibo.papers.selectors import html_of
from tests.ballots.desk import struck_ballot
from tests.congresses.cast import (
    DAY,
    answer_scan,
    begun,
    code_of,
    count_batch,
    enter_ballot,
    fresh,
    issued,
    listed,
    proof_of,
    with_counters,
)
from tests.world import World

# ------------------------------------------------------------------------------------------------- rules


def test_spare_sheets_are_rounded_up() -> None:
    assert [spare_for(voters, 5) for voters in (0, 1, 20, 21)] == [0, 1, 1, 2]


def test_files_are_told_by_their_content() -> None:
    assert [suffix_of(first) for first in (b"\xff\xd8\xff\xe0", b"%PDF-1.7", b"MZ\x90", b"")] == [
        ".jpg",
        ".pdf",
        "",
        "",
    ]
    good = Upload("a.pdf", 10, b"%PDF-1.7")
    assert not list(objections_to_files([good]))
    for files, said in (
        ([], "Hãy chọn tệp"), ([good] * (MOST_FILES + 1), "nhiều hơn"), ([Upload("a.pdf", 10**9, b"%PDF")], "nặng hơn"),
        ([good, Upload("phiếu.jpg", 10, b"MZ")], "không phải ảnh"),
    ):  # fmt: skip
        [found] = objections_to_files(files)
        assert said in found.text
        assert found.field == "scans"


def test_two_look_alone_and_the_head_concludes_where_they_differ() -> None:
    def refused(said: list[Said], counter: int, *, head: bool = False, enters: bool = False) -> list[str]:
        found = objections_to_saying(said, counter=counter, is_head=head, enters_hand=enters, on=DAY)
        return [one.text for one in found]

    one, other, same = Said(1, "for"), Said(2, "against"), Said(2, "for")
    assert refused([], 1) == refused([one], 2) == []
    assert "đã trả lời" in refused([one], 1)[0]
    assert "thống nhất" in refused([one, same], 3)[0]
    assert "khác nhau" in refused([one, other], 3)[0]
    assert refused([one, other], 1, head=True) == []
    assert "đã kết luận" in refused([one, other, Said(1, "for", is_final=True)], 1, head=True)[0]
    assert "độc lập" in refused([], 3, enters=True)[0]
    assert not is_head_asked([one, same])


def test_letters_say_a_whole_ballot() -> None:
    assert rows_of(" DkCt ") == "for,against,both,neither"
    assert rows_of("dx") == rows_of("") == ""


# ---------------------------------------------------------------------------------------------- printing


def ready(world: World) -> Any:
    """The closed list of four for three seats, and a counting committee."""
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:8])
    return fresh(election)


def told(refusal: Any) -> str:
    return " ".join(refusal.value.messages)


def test_ballots_are_printed_from_the_closed_list_in_the_exact_number(world: World) -> None:
    election = ready(world)
    form = print_ballots(election, actor=world.secretary, voters=9, spare=1)
    assert (form.sheets, form.number) == (10, 1)
    style = blank_of(form.form).style
    assert list(style.names) == ["Trần Văn An", "Trần Văn Bình", "Trần Văn Chi", "Trần Văn Dũng"]
    assert (style.seats, style.form, style.letter) == (3, "strike", "A")
    assert "Ban Chi ủy" in style.office
    made = pdf_for(election)
    assert made is not None
    assert len(pypdfium2.PdfDocument(io.BytesIO(made))) == 10
    again = print_ballots(fresh(election), actor=world.secretary, voters=1, spare=1)
    assert (again.pk, again.sheets) == (form.pk, 12)
    assert again.form["style"]["key"] == style.key, "the same list keeps its secret"
    assert len(pypdfium2.PdfDocument(io.BytesIO(pdf_for(election) or b""))) == 2


def test_nothing_is_printed_before_the_list_is_closed_or_in_a_number_that_cannot_be(world: World) -> None:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    for voters, spare, said in ((0, 0, "Số phiếu in"), (6000, 0, "5000")):
        with pytest.raises(ValidationError) as refusal:
            print_ballots(fresh(election), actor=world.secretary, voters=voters, spare=spare)
        assert said in told(refusal)
    type(election).objects.update(state="draft")
    with pytest.raises(ValidationError) as refusal:
        print_ballots(fresh(election), actor=world.secretary, voters=9, spare=1)
    assert "Chưa chốt danh sách" in told(refusal)
    assert not BallotForm.objects.exists()


def test_a_list_that_changed_after_printing_is_printed_anew(world: World) -> None:
    election = ready(world)
    form = print_ballots(election, actor=world.secretary, voters=9, spare=0)
    election.candidates.last().delete()
    with pytest.raises(ValidationError) as refusal:
        issue_ballots(fresh(election), actor=world.secretary, printed=9, issued=9)
    assert "Danh sách đã đổi" in told(refusal)
    assert not Polling.objects.exists()
    again = print_ballots(fresh(election), actor=world.secretary, voters=9, spare=0)
    assert (again.pk, again.sheets) == (form.pk, 9)
    assert again.form["style"]["key"] != form.form["style"]["key"]
    assert again.form["style"]["form"] == "agree", "three for three seats: no surplus"
    assert issue_ballots(fresh(election), actor=world.secretary, printed=9, issued=9).printed == 9


def test_two_who_are_called_alike_are_told_apart(world: World) -> None:
    election = ready(world)
    one, other = (candidate.member for candidate in election.candidates.all()[:2])
    type(other).objects.filter(pk=other.pk).update(full_name=one.full_name)
    names = printed_names(list(election.candidates.select_related("member")))
    assert names[:2] == ["Trần Văn An (05/05/1960)", "Trần Văn An (05/05/1963)"]


# ------------------------------------------------------------------------------------------------- scans

HALF = 2
"""The ballot of ``papers`` on which a name is struck by half."""


def polled(world: World, collected: int = 4) -> tuple[Polling, Blank]:
    election = ready(world)
    form = print_ballots(election, actor=world.secretary, voters=9, spare=1)
    polling = issued(world, election)
    collect_ballots(polling, actor=world.secretary, collected=collected)
    return fresh(polling), blank_of(form.form)


def papers(blank: Blank) -> list[bytes]:
    """kddd, dkdd, ddd? (the last name struck by half), dddk."""
    half = struck_ballot(seed=3, blank=blank, extra=lambda s, b: hands.half(s, hands.ink_box(b, 3), width=0.45))
    return [struck_ballot(0, seed=1, blank=blank), struck_ballot(1, seed=2, blank=blank), half, struck_ballot(3, seed=4, blank=blank)]  # fmt: skip


def sent(*ballots: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{n}.jpg", data) for n, data in enumerate(ballots, 1)]


def scanned(world: World, polling: Polling, *ballots: bytes) -> ScanCount:
    scan = receive_scans(polling, sent(*ballots), actor=world.secretary)
    work.call(scan.pk, None)
    return fresh(scan)


def counters_of(polling: Polling) -> list[Counter]:
    return list(polling.election.congress.counters.all())


def by_hand(world: World, polling: Polling, *marks: str) -> None:
    for number, letters in enumerate(marks, 1):
        enter_ballot(
            world,
            fresh(polling),
            actor=world.secretary,
            hand=2,
            number=number,
            marks=letters,
            counter=counters_of(polling)[3],
        )


def said_by_two(world: World, scan: ScanCount, item: str, says: str) -> None:
    for counter in counters_of(scan.polling)[1:3]:
        answer_scan(world, fresh(scan), actor=world.secretary, item=item, says=says, counter=counter)


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def test_a_count_by_scanner_and_by_hand_from_upload_to_seal(world: World, data: Path) -> None:
    polling, blank = polled(world)
    scan = scanned(world, polling, *papers(blank))
    assert (scan.state, scan.pictures, scan.problem) == (ScanState.READ, 4, "")
    facts = ScanFacts(scan)
    [question] = facts.questions
    assert (question.ask, question.row, facts.ballots) == ("row", 3, 3)
    assert (folder_of(scan) / "count" / "queue" / f"{question.item.replace(':', '-')}.png").exists()

    _head, first, second, entering = counters_of(polling)
    by_hand(world, polling, "dddk", "dkdd", "kddd", "dddk")
    with pytest.raises(ValidationError) as refusal:
        certify_count(fresh(polling), actor=world.secretary)
    assert "còn 1 mục" in told(refusal)
    answer_scan(world, scan, actor=world.secretary, item=question.item, says="against", counter=first)
    for counter, said in ((first, "đã trả lời"), (entering, "độc lập")):
        with pytest.raises(ValidationError) as refusal:
            answer_scan(world, scan, actor=world.secretary, item=question.item, says="against", counter=counter)
        assert said in told(refusal)
    assert ScanFacts(scan).questions, "one person alone settles nothing"
    assert ScanAnswer.objects.count() == 1
    answer_scan(world, scan, actor=world.secretary, item=question.item, says="against", counter=second)
    assert ScanFacts(scan).is_complete
    page = count_page(fresh(polling), 2)
    assert page.whole
    assert page.apart == []

    certify_count(fresh(polling), actor=world.secretary)
    polling, scan = fresh(polling), fresh(scan)
    assert (polling.valid, polling.invalid, scan.state) == (4, 0, ScanState.CLOSED)
    assert list(polling.names.values_list("votes", flat=True)) == [3, 3, 4, 2]
    verdict = verify(folder_of(scan) / "count" / "count.journal")
    assert verdict.is_whole
    assert verdict.head == scan.head
    words = str(html_of(count_minutes(polling)))
    assert scan.head in words
    assert "Số phiếu in: 9; đổi phiếu hỏng: 0" in words
    with pytest.raises(ValidationError):
        receive_scans(fresh(polling), sent(papers(blank)[0]), actor=world.secretary)
    with pytest.raises(ValidationError):
        set_scans_aside(scan, actor=world.secretary)
    assert fresh(scan).uploads == 1


def test_where_two_differ_only_the_head_concludes(world: World, data: Path) -> None:
    polling, blank = polled(world, 1)
    scan = scanned(world, polling, papers(blank)[HALF])
    [question] = ScanFacts(scan).questions
    head, first, second, third = counters_of(polling)
    assert head.is_head
    for counter, says in ((first, "for"), (second, "against")):
        answer_scan(world, scan, actor=world.secretary, item=question.item, says=says, counter=counter)
    assert ScanFacts(scan).questions[0].differ
    with pytest.raises(ValidationError) as refusal:
        answer_scan(world, scan, actor=world.secretary, item=question.item, says="for", counter=third)
    assert "trưởng ban" in told(refusal)
    answer_scan(world, scan, actor=world.secretary, item=question.item, says="against", counter=head)
    assert ScanFacts(scan).patterns == {question.ballot: (True, True, True, False)}
    with pytest.raises(ValidationError):
        answer_scan(world, scan, actor=world.secretary, item="0" * 16, says="valid", counter=first)
    with pytest.raises(ValidationError):
        answer_scan(world, scan, actor=world.secretary, item=question.item, says="maybe", counter=first)
    assert ScanAnswer.objects.count() == 3


def test_a_difference_is_located_and_either_count_can_be_put_right(world: World, data: Path) -> None:
    """The hand mistypes one paper; and of another two people say that the machine read it wrongly."""
    polling, blank = polled(world, 3)
    kept = papers(blank)
    scan = scanned(world, polling, kept[0], kept[1], kept[3])
    by_hand(world, polling, "ddkd", "dkdd", "kddd")
    page = count_page(fresh(polling), 2)
    [apart] = page.apart
    assert (apart.scanned, apart.entered, apart.papers, len(apart.pictures)) == ("dddk", "ddkd", (1,), 1)
    with pytest.raises(ValidationError) as refusal:
        certify_count(fresh(polling), actor=world.secretary)
    assert "khác nhau ở 1 phiếu" in told(refusal)
    assert fresh(polling).state == PollingState.COUNTING
    assert fresh(scan).head == ""

    [ballot] = apart.pictures
    picture = picture_of(scan, ballot)
    assert picture is not None
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture_of(scan, "../form") is None
    said_by_two(world, scan, ballot, "for,for,against,for")
    assert count_page(fresh(polling), 2).apart == []
    certify_count(fresh(polling), actor=world.secretary)
    assert list(polling.names.values_list("votes", flat=True)) == [2, 2, 2, 3]


def test_a_count_by_strikes_differs_from_the_scanner_in_one_batch(world: World, data: Path, browser_of: Any) -> None:
    """Two heaps are scanned one after the other; a strike that the hand missed is located in its heap, with its picture."""
    polling, blank = polled(world, 3)
    kept = papers(blank)
    scanned(world, polling, kept[0])
    scan = scanned(world, fresh(polling), kept[1], kept[3])
    assert [len(heap) for heap in heaps_of(ScanFacts(scan))] == [1, 2]
    cell, second = browser_of(world.secretary), counters_of(polling)[3]
    shown = cell.get(reverse("congresses:scan", args=[polling.pk])).content.decode()
    assert "phiếu số 2 đến 3" in shown, "which numbers are pencilled on which heap"
    count_batch(world, polling, first=1, last=1, struck=[1, 0, 0, 0], counter=second)
    there = count_page(fresh(polling), 2).batches
    assert there is not None
    assert (there.next_first, there.next_last) == (2, 3), "the next batch ends where the heap ends"
    wrong = count_batch(world, polling, first=2, last=3, struck=[0, 1, 1, 0], counter=second)
    [third, last] = count_page(fresh(polling), 2).batches.unlike  # type: ignore[union-attr]
    assert [(one.papers, one.name, one.first, one.second) for one in (third, last)] == [
        ((2, 3), 2, 2, 1),
        ((2, 3), 3, 1, 2),
    ]
    assert (len(third.pictures), len(last.pictures)) == (2, 1), "only pictures of that heap"
    assert (
        "Tập phiếu số 2 đến 3"
        in cell.get(reverse("congresses:polling", args=[polling.pk]), {"hand": 2}).content.decode()
    )
    with pytest.raises(ValidationError) as refusal:
        certify_count(fresh(polling), actor=world.secretary)
    assert "khác nhau ở 2 chỗ" in told(refusal)
    strike_batch(fresh(wrong), actor=world.secretary)
    count_batch(world, polling, first=2, last=3, struck=[0, 1, 0, 1], counter=second)
    certify_count(fresh(polling), actor=world.secretary)
    assert list(polling.names.values_list("votes", flat=True)) == [2, 2, 3, 2]


def test_sheets_of_another_election_are_called_so(world: World, data: Path, browser_of: Any) -> None:
    """Whatever the reader says of a sheet's code, read or refused, the committee reads in its own words."""
    polling, blank = polled(world, 4)
    scan = scanned(world, polling, papers(blank)[0])
    with opened(folder_of(scan) / "count" / "count.journal") as journal:
        for n in range(4):
            journal.add({"kind": "rejected", "id": f"{n:016x}", "why": "other-election"})
    shown = browser_of(world.secretary).get(reverse("congresses:scan", args=[polling.pk])).content.decode()
    assert "Quá nửa số ảnh không dùng được" in shown
    assert "Phiếu của cuộc bầu cử khác" in shown


def test_who_looked_at_scans_does_not_enter_the_hand_count(world: World, data: Path) -> None:
    polling, blank = polled(world, 1)
    scan = scanned(world, polling, papers(blank)[HALF])
    [question] = ScanFacts(scan).questions
    first = counters_of(polling)[1]
    answer_scan(world, scan, actor=world.secretary, item=question.item, says="for", counter=first)
    for hand, counter, said in ((2, first, "đã xem phiếu quét"), (1, counters_of(polling)[3], "máy quét đọc")):
        with pytest.raises(ValidationError) as refusal:
            enter_ballot(
                world, fresh(polling), actor=world.secretary, hand=hand, number=1, marks="dddk", counter=counter
            )
        assert said in told(refusal)
    assert not BallotEntry.objects.exists()
    set_scans_aside(scan, actor=world.secretary)
    enter_ballot(
        world, fresh(polling), actor=world.secretary, hand=1, number=1, marks="dddk", counter=counters_of(polling)[3]
    )
    with pytest.raises(ValidationError) as refusal:
        receive_scans(fresh(polling), sent(papers(blank)[0]), actor=world.secretary)
    assert "đã nhập tay" in told(refusal)


def test_what_is_no_scan_is_refused_and_nothing_is_kept(world: World, data: Path) -> None:
    polling, _blank = polled(world)
    wrong = {"phiếu.pdf": b"MZ\x90 program", "rỗng.jpg": b"", "IMG_01.HEIC": b"\0\0\0\x18ftypheic" + bytes(9)}
    why = {"phiếu.pdf": "không phải ảnh", "rỗng.jpg": "trống", "IMG_01.HEIC": "đổi sang JPG"}
    for name, content in wrong.items():
        with pytest.raises(ValidationError) as refusal:
            receive_scans(polling, [SimpleUploadedFile(name, content)], actor=world.secretary)
        assert name in told(refusal)
        assert why[name] in told(refusal)
    assert not (data / "ballots").exists()
    BallotForm.objects.all().delete()
    with pytest.raises(ValidationError) as refusal:
        receive_scans(polling, sent(b"\xff\xd8\xff"), actor=world.secretary)
    assert "không in từ đây" in told(refusal)
    assert not ScanCount.objects.exists()


def test_hostile_files_are_questions_for_people_or_one_sentence(world: World, data: Path) -> None:
    polling, blank = polled(world)
    bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xff\xff\xff\0\xff\xff\xff\x08\x00\0\0\0"
    scan = scanned(
        world, polling, papers(blank)[0], bomb, b"%PDF-1.7 nothing of the kind", b"\xff\xd8\xff\xe0 broken"
    )
    facts = ScanFacts(scan)
    assert (scan.state, scan.pictures, facts.ballots) == (ScanState.READ, 4, 1)
    assert {question.ask for question in facts.questions} == {"rejected"}
    shown = look_of(facts, counters_of(polling)[1])
    assert shown is not None
    assert (shown.ask, shown.left) == ("rejected", 3)
    assert all(why.endswith(".") for why in shown.why), "a sentence, no code word"
    for question in facts.questions:
        said_by_two(world, scan, question.item, "not-a-ballot")
    assert ScanFacts(scan).is_complete


def test_a_picture_that_kills_the_reader_is_a_question_and_the_others_are_read(
    world: World, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    polling, blank = polled(world)
    kept = papers(blank)
    scan = scanned(world, polling, kept[0], kept[1])
    deadly, *_others = sorted(ScanFacts(scan).tally.sheets)
    set_scans_aside(scan, actor=world.secretary)
    again = receive_scans(fresh(polling), sent(kept[0], kept[1]), actor=world.secretary)
    (folder_of(again) / "die").write_text(deadly)
    monkeypatch.setattr("chibo.congresses.actions.jobs.WORKER", str(Path(__file__).with_name("dying_worker.py")))
    work.call(again.pk, None)
    facts = ScanFacts(fresh(again))
    assert (fresh(again).state, facts.ballots, fresh(again).pictures) == (ScanState.READ, 1, 2)
    [question] = facts.questions
    assert (question.ballot, question.why) == (deadly, ("broken",))


def test_more_scans_are_added_and_the_same_picture_counts_once(world: World, data: Path) -> None:
    polling, blank = polled(world)
    kept = papers(blank)
    scan = scanned(world, polling, kept[0])
    scan = scanned(world, polling, kept[0], kept[1])
    assert (scan.uploads, scan.pictures, ScanFacts(scan).ballots) == (2, 2, 2)
    ScanCount.objects.update(state=ScanState.READING)
    with pytest.raises(ValidationError) as refusal:
        receive_scans(fresh(polling), sent(kept[3]), actor=world.secretary)
    assert "đang đọc" in told(refusal)


def test_spoiled_papers_must_fit_what_was_printed(world: World, data: Path) -> None:
    election = ready(world)
    polling = issue_ballots(election, actor=world.secretary, printed=10, issued=9)
    with pytest.raises(ValidationError) as refusal:
        collect_ballots(polling, actor=world.secretary, collected=9, exchanged=2)
    assert "In 10 phiếu, không đủ" in told(refusal)
    assert fresh(polling).collected is None
    collect_ballots(polling, actor=world.secretary, collected=9, exchanged=1)
    assert "đổi phiếu hỏng: 1; còn lại, đã gạch chéo: 0" in str(html_of(count_minutes(fresh(polling))))


# ---------------------------------------------------------------------------------------------- destroying


def closed(world: World) -> ScanCount:
    """A congress that is over, with the sealed pictures of a count."""
    polling = issued(world, ready(world))
    scan = ScanCount.objects.create(
        unit=polling.unit, polling=polling, folder="a" * 32, state=ScanState.CLOSED, head="f" * 64
    )
    (folder_of(scan) / "scans").mkdir(parents=True)
    (folder_of(scan) / "scans" / "001.jpg").write_bytes(b"picture")
    Congress.objects.update(state="closed", closed_on=DAY)
    seal_ballots(fresh(polling.election.congress), actor=world.secretary, sealed_on=DAY, sealed_by="Trần Văn Hà")
    return fresh(scan)


def test_pictures_are_destroyed_by_night_when_their_time_is_over_and_that_is_recorded(
    world: World, data: Path, django_capture_on_commit_callbacks: Any
) -> None:
    scan = closed(world)
    place = folder_of(scan)
    last = date(2020, 8, 20)
    with django_capture_on_commit_callbacks(execute=True):
        destroy_scans(world.ward, actor=SETUP, today=last)
    assert place.exists(), "kept to the last day"
    complaint = receive_complaint(
        fresh(scan.polling.election.congress), actor=world.clerk, received_on=date(2020, 2, 25), text="Kiểm nhầm"
    )
    with django_capture_on_commit_callbacks(execute=True):
        destroy_scans(world.ward, actor=SETUP, today=date(2020, 8, 21))
    assert place.exists(), "a complaint is open"
    type(complaint).objects.update(settled_on=date(2020, 3, 1))
    with django_capture_on_commit_callbacks(execute=True):
        destroy_scans(world.ward, actor=SETUP, today=date(2020, 8, 21))
    assert not place.exists()
    assert fresh(scan).destroyed_on == date(2020, 8, 21)
    assert fresh(scan).head, "the seal stays with the minutes"
    place.mkdir()
    destroy_scans(world.ward, actor=SETUP, today=date(2020, 8, 22))
    assert not place.exists(), "what power left over is swept away"


def test_pictures_go_with_the_papers(world: World, data: Path, django_capture_on_commit_callbacks: Any) -> None:
    scan = closed(world)
    with django_capture_on_commit_callbacks(execute=True):
        destroy_ballots(fresh(scan.polling.election.congress), actor=world.clerk, destroyed_on=date(2020, 9, 1))
    assert fresh(scan).destroyed_on == date(2020, 9, 1)
    assert not folder_of(scan).exists()


# ------------------------------------------------------------------------------------------------- pages


def at(name: str, *args: object) -> str:
    return reverse(f"congresses:{name}", args=args)


def test_the_secretary_prints_scans_and_two_people_look(world: World, data: Path, browser_of: Any) -> None:
    election, browser = ready(world), browser_of(world.secretary)
    assert "Lập phiếu" in browser.get(at("election", election.pk)).content.decode()
    answer = browser.post(at("election_step", election.pk, "print"), {"voters": "0", "spare": "0"})
    assert answer.status_code == 422
    browser.post(at("election_step", election.pk, "print"), {"voters": "9", "spare": "1"})
    pdf = browser.get(at("ballots", election.pk))
    assert pdf["Content-Type"] == "application/pdf"
    assert "attachment" in pdf["Content-Disposition"]
    blank = blank_of(BallotForm.objects.get().form)
    browser.post(at("election_step", election.pk, "issue"), {"printed": "10", "issued": "9"})
    polling = Polling.objects.get()
    browser.post(at("polling_step", polling.pk, "collect"), {"collected": "1", "exchanged": "1"})
    assert "Để máy quét đọc" in browser.get(at("polling", polling.pk)).content.decode()

    refused = browser.post(at("scan", polling.pk), {"scans": SimpleUploadedFile("a.exe", b"MZ")})
    assert refused.status_code == 422
    assert "a.exe" in refused.content.decode()
    assert browser.post(at("scan", polling.pk), {"duplex": "on"}).status_code == 422
    browser.post(at("scan", polling.pk), {"scans": sent(papers(blank)[HALF])})
    scan = ScanCount.objects.get()
    work.call(scan.pk, None)
    shown = browser.get(at("scan", polling.pk)).content.decode()
    assert "Ban kiểm phiếu xem từng mục" in shown
    _head, first, second, _third = counters_of(polling)
    for counter in (first, second):
        assert "/sit/" in browser.get(at("look", scan.pk, counter.pk))["Location"]
        proof_of(world, counter)
        browser.post(f"{at('sit', polling.pk, counter.pk)}?to=look", {"code": code_of(counter)})
        there = browser.get(at("look", scan.pk, counter.pk)).content.decode()
        assert "Gạch tên" in there
        assert "Không đánh dấu ô nào" not in there
        item = ScanFacts(scan).questions[0].item
        assert browser.get(at("picture", scan.pk, item)).content.startswith(b"\x89PNG")
        wrong = browser.post(at("look", scan.pk, counter.pk), {"item": item, "says": "maybe"})
        assert wrong.status_code == 422
        browser.post(at("look", scan.pk, counter.pk), {"item": item, "says": "against"})
        assert browser.get(at("look", scan.pk, counter.pk))["Location"].endswith("/scan/"), (
            "all seen: the seat is free"
        )
    assert "Mọi phiếu đã rõ" in browser.get(at("scan", polling.pk)).content.decode()
    assert browser.get(at("look", scan.pk, first.pk)).status_code == 302
    assert "máy quét" in browser.get(at("polling", polling.pk)).content.decode()
    for name, *args in (("scan", polling.pk), ("look", scan.pk, first.pk), ("picture", scan.pk, item)):
        assert browser_of(world.clerk).get(at(name, *args)).status_code in (403, 404)


def test_a_reading_that_was_cut_off_is_taken_up_by_whoever_looks(world: World, data: Path, browser_of: Any) -> None:
    polling, blank = polled(world, 1)
    scan = receive_scans(polling, sent(papers(blank)[0]), actor=world.secretary)
    ScanCount.objects.update(asked_at="2020-02-20T08:00:00+07:00")
    browser = browser_of(world.secretary)
    assert "Đọc tiếp ngay" in browser.get(at("scan", polling.pk)).content.decode()
    browser.post(at("scan_step", scan.pk, "read"))
    assert fresh(scan).state == ScanState.READ
    browser.post(at("scan_step", scan.pk, "aside"))
    assert fresh(scan).state == ScanState.ASIDE
    assert browser.get(at("picture", scan.pk, "0" * 16)).status_code == 404


# ------------------------------------------------------------------------------------------------ long PDFs


def pdf_of(*ballots: bytes) -> bytes:
    """What a scanner gives: one picture a page."""
    document = pypdfium2.PdfDocument.new()
    for ballot in ballots:
        picture = pypdfium2.PdfImage.new(document)
        picture.load_jpeg(io.BytesIO(ballot), inline=True)
        wide, high = (side * 72 / 200 for side in picture.get_px_size())
        picture.set_matrix(pypdfium2.PdfMatrix().scale(wide, high))
        page = document.new_page(wide, high)
        page.insert_obj(picture)
        page.gen_content()
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_a_long_pdf_is_taken_apart_and_the_same_pdf_again_counts_once(world: World, data: Path) -> None:
    polling, blank = polled(world)
    kept = papers(blank)
    whole = pdf_of(kept[0], kept[1], kept[3])
    scan = receive_scans(polling, [SimpleUploadedFile("a.pdf", whole)], actor=world.secretary)
    work.call(scan.pk, None)
    assert (fresh(scan).state, fresh(scan).pictures, ScanFacts(fresh(scan)).ballots) == (ScanState.READ, 3, 3)
    pages = sorted(file.name for file in (folder_of(scan) / "scans").rglob("*.pdf"))
    assert pages == ["00000.pdf", "00001.pdf", "00002.pdf"], "a file a page, and the whole is gone"
    receive_scans(fresh(polling), [SimpleUploadedFile("lại.pdf", whole)], actor=world.secretary)
    work.call(scan.pk, None)
    assert (fresh(scan).pictures, ScanFacts(fresh(scan)).ballots) == (3, 3)


def test_a_pdf_taken_apart_when_power_failed_is_begun_again(world: World, data: Path) -> None:
    polling, blank = polled(world)
    kept = papers(blank)
    scan = receive_scans(polling, [SimpleUploadedFile("a.pdf", pdf_of(kept[0], kept[1]))], actor=world.secretary)
    [file] = (folder_of(scan) / "scans").rglob("*.pdf")
    file.with_suffix(".part").mkdir()
    (file.with_suffix(".part") / "00000.pdf").write_bytes(b"%PDF half")
    work.call(scan.pk, None)
    assert (fresh(scan).pictures, ScanFacts(fresh(scan)).ballots) == (2, 2)


def test_torn_and_duplex_pdfs(world: World, data: Path) -> None:
    """A torn file is one question with a sentence; of a duplex scan the backs are no ballots."""
    polling, blank = polled(world)
    kept = papers(blank)
    back = hands_of_a_clean_back()
    duplex = pdf_of(kept[0], back, kept[1], back)
    scan = receive_scans(polling, [SimpleUploadedFile("a.pdf", duplex)], actor=world.secretary, duplex=True)
    work.call(scan.pk, None)
    assert (fresh(scan).pictures, ScanFacts(fresh(scan)).ballots) == (2, 2)
    set_scans_aside(fresh(scan), actor=world.secretary)
    torn = scanned_files(world, fresh(polling), SimpleUploadedFile("a.pdf", b"%PDF-1.7\n" + duplex[2000:3000]))
    [question] = ScanFacts(torn).questions
    assert question.why == ("broken",)
    odd = receive_scans(set_aside(world, torn), [SimpleUploadedFile("a.pdf", pdf_of(*kept[:3]))], actor=world.secretary, duplex=True)  # fmt: skip
    work.call(odd.pk, None)
    assert (fresh(odd).state, "số lẻ (3)" in fresh(odd).problem) == (ScanState.REFUSED, True)


def hands_of_a_clean_back() -> bytes:
    """A blank back as a scanner sees it: white with a little noise."""
    rng = np.random.default_rng(5)
    return bytes(cv2.imencode(".jpg", rng.integers(236, 252, (1654, 1165), np.uint8))[1])


def scanned_files(world: World, polling: Polling, *files: SimpleUploadedFile) -> ScanCount:
    scan = receive_scans(polling, files, actor=world.secretary)
    work.call(scan.pk, None)
    return fresh(scan)


def set_aside(world: World, scan: ScanCount) -> Polling:
    set_scans_aside(scan, actor=world.secretary)
    return fresh(scan.polling)
