"""The first set-up stands among the pages of the account, but founds units and groups."""

from __future__ import annotations

from django.urls import path

from chibo.members import views

app_name = "opening"
urlpatterns = [path("setup/", views.setup, name="setup")]
