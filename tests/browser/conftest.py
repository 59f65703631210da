"""A real server on a small demonstration, and a real browser: one of each for all browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tools.shots import CHROMIUM, FLAGS, SIZES, log_in, reach, served_demo

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All at one worker: there is one server and one browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass
class Seat:
    """Somebody in front of the product."""

    page: Page
    address: str
    complaints: list[str]

    def go(self, path: str) -> Page:
        answer = reach(self.page, self.address, path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.page

    def fits(self) -> None:
        """The page is no wider than the screen, has one title and one main button at most, and complains of nothing."""
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{self.page.url} is {too_wide} px too wide"
        assert self.page.locator("h1").count() == 1
        assert self.page.locator("main .button-main").count() <= 1, "more than one main button"
        assert self.complaints == []

    def can_be_read_aloud(self) -> None:
        """Nothing that people who listen to a page, or see little, would stumble over."""
        found = Axe().run(self.page).response["violations"]
        serious = [
            f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in {"serious", "critical"}
        ]
        assert serious == []


@pytest.fixture(scope="package")
def demo() -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    with served_demo("--small") as served:
        yield served


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def sit(demo: tuple[str, dict[str, dict[str, str]]], chromium: Browser) -> Callable[[str, str], Seat]:
    """``sit("secretary", "390")``: log in as one of the demonstration's people at a screen of that width."""
    seats: dict[tuple[str, str], Seat] = {}
    address, log_ins = demo

    def take(person: str, size: str) -> Seat:
        if (person, size) not in seats:
            page = log_in(chromium, address, log_ins[person], SIZES[size])
            seat = Seat(page, address, [])
            page.on("console", lambda m: seat.complaints.append(m.text) if m.type in {"error", "warning"} else None)
            page.on("pageerror", lambda e: seat.complaints.append(str(e)))
            seats[person, size] = seat
        seats[person, size].complaints.clear()
        return seats[person, size]

    return take
