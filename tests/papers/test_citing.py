"""Citations beside the register: found, perhaps, or unknown; never guessed. Seed S2-02."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from chibo.papers.actions import register_paper
from chibo.papers.models import Paper
from chibo.papers.rules.citations import read_citations
from chibo.papers.rules.citing import Doubt, Known, Match, known_paper, resolve, term_on
from chibo.papers.selectors.citing import cited_in
from tests.world import World

CONCLUSION = known_paper(1, "01-KL/TW", "Kết luận", "Bộ Chính trị", date(2021, 5, 18))
EARLIER = known_paper(2, "01-KL/TW", "Kết luận", "Bộ Chính trị", date(2016, 4, 4))
DECISION = known_paper(3, "967-QĐ/QU", "Quyết định", "Ban Thường vụ Quận ủy", date(2022, 3, 23))
PLENUM = known_paper(
    4,
    "04-NQ/TW",
    "Nghị quyết",
    "Ban Chấp hành Trung ương",
    date(2016, 10, 30),
    known_as="Nghị quyết Trung ương 4 khóa XII",
)
BASES = (
    "Chương trình số 01-CTr/QU, ngày 04/01/2021 của Quận ủy; Kết luận số 01-KL/TW, ngày 18/5/2021 của Bộ Chính trị (khóa "
    "XIII); Kết luận số 21-KL/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương Đảng (khóa XIII); Quy định số 08-QĐ/TW, "
    "ngày 25/10/2018 của Ban Chấp hành Trung ương Đảng (khóa XII); Quy định số 37-QĐ/TW, ngày 25/10/2021 của Ban Chấp "
    "hành Trung ương Đảng (khóa XIII)"
)


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("Kết luận số 01-KL/TW, ngày 18/5/2021", [CONCLUSION, EARLIER], (Match.FOUND, (1,), Doubt.NONE)),
        ("Kết luận số 01-KL/TW (khóa XIII)", [CONCLUSION, EARLIER], (Match.FOUND, (1,), Doubt.NONE)),
        ("Kết luận số 01-KL/TW", [CONCLUSION, EARLIER], (Match.POSSIBLE, (1, 2), Doubt.SEVERAL)),
        ("Kết luận số 01-KL/TW", [CONCLUSION], (Match.POSSIBLE, (1,), Doubt.NO_DATE)),
        ("Kết luận số 01-KL/TW, ngày 19/5/2021", [CONCLUSION], (Match.POSSIBLE, (1,), Doubt.OTHER_DATE)),
        ("Kết luận 01 của Bộ Chính trị", [CONCLUSION], (Match.POSSIBLE, (1,), Doubt.PARTIAL)),
        ("Kết luận 01 ngày 18/5/2021 của Bộ Chính trị", [CONCLUSION], (Match.FOUND, (1,), Doubt.NONE)),
        ("Kết luận 01 của Ban Bí thư", [CONCLUSION], (Match.UNKNOWN, (), Doubt.ABSENT)),
        ("Kết luận số 01-KL/TU ngày 18/5/2021", [CONCLUSION], (Match.UNKNOWN, (), Doubt.ABSENT)),
        ("Chỉ thị số 01-CT/TW", [CONCLUSION], (Match.UNKNOWN, (), Doubt.ABSENT)),
        ("Quy định số 967-QĐ/QU ngày 23/3/2022", [DECISION], (Match.UNKNOWN, (), Doubt.ABSENT)),
        ("967-QĐ/QU ngày 23/3/2022", [DECISION], (Match.FOUND, (3,), Doubt.NONE)),
        ("Nghị quyết T.Ư 4 (khóa XII)", [PLENUM], (Match.FOUND, (4,), Doubt.NONE)),
        ("NQTW4", [PLENUM], (Match.POSSIBLE, (4,), Doubt.PARTIAL)),
        ("Nghị quyết Trung ương 4 khóa XI", [PLENUM], (Match.UNKNOWN, (), Doubt.ABSENT)),
        ("Nghị quyết Trung ương 6 khóa XII", [PLENUM], (Match.UNKNOWN, (), Doubt.ABSENT)),
    ],
)
def test_a_citation_is_found_only_where_the_day_or_the_term_agrees(text: str, known: list[Known], expected) -> None:
    (one,) = resolve(read_citations(text), known)
    assert (one.match, one.papers, one.doubt) == expected


def test_a_second_mention_without_its_day_is_the_first_one() -> None:
    text = "Quyết định số 967-QĐ/QU, ngày 23/3/2022 … theo Quyết định số 967-QĐ/QU của Quận ủy"
    assert [one.match for one in resolve(read_citations(text), [DECISION])] == [Match.FOUND, Match.FOUND]


def test_the_term_of_a_day() -> None:
    assert [term_on(d) for d in (date(2016, 1, 28), date(2016, 1, 29), date(2021, 5, 18), date(2000, 1, 1))] == [
        "XI", "XII", "XIII", "",
    ]  # fmt: skip


def entered(world: World, symbol: str, kind: str, issuer: str, on: date, **more: object) -> Paper:
    return register_paper(
        world.ward,
        actor=world.clerk,
        symbol=symbol,
        kind=kind,
        issuer=issuer,
        subject="Nội dung",
        issued_on=on,
        **more,
    )


def test_s2_02_the_five_legal_bases_are_read_from_the_seeds_own_sentence(world: World) -> None:
    rows = [
        ("01-CTr/QU", "Chương trình", "Quận ủy", date(2021, 1, 4)),
        ("01-KL/TW", "Kết luận", "Bộ Chính trị", date(2021, 5, 18)),
        ("21-KL/TW", "Kết luận", "Ban Chấp hành Trung ương Đảng", date(2021, 10, 25)),
        ("08-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương Đảng", date(2018, 10, 25)),
        ("37-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương Đảng", date(2021, 10, 25)),
    ]
    papers = [entered(world, *row) for row in rows]
    entered(world, "01-KL/TW", "Kết luận", "Bộ Chính trị", date(2016, 4, 4))
    found = cited_in(BASES, world.ward, world.clerk)
    assert [(one.resolved.match, one.papers) for one in found] == [(Match.FOUND, (paper,)) for paper in papers]


def test_the_clerk_sees_what_a_text_cites_and_enters_what_is_missing(world: World, client: Client) -> None:
    paper = entered(world, "05-CT/TW", "Chỉ thị", "Bộ Chính trị", date(2016, 5, 15))
    client.force_login(world.clerk.user)
    to = reverse("papers:cite", args=[world.ward.pk])
    text = "Chỉ thị số 05-CT/TW, ngày 15/5/2016; Kết luận số 21-KL/TW, ngày 25/10/2021 của Ban Bí thư; Chỉ thị 05"
    answer = client.post(to, {"text": text}).content.decode()
    assert "Có trong sổ 1, cần xem lại 1, chưa có 1" in answer
    assert reverse("papers:paper", args=[paper.pk]) in answer
    asked = client.get(reverse("papers:register", args=[world.ward.pk]), {"symbol": "21-KL/TW", "kind": "Kết luận"})
    assert 'value="21-KL/TW"' in asked.content.decode()
    assert client.post(to, {"text": ""}).status_code == 422
    client.force_login(world.stranger.user)
    assert client.post(to, {"text": text}).status_code == 404


def test_a_paper_of_another_ward_is_not_told_of(world: World) -> None:
    register_paper(
        world.other_ward, actor=world.stranger, symbol="05-CT/TW", kind="Chỉ thị", issuer="Bộ Chính trị", subject="x",
        issued_on=date(2016, 5, 15),
    )  # fmt: skip
    (one,) = cited_in("Chỉ thị số 05-CT/TW, ngày 15/5/2016", world.ward, world.clerk)
    assert one.resolved.match is Match.UNKNOWN
