"""A ward that tells the public: its programme with this year's theme, and short words for entries of 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

from chibo.outreach.actions.articles import approve_article, ask_for_articles, orient_week, send_article
from chibo.outreach.actions.exemplars import approve_exemplar, find_exemplar, propose_exemplar
from chibo.outreach.actions.items import enter_item
from chibo.outreach.models import Article, Exemplar, Item
from chibo.programmes.actions import launch_programme, set_theme
from chibo.programmes.models import Programme, Theme
from chibo.units.actions import decide_setting
from tests.world import World

TODAY = date(2026, 9, 30)
DAY = date(2026, 9, 7)
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\3\0"
    b"\x08\xfc\2\xfe\xa7\x9a\xa0\xa0\0\0\0\0IEND\xaeB`\x82"
)


def theme_of(world: World, year: int = 2026) -> Theme:
    programme = Programme.objects.filter(unit=world.ward).first() or launch_programme(
        world.ward, actor=world.clerk, code="ct05", name="Chỉ thị 05-CT/TW", valid_from=date(2016, 5, 15)
    )
    return set_theme(programme, actor=world.clerk, year=year, title="Nêu gương, gần dân")


def entered(world: World, **told: Any) -> Item:
    usual = {"kind": "portal", "held_on": DAY, "title": "Ngày hội đọc sách", "today": TODAY}
    place = told.pop("unit", world.cell5)
    return enter_item(place, actor=world.clerk, **{**usual, **told})


def asked(world: World, **told: Any) -> Article:
    """Cell 5 is asked, in the week of 7 September 2026, for an article by the 11th."""
    week = orient_week(world.ward, actor=world.clerk, starts_on=DAY, text="Tuyên truyền chuyên đề năm")
    usual = {"what": "Việc làm cụ thể", "units": [world.cell5], "due_on": date(2026, 9, 11), "asked_on": DAY}
    ask_for_articles(week, actor=world.clerk, **{**usual, **told})
    return Article.objects.latest("pk")


def sent(world: World, article: Article | None = None, **told: Any) -> Article:
    usual = {"title": "Ngõ 7 sạch đẹp", "text": "12 hộ cùng làm.", "on": date(2026, 9, 10), "today": TODAY}
    return send_article(article or asked(world), actor=world.secretary, **{**usual, **told})


def approved(world: World, **told: Any) -> Article:
    return approve_article(sent(world, **told), actor=world.ward_secretary, on=date(2026, 9, 12))


def found(world: World, **told: Any) -> Exemplar:
    usual = {"name": "Bà Nguyễn Thị Hiền", "about": "tổ dân phố 5", "title": "Trả lại 12 triệu đồng nhặt được"}
    usual |= {"story": "Nhặt được ở chợ, nhờ công an tìm người mất.", "found_on": DAY, "today": TODAY}
    return find_exemplar(world.cell5, actor=world.secretary, **{**usual, **told})


def praised(world: World, **told: Any) -> Exemplar:
    """Found, proposed and approved."""
    exemplar = propose_exemplar(found(world, **told), actor=world.secretary, on=date(2026, 9, 8))
    return approve_exemplar(exemplar, actor=world.ward_secretary, on=date(2026, 9, 10))


def open_page(world: World) -> None:
    """Open the ward's page to the public."""
    decide_setting(
        world.ward,
        actor=world.clerk,
        code="outreach.public",
        value=1,
        effective_from=date(2026, 1, 1),
        source="TB 12",
    )
