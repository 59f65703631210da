"""The page before the public: closed unless opened, the same for everybody, nothing remembered."""

from __future__ import annotations

from datetime import date

import lxml.etree
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.outreach.actions.articles import send_article
from chibo.outreach.actions.publishing import show_article, show_exemplar, withdraw_publication
from chibo.outreach.models import Publication
from tests.outreach.cast import PNG, TODAY, approved, asked, open_page, praised
from tests.world import World

NAMES = ("index", "rss", "atom", "show", "picture")


@pytest.fixture
def shown(world: World) -> Publication:
    article = approved(world, picture=ContentFile(PNG, "a.png"))
    show_article(article, actor=world.ward_secretary, on=date(2026, 9, 20))
    return Publication.objects.get()


def addresses(world: World, one: Publication) -> list[str]:
    key = world.ward.key
    return [reverse(f"reading:{name}", args=[key, one.pk] if name in NAMES[3:] else [key]) for name in NAMES]


def test_nothing_is_there_until_the_ward_opens_it(world: World, shown: Publication, client: Client) -> None:
    assert {client.get(address).status_code for address in addresses(world, shown)} == {404}
    open_page(world)
    assert {client.get(address).status_code for address in addresses(world, shown)} == {200}
    assert client.get(reverse("reading:index", args=[world.other_ward.key])).status_code == 404
    assert client.get(reverse("reading:index", args=[world.cell5.key])).status_code == 404
    assert client.get(reverse("reading:index", args=["khong-co"])).status_code == 404


def test_it_is_safe_before_the_public(world: World, shown: Publication, client: Client) -> None:
    open_page(world)
    for address in addresses(world, shown):
        answer = client.get(address)
        assert not answer.cookies, address
        assert set(answer["Cache-Control"].split(", ")) == {"max-age=300", "public"}
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "script-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert b"<script" not in answer.content
        assert b"<form" not in answer.content
        assert client.post(address).status_code == 405
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_same_for_somebody_logged_in(world: World, shown: Publication, browser_of) -> None:
    open_page(world)
    address = addresses(world, shown)[0]
    assert browser_of(world.clerk).get(address).content == Client().get(address).content


def test_the_approved_text_and_nothing_of_who_wrote_or_judged(
    world: World, shown: Publication, client: Client
) -> None:
    open_page(world)
    article = shown.article
    assert article is not None
    send_article(
        article, actor=world.secretary, title="Ngõ 7", text="Chưa ai duyệt <b>", on=date(2026, 9, 21), today=TODAY
    )
    asked(world, what="Bài chưa viết")
    said = "".join(client.get(address).content.decode("utf-8", "replace") for address in addresses(world, shown)[:4])
    assert "12 hộ cùng làm." in said
    assert "Chi bộ 5" in said
    for hidden in ("Chưa ai duyệt", "Bài chưa viết", "Nguyễn Thị Hoa", "Lê Văn Bí Thư", "Trần Thị Văn Phòng"):
        assert hidden not in said


def test_what_is_withdrawn_is_gone_at_once(world: World, shown: Publication, client: Client) -> None:
    open_page(world)
    withdraw_publication(shown, actor=world.ward_secretary, on=TODAY)
    answers = [client.get(address) for address in addresses(world, shown)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 404]
    assert not any("Ngõ 7" in answer.content.decode("utf-8", "replace") for answer in answers)


def test_feeds_are_whole_and_what_people_typed_is_text(world: World, shown: Publication, client: Client) -> None:
    open_page(world)
    exemplar = praised(world, title="Trả tiền </title><script>alert(1)</script>", story="Kể <b>thật</b>")
    show_exemplar(exemplar, actor=world.ward_secretary, on=date(2026, 9, 22), agreed=True)
    for name, path in (("rss", "//item/title"), ("atom", "//*[local-name()='entry']/*[local-name()='title']")):
        answer = client.get(reverse(f"reading:{name}", args=[world.ward.key]))
        titles = [element.text for element in lxml.etree.fromstring(answer.content).xpath(path)]
        assert titles == ["Trả tiền </title><script>alert(1)</script>", "Ngõ 7 sạch đẹp"]
    page = client.get(reverse("reading:index", args=[world.ward.key])).content
    assert b"<script>alert" not in page


def test_as_many_questions_for_one_as_for_thirty(world: World, shown: Publication, client: Client) -> None:
    open_page(world)
    counts = []
    for more in (0, 29):
        for n in range(more):
            exemplar = praised(world, name=f"Ông Trần Văn {n}", title=f"Việc tốt {n}")
            show_exemplar(exemplar, actor=world.ward_secretary, on=date(2026, 9, 22), agreed=True)
        found = []
        for name in ("index", "rss", "atom"):
            with CaptureQueriesContext(connection) as count:
                assert client.get(reverse(f"reading:{name}", args=[world.ward.key])).status_code == 200
            found.append(len(count))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 6
