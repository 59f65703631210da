"""A real server on a small demonstration, and a real browser: one of each for all browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tools.shots import CHROMIUM, FLAGS, SIZES, log_in, served_demo

pytestmark = pytest.mark.browser


@dataclass
class Seat:
    """Somebody in front of the product."""

    page: Page
    address: str
    complaints: list[str]

    def go(self, path: str) -> Page:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.page


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
