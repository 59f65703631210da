"""The chair's page in a real browser: a line that is down for ten minutes loses nothing; two who call the roll agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Seat
from tools.shots import SIZES, log_in

WAITING = "#waiting.waiting-bad"


@pytest.fixture(scope="module")
def held(sit: Callable[[str, str], Seat]) -> str:
    """A meeting of the secretary's cell that is held today; gives the address of its chair's page."""
    page = sit("secretary", "1280").go("/meetings/")
    unit = page.url.split("/")[4]
    page = sit("secretary", "1280").go(f"/meetings/{unit}/convene/")
    page.check("input[name=kind][value=extraordinary]", force=True)
    page.fill("[name=held_on]", "hôm nay")
    page.fill("[name=place]", "Nhà văn hóa")
    page.click("main .button-main")
    page.wait_for_url(lambda url: "/convene/" not in url)
    return f"/meetings/{page.url.split('/')[4]}/run/"


@contextmanager
def line_down(page: Page, minutes: int) -> Iterator[None]:
    """No network, while the clock of the page goes on."""
    page.context.set_offline(True)
    try:
        yield
        page.clock.fast_forward(minutes * 60_000)
    finally:
        page.context.set_offline(False)


def mark(page: Page, row: int, presence: str) -> None:
    page.locator("tr[data-call]").nth(row).locator(f"[value={presence}]").evaluate("box => box.click()")


def present(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        "tr[data-call]:has([value=present]:checked)", "rows => rows.map((row) => row.dataset.member).sort()"
    )


def test_nothing_is_lost_while_the_line_is_down_for_ten_minutes(demo, chromium: Browser, held: str) -> None:
    """Half a roll, a speaker, a vote and an item are written without a line, and are there once it is back, once each."""
    address, log_ins = demo
    page = log_in(chromium, address, log_ins["secretary"], SIZES["390"])
    page.clock.install()
    page.goto(address + held)
    count = page.locator("tr[data-call]").count()
    for n in range(3):
        mark(page, n, "present")
    expect(page.locator("#tally")).to_contain_text("3/")
    page.click("#now button")
    page.wait_for_selector("#now .clock")
    with line_down(page, 10):
        for n in range(3, count):
            mark(page, n, "present")
        mark(page, 3, "excused")
        page.click("#floor .chips button >> nth=0")
        page.click("text=Thêm nội dung nghị quyết")
        page.fill("[name=what]", "Vận động 12 hộ ngõ 5 hiến đất mở đường")
        page.select_option("[name=doer]", index=1)
        page.fill("[name=due_on]", "31/12/2099")
        page.fill("[name=measure]", "12 hộ ký biên bản hiến đất")
        page.click("text=Ghi vào nghị quyết")
        assert "chưa gửi" in page.inner_text(WAITING)
        page.wait_for_selector(".unsent")
    page.wait_for_selector(WAITING, state="detached")
    fresh = log_in(chromium, address, log_ins["secretary"], SIZES["1280"])
    fresh.goto(address + held)
    assert len(present(fresh)) == count - 1
    assert fresh.locator("tr[data-call] [value=excused]:checked").count() == 1
    assert fresh.locator("#floor .said li").count() == 1
    assert fresh.locator("#resolved li").count() == 1


def test_what_was_not_sent_outlives_the_page(demo, chromium: Browser, held: str) -> None:
    """The tab is closed while the line is down; the next time the page opens, what waited is sent."""
    address, log_ins = demo
    page = log_in(chromium, address, log_ins["secretary"], SIZES["390"])
    page.goto(address + held)
    page.context.set_offline(True)
    mark(page, 4, "unexcused")
    page.wait_for_selector(WAITING)
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address + held)
    again.wait_for_selector(WAITING, state="detached")
    again.reload()
    assert again.locator("tr[data-call]").nth(4).locator("[value=unexcused]").is_checked()


def test_two_who_call_the_roll_at_once_agree_in_the_end(demo, chromium: Browser, held: str) -> None:
    """Both mark the same people differently and in another order; the last mark of each stands, on both pages."""
    address, log_ins = demo
    pages = [log_in(chromium, address, log_ins["secretary"], SIZES[size]) for size in ("390", "1280")]
    for page in pages:
        page.goto(address + held)
    for n in range(5):
        for page, value, at in ((pages[0], "present", n), (pages[1], "excused", 4 - n)):
            mark(page, at, value)
    for page in pages:
        page.wait_for_selector(WAITING, state="detached")
    for page in pages:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    pages[0].wait_for_timeout(1500)
    assert present(pages[0]) == present(pages[1])
    pages[0].reload()
    assert present(pages[0]) == present(pages[1]), "and it is what is stored"


def test_a_vague_item_comes_back_with_the_reason_and_the_next_try_is_taken(sit, held: str) -> None:
    page = sit("secretary", "1280").go(held)
    before = page.locator("#resolved li").count()
    page.click("text=Thêm nội dung nghị quyết")
    page.fill("[name=what]", "Tăng cường tuyên truyền")
    page.click("text=Ghi vào nghị quyết")
    page.wait_for_selector(".field-error")
    assert page.input_value("[name=what]") == "Tăng cường tuyên truyền"
    page.fill("[name=override_reason]", "Chờ kế hoạch của phường")
    page.click("details.adding[open] form button[type=submit]")
    expect(page.locator("#resolved li")).to_have_count(before + 1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page_of", ["run/", "screen/", "attachments/", "resolution/", "minutes/"])
def test_pages_of_a_meeting_open_fit_and_can_be_read_aloud(sit, held: str, size: str, page_of: str) -> None:
    seat = sit("secretary", size)
    seat.go(held.removesuffix("run/") + page_of)
    seat.fits()
    seat.can_be_read_aloud()
