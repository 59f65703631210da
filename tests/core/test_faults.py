"""A fault of ours, or of the machine: nothing is stored, what was typed comes back and can be sent again, once."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import lxml.html
import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from chibo.core import http
from chibo.units.models import Unit
from tests.world import World

TYPED = {
    "name": "Chi bộ Tổ dân phố 9 <mới>", "key": "sm-9", "level": "cell", "cell_kind": "residential", "on": "1/7/2025", "once": "một-lần",
}  # fmt: skip


def full(execute: Any, sql: str, *rest: Any) -> Any:
    if sql.startswith("INSERT"):
        raise OperationalError("database or disk is full")
    return execute(sql, *rest)


def fault_of(client: Client, address: str, typed: dict[str, str]) -> Any:
    client.raise_request_exception = False
    with connection.execute_wrapper(full):
        answer = client.post(address, typed)
    assert answer.status_code == 500
    return lxml.html.fromstring(answer.content.decode())


def test_what_was_typed_comes_back_with_a_fault_and_is_sent_again_once(world: World, browser_of: Any) -> None:
    client, address = browser_of(world.clerk), reverse("units:found", args=[world.ward.pk])
    page = fault_of(client, address, TYPED)
    assert not Unit.objects.filter(key="sm-9").exists()
    assert TYPED["name"] in page.text_content()
    (form,) = page.forms
    assert (form.action, dict(form.form_values())) == (address, TYPED)
    for _twice in range(2):
        assert client.post(form.action, dict(form.form_values())).status_code == 302
    assert Unit.objects.get(key="sm-9").name == TYPED["name"]


def test_a_secret_is_not_given_back() -> None:
    claim = {"code": "ABCD EFGH JKLM", "password": "hoa sen nở", "again": "hoa sen nở"}
    answer = http.fault(RequestFactory().post(reverse("access:claim"), claim))
    page = lxml.html.fromstring(answer.content.decode())
    assert not page.forms
    assert "hoa sen" not in answer.content.decode()
    assert "chưa được lưu" in page.text_content()


def test_a_full_disk_is_named(world: World, browser_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    room = namedtuple("room", "total used free")
    client, address = browser_of(world.clerk), reverse("units:found", args=[world.ward.pk])
    for free, named in ((10**9, False), (4096, True)):
        monkeypatch.setattr(http.shutil, "disk_usage", lambda _place, free=free: room(10**9, 0, free))
        assert ("Ổ đĩa của máy chạy chibo đã đầy" in fault_of(client, address, TYPED).text_content()) is named
