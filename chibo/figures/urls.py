"""Addresses of the figures: the unit and the period stand in them."""

from __future__ import annotations

from django.urls import path

from chibo.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:unit>/<period:period>/", views.index, name="index"),
    path("<str:code>/<int:unit>/<period:period>/", views.figure, name="figure"),
]
