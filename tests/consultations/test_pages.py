"""The pages of consultations: happy, refused, strange, empty, full."""

from __future__ import annotations

from io import BytesIO

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from chibo.consultations.actions import invite_group, launch_consultation, name_subject, sort_opinions, sum_up
from chibo.consultations.models import Consultation, Group, Question, Subject, Tally
from tests.consultations.cast import AFTER, OPENS, answered, codes, drafted, launched, people, sent
from tests.world import World


def body(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(f"consultations:{name}", args=args), query)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def queries(client: Client, name: str, *args: object, **query: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        body(client, name, *args, **query)
    return len(asked)


# --------------------------------------------------------------------------------------------- look-up


def test_results_are_looked_up_by_subject_round_group_and_theme(world: World, browser_of) -> None:
    client, ward = browser_of(world.clerk), world.ward.pk
    made = answered(world, 6, 5, of=6)
    subject = made.subjects.get()
    sort_opinions(subject, actor=world.clerk, name="Sâu sát cơ sở", opinions=list(subject.opinions.all())[:7])
    page = body(client, "lookup", ward)
    assert "Ban Thường vụ Đảng ủy" in page
    assert "Nhóm 1" in page
    by_group = body(client, "lookup", ward, by="group").partition("<table")[2]
    assert by_group.index("Tất cả") > by_group.index("Nhóm 2") > by_group.index("Nhóm 1")
    words = body(client, "lookup", ward, kind="text", theme="Sâu sát cơ sở")
    assert "Ý kiến 0" in words
    assert "Chưa có kết quả nào" in body(client, "lookup", ward, subject="Không có ai")
    rows = list(
        load_workbook(
            BytesIO(client.get(reverse("consultations:lookup", args=[ward]), {"format": "xlsx"}).content)
        ).active.values
    )
    assert rows[-1][0] == "Ban Thường vụ Đảng ủy"
    assert rows[-1][-1] == 11


def test_a_group_under_the_minimum_is_found_by_no_filter(world: World, browser_of) -> None:
    """Twelve in one group, three in the other: only the whole is published, whatever is asked."""
    client = browser_of(world.clerk)
    answered(world, 12, 3)
    asked = ({}, {"by": "group"}, {"group": "Nhóm 2"}, {"by": "group", "group": "Nhóm 2"}, {"kind": "text"})
    for query in asked:
        assert "Nhóm 2" not in body(client, "lookup", world.ward.pk, **query)


def test_the_look_up_of_nothing_says_so_and_a_stranger_finds_no_page(world: World, browser_of) -> None:
    ward = world.ward.pk
    assert "Chưa có kết quả nào" in body(browser_of(world.clerk), "lookup", ward)
    assert "Chưa xếp nhóm ý kiến nào" in body(browser_of(world.clerk), "lookup", ward, kind="text")
    for actor in (world.secretary, world.inspector, world.stranger):
        body(browser_of(actor), "lookup", ward, status=404)


def test_thirty_subjects_ask_the_database_as_one_does(world: World, browser_of) -> None:
    client, ward = browser_of(world.clerk), world.ward.pk
    made = answered(world, 6)
    one = [queries(client, "lookup", ward), queries(client, "consultation", made.pk)]
    question = Question.objects.get(consultation=made, order=1)
    more = [
        Subject(unit=made.unit, consultation=made, order=n, name=f"Đồng chí Nguyễn Thị {n}") for n in range(2, 31)
    ]
    Subject.objects.bulk_create(more)
    for subject in made.subjects.all()[1:]:
        Tally.objects.bulk_create(Tally(subject=subject, question=question, level=n, number=3) for n in (0, 1))
    assert "Đồng chí Nguyễn Thị 30" in body(client, "lookup", ward)
    assert [queries(client, "lookup", ward), queries(client, "consultation", made.pk)] == one


# ------------------------------------------------------------------------------- laying down, going out


def test_the_list_is_empty_then_full_and_grows_by_no_query(world: World, browser_of) -> None:
    client, ward = browser_of(world.clerk), world.ward.pk
    assert "Chưa có đợt lấy ý kiến nào" in body(client, "index", ward)
    drafted(world, {})
    one = queries(client, "index", ward)
    for n in range(29):
        Consultation.objects.create(unit=world.ward, title=f"Đợt {n}", opens_on=OPENS, closes_on=AFTER)
    assert queries(client, "index", ward) == one
    assert "Đợt 28" in body(client, "index", ward)


def test_what_is_wrong_is_said_by_the_field_and_what_was_typed_is_kept(world: World, browser_of) -> None:
    client = browser_of(world.clerk)
    url = reverse("consultations:announce", args=[world.ward.pk])
    wrong = client.post(url, {"title": "Góp ý cuối năm", "opens_on": "10/3/2026", "closes_on": "2/3/2026"})
    assert wrong.status_code == 422
    assert "Ngày kết thúc ở trước ngày bắt đầu" in wrong.content.decode()
    assert "Góp ý cuối năm" in wrong.content.decode()
    assert not Consultation.objects.exists()
    made = client.post(url, {"title": "Góp ý cuối năm", "opens_on": "2/3/2026", "closes_on": "10/3/2026"})
    assert made.url == reverse("consultations:consultation", args=[Consultation.objects.get().pk])


def test_a_draft_is_laid_down_on_its_page_and_refused_while_it_lacks_people(world: World, browser_of) -> None:
    client, made = browser_of(world.clerk), drafted(world, {})
    for part, typed in (
        ("group", {"name": "Cán bộ", "names": "Một Người\nHai Người"}),
        ("subject", {"name": "Đồng chí Chủ tịch"}),
        ("question", {"kind": "text", "text": "Góp ý gì thêm?"}),
    ):
        answer = client.post(reverse("consultations:add", args=[made.pk, part]), typed)
        assert answer.status_code == 302, answer.content.decode()
    page = client.post(reverse("consultations:launch", args=[made.pk]), follow=True).content.decode()
    assert "Mới mời 2 người" in page
    made.refresh_from_db()
    assert made.state == "draft"
    client.post(reverse("consultations:strike", args=[made.pk, "group", 1]))
    assert not made.groups.exists()


def test_while_it_runs_the_page_counts_and_shows_no_answer(world: World, browser_of) -> None:
    client, made = browser_of(world.clerk), launched(world, 6)
    slips = codes(world, made)["Nhóm 1"]
    sent(made, slips[0], 1, "Lời kín 7391")
    page = body(client, "consultation", made.pk)
    assert "Phiếu thu về" in page
    assert "7391" not in page
    body(client, "sheet", made.pk, "docx", status=404)
    refused = client.post(reverse("consultations:close", args=[made.pk]), follow=True)
    assert made.state == "open"
    assert refused.status_code == 200


def test_the_roll_hands_out_slips_once_and_needs_somebody_chosen(world: World, browser_of) -> None:
    client, made = browser_of(world.clerk), drafted(world, {"Nhóm": people(6)})
    made = launch_consultation(made, actor=world.clerk)
    Consultation.objects.filter(pk=made.pk).update(closes_on=AFTER.replace(year=AFTER.year + 9))
    url = reverse("consultations:roll", args=[made.pk, "hand"])
    assert client.post(url, {}).status_code == 422
    chosen = [str(pk) for pk in made.invitees.values_list("pk", flat=True)[:2]]
    page = client.post(url, {"invitees": chosen})
    assert page.status_code == 200
    assert made.invitees.filter(has_slip=True).count() == 2
    for actor in (world.stranger, world.secretary):
        assert browser_of(actor).get(url).status_code == 404


def test_the_person_concerned_reads_their_own_and_answers(world: World, browser_of) -> None:
    member = world.member(world.cell5, "Lê Văn Chủ Tịch Ủy Ban Nhân Dân Phường", account=True)
    made = drafted(world, {"Nhóm": people(6)})
    subject = name_subject(made, actor=world.clerk, member=member, post="Phó Bí thư")
    made = launch_consultation(made, actor=world.clerk)
    for code in codes(world, made)["Nhóm"]:
        sent(made, code, 0, "")
    sum_up(made, actor=world.clerk, today=AFTER)
    own, url = browser_of(world.own(member)), reverse("consultations:subject", args=[subject.pk])
    empty = own.post(url, {"text": " ", "replied_on": "12/3/2026"})
    assert empty.status_code == 422
    own.post(url, {"text": "Xin tiếp thu", "replied_on": "12/3/2026"})
    subject.refresh_from_db()
    assert subject.reply == "Xin tiếp thu"
    assert browser_of(world.stranger).get(url).status_code == 404


def test_a_slip_opens_by_its_code_alone_and_says_what_is_missing(world: World) -> None:
    made = launched(world, 6)
    Consultation.objects.filter(pk=made.pk).update(closes_on=AFTER.replace(year=AFTER.year + 9))
    code, url = codes(world, made)["Nhóm 1"][0], reverse("consultations:slip")
    client = Client()
    assert "Gương mẫu" in client.get(url, {"code": code}).content.decode()
    empty = client.post(url, {"code": code, "send": "1"})
    assert empty.status_code == 422
    assert "chưa có ý kiến nào" in empty.content.decode()
    assert client.post(url, {"code": code, "send": "1", "1-1": "0"}).status_code == 200
    assert client.post(url, {"code": code, "send": "1", "1-1": "0"}).status_code == 422
    assert client.get(url, {"code": "SAI"}).status_code == 422


def test_who_is_not_asked_has_no_place_on_the_list(world: World, browser_of) -> None:
    asked, other = (world.member(world.cell5, name, account=True) for name in ("Bùi Văn Mời", "Cao Văn Khác"))
    made = drafted(world, {"Nhóm": people(6)})
    invite_group(made, actor=world.clerk, name="Đảng viên", members=[asked])
    launch_consultation(made, actor=world.clerk)
    body(browser_of(world.own(asked)), "mine", made.pk)
    body(browser_of(world.own(other)), "mine", made.pk, status=404)
    assert Group.objects.count() == 2
