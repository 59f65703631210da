"""People at their pages: a clock that stands on the day of the story, and a seat that fills forms as a browser would."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], date]:
    """``clock(date(2020, 8, 19))``: from now on it is ten o'clock of that day, for the whole product."""
    return standing_clock(monkeypatch)


def standing_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], date]:
    reverse("desk:home")  # whatever takes the clock by its name has taken it before it is stopped

    def stand(day: date) -> date:
        moment = datetime.combine(day, time(10), HANOI)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return day

    return stand


@pytest.fixture(autouse=True)
def _no_doors_shut() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@dataclass
class Seat:
    """Somebody in front of the pages."""

    client: Client = field(default_factory=Client)

    def sit(self, user: Any) -> Seat:
        self.client.force_login(user)
        return self

    def read(self, address: str) -> str:
        """The page as text, after any redirect."""
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        return words_of(answer.content.decode())

    def file(self, address: str) -> bytes:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    def fill(self, address: str, *, to: str = "", press: dict[str, str] | None = None, **fields: Any) -> str:
        """Open the page, fill its form (the one that leads ``to``, or that has the fields), send it, read what comes.

        Refusals fail with what the page says.
        """
        answer = self._send(address, to, {**fields, **(press or {})})
        page = answer.content.decode()
        assert answer.status_code == 200, (address, answer.status_code, errors_in(page))
        self.at = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        return words_of(page)

    def refused(self, address: str, *, to: str = "", **fields: Any) -> str:
        """The same, where the page is expected to refuse: what it says then."""
        answer = self._send(address, to, fields)
        assert answer.status_code == 422, (address, answer.status_code)
        return words_of(answer.content.decode())

    def _send(self, address: str, to: str, fields: dict[str, Any]) -> Any:
        opened = self.client.get(address, follow=True)
        assert opened.status_code == 200, (address, opened.status_code)
        here = opened.redirect_chain[-1][0] if opened.redirect_chain else address
        form = next(f for f in lxml.html.fromstring(opened.content.decode()).forms if _fits(f, to, fields))
        data: dict[str, Any] = {}
        for name, value in _values_of(form):
            data.setdefault(name, []).append(value)
        data.update(fields)
        target = form.action or here
        return self.client.post(target if target.startswith("/") else here, data, follow=True)


def _fits(form: Any, to: str, fields: dict[str, Any]) -> bool:
    if (form.method or "").upper() != "POST":
        return False
    if to:
        return (form.action or "").endswith(to)
    names = {element.get("name") for element in form.iter("input", "select", "textarea", "button")}
    return bool(fields) and set(fields) <= names


def _values_of(form: Any) -> Iterator[tuple[str, str]]:
    """What a browser would send: lxml's own ``form_values`` takes an empty radio button for "on"."""
    boxes = [e for e in form.iter("input") if e.get("type") in {"radio", "checkbox"}]
    ticked = {id(box) for box in boxes}
    yield from ((box.name, box.get("value", "on")) for box in boxes if box.name and box.checked)
    for element in form.inputs:
        if element.tag == "input" and (
            id(element) in ticked or element.get("type") in {"submit", "file", "button", "image"}
        ):
            continue
        if element.name and element.tag != "button" and element.value is not None:
            values = (
                element.value
                if isinstance(element.value, Iterable) and not isinstance(element.value, str)
                else [element.value]
            )
            yield from ((element.name, str(value)) for value in values)


def words_of(page: str) -> str:
    """What a page says, without its markup."""
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", lxml.html.fromstring(page).text_content().replace("\xa0", " "))


def errors_in(page: str) -> str:
    told = lxml.html.fromstring(page).xpath("//*[contains(@class, 'notice') or contains(@class, 'field-error')]")
    return " | ".join(re.sub(r"\s+", " ", e.text_content()).strip() for e in told)


def document_text(docx: bytes) -> str:
    """What a .docx says."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        xml = archive.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, re.S)
    return "\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", p)) for p in paragraphs)


@pytest.fixture
def seat() -> Callable[[Any], Seat]:
    """``seat(world.clerk)``: that person's own browser."""

    def take(actor: Any = None) -> Seat:
        return Seat().sit(actor.user) if actor is not None else Seat()

    return take
