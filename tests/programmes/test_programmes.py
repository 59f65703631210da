"""Programmes, yearly themes, documents and the 27 manifestations (seeds S0-03, S1-01, S1-03)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chibo.papers.actions import register_paper
from chibo.programmes.actions import (
    amend_programme,
    attach_paper,
    detach_paper,
    launch_programme,
    plant_manifestations,
    set_theme,
    word_manifestation,
)
from chibo.programmes.models import Manifestation, Programme, Theme
from chibo.programmes.rules import MANIFESTATIONS, objections_to_launching, objections_to_theming
from chibo.programmes.selectors import papers_of, programmes_of, visible_programmes
from tests.world import World

BEGUN = date(2016, 5, 15)


def launched(world: World, **more: object) -> Programme:
    return launch_programme(
        world.ward, **{"actor": world.clerk, "code": "ct05", "name": "Chỉ thị 05", "valid_from": BEGUN, **more}
    )


def test_a_programme_ends_no_earlier_than_it_begins_and_keeps_its_themes() -> None:
    assert [
        o.field
        for o in objections_to_launching(
            code_taken=True, valid_from=BEGUN, valid_to=date(2016, 1, 1), years=(2016, 2030)
        )
    ] == ["code", "valid_to", "valid_from"]
    assert not list(objections_to_launching(code_taken=False, valid_from=BEGUN, valid_to=None, years=(2030,)))


def test_a_theme_has_words_and_lies_in_its_programmes_time() -> None:
    found = objections_to_theming(year=2015, title=" ", valid_from=BEGUN, valid_to=None)
    assert [o.field for o in found] == ["title", "year"]


def test_s0_03_the_27_manifestations_are_nine_of_each_group_and_planted_once(world: World) -> None:
    assert [code for code, _text in MANIFESTATIONS] == [f"{g}{n}" for g in "ABC" for n in range(1, 10)]
    plant_manifestations(world.ward, actor=world.clerk)
    word_manifestation(world.ward, actor=world.clerk, code="A1", text="Nguyên văn của nghị quyết.")
    plant_manifestations(world.ward, actor=world.clerk)
    assert Manifestation.objects.count() == 27
    assert Manifestation.objects.get(code="A1").text == "Nguyên văn của nghị quyết."


def test_an_empty_wording_is_refused_and_nothing_changed(world: World) -> None:
    plant_manifestations(world.ward, actor=world.clerk)
    with pytest.raises(ValidationError) as refused:
        word_manifestation(world.ward, actor=world.clerk, code="A1", text=" ")
    assert refused.value.error_dict["text"][0].code == "Nghị quyết 04-NQ/TW"
    assert Manifestation.objects.get(code="A1").text == dict(MANIFESTATIONS)["A1"]


def test_s1_01_a_programme_has_one_theme_a_year_which_may_be_worded_anew(world: World) -> None:
    programme = launched(world)
    set_theme(programme, actor=world.clerk, year=2020, title="Tăng cường khối đại đoàn kết")
    set_theme(programme, actor=world.clerk, year=2020, title="Tăng cường khối đại đoàn kết toàn dân tộc")
    assert Theme.objects.get().title == "Tăng cường khối đại đoàn kết toàn dân tộc"
    with pytest.raises(ValidationError):
        amend_programme(programme, actor=world.clerk, name="x", valid_from=BEGUN, valid_to=date(2019, 12, 31))
    programme.refresh_from_db()
    assert programme.valid_to is None


def test_a_code_is_given_once(world: World) -> None:
    launched(world)
    with pytest.raises(ValidationError) as refused:
        launched(world)
    assert list(refused.value.error_dict) == ["code"]


def test_a_cell_secretary_launches_nothing(world: World) -> None:
    with pytest.raises(PermissionDenied):
        launched(world, actor=world.secretary)
    assert not Programme.objects.exists()


def test_a_programme_reaches_all_below_and_nobody_beside(world: World) -> None:
    programme = launched(world)
    member = world.member(world.cell5, account=True)
    for actor in (world.clerk, world.secretary, world.own(member)):
        assert programme in visible_programmes(actor)
    assert programme not in visible_programmes(world.stranger)
    assert list(programmes_of(world.cell7, date(2020, 1, 1))) == [programme]


def test_s1_03_documents_are_counted_under_the_programme_and_read_by_whom_it_reaches(
    world: World, client: Client
) -> None:
    programme = launched(world)
    paper = register_paper(
        world.ward, actor=world.clerk, kind="Kế hoạch", issuer="Đảng ủy", subject="Học tập chuyên đề",
        file=SimpleUploadedFile("kh.pdf", b"%PDF-1.4 x"),
    )  # fmt: skip
    attach_paper(programme, actor=world.clerk, paper=paper)
    assert list(papers_of(programme)) == [paper]
    url = reverse("programmes:paper", args=[programme.pk, paper.pk])
    client.force_login(world.own(world.member(world.cell5, account=True)).user)
    assert client.get(url).content == b"%PDF-1.4 x"
    client.force_login(world.stranger.user)
    assert client.get(url).status_code == 404
    detach_paper(programme, actor=world.clerk, paper=paper)
    client.force_login(world.secretary.user)
    assert client.get(url).status_code == 404


def test_another_wards_paper_is_not_attached(world: World) -> None:
    theirs = register_paper(world.other_ward, actor=world.stranger, kind="Kế hoạch", issuer="x", subject="y")
    with pytest.raises(PermissionDenied):
        attach_paper(launched(world), actor=world.clerk, paper=theirs)


def test_the_clerk_goes_from_programme_to_theme_and_documents(world: World, client: Client) -> None:
    client.force_login(world.clerk.user)
    asked = {"name": "Học tập và làm theo Bác", "code": "ct05", "valid_from": "15/5/2016", "valid_to": "1/1/2016"}
    refused = client.post(reverse("programmes:launch", args=[world.ward.pk]), asked)
    assert refused.status_code == 422
    assert "Học tập và làm theo Bác" in refused.content.decode()
    answer = client.post(reverse("programmes:launch", args=[world.ward.pk]), {**asked, "valid_to": ""})
    programme = Programme.objects.get()
    assert answer.url == reverse("programmes:theme", args=[programme.pk])
    client.post(answer.url, {"year": "2026", "title": "Nêu gương"})
    assert Theme.objects.get().year == 2026
    for name in ("programme", "amend", "theme", "attach"):
        page = client.get(reverse(f"programmes:{name}", args=[programme.pk]))
        assert page.status_code == 200
    assert "Nêu gương" in client.get(reverse("programmes:programme", args=[programme.pk])).content.decode()
    assert client.get(reverse("programmes:start")).url == reverse("programmes:index", args=[world.ward.pk])


def test_pages_are_closed_to_strangers_and_leading_to_members(world: World, client: Client) -> None:
    programme = launched(world)
    plant_manifestations(world.ward, actor=world.clerk)
    urls = [reverse(f"programmes:{name}", args=[programme.pk]) for name in ("programme", "amend", "theme", "attach")]
    client.force_login(world.stranger.user)
    assert [client.get(url).status_code for url in urls] == [404] * 4
    client.force_login(world.own(world.member(world.cell5, account=True)).user)
    assert [client.get(url).status_code for url in urls] == [200, 403, 403, 403]
    assert client.get(reverse("programmes:start")).status_code == 200
    assert client.get(reverse("programmes:manifestations")).status_code == 200
    assert client.get(reverse("programmes:wording", args=[world.ward.pk, "A1"])).status_code == 404
    client.force_login(world.clerk.user)
    assert client.post(reverse("programmes:wording", args=[world.ward.pk, "A1"]), {"text": "Mới"}).status_code == 302
    assert Manifestation.objects.get(code="A1").text == "Mới"
