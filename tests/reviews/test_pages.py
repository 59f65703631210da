"""The pages of reviews: happy, strange, refused, and as many queries for thirty as for one."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.actions import grant_post
from chibo.access.actor import SETUP
from chibo.access.charter import Post
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.members.actions import transfer_member
from chibo.reviews.actions import check_oneself, undertake
from chibo.reviews.models import Review, Round
from chibo.reviews.rules import Blank, Level, Stage, Subject
from chibo.tasks.actions import assign_remedy
from chibo.units.selectors import scope_of
from tests.plans.cast import drafted
from tests.reviews.cast import TEXTS, TODAY, Year, build_year, collective, opened
from tests.world import World


@pytest.fixture
def year(world: World) -> Year:
    return build_year(world)


def body(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"reviews:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def queries(client: Client, name: str, *args: object) -> int:
    with CaptureQueriesContext(connection) as asked_for:
        body(client, name, *args)
    return len(asked_for)


def typed(**more: str) -> dict[str, str]:
    own = {f"own-{code}": "met" for code in "12346"}
    return {**TEXTS, **own, "own_level": "good", "send": "1", **more}


def figure(year: Year, code: str) -> tuple[int, int]:
    found = registry.named("figures", code)
    scope = scope_of(year.world.ward, Period.of_year(TODAY.year), TODAY)
    rows = found.rows(scope)
    return (rows.filter(found.counted(scope)).count() if found.counted else rows.count()), rows.count()


def warned(year: Year, code: str) -> list[str]:
    check = registry.named("checks", code)
    return [found.subject for found in check.run(scope_of(year.world.ward, Period.of_year(TODAY.year), TODAY))]


def test_the_office_opens_a_round_and_what_is_wrong_is_said_by_the_field(world: World, browser_of) -> None:
    client, url = browser_of(world.clerk), reverse("reviews:open", args=[world.ward.pk])
    world.members(world.cell5, 2)
    wrong = client.post(url, {"year": "2026", "quarter": "", "opened_on": "31/2/2026", "as_of": "1/12/2026"})
    assert wrong.status_code == 422
    assert "31/2/2026" in wrong.content.decode()
    assert not Round.objects.exists()
    asked = {
        "year": "2026",
        "opened_on": "15/11/2026",
        "as_of": "15/11/2026",
        "cell_deadline": "31/12/2026",
        "deadline": "15/1/2027",
    }
    late = client.post(url, {**asked, "deadline": "1/12/2026"})
    assert "Hạn quyết định trước hạn của chi bộ" in late.content.decode()
    answer = client.post(url, asked)
    found = Round.objects.get()
    assert answer.url == reverse("reviews:board", args=[found.pk, world.ward.pk])
    assert "Chi bộ 5" in body(client, "board", found.pk, world.ward.pk)


def test_a_member_writes_on_the_phone_and_what_was_typed_is_kept(year: Year, browser_of) -> None:
    review, client = year.of(year.people[0]), browser_of(year.world.own(year.people[0]))
    assert client.get(reverse("reviews:start")).url == reverse("reviews:mine")
    assert f"/reviews/{review.pk}/review/" in body(client, "mine")
    url = reverse("reviews:write", args=[review.pk])
    refused = client.post(url, typed(own_level="", direction=" "))
    assert refused.status_code == 422
    assert TEXTS["results"] in refused.content.decode()
    assert Review.objects.get(pk=review.pk).results == ""
    draft = {name: value for name, value in typed(own_level="").items() if name != "send"}
    assert client.post(url, draft).status_code == 302
    assert Review.objects.get(pk=review.pk).stage == Stage.DUE
    assert client.post(url, typed()).status_code == 302
    assert Review.objects.get(pk=review.pk).stage == Stage.SENT
    shown = body(client, "review", review.pk)
    assert TEXTS["shortcomings"] in shown


def test_two_editors_are_told_of_each_other(year: Year, browser_of) -> None:
    review, client = year.of(year.people[0]), browser_of(year.world.secretary)
    url = reverse("reviews:write", args=[review.pk])
    assert client.post(url, typed(seen_version="0")).status_code == 302
    again = client.post(url, typed(seen_version="0", results="Bản của người khác"))
    assert again.status_code == 422
    assert "Bản của người khác" in again.content.decode()
    assert Review.objects.get(pk=review.pk).results == TEXTS["results"]


def test_a_follower_sees_how_far_it_is_and_no_word_of_it(year: Year, browser_of) -> None:
    from chibo.access.charter import Post

    review = year.send(year.of(year.people[0]))
    shown = body(browser_of(year.world.actor(Post.FOLLOWER, year.world.cell5)), "review", review.pk)
    assert TEXTS["shortcomings"] not in shown
    assert year.people[0].full_name in shown


def test_the_self_check_page_is_the_authors(year: Year, browser_of) -> None:
    review, world = year.of(year.people[0]), year.world
    url = reverse("reviews:manifestations", args=[review.pk])
    own = browser_of(world.own(year.people[0]))
    assert own.post(url, {"m-A5": "Còn nể nang"}).status_code == 302
    assert "Còn nể nang" in own.get(url).content.decode()
    assert "Còn nể nang" in browser_of(world.ward_secretary).get(url).content.decode()
    assert browser_of(world.secretary).post(url, {"m-A1": "x"}).status_code == 403
    assert browser_of(world.clerk).get(url).status_code == 403
    assert browser_of(world.own(year.people[2])).get(url).status_code == 404
    paper = browser_of(world.clerk).get(reverse("reviews:review", args=[review.pk]), {"format": "docx"})
    assert "Còn nể nang" not in words_of(paper)


def words_of(answer: Any) -> str:
    file = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in file.paragraphs), *cells])


def test_a_cell_votes_and_proposes_by_its_grids(year: Year, browser_of) -> None:
    first, second, *_rest = year.send_all()
    meeting, client = year.meet(), browser_of(year.world.secretary)
    url = reverse("reviews:ballots", args=[year.round.pk, year.world.cell5.pk])
    line = {f"{first.pk}-good": "6", f"{first.pk}-collected": "6"}
    wrong = client.post(url, {"meeting": str(meeting.pk), **line, f"{first.pk}-collected": "5"})
    assert wrong.status_code == 422
    assert "phiếu thu về là 5" in wrong.content.decode()
    assert "Chưa nhập phiếu" in client.post(url, {"meeting": str(meeting.pk)}).content.decode()
    assert client.post(url, {"meeting": str(meeting.pk), **line}).status_code == 302
    propose = reverse("reviews:levels", args=[year.round.pk, year.world.cell5.pk, "propose"])
    assert f"{second.pk}-level" not in client.get(propose).content.decode()
    differs = client.post(propose, {"proposed_on": f"{TODAY:%d/%m/%Y}", f"{first.pk}-level": "done"})
    assert differs.status_code == 422
    assert "ghi lý do" in differs.content.decode()
    client.post(propose, {"proposed_on": f"{TODAY:%d/%m/%Y}", f"{first.pk}-level": "good"})
    assert Review.objects.get(pk=first.pk).proposed_level == Level.GOOD


def test_the_ward_appraises_decides_and_the_member_answers(year: Year, browser_of) -> None:
    first, *_others = year.proposed()
    client, today = browser_of(year.world.clerk), f"{TODAY:%d/%m/%Y}"
    where = (year.round.pk, year.world.ward.pk)
    appraise, decide = (reverse("reviews:levels", args=[*where, step]) for step in ("appraise", "decide"))
    assert "chưa đạt: từ 30% nhiệm vụ vượt mức: 0/10" in client.get(appraise).content.decode()
    client.post(appraise, {"appraised_on": today, f"{first.pk}-level": "good"})
    refused = client.post(decide, {"decided_on": today, f"{first.pk}-level": "good"})
    assert refused.status_code == 422
    client.post(decide, {"decided_on": today, "decision": "9-QĐ/ĐU", f"{first.pk}-level": "good"})
    first.refresh_from_db()
    assert (first.stage, first.decision) == (Stage.DECIDED, "9-QĐ/ĐU")
    own = browser_of(year.world.own(year.people[0]))
    assert "Xem, trả lời" in own.get("/").content.decode()
    own.post(reverse("reviews:deed", args=[first.pk, "answer"]), {"answer": "Nhất trí", "answered_on": today})
    assert "Nhất trí" in body(own, "review", first.pk)
    assert client.get(reverse("reviews:levels", args=[*where, "nothing"])).status_code == 404


@pytest.mark.parametrize("name", ["comment", "judge", "undertake", "suggest"])
def test_every_deed_has_its_form_and_refuses_what_is_empty(year: Year, browser_of, name: str) -> None:
    review = year.send(year.of(year.people[0]))
    client = browser_of(year.world.clerk if name == "suggest" else year.world.secretary)
    url = reverse("reviews:deed", args=[review.pk, name])
    assert client.get(url).status_code == 200
    wrong = {"assigned": "1", "done": "2"} if name == "judge" else {"text": ""}
    assert client.post(url, wrong).status_code == 422


def test_nobody_finds_their_own_line_in_a_grid_and_the_page_says_who_does_it(year: Year, browser_of) -> None:
    first, second, *_rest = year.proposed()
    grant_post(year.world.ward, actor=SETUP, user=year.people[0].account, post=Post.WARD_DEPUTY, valid_from=TODAY)
    page = body(browser_of(year.world.own(year.people[0])), "levels", year.round.pk, year.world.ward.pk, "appraise")
    assert f'name="{first.pk}-level"' not in page
    assert f'name="{second.pk}-level"' in page
    assert "đồng chí khác có thẩm quyền làm việc đó" in page
    assert "data-grid" in page
    everybody = body(browser_of(year.world.clerk), "levels", year.round.pk, year.world.ward.pk, "appraise")
    assert f'name="{first.pk}-level"' in everybody


def test_a_leader_stands_on_both_pages_and_the_ward_proposes_only_its_own(year: Year, browser_of) -> None:
    second = Review.objects.create(
        round=year.round, unit=year.world.ward, subject=Subject.LEADER, member=year.people[0], blank=Blank.LEADER
    )
    first = year.send(year.of(year.people[0]))
    client = browser_of(year.world.ward_secretary)
    assert "chưa kiểm điểm; làm sau khi chi bộ đã bỏ phiếu" in body(client, "review", first.pk)
    page = body(client, "review", second.pk)
    assert reverse("reviews:review", args=[first.pk]) in page
    assert reverse("reviews:deed", args=[second.pk, "judge"]) not in page
    assert year.people[0].full_name in body(client, "board", year.round.pk, year.world.ward.pk)
    year.vote(year.meet(), {first: {"good": 6}})
    Review.objects.filter(pk=second.pk).update(stage=Stage.VOTED)
    page = body(client, "levels", year.round.pk, year.world.ward.pk, "propose")
    assert [f'name="{one.pk}-level"' in page for one in (second, first)] == [True, False]
    assert figure(year, "reviews.leaders") == (1, 1)
    assert figure(year, "reviews.members") == (1, 6)


def test_the_formula_of_the_ward_is_chosen_from_few_asks_its_numbers_and_is_told(year: Year, browser_of) -> None:
    secretary = browser_of(year.world.secretary)
    url = reverse("units:setting", args=[year.world.ward.pk, "reviews.formula"])
    typed_ = {"effective_from": "1/1/2020", "source": "HD 5-HD/ĐU"}
    review = year.judge(year.send(year.of(year.people[0])))
    judge = reverse("reviews:deed", args=[review.pk, "judge"])
    assert 'name="good"' not in secretary.get(judge).content.decode()
    clerk = browser_of(year.world.clerk)
    assert clerk.post(url, {**typed_, "value": "70*B/A"}).status_code == 422
    assert clerk.post(url, {**typed_, "value": "progress"}).status_code == 302
    assert "Tiến độ và chất lượng" in clerk.get(reverse("units:settings", args=[year.world.ward.pk])).content.decode()
    secretary = browser_of(year.world.secretary)
    assert 'name="good"' in secretary.get(judge).content.decode()
    judged = {f"judged-{code}": "met" for code in "12346"}
    numbers = {"assigned": "10", "done": "10", "late": "0", "exceeding": "0"}
    wrong = secretary.post(judge, {**judged, **numbers, "good": "11"})
    assert "Số đạt chất lượng nhiều hơn số hoàn thành" in wrong.content.decode()
    secretary.post(judge, {**judged, **numbers, "good": "9"})
    page = body(secretary, "review", review.pk)
    assert "70 × (30% × 10/10 + 70% × 9/10) = <b>65,10</b>" in page


def test_who_moved_is_found_by_the_check_until_the_list_is_gone_through(year: Year, browser_of) -> None:
    year.send(year.of(year.people[0]))
    assert warned(year, "reviews.moved") == []
    transfer_member(year.people[0], to=year.world.cell7, on=TODAY, **year.by_clerk)
    assert warned(year, "reviews.moved") == [year.people[0].full_name]
    browser_of(year.world.clerk).post(reverse("reviews:again", args=[year.round.pk, year.world.ward.pk]))
    assert warned(year, "reviews.moved") == []
    page = body(browser_of(year.world.secretary7), "review", year.of(year.people[0]).pk)
    assert "Chuyển đến từ Chi bộ 5" in page
    assert "cần ghi nhận xét của chi bộ nơi chuyển đi" in page


def test_the_decided_is_told_on_paper_beside_last_year_and_what_was_undertaken(year: Year, browser_of) -> None:
    past = opened(year.world, TODAY.year - 1, opened_on=date(TODAY.year - 1, 12, 1), as_of=TODAY)
    Review.objects.filter(round=past, member=year.people[0]).update(stage=Stage.DECIDED, decided_level=Level.DONE)
    review = year.send(year.of(year.people[0]))
    client, url = browser_of(year.world.clerk), reverse("reviews:review", args=[review.pk])
    assert client.get(url, {"format": "docx", "notice": "1"}).status_code == 404
    undertake(
        review, shortcoming="Chậm báo cáo", title="Nộp báo cáo trước ngày 25", measure="12", made_on=TODAY, due_on=TODAY,
        **year.by_cell,
    )  # fmt: skip
    Review.objects.filter(pk=review.pk).update(
        stage=Stage.DECIDED, decided_level=Level.GOOD, decided_on=TODAY, decision="12-QĐ/ĐU"
    )
    told = words_of(client.get(url, {"format": "docx", "notice": "1"}))
    for words in ("Hoàn thành tốt nhiệm vụ", "12-QĐ/ĐU", f"({TODAY.year - 1}): Hoàn thành nhiệm vụ", "Nộp báo cáo trước ngày 25"):  # fmt: skip
        assert words in told
    assert "năm trước 1" in body(client, "board", year.round.pk, year.world.ward.pk)


def test_s2_15_commitments_and_remedies_stand_in_next_years_plan_and_review(year: Year, browser_of) -> None:
    member, day = year.people[0], date(TODAY.year - 1, 12, 20)
    past = opened(year.world, TODAY.year - 1, opened_on=day, as_of=TODAY)
    before = Review.objects.get(round=past, member=member)
    year.send(before, sent_on=day)
    undertake(
        before, shortcoming="Chậm báo cáo", title="Nộp báo cáo trước ngày 25", measure="12", made_on=day,
        due_on=date(TODAY.year, 12, 1), **year.by_cell,
    )  # fmt: skip
    assign_remedy(
        year.world.cell5, title="Nộp lại 2 triệu đồng", assigned_on=TODAY, due_on=TODAY, doer=member,
        origin_text="Kết luận kiểm tra số 3", actor=year.world.secretary,
    )  # fmt: skip
    own = browser_of(year.world.own(member))
    page = body(own, "write", year.of(member).pk)
    assert "Nộp báo cáo trước ngày 25" in page
    assert "Kết luận kiểm tra số 3" in page
    plan = drafted(year.world, member, year=TODAY.year)
    shown = own.get(reverse("plans:plan", args=[plan.pk])).content.decode()
    assert "Cam kết sau kiểm điểm phải làm trong năm" in shown
    assert "Nộp báo cáo trước ngày 25" in shown


def test_the_papers_say_what_was_decided_and_why_somebody_is_not_in_it(year: Year, browser_of) -> None:
    review = year.send(year.of(year.people[0]))
    client = browser_of(year.world.secretary)
    paper = words_of(client.get(reverse("reviews:review", args=[review.pk]), {"format": "docx"}))
    assert "BẢN KIỂM ĐIỂM" in paper.upper()
    assert TEXTS["direction"] in paper
    summary = reverse("reviews:summary", args=[year.round.pk, year.world.cell5.pk])
    told = words_of(client.get(summary))
    assert "được miễn công tác và sinh hoạt đảng" in told
    assert "Cùng kỳ năm trước" in told
    assert client.get(summary, {"format": "pdf"}).content.startswith(b"%PDF")
    assert client.get(summary, {"format": "exe"}).status_code == 404


def test_board_grids_and_lists_ask_the_database_alike_for_one_and_for_thirty(year: Year, browser_of) -> None:
    cell, ward, world = year.world.cell5, year.world.ward, year.world
    year.send_all()
    client, office = Client(), Client()
    client.force_login(world.secretary.user)
    office.force_login(world.clerk.user)

    def asked() -> list[int]:
        return [
            queries(client, "board", year.round.pk, cell.pk), queries(client, "ballots", year.round.pk, cell.pk),
            queries(office, "board", year.round.pk, ward.pk), queries(client, "levels", year.round.pk, cell.pk, "propose"),
        ]  # fmt: skip

    year.vote(year.meet(), {year.of(year.people[0]): {"good": 6}})
    asked()
    before = asked()
    for member in world.members(cell, 20):
        Review.objects.create(
            unit=cell, round=year.round, subject=Subject.MEMBER, member=member, blank="2C", stage=Stage.VOTED,
            for_good=6, base=7, present=7,
        )  # fmt: skip
    assert asked() == before


def test_figures_count_what_is_reviewed_and_the_sum_agrees(year: Year) -> None:
    year.proposed()
    assert figure(year, "reviews.members") == (6, 6)
    assert figure(year, "reviews.collectives") == (0, 4)
    assert figure(year, "reviews.no_shortcoming") == (0, 6)
    assert figure(year, "reviews.no_comment") == (6, 6)
    assert figure(year, "reviews.rated") == (0, 0)
    undertake(
        year.of(year.people[0]), shortcoming="a", title="Nộp 12 báo cáo trước ngày 25", measure="12", due_on=TODAY,
        made_on=TODAY, **year.by_cell,
    )  # fmt: skip
    assert figure(year, "reviews.commitments_open") == (1, 1)
    assert figure(year, "reviews.commitments_old") == (0, 1)


def test_s3_02_a_silent_review_is_found_and_is_gone_when_somebody_speaks(year: Year) -> None:
    from chibo.reviews.actions import give_comment

    silent = year.send(year.of(year.people[0]), texts={**TEXTS, "shortcomings": ""})
    assert warned(year, "reviews.silent") == [year.people[0].full_name]
    give_comment(silent, source="cell", text="Còn chậm", given_on=TODAY, **year.by_cell)
    assert warned(year, "reviews.silent") == [year.people[0].full_name]
    year.send(silent)
    assert warned(year, "reviews.silent") == []


def test_late_cells_and_waiting_proposals_are_found(world: World) -> None:
    from datetime import timedelta

    year = build_year(world)
    assert warned(year, "reviews.late") == []
    Round.objects.update(cell_deadline=TODAY - timedelta(days=2), deadline=TODAY - timedelta(days=1))
    assert set(warned(year, "reviews.late")) == {"Chi bộ 5", "Chi bộ 7", "Phường Sao Mai"}
    assert warned(year, "reviews.unrated") == []
    Review.objects.filter(member=year.people[0]).update(stage=Stage.PROPOSED, proposed_level=Level.EXCELLENT)
    assert warned(year, "reviews.unrated") == ["Chi bộ 5"]
    assert warned(year, "reviews.ceiling") == ["Phường Sao Mai"]


def test_open_commitments_return_on_the_page_of_each_regular_meeting(year: Year, browser_of) -> None:
    from datetime import time, timedelta

    from chibo.meetings.actions import convene_meeting

    review = year.send(year.of(year.people[0]))
    commitment = undertake(
        review, shortcoming="Chậm báo cáo", title="Nộp 12 báo cáo trước ngày 25", measure="12 báo cáo", due_on=TODAY,
        made_on=TODAY, **year.by_cell,
    )  # fmt: skip
    before, meeting = (
        convene_meeting(year.world.cell5, held_on=day, starts_at=time(19), **year.by_cell)
        for day in (TODAY - timedelta(days=40), TODAY)
    )
    shown = browser_of(year.world.secretary).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    assert "Cam kết khắc phục còn mở" in shown
    shown = browser_of(year.world.secretary).get(reverse("meetings:meeting", args=[before.pk])).content.decode()
    assert "Cam kết khắc phục còn mở" not in shown, "that meeting was before anybody undertook it"
    task = browser_of(year.world.secretary).get(reverse("tasks:task", args=[commitment.task_id])).content.decode()
    assert "Chậm báo cáo" in task


def test_a_round_of_the_marks_is_shown_and_judged_in_marks(world: World, browser_of) -> None:
    world.members(world.cell5, 1)
    found = opened(world, 2020)
    review = Review.objects.get(round=found, subject=Subject.MEMBER)
    shown = body(browser_of(world.secretary), "write", review.pk)
    assert "Trung bình" in shown
    assert "Bảo đảm" not in shown
    assert "HD 21-HD/BTCTW" in body(browser_of(world.clerk), "board", found.pk, world.ward.pk)


def test_collectives_are_written_by_the_cell_and_shown_on_the_board(year: Year, browser_of) -> None:
    client, review = browser_of(year.world.secretary), collective(year, Subject.CELL)
    assert client.post(reverse("reviews:write", args=[review.pk]), typed()).status_code == 422
    marks = {f"own-{code}": "met" for code in "1345"}
    assert client.post(reverse("reviews:write", args=[review.pk]), {**typed(), **marks}).status_code == 302
    assert "Tập thể" in body(client, "board", year.round.pk, year.world.cell5.pk)


def test_a_stranger_finds_nothing(year: Year, browser_of) -> None:
    review = year.of(year.people[0])
    check_oneself(review, actor=year.world.own(year.people[0]), entries={"A5": "x"}, checked_on=TODAY)
    for actor in (year.world.secretary7, year.world.stranger):
        client = browser_of(actor)
        for name, args in (
            ("review", (review.pk,)),
            ("write", (review.pk,)),
            ("board", (year.round.pk, year.world.cell5.pk)),
        ):
            assert client.get(reverse(f"reviews:{name}", args=args)).status_code == 404


def test_a_comment_sent_twice_is_kept_once(year: Year, browser_of) -> None:
    review, client = year.of(year.people[0]), browser_of(year.world.secretary)
    url = reverse("reviews:deed", args=[review.pk, "comment"])
    said = {"source": "cell", "text": "Cần báo cáo sớm", "given_on": f"{TODAY:%d/%m/%Y}", "once": "a" * 32}
    assert [client.post(url, said).status_code for _time in range(2)] == [302, 302]
    assert review.comments.count() == 1


def test_staff_is_counted_by_age_on_the_day_and_every_cut_agrees(world: World) -> None:
    from datetime import date

    from chibo.figures.selectors import sides_of

    for number, born in enumerate((date(1996, 3, 1), date(1995, 2, 28), date(1965, 12, 31), None)):
        kind = {"staff_kind": "cadre", "theory": "advanced" if number else "", "sex": "male" if number else ""}
        world.member(world.cell5, f"Cán Bộ {number}", birth_date=born, **kind)
    scope = scope_of(world.ward, Period.parse("2026-02"), date(2026, 2, 28))
    counts = {
        found.code: found.rows(scope).count() for found in registry.each("figures") if ".staff.age." in found.code
    }
    told = {code.rpartition(".")[2]: count for code, count in counts.items() if count}
    assert told == {"to30": 1, "31to35": 1, "56to60": 1, "unknown": 1}
    for by in ("theory", "sex", "age"):
        left, right = sides_of(registry.named("sums", f"members.staff.{by}"), scope)
        assert left.total == right.total == 4
