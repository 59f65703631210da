"""Addresses of briefings: lists by unit and period, records by their number."""

from __future__ import annotations

from django.urls import path

from chibo.briefings import views

app_name = "briefings"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:unit>/<period:period>/", views.index, name="index"),
    path("<int:unit>/call/", views.call, name="call"),
    path("<int:briefing>/", views.briefing, name="briefing"),
    path("<int:briefing>/arrange/", views.arrange, name="arrange"),
    path("<int:briefing>/call-off/", views.call_off, name="call_off"),
    path("<int:briefing>/direct/", views.direct, name="direct"),
    path("<int:briefing>/screen/", views.screen, name="screen"),
    path("<int:briefing>/conclude/", views.conclude, name="conclude"),
    path("<int:briefing>/corrections/", views.correct, name="correct"),
    path("<int:briefing>/notice/", views.notice, name="notice"),
    path("returns/<int:ret>/", views.ret, name="ret"),
    path("returns/<int:ret>/take-back/", views.take_back, name="take_back"),
]
