"""The board of what is short, followed door by door: whoever is told of it by name can mend it where the button leads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tools.shots import SIZES, log_in

TO_DO = re.compile(r'<form[^>]+method="post"|button-main')
EACH = 2
"""So many of one check's buttons are followed; the others lead to pages of the same kind."""


@pytest.mark.parametrize("person", ["secretary", "office", "inspector"])
def test_every_button_of_the_board_leads_to_where_it_can_be_mended(demo, chromium: Browser, person: str) -> None:
    """No refusal, no log-in, no page on which there is nothing to do."""
    address, log_ins = demo
    page = log_in(chromium, address, log_ins[person], SIZES["390"])
    page.goto(f"{address}/warnings/")
    checks = page.locator("main :is(.fold, section:has(> h3))").evaluate_all(
        "parts => parts.map(part => [...part.querySelectorAll('a.line-verb')].map(link => [link.href, link.textContent.trim()]))"
    )
    assert checks
    for href, words in (door for doors in checks for door in doors[:EACH]):
        answer = page.request.get(href)
        main = answer.text().partition("<main")[2]
        assert (answer.status, "/login/" in answer.url) == (200, False), (words, href)
        assert TO_DO.search(main), (words, href)
    page.context.close()
