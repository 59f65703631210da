"""Seed S0 in a real browser: the inspected hand in, the team looks in a hall without a line, the dossier is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.browser.conftest import Seat
from tools.shots import SIZES, log_in


@pytest.fixture(scope="module")
def running(sit: Callable[[str, str], Seat]) -> str:
    """The address of the inspection that is under way in the demonstration."""
    page = sit("inspector", "1280").go("/inspections/")
    page.click("text=Nền nếp, chất lượng sinh hoạt chi bộ")
    page.wait_for_url("**/inspections/*/")
    return page.url.partition("/inspections/")[2]


def _own(page: Page) -> str:
    page.click("main .button-main")
    page.wait_for_url("**/report/")
    return page.url


def test_s0_the_inspected_finds_its_report_written_and_hands_it_in(sit, running: str) -> None:
    page = sit("secretary", "390").go(f"/inspections/{running}")
    _own(page)
    assert page.locator(".own-item textarea").first.input_value() != ""
    for number in (15, 16):
        page.locator(".own-item", has_text=f"{number}. ").locator("textarea").first.fill("Đã thực hiện nghiêm túc.")
    page.click("text=Gửi báo cáo")
    page.wait_for_selector(".notice-ok")
    assert "Đã gửi ngày" in page.inner_text("main")


def test_s0_the_team_looks_where_there_is_no_line(demo, chromium: Browser, running: str) -> None:
    """Marks and a finding are kept while the line is down, sent once it is back, and written once each."""
    address, log_ins = demo
    page = log_in(chromium, address, log_ins["inspector"], SIZES["390"])
    page.goto(f"{address}/inspections/{running}")
    page.click("a.line-verb:has-text('Thẩm tra') >> nth=0")
    page.wait_for_url("**/verify/")
    page.context.set_offline(True)
    count = page.locator("form.criterion").count()
    for n in range(count):
        page.locator("form.criterion").nth(n).locator("[value=met]").evaluate("box => box.click()")
    page.click("text=Thêm nhận xét")
    page.fill("[name=text]", "Ghi chép đầy đủ, rõ ràng")
    page.click("text=Ghi nhận xét")
    page.wait_for_selector("#waiting.waiting-bad")
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector("#waiting.waiting-bad", state="detached")
    expect(page.locator("#found li")).to_have_count(1)
    page.reload()
    assert page.locator("form.criterion [value=met]:checked").count() == count
    expect(page.locator("#found li")).to_have_count(1)


PNG = {"name": "so.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 3000}


def test_s0_pictures_taken_where_there_is_no_line_are_sent_later_each_once(
    demo, chromium: Browser, running: str
) -> None:
    """Two pictures wait in the phone through a closed page; what would be refused is said at once, and what was sent
    already without the phone learning of it is written once; nothing waits any more, and who logs out leaves nothing."""
    address, log_ins = demo
    page = log_in(chromium, address, log_ins["inspector"], SIZES["390"])
    page.goto(f"{address}/inspections/{running}")
    page.click("a.line-verb:has-text('Thẩm tra') >> nth=0")
    page.wait_for_url("**/verify/")
    here, box = page.url, ".photo input[type=file] >> nth=0"
    before = page.locator(".photo >> nth=0 >> li").count()
    page.context.set_offline(True)
    page.set_input_files(box, {**PNG, "name": "so.gif", "mimeType": "image/gif"})
    expect(page.locator(".photo .field-error >> nth=0")).to_have_text("Chỉ nhận ảnh JPG hoặc PNG.")
    for _n in range(2):
        page.set_input_files(box, PNG)
    expect(page.locator("#waiting")).to_contain_text("chưa gửi 2 mục")
    page.click("text=Xong thẩm tra")
    expect(page.locator("#waiting")).to_contain_text("chưa gửi 2 mục")
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    lost = []

    def answered_into_the_void(route) -> None:
        """The first time the server has it and the phone does not learn of it."""
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    again.route("**/photos/*/", answered_into_the_void)
    again.goto(here)
    expect(again.locator(".photo >> nth=0 >> li")).to_have_count(before + 2, timeout=15_000)
    again.reload()
    expect(again.locator(".photo >> nth=0 >> li")).to_have_count(before + 2)
    expect(again.locator("#waiting.waiting-bad")).to_have_count(0)
    assert again.evaluate(IN_THE_DRAWER) == 0
    assert lost[0].ok
    too_wide = again.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0


def test_s0_what_was_tapped_outlives_a_full_device_and_a_session_that_ended(
    demo, chromium: Browser, running: str
) -> None:
    """No room on the device: the page says not to close it, and keeps it. The session is over when the line is back:
    the page says to log in, and sends all once somebody did, beside it."""
    address, log_ins = demo
    page = log_in(chromium, address, log_ins["inspector"], SIZES["390"])
    page.goto(f"{address}/inspections/{running}")
    page.click("a.line-verb:has-text('Thẩm tra') >> nth=1")
    page.wait_for_url("**/verify/")
    expect(page.locator("#hall")).to_be_visible(timeout=20_000)  # whoever opened only the checklist has it too
    page.context.set_offline(True)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    marks = page.locator("form.criterion")
    marks.nth(0).locator("[value=unmet]").evaluate("box => box.click()")
    expect(page.locator("#waiting")).to_contain_text("hết chỗ giữ")
    marks.nth(1).locator("[value=partly]").evaluate("box => box.click()")
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#waiting")).to_contain_text("Phiên làm việc đã hết")
    again = page.context.new_page()
    again.goto(f"{address}/account/login/")
    again.fill("input[name=login]", log_ins["inspector"]["username"])
    again.fill("input[name=password]", log_ins["inspector"]["password"])
    again.click("button[type=submit]")
    again.wait_for_url(lambda url: "/login/" not in url)
    expect(page.locator("#waiting.waiting-bad")).to_have_count(0, timeout=15_000)
    page.reload()
    expect(page.locator("form.criterion >> nth=0 >> [value=unmet]")).to_be_checked()
    expect(page.locator("form.criterion >> nth=1 >> [value=partly]")).to_be_checked()
    page.context.close()


IN_THE_DRAWER = """() => new Promise((done) => { const asked = indexedDB.open("chibo", 1);
  asked.onsuccess = () => { const got = asked.result.transaction("pictures").objectStore("pictures").count(); got.onsuccess = () => done(got.result); }; })"""


def test_s0_the_checklist_opens_where_there_is_no_line_and_nothing_lies_ready_after_log_out(
    demo, chromium: Browser, running: str
) -> None:
    """Whoever opened the inspection with a line opens its checklist without one, finds what they tapped there when they
    open it again, and has it sent once there is a line; after log-out the device holds none of it."""
    address, log_ins = demo
    page = log_in(chromium, address, log_ins["inspector"], SIZES["390"])
    page.goto(f"{address}/inspections/{running}")
    expect(page.locator("#hall")).to_be_visible(timeout=20_000)
    where = address + str(page.get_attribute("a.line-verb:has-text('Thẩm tra') >> nth=1", "href"))
    page.context.set_offline(True)
    page.goto(where)
    box = page.locator("form.criterion >> nth=0 >> [value=partly]")
    box.evaluate("box => box.click()")
    expect(page.locator("#waiting")).to_contain_text("chưa gửi 1 mục")
    page.reload()
    expect(box).to_be_checked()
    expect(page.locator("#waiting")).to_contain_text("chưa gửi 1 mục")
    fits = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert fits <= 0, "its sheets lie ready too"
    page.goto(f"{address}/inspections/{running}")
    page.context.set_offline(False)
    page.goto(where)
    expect(page.locator("#waiting.waiting-bad")).to_have_count(0, timeout=15_000)
    page.reload()
    expect(box).to_be_checked()
    assert page.evaluate(LYING_READY) > 0
    page.locator("form[data-forget]").first.evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/login/**")
    expect(page.locator("[type=password]")).to_be_visible()
    page.wait_for_function(f"async () => await ({LYING_READY})() === 0")
    page.context.set_offline(True)
    with pytest.raises(PlaywrightError):
        page.goto(where)
    page.context.close()


LYING_READY = "async () => (await caches.keys()).filter((name) => name.startsWith('chibo-hall:')).length"


def test_s0_the_outline_is_written_with_the_keyboard_and_the_thumb(sit) -> None:
    """The survey that is still being prepared: a row is added, its kind asks for its name, it is moved and kept."""
    seat = sit("inspector", "390")
    page = seat.go("/inspections/")
    page.click("text=Khảo sát sinh hoạt chi bộ trước đợt kiểm tra")
    page.wait_for_url("**/inspections/*/")
    seat.go(f"/inspections/{page.url.partition('/inspections/')[2]}outline/")
    rows = page.locator(".item-row")
    before = rows.count()
    page.click("text=Thêm một mục")
    expect(rows).to_have_count(before + 1)
    last = rows.nth(before)
    expect(last.locator("textarea")).to_be_visible()
    last.locator("textarea").fill("Đảng viên có kế hoạch")
    last.locator("select").select_option("check")
    expect(last.locator("input[list=check-names]")).to_be_visible()
    expect(last.locator("textarea")).to_have_value("Đảng viên có kế hoạch")
    last.locator("input[list=check-names]").fill("Tháng không sinh hoạt chi bộ")
    last.get_by_role("button", name="Lên").click()
    expect(rows.nth(before - 1).locator("textarea")).to_have_value("Đảng viên có kế hoạch")
    seat.fits()
    seat.can_be_read_aloud()
    rows.nth(before - 1).locator("input[list=check-names]").press("Enter")
    page.wait_for_selector(".notice-ok")


def test_s0_a_closed_dossier_gives_its_papers_and_its_sealed_copy(sit) -> None:
    page = sit("inspector", "1280").go("/inspections/")
    page.click("text=Lãnh đạo, chỉ đạo thực hiện kế hoạch tu dưỡng")
    page.click(".page-actions a:has-text('Hồ sơ')")
    page.wait_for_selector("text=Hồ sơ đã đóng")
    with page.expect_download() as paper:
        page.click("button:has-text('PDF') >> nth=0")
    assert paper.value.suggested_filename.endswith(".pdf")
    with page.expect_download() as copy:
        page.click("text=Xuất bản sao niêm phong")
    assert copy.value.suggested_filename.endswith(".zip")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "part", ["", "team/", "outline/", "criteria/", "dossier/", "write/result/", "crosstab/", "programme"]
)
def test_pages_of_an_inspection_open_fit_and_can_be_read_aloud(sit, running: str, size: str, part: str) -> None:
    seat = sit("inspector", size)
    path = f"/inspections/{running}{part}"
    if part == "programme":
        unit = seat.go("/inspections/").url.split("/")[4]
        path = f"/inspections/{unit}/programme/{date.today().year}/"
    seat.go(path)
    seat.fits()
    seat.can_be_read_aloud()
