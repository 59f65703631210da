"""The pages of the tree and of the values that hold."""

from __future__ import annotations

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.charter import Post
from chibo.units.models import Ordinance, Unit
from chibo.units.rules import CellKind, Level
from tests.units.test_actions import end_the_district
from tests.world import LONG_AGO, World

CHANGES = ("found", "rename", "move", "merge", "split", "close")


def url(name: str, *args: object) -> str:
    return reverse(f"units:{name}", args=args)


def text_of(response) -> str:
    return response.content.decode()


def test_the_tree_opens_at_ones_own_unit(world: World, browser_of) -> None:
    assert browser_of(world.clerk).get(url("start")).url == url("unit", world.ward.pk)


def test_the_tree_of_a_past_day_is_shown(world: World, browser_of) -> None:
    chief = world.actor(Post.WARD_SECRETARY, world.city)
    end_the_district(world)
    browser = browser_of(chief)
    then = text_of(browser.get(url("unit", world.city.pk), {"on": "30/06/2025"}))
    now = text_of(browser.get(url("unit", world.city.pk)))
    assert "Quận Sông Xanh" in then
    assert "Quận Sông Xanh" not in now
    assert "Chi bộ 5" in now
    assert text_of(browser.get(url("unit", world.city.pk), {"on": "hôm kia kìa"})).count("Chưa đọc được ngày") >= 1


def test_a_units_page_tells_its_history(world: World, browser_of) -> None:
    end_the_district(world)
    page = text_of(browser_of(world.clerk).get(url("unit", world.ward.pk)))
    assert "trực thuộc Quận Sông Xanh" in page
    assert "trực thuộc Thành phố Hoa Sen" in page


def test_strangers_find_nothing(world: World, browser_of) -> None:
    for actor in (world.stranger, world.secretary7):
        browser = browser_of(actor)
        for name in ("unit", *CHANGES, "settings"):
            assert browser.get(url(name, world.cell5.pk)).status_code == 404, name
        assert browser.post(url("rename", world.cell5.pk), {"name": "x", "on": "1/1/2025"}).status_code == 404
        assert browser.get(url("setting", world.cell5.pk, "members.probation_months")).status_code == 404


def test_a_secretary_looks_but_shapes_nothing(world: World, browser_of) -> None:
    browser = browser_of(world.secretary)
    assert browser.get(url("unit", world.cell5.pk)).status_code == 200
    assert browser.get(url("settings", world.cell5.pk)).status_code == 200
    for name in CHANGES:
        assert browser.get(url(name, world.cell5.pk)).status_code == 403
    assert browser.get(url("setting", world.cell5.pk, "members.probation_months")).status_code == 403


def test_the_anonymous_are_asked_to_log_in(world: World, client: Client) -> None:
    assert client.get(url("unit", world.cell5.pk)).url.startswith(reverse("account_login"))


def test_every_form_opens_and_refuses_nothing_at_all(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    for name in CHANGES:
        assert browser.get(url(name, world.ward.pk)).status_code == 200, name
        assert browser.post(url(name, world.ward.pk), {}).status_code == 422, name


def test_a_cell_is_founded_renamed_split_and_closed_by_form(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    typed = {"name": "Chi bộ 9", "key": "sm-9", "level": "cell", "cell_kind": "school", "on": "1/1/2024", "code": ""}
    refused = browser.post(url("found", world.ward.pk), {**typed, "code": "12.3"})
    assert refused.status_code == 422
    assert "14 chữ số" in text_of(refused)
    assert "Chi bộ 9" in text_of(refused)
    assert browser.post(url("found", world.ward.pk), typed).status_code == 302
    nine = Unit.objects.get(key="sm-9")
    assert browser.post(url("rename", nine.pk), {"name": "Chi bộ Chín", "on": "1/1/2024"}).status_code == 422
    assert browser.post(url("rename", nine.pk), {"name": "Chi bộ Chín", "on": "1/2/2024"}).status_code == 302
    assert browser.post(url("split", nine.pk), {"names": "không đúng", "on": "1/3/2024"}).status_code == 422
    assert browser.post(url("split", nine.pk), {"names": "sm-9b: Chi bộ 9B\n", "on": "1/3/2024"}).status_code == 302
    merged = {
        "units": [nine.pk, Unit.objects.get(key="sm-9b").pk],
        "name": "Chi bộ 9",
        "key": "sm-9c",
        "on": "1/4/2024",
    }
    assert browser.post(url("merge", world.ward.pk), merged).status_code == 302
    assert "Hợp nhất" in text_of(browser.get(url("unit", Unit.objects.get(key="sm-9c").pk)))
    closed = {"last_day": "1/5/2024", "successor": world.cell5.pk}
    assert browser.post(url("close", Unit.objects.get(key="sm-9c").pk), closed).status_code == 302


def test_the_second_editor_of_a_unit_is_told(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    typed = {"name": "Chi bộ Năm", "on": "1/1/2025", "seen_version": world.cell5.version}
    assert browser.post(url("rename", world.cell5.pk), typed).status_code == 302
    second = browser.post(url("rename", world.cell5.pk), {**typed, "name": "Chi bộ V", "on": "1/2/2025"})
    assert second.status_code == 422
    assert "đã sửa nội dung này" in text_of(second)


@pytest.mark.parametrize(("mark", "words"), [("S2", "cần đơn vị xác nhận"), ("R", "Cần đơn vị xác nhận")])
def test_every_value_says_how_sure_it_is(world: World, browser_of, mark: str, words: str) -> None:
    assert words in text_of(browser_of(world.clerk).get(url("settings", world.ward.pk)))


def test_the_office_decides_a_value_from_a_day(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    address = url("setting", world.ward.pk, "members.probation_months")
    for wrong in ({"value": "mười"}, {"value": "-1"}, {"source": ""}, {"effective_from": "30/2/2025"}):
        typed = {"value": "10", "effective_from": "1/1/2025", "source": "CV 1-CV/TU", **wrong}
        assert browser.post(address, typed).status_code == 422, wrong
    assert not Ordinance.objects.exists()
    assert (
        browser.post(address, {"value": "10", "effective_from": "1/1/2025", "source": "CV 1-CV/TU"}).status_code
        == 302
    )
    page = text_of(browser.get(url("settings", world.ward.pk)))
    assert "CV 1-CV/TU" in page
    assert "Đơn vị đã quyết định" in page
    assert browser.get(url("setting", world.ward.pk, "khong.co")).status_code == 404


def test_the_tree_asks_as_often_for_two_cells_as_for_thirty(world: World, browser_of) -> None:
    from django.db import connection

    from chibo.access.actor import SETUP
    from chibo.units.actions import found_unit

    browser, counts = browser_of(world.clerk), []
    for many in (0, 28):
        for number in range(many):
            found_unit(
                world.ward, actor=SETUP, name=f"Chi bộ {number + 20}", key=f"sm-{number + 20}", level=Level.CELL,
                cell_kind=CellKind.RESIDENTIAL, on=LONG_AGO,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            browser.get(url("unit", world.ward.pk))
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
