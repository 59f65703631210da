"""Every page that people use, at 390 and 1280 px: it opens, fits, complains of nothing, and readers can use it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Seat
from tools.shots import PAGES, SIZES

EVERY = [(person, path, size) for person, pages in PAGES.items() for path in pages.values() for size in SIZES]


@pytest.mark.parametrize(("person", "path", "size"), EVERY)
def test_a_page_opens_fits_and_can_be_read_aloud(
    sit: Callable[[str, str], Seat], person: str, path: str, size: str
) -> None:
    seat = sit(person, size)
    seat.go(path)
    seat.fits()
    if size == "390":  # what readers hear is the same at every width
        seat.can_be_read_aloud()


def test_a_page_is_reached_and_left_by_keyboard_alone(sit: Callable[[str, str], Seat]) -> None:
    seat = sit("office", "1280")
    page = seat.go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    page.keyboard.type("chi bo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    assert page.locator("main .lines li, main .hits li").count() > 0


def test_reading_needs_no_javascript(demo, chromium) -> None:  # type: ignore[no-untyped-def]
    address, log_ins = demo
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.fill("input[name=login]", log_ins["office"]["username"])
    page.fill("input[name=password]", log_ins["office"]["password"])
    page.click("button[type=submit]")
    for path in ("/", "/board/", "/members/", "/figures/"):
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status == 200
        assert page.locator("h1").inner_text()
    context.close()
