"""One month of a cell in the browser, on a telephone: prepare, run, close; what was resolved stands on the next agenda."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import Seat

MATTER = "Vận động 14 hộ ngõ 8 lắp camera an ninh"


def number_of(page: Page) -> str:
    return page.url.split("/meetings/")[1].split("/")[0]


def test_prepare_run_close_and_the_next_agenda_holds_what_is_open(sit: Callable[[str, str], Seat]) -> None:
    seat = sit("secretary", "390")
    unit = number_of(seat.go("/meetings/"))

    # Prepare: called together for today, with a topic; the agenda has assembled itself.
    page = seat.go(f"/meetings/{unit}/convene/")
    page.check("input[name=kind][value=topical]", force=True)
    page.fill("[name=held_on]", "hôm nay")
    page.fill("[name=starts_at]", "0:05")
    page.fill("[name=topic]", "Giữ gìn an ninh trật tự ở ngõ 8")
    page.select_option("[name=chair]", index=1)
    page.select_option("[name=recorder]", index=2)
    page.click("main .button-main")
    page.wait_for_url(lambda url: "/convene/" not in url)
    meeting = number_of(page)
    page = seat.go(f"/meetings/{meeting}/prepare/")
    expect(page.locator(".arranged li").first).to_be_visible()

    # Run: the roll, the clock of the first item, a speaker, a matter with its doer, deadline and measure, the vote.
    page = seat.go(f"/meetings/{meeting}/run/")
    page.click("text=Còn lại có mặt")
    expect(page.locator("#tally")).to_contain_text("đã điểm danh đủ", timeout=60_000)
    page.click("#now button")
    page.wait_for_selector("#now .clock")
    page.click("#floor .chips button >> nth=0")
    expect(page.locator("#floor .said li")).to_have_count(1)
    page.click("text=Thêm nội dung nghị quyết")
    page.fill("[name=what]", MATTER)
    page.select_option("[name=doer]", index=1)
    page.fill("[name=due_on]", f"{date.today() + timedelta(days=60):%d/%m/%Y}")
    page.fill("[name=measure]", "14 hộ lắp xong")
    page.click("text=Ghi vào nghị quyết")
    expect(page.locator("#resolved li")).to_have_count(1)
    voters = page.locator("#tally").get_attribute("data-voters") or ""
    page.click("text=Ghi kết quả biểu quyết")
    page.fill("[name=question]", "Thông qua nghị quyết")
    page.fill("[name=in_favour]", voters)
    page.click("text=Ghi biểu quyết")
    expect(page.locator("#votes .state-ok, #votes [class*=ok]").first).to_be_visible()

    # Close: the minutes are there; one press, and the resolution has its number.
    page = seat.go(f"/meetings/{meeting}/minutes/")
    assert MATTER in page.input_value("[name=minutes]")
    page.click("main .button-main")
    expect(page.locator("main")).to_contain_text("Đã bế mạc")
    seat.go(f"/meetings/{meeting}/resolution/")
    expect(page.locator("main")).to_contain_text("-NQ/CB")
    expect(page.locator("main")).to_contain_text(MATTER)

    # The next meeting: what is open stands there by itself.
    following = (date.today().replace(day=1) + timedelta(days=62)).replace(day=5)
    page = seat.go(f"/meetings/{unit}/convene/")
    page.check("input[name=kind][value=regular]", force=True)
    page.fill("[name=held_on]", f"{following:%d/%m/%Y}")
    page.click("main .button-main")
    page.wait_for_url(lambda url: "/convene/" not in url)
    page = seat.go(f"/meetings/{number_of(page)}/prepare/")
    expect(page.locator("[aria-labelledby=due-tasks]")).to_contain_text(MATTER)
    assert seat.complaints == []
