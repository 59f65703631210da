"""Addresses of the warnings."""

from __future__ import annotations

from django.urls import path

from chibo.warnings import views

app_name = "warnings"
urlpatterns = [
    path("", views.start, name="start"),
    path("checks/", views.checks, name="checks"),
    path("letter/", views.letter, name="letter"),
    path("<int:unit>/", views.index, name="index"),
]
