"""Addresses of meetings: lists by unit and period, records by their number."""

from __future__ import annotations

from django.urls import path

from chibo.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:unit>/<period:period>/", views.index, name="index"),
    path("<int:unit>/convene/", views.convene, name="convene"),
    path("<int:meeting>/", views.meeting, name="meeting"),
    path("<int:meeting>/arrange/", views.arrange, name="arrange"),
    path("<int:meeting>/call-off/", views.call_off, name="call_off"),
    path("<int:meeting>/roll/", views.roll, name="roll"),
    path("<int:meeting>/roll/<int:member>/", views.mark, name="mark"),
    path("<int:meeting>/minutes/", views.minutes, name="minutes"),
    path("<int:meeting>/close/", views.close, name="close"),
    path("<int:meeting>/corrections/", views.correct, name="correct"),
    path("items/<int:item>/", views.note, name="note"),
]
