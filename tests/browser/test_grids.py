"""The grids of ballots and levels are filled with the keys of the arrows alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Seat


def stands_in(page: Page) -> tuple[int, int]:
    """Line and column of the cell in focus."""
    row, column = page.evaluate(
        "() => { const td = document.activeElement.closest('td'); return [td.parentElement.rowIndex, td.cellIndex]; }"
    )
    return row, column


def test_arrows_move_through_ballots_and_levels_and_change_no_number(sit: Callable[[str, str], Seat]) -> None:
    seat = sit("secretary", "1280")
    page = seat.page
    page.goto(f"{seat.address}/reviews/")
    page.locator("a[href$='/ballots/']").first.click()
    cells = page.locator("table.ballots input[type=number]")
    before = [cell.input_value() for cell in cells.all()]
    cells.first.focus()
    places = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "Enter", "ArrowUp"):
        page.keyboard.press(key)
        places.append(stands_in(page))
    assert places == [(1, 2), (1, 3), (1, 2), (2, 2), (3, 2), (2, 2)]
    assert [cell.input_value() for cell in cells.all()] == before
    page.goto(page.url.replace("/ballots/", "/levels/propose/"))
    page.locator("table.levels select").first.focus()
    for key, place in (("ArrowDown", (2, 3)), ("ArrowRight", (2, 4)), ("ArrowLeft", (2, 3)), ("ArrowUp", (1, 3))):
        page.keyboard.press(key)
        assert stands_in(page) == place
