"""The pages of outreach: the happy way, what a stranger gets, how a refusal looks, as many queries for one as for thirty."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from chibo.outreach.actions.articles import write_article
from chibo.outreach.models import Article, Exemplar, Item, Publication, Week
from chibo.outreach.rules.articles import ArticleState
from chibo.outreach.rules.exemplars import Step
from tests.outreach.cast import PNG, approved, asked, entered, found, open_page, praised, sent, theme_of
from tests.world import World


def at(name: str, *args: object) -> str:
    return reverse(f"outreach:{name}", args=args)


def said(answer) -> str:
    return answer.content.decode()


def test_s1_04_enter_one_item_and_be_told_of_the_same_link(world: World, browser_of) -> None:
    theme, clerk = theme_of(world, localdate().year), browser_of(world.clerk)
    form = {
        "kind": "portal",
        "held_on": "hôm nay",
        "title": "Ra quân",
        "link": "https://p.example/1",
        "theme": theme.pk,
    }
    picture = SimpleUploadedFile("a.png", PNG)
    answer = clerk.post(at("enter", world.ward.pk), {**form, "picture": picture}, follow=True)
    item = Item.objects.get()
    assert item.programme == theme.programme, "the theme says its programme"
    assert "Ra quân" in said(answer)
    assert clerk.get(at("picture", item.pk)).content == PNG
    again = clerk.post(
        at("enter", world.cell5.pk), {**form, "link": "http://www.p.example/1/", "another": "1"}, follow=True
    )
    assert "đã có trong sổ" in said(again)
    assert "?kind=portal" in again.redirect_chain[-1][0]
    listed = said(clerk.get(at("index", world.ward.pk, localdate().year), {"show": "twice"}))
    assert listed.count("Ra quân") == 2


def test_a_refusal_stands_by_its_field_and_keeps_what_was_typed(world: World, browser_of) -> None:
    answer = browser_of(world.clerk).post(
        at("enter", world.ward.pk),
        {"kind": "loudspeaker", "held_on": "3/2/2026", "title": "Bản tin sáng", "link": "javascript:alert(1)"},
    )
    assert answer.status_code == 422
    page = said(answer)
    for words in ("Hãy ghi số phút", "Đường dẫn phải bắt đầu", "Bản tin sáng"):
        assert words in page
    assert not Item.objects.exists()


def test_s1_05_many_lines_are_pasted_at_once(world: World, browser_of) -> None:
    clerk = browser_of(world.clerk)
    lines = (
        "3/2/2026 Kỷ niệm ngày thành lập Đảng, 6 phút\n04-02-2026\tBản tin thứ hai\t5'\n\n5.2.2026: An toàn, 7 phút."
    )
    clerk.post(at("several", world.ward.pk), {"kind": "loudspeaker", "lines": lines})
    assert list(Item.objects.order_by("held_on").values_list("held_on", "title", "minutes")) == [
        (date(2026, 2, 3), "Kỷ niệm ngày thành lập Đảng", 6),
        (date(2026, 2, 4), "Bản tin thứ hai", 5),
        (date(2026, 2, 5), "An toàn", 7),
    ]
    wrong = clerk.post(
        at("several", world.ward.pk),
        {"kind": "portal", "lines": "31/2/2026 Không có ngày\n1/2/2026 Tốt https://p.example/7"},
    )
    assert wrong.status_code == 422
    assert "Dòng 1" in said(wrong)
    assert "https://p.example/7" in said(wrong)
    assert Item.objects.count() == 3


def test_double_submit_enters_once(world: World, browser_of) -> None:
    clerk = browser_of(world.clerk)
    form = {"kind": "talk", "held_on": "hôm nay", "title": "Nói chuyện", "once": "abc"}
    for _ in range(2):
        clerk.post(at("enter", world.ward.pk), form)
    assert Item.objects.count() == 1


def test_two_editors_are_told(world: World, browser_of) -> None:
    item, clerk = entered(world), browser_of(world.clerk)
    form = {"kind": "portal", "held_on": "7/9/2026", "title": "Bản một", "seen_version": 0}
    assert clerk.post(at("amend", item.pk), form).status_code == 302
    answer = clerk.post(at("amend", item.pk), {**form, "title": "Bản hai"})
    assert answer.status_code == 422
    assert "Bản một" in said(answer)
    assert "Bản hai" in said(answer)


def test_the_list_is_narrowed_and_taken_along(world: World, browser_of) -> None:
    entered(world, title="Ngày hội đọc sách")
    entered(world, title="Bản tin sáng", kind="loudspeaker", minutes=6)
    clerk = browser_of(world.clerk)
    index = at("index", world.ward.pk, 2026)
    assert "Bản tin sáng" not in said(clerk.get(index, {"kind": "portal"}))
    assert "Bản tin sáng" not in said(clerk.get(index, {"q": "doc sach"}))
    assert "Ngày hội đọc sách" in said(clerk.get(index, {"q": "doc sach"}))
    assert "Chưa ghi việc tuyên truyền" in said(clerk.get(at("index", world.ward.pk, 2020)))
    assert clerk.get(index, {"format": "xlsx"})["Content-Type"].endswith("sheet")
    item = Item.objects.first()
    assert item is not None
    clerk.post(at("strike", item.pk), {"reason": "nhập nhầm"})
    assert Item.objects.count() == 1


def test_s1_06_a_cell_answers_a_request_from_its_desk(world: World, seat_of) -> None:
    clerk, secretary, boss = seat_of(world.clerk), seat_of(world.secretary), seat_of(world.ward_secretary)
    week = {"starts_on": "hôm nay", "text": "Tuyên truyền chuyên đề"}
    assert clerk.post(at("orient", world.ward.pk), week).status_code == 302
    ask = {"what": "Ngõ sạch", "units": [world.cell5.pk], "due_on": "ngày mai", "asked_on": "hôm nay"}
    page = at("week", _week())
    assert clerk.post(page, ask).status_code == 302
    article = Article.objects.get()
    assert "bài viết về Ngõ sạch" in said(secretary.get("/"))
    secretary.post(at("article", article.pk), {"title": "Ngõ 7", "text": "Đang viết dở"})
    assert "Đang viết dở" not in said(seat_of(world.inspector).get(at("article", article.pk))), (
        "a draft is its writers'"
    )
    secretary.post(at("article", article.pk), {"title": "Ngõ 7", "text": "12 hộ cùng làm", "send": "1"})
    assert "12 hộ cùng làm" in said(boss.get(at("article", article.pk)))
    assert "Bài chờ duyệt" in said(boss.get("/"))
    boss.post(at("article_deed", article.pk, "return"), {"reason": "Thêm con số", "on": "hôm nay"})
    assert "Thêm con số" in said(secretary.get(at("article", article.pk)))
    secretary.post(at("article", article.pk), {"title": "Ngõ 7", "text": "14 hộ", "send": "1"})
    boss.post(at("article_deed", article.pk, "approve"), {"on": "hôm nay"})
    assert (
        clerk.post(
            at("article_deed", article.pk, "publish"), {"kind": "loudspeaker", "held_on": "hôm nay"}
        ).status_code
        == 422
    )
    clerk.post(
        at("article_deed", article.pk, "publish"),
        {"kind": "portal", "held_on": "hôm nay", "link": "https://p.example/9"},
    )
    article.refresh_from_db()
    assert article.state == ArticleState.PUBLISHED
    open_page(world)
    boss.post(at("article_deed", article.pk, "show"), {"on": "hôm nay"})
    public = Client().get(reverse("reading:index", args=[world.ward.key]))
    assert "Ngõ 7" in said(public)
    boss.post(at("withdraw", Publication.objects.get().pk), {"on": "hôm nay"})
    assert "Ngõ 7" not in said(Client().get(reverse("reading:index", args=[world.ward.key])))


def _week() -> int:
    return Week.objects.get().pk


def test_a_cell_sees_nothing_of_another_and_does_not_judge(world: World, seat_of) -> None:
    article, exemplar, item = sent(world), found(world), entered(world)
    other, own = seat_of(world.secretary7), seat_of(world.secretary)
    for address in (at("article", article.pk), at("exemplar", exemplar.pk), at("item", item.pk)):
        assert other.get(address).status_code == 404
        assert own.get(address).status_code == 200
    assert other.get(at("week", _week())).status_code == 200
    assert "Ngõ 7 sạch đẹp" not in said(other.get(at("week", _week())))
    for address in (at("article_deed", article.pk, "approve"), at("exemplar_deed", exemplar.pk, "approve")):
        assert own.post(address, {"on": "hôm nay"}).status_code == 403
    assert own.get(at("article_deed", article.pk, "khong-co")).status_code == 404
    assert own.post(at("article", article.pk), {"title": "x", "text": "y", "send": "1"}).status_code == 200
    article.refresh_from_db()
    assert article.title == "Ngõ 7 sạch đẹp", "what waits is not changed"


def test_s1_07_an_exemplar_walks_its_road_on_the_pages(world: World, seat_of) -> None:
    member = world.member(world.cell5, "Bùi Văn Tốt", account=True)
    secretary, boss = seat_of(world.secretary), seat_of(world.ward_secretary)
    form = {"member": member.pk, "title": "Hiến đất mở ngõ", "story": "20 m²", "found_on": "hôm nay"}
    assert "Ghi một người hoặc một tập thể" in said(
        secretary.post(at("find", world.cell5.pk), {**form, "name": "Ai đó"})
    )
    secretary.post(at("find", world.cell5.pk), form)
    exemplar = Exemplar.objects.get()
    secretary.post(at("exemplar_deed", exemplar.pk, "propose"), {"on": "hôm nay"})
    boss.post(at("exemplar_deed", exemplar.pk, "approve"), {"on": "hôm nay"})
    told = {"on": "hôm nay", "channel": "television", "note": "Đài thành phố"}
    secretary.post(at("exemplar_deed", exemplar.pk, "present"), told)
    exemplar.refresh_from_db()
    assert exemplar.state == Step.PRESENTED
    page = said(seat_of(world.own(member)).get(at("exemplar", exemplar.pk)))
    assert "Truyền hình" in page
    assert "Đài thành phố" in page
    assert "Bùi Văn Tốt" in said(boss.get(at("exemplars", world.ward.pk, localdate().year), {"q": "hien dat"}))
    refused = boss.post(at("exemplar_deed", exemplar.pk, "show"), {"on": "hôm nay"})
    assert refused.status_code == 422
    assert "đồng ý" in said(refused)


@pytest.mark.parametrize("name", ["index", "articles", "exemplars", "weeks"])
def test_a_list_asks_as_much_for_one_row_as_for_thirty(world: World, browser_of, name: str) -> None:
    theme, clerk = theme_of(world), browser_of(world.clerk)
    tie = {"programme": theme.programme, "theme": theme}
    counts = []
    for more in (1, 29):
        for n in range(more):
            if name == "index":
                entered(world, title=f"Tin {n}", link=f"https://p.example/{n}", **tie)
            elif name == "exemplars":
                found(world, name="", member=world.member(world.cell5), **tie)
            else:
                asked(world, what=f"Bài {n}", **tie)
        address = at(name, world.ward.pk, 2026)
        clerk.get(address)
        with CaptureQueriesContext(connection) as count:
            assert clerk.get(address).status_code == 200
        counts.append(len(count))
    assert counts[0] == counts[1]


def test_what_outreach_is_found_by_search(world: World, browser_of) -> None:
    entered(world)
    praised(world)
    write_article(asked(world), actor=world.secretary, title="Nháp kín", text="x")
    approved(world)
    page = said(browser_of(world.clerk).get("/search/", {"q": "doc sach"}))
    assert "Ngày hội đọc sách" in page
    assert "Nguyễn Thị Hiền" in said(browser_of(world.clerk).get("/search/", {"q": "hien"}))
    assert "Nháp kín" not in said(browser_of(world.clerk).get("/search/", {"q": "nhap kin"}))


@pytest.fixture
def seat_of():
    def sit(actor) -> Client:
        client = Client()
        client.force_login(actor.user)
        return client

    return sit


def test_found_today_is_not_tomorrow(world: World, browser_of) -> None:
    answer = browser_of(world.secretary).post(
        at("find", world.cell5.pk), {"name": "Bà Hoa", "title": "a", "story": "b", "found_on": "ngày mai"}
    )
    assert answer.status_code == 422
    assert "sau hôm nay" in said(answer)
    assert not Exemplar.objects.exists()
