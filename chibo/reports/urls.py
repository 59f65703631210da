"""Addresses of the reports."""

from __future__ import annotations

from django.urls import path

from chibo.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:unit>/<period:period>/", views.index, name="index"),
    path("<slug:kind>/<int:unit>/<period:period>/", views.draft, name="draft"),
    path("issued/<int:pk>/", views.report, name="report"),
    path("issued/<int:pk>/run/", views.run_now, name="run_now"),
    path("issued/<int:pk>/returned/", views.returned, name="returned"),
    path("issued/<int:pk>/<str:suffix>/", views.file, name="file"),
]
