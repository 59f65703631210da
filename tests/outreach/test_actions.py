"""Every write of outreach, each outcome; a refusal leaves everything as it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from chibo.access.charter import Post
from chibo.core.refusal import Conflict
from chibo.journal.models import Entry as Line
from chibo.outreach.actions.articles import (
    approve_article,
    ask_for_articles,
    call_off_article,
    offer_article,
    orient_week,
    publish_article,
    return_article,
    send_article,
    write_article,
)
from chibo.outreach.actions.exemplars import (
    amend_exemplar,
    approve_exemplar,
    commend_exemplar,
    present_exemplar,
    propose_exemplar,
    return_exemplar,
)
from chibo.outreach.actions.items import amend_item, enter_items, strike_item
from chibo.outreach.actions.publishing import show_article, show_exemplar, withdraw_publication
from chibo.outreach.models import Article, Exemplar, Item, Publication, RoadStep, Week
from chibo.outreach.rules import Entry, ItemKind
from chibo.outreach.rules.articles import ArticleState
from chibo.outreach.rules.exemplars import Channel, Step
from chibo.papers.actions import register_paper
from tests.outreach.cast import DAY, PNG, TODAY, approved, asked, entered, found, praised, sent, theme_of
from tests.world import World

LATER = date(2026, 9, 20)


def refused(error: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(error.value.message_dict)


# ------------------------------------------------------------------------------------------------- ledger


def test_s1_04_a_news_item_is_entered_with_link_picture_and_theme(world: World) -> None:
    theme = theme_of(world)
    item = entered(
        world, link=" https://www.phuong.example/1/ ", picture=ContentFile(PNG, "anh.JPG"), programme=theme.programme,
        theme=theme,
    )  # fmt: skip
    item.refresh_from_db()
    assert (item.link, item.link_key, item.month) == (
        "https://www.phuong.example/1/", "phuong.example/1", date(2026, 9, 1),
    )  # fmt: skip
    assert item.picture.name.endswith(".png"), "told by content, not by name"
    assert item.theme == theme


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"picture": b"GIF89a"}, "picture"), ({"picture": b"%PDF-1.4 x"}, "picture"), ({"picture": b""}, "picture"),
        ({"link": "javascript:alert(1)"}, "link"), ({"title": ""}, "title"), ({"kind": "loudspeaker"}, "minutes"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_its_field(world: World, wrong: dict, field: str) -> None:
    if "picture" in wrong:
        wrong = {"picture": ContentFile(wrong["picture"], "anh.png")}
    with pytest.raises(ValidationError) as error:
        entered(world, **wrong)
    assert refused(error) == {field}
    assert not Item.objects.exists()


def test_a_theme_of_another_programme_is_refused(world: World) -> None:
    with pytest.raises(ValidationError) as error:
        entered(world, theme=theme_of(world))
    assert refused(error) == {"theme"}


def test_s1_04_many_past_items_are_entered_at_once_or_not_at_all(world: World) -> None:
    good = [Entry(ItemKind.PORTAL, DAY, f"Tin {n}") for n in range(3)]
    enter_items(world.ward, actor=world.clerk, entries=good, today=TODAY, topic="Đại hội")
    assert Item.objects.filter(topic="Đại hội", unit=world.ward).count() == 3
    bad = [*good, Entry(ItemKind.LOUDSPEAKER, DAY, "Không có phút")]
    with pytest.raises(ValidationError) as error:
        enter_items(world.ward, actor=world.clerk, entries=bad, today=TODAY)
    assert error.value.message_dict["lines"][0].startswith("Dòng 4: ")
    with pytest.raises(ValidationError):
        enter_items(world.ward, actor=world.clerk, entries=[], today=TODAY)
    assert Item.objects.count() == 3


def test_an_entry_is_mended_struck_and_kept_where_something_rests_on_it(world: World) -> None:
    item = entered(world, picture=ContentFile(PNG, "a.png"))
    picture = item.picture.name
    told = {"kind": "bulletin", "held_on": DAY, "title": "Bản tin số 5", "pieces": 200, "today": TODAY}
    amend_item(item, actor=world.secretary, **told)
    item.refresh_from_db()
    assert (item.kind, item.pieces, item.search_key, item.picture.name, item.version) == (
        "bulletin", 200, "ban tin so 5", picture, 1,
    )  # fmt: skip
    with pytest.raises(Conflict):
        amend_item(item, actor=world.secretary, seen_version=0, **told)
    with pytest.raises(ValidationError):
        strike_item(item, actor=world.secretary, reason=" ")
    exemplar = present_exemplar(
        praised(world), actor=world.secretary, channel=Channel.BULLETIN, on=LATER, today=TODAY, item=item
    )
    with pytest.raises(ValidationError):
        strike_item(item, actor=world.secretary, reason="nhập nhầm")
    assert exemplar.road.latest("pk").item == item
    other = entered(world, title="Nhập nhầm")
    strike_item(other, actor=world.secretary, reason="nhập nhầm")
    assert list(Item.objects.all()) == [item]
    assert Line.objects.filter(verb="outreach.strike_item").exists()


# ------------------------------------------------------------------------------------------------ articles


def test_s1_06_the_week_is_oriented_once_and_worded_anew(world: World) -> None:
    first = orient_week(world.ward, actor=world.clerk, starts_on=DAY, text="Tuyên truyền bầu cử")
    again = orient_week(world.ward, actor=world.clerk, starts_on=date(2026, 9, 13), text="Thêm phòng cháy")
    assert (first.pk, again.text, again.starts_on) == (again.pk, "Thêm phòng cháy", DAY)
    for unit, text in ((world.cell5, "x"), (world.ward, " ")):
        with pytest.raises(ValidationError):
            orient_week(unit, actor=world.clerk, starts_on=LATER, text=text)
    assert Week.objects.count() == 1


def test_s1_06_units_are_asked_each_for_an_article_of_its_own(world: World) -> None:
    article = asked(world, units=[world.cell5, world.cell7])
    assert {a.unit for a in article.week.articles.all()} == {world.cell5, world.cell7}
    for wrong, field in (
        ({"units": []}, "units"), ({"units": [world.other_cell]}, "units"), ({"what": ""}, "what"),
        ({"due_on": date(2026, 9, 1)}, "due_on"), ({"theme": theme_of(world)}, "theme"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as error:
            asked(world, **wrong)
        assert refused(error) == {field}
    assert Article.objects.count() == 2
    call_off_article(article, actor=world.clerk)
    assert Article.objects.count() == 1


def test_s1_06_requested_sent_returned_sent_again_approved_published(world: World) -> None:
    article = asked(world)
    write_article(article, actor=world.secretary, title="Nháp", text="Một nửa")
    with pytest.raises(ValidationError):
        call_off_article(article, actor=world.clerk)
    sent(world, article)
    with pytest.raises(ValidationError):
        write_article(article, actor=world.secretary, title="Sửa lén", text="x")
    with pytest.raises(ValidationError):
        publish_article(article, actor=world.clerk, kind="portal", held_on=LATER, today=TODAY)
    return_article(article, actor=world.ward_secretary, reason="Thêm con số", on=date(2026, 9, 11))
    article.refresh_from_db()
    assert (article.state, article.reason, article.first_sent_on) == (
        ArticleState.RETURNED, "Thêm con số", date(2026, 9, 10),
    )  # fmt: skip
    sent(world, article, on=date(2026, 9, 14))
    approve_article(article, actor=world.ward_secretary, on=date(2026, 9, 15))
    with pytest.raises(ValidationError) as error:
        publish_article(article, actor=world.clerk, kind="loudspeaker", held_on=LATER, today=TODAY)
    assert refused(error) == {"minutes"}
    assert not Item.objects.exists()
    link = "https://phuong.example/bai-1"
    publish_article(article, actor=world.clerk, kind="portal", held_on=LATER, today=TODAY, link=link)
    article.refresh_from_db()
    assert (article.state, article.first_sent_on, article.sent_on) == (
        ArticleState.PUBLISHED, date(2026, 9, 10), date(2026, 9, 14),
    )  # fmt: skip
    assert (article.item.link, article.item.unit, article.item.title) == (link, world.cell5, "Ngõ 7 sạch đẹp")


def test_an_article_that_nobody_asked_for_waits_for_approval(world: World) -> None:
    told = {"title": "Tự viết", "text": "Bài", "on": DAY, "today": TODAY}
    article = offer_article(world.cell5, actor=world.secretary, **told)
    assert (article.state, article.week) == (ArticleState.SENT, None)
    with pytest.raises(ValidationError) as error:
        offer_article(world.cell5, actor=world.secretary, **{**told, "text": ""})
    assert refused(error) == {"text"}
    with pytest.raises(ValidationError):
        return_article(article, actor=world.ward_secretary, reason="", on=DAY)
    article.refresh_from_db()
    assert article.state == ArticleState.SENT


def test_who_writes_who_leads_who_approves(world: World) -> None:
    article, week = sent(world), Week.objects.get()
    head = world.actor(Post.PROGRAMME_HEAD, world.ward)
    for actor in (world.secretary, world.clerk, head, world.inspector):
        with pytest.raises(PermissionDenied):
            approve_article(article, actor=actor, on=LATER)
    told = {"what": "x", "units": [world.cell5], "due_on": LATER, "asked_on": DAY}
    with pytest.raises(PermissionDenied):
        ask_for_articles(week, actor=world.secretary, **told)
    ask_for_articles(week, actor=head, **told)
    with pytest.raises(PermissionDenied):
        send_article(article, actor=world.secretary7, title="x", text="y", on=DAY, today=TODAY)
    article.refresh_from_db()
    assert article.state == ArticleState.SENT


# ----------------------------------------------------------------------------------------------- exemplars


def test_s1_07_found_proposed_returned_approved_presented_commended(world: World) -> None:
    exemplar = found(world)
    propose_exemplar(exemplar, actor=world.secretary, on=date(2026, 9, 8))
    return_exemplar(exemplar, actor=world.ward_secretary, reason="Kể rõ hơn", on=date(2026, 9, 9))
    amend_exemplar(exemplar, actor=world.secretary, title="Trả lại tiền", story="Rõ hơn", on=date(2026, 9, 10))
    propose_exemplar(exemplar, actor=world.secretary, on=date(2026, 9, 10))
    with pytest.raises(ValidationError):
        present_exemplar(exemplar, actor=world.secretary, channel=Channel.PORTAL, on=LATER, today=TODAY)
    approve_exemplar(exemplar, actor=world.ward_secretary, on=date(2026, 9, 11))
    with pytest.raises(ValidationError):
        approve_exemplar(exemplar, actor=world.ward_secretary, on=date(2026, 9, 11))
    present_exemplar(
        exemplar, actor=world.secretary, channel=Channel.TELEVISION, on=LATER, today=TODAY, note="Đài tỉnh"
    )
    with pytest.raises(ValidationError) as error:
        commend_exemplar(exemplar, actor=world.clerk, on=LATER)
    assert refused(error) == {"paper"}
    paper = register_paper(
        world.ward, actor=world.clerk, kind="Quyết định", issuer="Đảng ủy", subject="Khen thưởng", symbol="1-QĐ/ĐU"
    )
    commend_exemplar(exemplar, actor=world.clerk, on=LATER, paper=paper)
    exemplar.refresh_from_db()
    assert exemplar.state == Step.COMMENDED
    assert [(s.step, s.on.day) for s in exemplar.road.all()] == [
        ("found", 7), ("proposed", 8), ("returned", 9), ("proposed", 10), ("approved", 11), ("presented", 20),
        ("commended", 20),
    ]  # fmt: skip


def test_an_exemplar_changed_after_approval_waits_again_and_keeps_its_road(world: World) -> None:
    exemplar = praised(world)
    present_exemplar(exemplar, actor=world.secretary, channel=Channel.PORTAL, on=LATER, today=TODAY)
    amend_exemplar(exemplar, actor=world.secretary, title="Sửa", story="Khác", on=date(2026, 9, 21))
    exemplar.refresh_from_db()
    assert exemplar.state == Step.PROPOSED
    with pytest.raises(ValidationError):
        show_exemplar(exemplar, actor=world.ward_secretary, on=LATER, agreed=True)
    approve_exemplar(exemplar, actor=world.ward_secretary, on=date(2026, 9, 22))
    exemplar.refresh_from_db()
    assert exemplar.state == Step.PRESENTED


def test_an_exemplar_is_one_and_its_refusals_change_nothing(world: World) -> None:
    member = world.member(world.cell5)
    with pytest.raises(ValidationError) as error:
        found(world, member=member)
    assert refused(error) == {"name"}
    assert not Exemplar.objects.exists()
    group = found(world, name="", praised_unit=world.cell7)
    assert (str(group), group.is_group) == ("Chi bộ 7", True)
    with pytest.raises(ValidationError):
        propose_exemplar(group, actor=world.secretary, on=date(2026, 9, 1))
    assert RoadStep.objects.count() == 1
    with pytest.raises(PermissionDenied):
        approve_exemplar(group, actor=world.secretary, on=LATER)


def test_a_cell_presents_at_no_meeting_and_by_no_entry_that_it_does_not_see(world: World) -> None:
    item = entered(world, unit=world.cell7)
    exemplar = praised(world)
    with pytest.raises(PermissionDenied):
        present_exemplar(exemplar, actor=world.secretary, channel=Channel.PORTAL, on=LATER, today=TODAY, item=item)
    exemplar.refresh_from_db()
    assert exemplar.state == Step.APPROVED


# ---------------------------------------------------------------------------------------------- the public


def test_the_public_reads_what_was_approved_whatever_is_changed_later(world: World) -> None:
    article = approved(world)
    show_article(article, actor=world.ward_secretary, on=LATER)
    send_article(article, actor=world.secretary, title="Ngõ 7 sạch đẹp", text="Sửa thêm", on=LATER, today=TODAY)
    assert Publication.objects.get().text == "12 hộ cùng làm."
    with pytest.raises(ValidationError):
        show_article(article, actor=world.ward_secretary, on=LATER)
    approve_article(article, actor=world.ward_secretary, on=LATER)
    assert Publication.objects.get().text == "12 hộ cùng làm.", "approved again, not yet shown again"
    show_article(article, actor=world.ward_secretary, on=LATER)
    assert Publication.objects.get().text == "Sửa thêm"
    withdraw_publication(Publication.objects.get(), actor=world.ward_secretary, on=TODAY)
    assert Publication.objects.get().withdrawn_on == TODAY
    verbs = set(Line.objects.values_list("verb", flat=True))
    assert {"outreach.show_article", "outreach.withdraw_publication"} <= verbs


def test_a_person_is_shown_with_their_word_and_nobody_but_the_approvers_shows(world: World) -> None:
    exemplar = praised(world)
    with pytest.raises(ValidationError) as error:
        show_exemplar(exemplar, actor=world.ward_secretary, on=LATER)
    assert refused(error) == {"agreed"}
    with pytest.raises(PermissionDenied):
        show_exemplar(exemplar, actor=world.clerk, on=LATER, agreed=True)
    assert not Publication.objects.exists()
    show_exemplar(exemplar, actor=world.ward_secretary, on=LATER, agreed=True)
    assert Publication.objects.get().byline == "Bà Nguyễn Thị Hiền, tổ dân phố 5"
