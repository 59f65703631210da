"""Addresses of the organisation tree."""

from __future__ import annotations

from django.urls import path

from chibo.units import views

app_name = "units"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:pk>/", views.unit, name="unit"),
    path("<int:pk>/found/", views.found, name="found"),
    path("<int:pk>/rename/", views.rename, name="rename"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/split/", views.split, name="split"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/settings/", views.settings, name="settings"),
    path("<int:pk>/settings/<str:code>/", views.setting, name="setting"),
]
