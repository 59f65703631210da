"""Addresses of this app's pages."""

from __future__ import annotations

from typing import Any

app_name = "warnings"
urlpatterns: list[Any] = []
