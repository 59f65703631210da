"""Addresses of this app's pages."""

from __future__ import annotations

from django.urls import path

from chibo.study.views import classes, essays, spreading

app_name = "study"
urlpatterns = [
    path("", classes.start, name="start"),
    path("mine/", classes.mine, name="mine"),
    path("<int:unit>/<period:period>/", classes.index, name="index"),
    path("<int:unit>/open/", classes.open_, name="open"),
    path("<int:unit>/disseminate/", spreading.spread_new, name="disseminate"),
    path("meeting/<int:meeting>/", classes.record, name="record"),
    path("class/<int:pk>/", classes.class_, name="class"),
    path("class/<int:pk>/amend/", classes.amend, name="amend"),
    path("class/<int:pk>/ask/", classes.ask, name="ask"),
    path("class/<int:pk>/remind/", classes.remind, name="remind"),
    path("class/<int:pk>/waive/", classes.waive, name="waive"),
    path("class/<int:pk>/essays/<int:unit>/", essays.essays, name="essays"),
    path("essay/<int:pk>/", essays.essay, name="essay"),
    path("essay/<int:pk>/mark/", essays.mark, name="mark"),
    path("essay/<int:pk>/file/", essays.file, name="file"),
    path("essay/<int:pk>/compare/<int:other>/", essays.compare, name="compare"),
    path("spread/<int:pk>/", spreading.spread, name="spread"),
    path("spread/<int:pk>/amend/", spreading.amend_spread, name="amend_spread"),
    path("spread/<int:pk>/digest/", spreading.digest, name="digest"),
    path("spread/<int:pk>/document/", spreading.document, name="document"),
    path("spread/<int:pk>/confirm/", spreading.confirm, name="confirm"),
    path("spread/<int:pk>/reach/<int:unit>/", spreading.reach, name="reach"),
]
