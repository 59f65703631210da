"""Take the pictures of README and of the guide from the demonstration, at 390 and 1280 px.

python -m tools.shots               into docs/guide/images: those that a page of the guide shows
python -m tools.shots FOLDER        every page that people use, to look at
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"390": (390, 844), "1280": (1280, 800)}
CHROMIUM = os.environ.get("CHIBO_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PAGES = {
    "office": {
        "desk": "/", "board": "/board/", "figures": "/figures/", "members": "/members/", "imports": "/imports/",
        "units": "/units/", "programmes": "/programmes/", "warnings": "/warnings/", "reports": "/reports/",
        "briefings": "/briefings/", "study": "/study/", "reviews": "/reviews/", "outreach": "/outreach/", "papers": "/papers/",
        "congresses": "/congresses/", "congress-round": "/congresses/rounds/1/", "congress-pilot": "/congresses/1/",
        "congress-result": "/congresses/1/papers/result/", "congress-report": "/congresses/rounds/1/report/",
        "consultations": "/consultations/", "suggestions": "/consultations/suggestions/",
    },
    "secretary": {
        "book": "/book/", "meetings": "/meetings/", "plans": "/plans/", "desk-secretary": "/",
        "warnings-secretary": "/warnings/", "tasks": "/tasks/", "briefings-secretary": "/briefings/",
        "feeds": "/meetings/feeds/", "study-secretary": "/study/",
        "reviews-secretary": "/reviews/", "congress-today": "/congresses/2/", "congress-dossier": "/congresses/2/dossier/",
        "congress-screen": "/congresses/2/screen/", "congress-chair": "/congresses/2/chair/",
        "congress-code": "/congresses/counters/4/code/", "congress-election": "/congresses/2/ /congresses/elections/",
        "congress-count": "/congresses/2/ /congresses/elections/ /congresses/pollings/",
        "congress-scan": "/congresses/2/ /congresses/elections/ /congresses/pollings/ /scan/",
    },
    "inspector": {"inspections": "/inspections/"},
    "counter": {
        "congress-duty": "/congresses/2/counting/", "congress-by-own-log-in": "/congresses/2/counting/ /congresses/pollings/",
    },
    "member": {"desk-member": "/", "own-plan": "/plans/", "own-study": "/study/mine/", "own-review": "/reviews/mine/"},
}  # fmt: skip


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def served_demo(*arguments: str) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """A demonstration of its own, served; gives its address and its log-ins."""
    with tempfile.TemporaryDirectory(prefix="chibo-shots-") as folder:
        environment = {**os.environ, "CHIBO_DATA": folder, "DATABASE_URL": ""}
        chibo = [sys.executable, "-m", "chibo.config"]
        subprocess.run([*chibo, "demo", "--no-serve", "--data", folder, *arguments], env=environment, check=True)
        port = free_port()
        server = subprocess.Popen([*chibo, "serve", "--port", str(port), "--data", folder], env=environment)
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"{address}/account/login/", timeout=1)
                    break
                except OSError:
                    time.sleep(0.2)
            yield address, json.loads((Path(folder) / "log-ins.json").read_text(encoding="utf-8"))
        finally:
            server.terminate()
            server.wait(15)


def log_in(browser: Browser, address: str, who: dict[str, str], size: tuple[int, int]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.fill("input[name=login]", who["username"])
    page.fill("input[name=password]", who["password"])
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def reach(page: Page, address: str, path: str) -> Response:
    """Open the address; each further part of ``path`` is a link on the page that leads there, and is followed."""
    first, *links = path.split()
    answer = page.goto(address + first)
    for link in links:
        found = page.locator(f"main a[href*='{link}']").first.get_attribute("href") or ""
        answer = page.goto(urljoin(page.url, found))
    assert answer is not None
    return answer


def shown() -> set[str]:
    """The pictures, without .png, that README and the guide show."""
    pages = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]
    return {name for page in pages for name in re.findall(r"images/([\w-]+)\.png", page.read_text(encoding="utf-8"))}


def main() -> int:
    everything = len(sys.argv) > 1
    folder = Path(sys.argv[1]) if everything else ROOT / "docs" / "guide" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = shown()
    with served_demo() as (address, log_ins), sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (width, height) in SIZES.items():
            door = browser.new_context(viewport={"width": width, "height": height}).new_page()
            door.goto(f"{address}/account/login/")
            if everything or f"login-{name}" in wanted:
                door.screenshot(path=folder / f"login-{name}.png")
        for person, pages in PAGES.items():
            for name, size in SIZES.items():
                page = log_in(browser, address, log_ins[person], size)
                for title, path in pages.items():
                    if not everything and f"{title}-{name}" not in wanted:
                        continue
                    answer = reach(page, address, path)
                    page.screenshot(path=folder / f"{title}-{name}.png")
                    print(f"{answer.status} {title}-{name} {page.url.removeprefix(address)}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
