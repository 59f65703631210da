"""Addresses of bringing a workbook in."""

from __future__ import annotations

from django.urls import path

from chibo.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.start, name="start"),
    path("unit/<int:unit>/", views.index, name="index"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/run-now/", views.run_now, name="run_now"),
    path("<int:pk>/discard/", views.discard, name="discard"),
]
