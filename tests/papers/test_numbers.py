"""Numbers: one series per body, type and term, without a gap, under any crowd. HD 36-HD/VPTW; rulebook §6.2."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, BoundedSemaphore

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from chibo.access.charter import Post
from chibo.core.values import Period
from chibo.papers.actions import (
    explain_number,
    issue_paper,
    register_paper,
    reserve_number,
    take_number,
    void_number,
)
from chibo.papers.models import Number, Paper, Series
from chibo.papers.rules import Document, PaperKind, Paragraph, Signature, SignAuthority, Symbol
from chibo.papers.rules.numbering import COMMON, gaps, kind_numbered
from chibo.papers.selectors.checks import unexplained
from chibo.papers.selectors.numbers import gaps_of
from chibo.units.selectors import scope_of
from tests.journeys.test_two_at_once import world as file_world  # noqa: F401
from tests.world import World

TERM = "2020–2025"
CROWD = 200


def plan(number: int, **facts: object) -> Document:
    given = {
        "superior": "ĐẢNG BỘ QUẬN", "issuer": "ĐẢNG ỦY PHƯỜNG SAO MAI", "kind": PaperKind.PLAN, "subject": "Kiểm tra",
        "body": (Paragraph("Nội dung"),), "symbol": Symbol(number, "KH", "ĐU"), "place": "Sao Mai",
        "issued_on": date(2021, 3, 1), "recipients": ("Lưu",),
        "signatures": (Signature(SignAuthority.ON_BEHALF, "ĐẢNG ỦY", "BÍ THƯ", "Lê Văn Bình"),),
    }  # fmt: skip
    return Document(**{**given, **facts})  # type: ignore[arg-type]


def test_gaps_are_the_numbers_of_which_nothing_is_known() -> None:
    assert gaps([1, 2, 5], 6) == [3, 4, 6]
    assert gaps([], 0) == []


def test_types_and_terms_have_series_of_their_own_and_a_congress_one_for_all(world: World) -> None:
    who = {"actor": world.ward_secretary}
    taken = [
        take_number(world.ward, kind=kind, term=term, series=series, **who).number
        for kind, term, series in (
            ("plan", TERM, ""), ("plan", TERM, ""), ("report", TERM, ""), ("plan", "2025–2030", ""),
            ("report", "Đại hội 2025", COMMON), ("resolution", "Đại hội 2025", COMMON),
        )
    ]  # fmt: skip
    assert taken == [1, 2, 1, 1, 1, 2]


def test_a_number_is_kept_used_and_voided_with_its_reason(world: World) -> None:
    who = {"actor": world.clerk}
    with pytest.raises(ValidationError):
        reserve_number(world.ward, kind="plan", term="2021", reason=" ", **who)
    assert not Series.objects.exists()
    kept = reserve_number(world.ward, kind="plan", term="2021", reason="Chờ ký", **who)
    spare = reserve_number(world.ward, kind="plan", term="2021", reason="Dự phòng", **who)
    paper = register_paper(
        world.ward, kind="Kế hoạch", symbol="01-KH/ĐU", issuer="Đảng ủy", subject="Kiểm tra",
        issued_on=date(2021, 3, 1), direction="outgoing", **who,
    )  # fmt: skip
    kept.refresh_from_db()
    assert (kept.state, kept.paper, kept.reason) == ("taken", paper, "")
    with pytest.raises(ValidationError):
        void_number(kept, reason="Nhầm", **who)
    with pytest.raises(ValidationError):
        void_number(spare, reason="", **who)
    spare.refresh_from_db()
    assert spare.state == "reserved"
    void_number(spare, reason="Không ban hành", **who)
    with pytest.raises(ValidationError) as refused:
        register_paper(
            world.ward, kind="Kế hoạch", symbol="02-KH/ĐU", issuer="Đảng ủy", subject="Khác",
            issued_on=date(2021, 3, 2), direction="outgoing", **who,
        )  # fmt: skip
    assert list(refused.value.error_dict) == ["symbol"]
    assert Paper.objects.count() == 1
    assert take_number(world.ward, kind="plan", term="2021", **who).number == 3


def test_a_gap_is_found_and_goes_when_it_is_explained(world: World) -> None:
    who = {"actor": world.clerk}
    register_paper(
        world.ward, kind="Kế hoạch", symbol="03-KH/ĐU", issuer="Đảng ủy", subject="Kiểm tra",
        issued_on=date(2021, 3, 1), direction="outgoing", **who,
    )  # fmt: skip
    series, scope = Series.objects.get(), scope_of(world.ward, Period.of_year(2021), date(2021, 12, 31))
    assert (gaps_of(series), len(list(unexplained(scope)))) == ([1, 2], 1)
    for wrong in (3, 4, 0):
        with pytest.raises(ValidationError):
            explain_number(series, number=wrong, reason="x", **who)
    assert Number.objects.count() == 1
    for number in (1, 2):
        explain_number(series, number=number, reason="Sổ cũ bị ướt", **who)
    assert (gaps_of(series), list(unexplained(scope))) == ([], [])


def test_what_is_issued_stands_in_the_register_under_its_number(world: World) -> None:
    number = take_number(world.ward, actor=world.ward_secretary, kind="plan", term=TERM)
    with pytest.raises(ValidationError):
        issue_paper(number, actor=world.ward_secretary, document=plan(1, subject=""))
    assert not Paper.objects.exists()
    paper = issue_paper(number, actor=world.ward_secretary, document=plan(1))
    assert (paper.symbol, paper.direction, paper.signer) == ("01-KH/ĐU", "outgoing", "Lê Văn Bình")
    assert paper.issuer == "Đảng ủy phường Sao Mai"
    with pytest.raises(ValidationError):
        issue_paper(number, actor=world.ward_secretary, document=plan(1))
    assert Paper.objects.count() == 1


def test_who_issues_nothing_takes_no_number(world: World) -> None:
    """The inspection commission issues the papers of its inspections; the head of a programme issues none."""
    with pytest.raises(PermissionDenied):
        take_number(world.ward, actor=world.actor(Post.PROGRAMME_HEAD, world.ward), kind="plan", term=TERM)
    assert not Series.objects.exists()


def test_the_clerk_keeps_explains_and_voids_numbers_on_their_page(world: World, client: Client) -> None:
    client.force_login(world.clerk.user)
    ward = world.ward.pk
    asked = {"kind": "plan", "series": "", "term": TERM, "reason": "Chờ ký"}
    refused = client.post(reverse("papers:reserve", args=[ward]), {**asked, "reason": ""})
    assert refused.status_code == 422
    assert not Number.objects.exists()
    client.post(reverse("papers:reserve", args=[ward]), asked)
    number = Number.objects.get()
    Series.objects.update(last_number=2)
    shown = client.get(reverse("papers:numbers", args=[ward])).content.decode()
    assert "Chờ ký" in shown
    assert reverse("papers:explain", args=[ward, number.series_id, 2]) in shown
    client.post(reverse("papers:explain", args=[ward, number.series_id, 2]), {"reason": "Bỏ số"})
    client.post(reverse("papers:void", args=[number.pk]), {"reason": "Không ban hành"})
    assert set(Number.objects.values_list("number", "state")) == {(1, "voided"), (2, "voided")}
    again = client.post(reverse("papers:void", args=[number.pk]), {"reason": "Lần nữa"})
    assert (again.status_code, "đã hủy rồi" in again.content.decode()) == (422, True)


@pytest.mark.django_db(transaction=True)
def test_two_hundred_who_ask_at_once_get_two_hundred_numbers(file_world: World) -> None:  # noqa: F811
    """Two hundred threads start together, each with a connection of its own, as far as the server lends them out."""
    who, start, lent = file_world.ward_secretary, Barrier(CROWD), BoundedSemaphore(_connections())

    def ask(_nth: int) -> int:
        start.wait(60)
        with lent:
            try:
                return take_number(file_world.ward, actor=who, kind="report", term=TERM).number
            finally:
                connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        given = list(pool.map(ask, range(CROWD)))
    assert sorted(given) == list(range(1, CROWD + 1))
    assert Series.objects.get().last_number == Number.objects.count() == CROWD


def _connections() -> int:
    """SQLite lends as many as are asked for; PostgreSQL what its settings say, some left for the others."""
    if connection.vendor != "postgresql":
        return CROWD
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        return min(CROWD, max(4, int(cursor.fetchone()[0]) - 30))


@pytest.mark.parametrize(
    ("told", "letters", "stands"),
    [
        (PaperKind.DECISION, "QĐ", PaperKind.DECISION),
        (PaperKind.REGULATION, "QĐ", PaperKind.REGULATION),
        (PaperKind.DECISION, "KL", PaperKind.CONCLUSION),
        (PaperKind.OPEN_LETTER, "TC", PaperKind.OPEN_LETTER),
        (PaperKind.DECISION, "TC", None),
    ],
)
def test_a_number_stands_in_the_series_that_its_letters_name(
    told: PaperKind, letters: str, stands: PaperKind | None
) -> None:
    assert kind_numbered(told, letters) == stands
