"""Addresses of this app's pages."""

from __future__ import annotations

from typing import Any

app_name = "programmes"
urlpatterns: list[Any] = []
