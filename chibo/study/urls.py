"""Addresses of this app's pages."""

from __future__ import annotations

from django.urls import path

from chibo.study import views

app_name = "study"
urlpatterns = [
    path("", views.start, name="start"),
    path("mine/", views.mine, name="mine"),
    path("<int:unit>/<period:period>/", views.index, name="index"),
    path("<int:unit>/open/", views.open_, name="open"),
    path("<int:unit>/disseminate/", views.spread_new, name="disseminate"),
    path("meeting/<int:meeting>/", views.record, name="record"),
    path("class/<int:pk>/", views.class_, name="class"),
    path("class/<int:pk>/amend/", views.amend, name="amend"),
    path("class/<int:pk>/ask/", views.ask, name="ask"),
    path("class/<int:pk>/remind/", views.remind, name="remind"),
    path("class/<int:pk>/waive/", views.waive, name="waive"),
    path("class/<int:pk>/essays/<int:unit>/", views.essays, name="essays"),
    path("essay/<int:pk>/", views.essay, name="essay"),
    path("essay/<int:pk>/mark/", views.mark, name="mark"),
    path("essay/<int:pk>/file/", views.file, name="file"),
    path("essay/<int:pk>/compare/<int:other>/", views.compare, name="compare"),
    path("spread/<int:pk>/", views.spread, name="spread"),
    path("spread/<int:pk>/amend/", views.amend_spread, name="amend_spread"),
    path("spread/<int:pk>/digest/", views.digest, name="digest"),
    path("spread/<int:pk>/document/", views.document, name="document"),
    path("spread/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("spread/<int:pk>/reach/<int:unit>/", views.reach, name="reach"),
]
