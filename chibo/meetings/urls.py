"""Addresses of meetings: lists by unit and period, records by their number."""

from __future__ import annotations

from django.urls import path

from chibo.meetings import views
from chibo.meetings.views import closing, conducting, following, preparing, quality

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
    path("<int:meeting>/corrections/", views.correct, name="correct"),
    path("items/<int:item>/", views.note, name="note"),
    path("<int:meeting>/run/", conducting.run, name="run"),
    path("<int:meeting>/run/<int:member>/", conducting.call, name="call"),
    path("<int:meeting>/screen/", conducting.screen, name="screen"),
    path("<int:meeting>/here/<str:token>/", conducting.here, name="here"),
    path("<int:meeting>/votes/", conducting.vote, name="vote"),
    path("<int:meeting>/resolved/", conducting.resolve, name="resolve"),
    path("<int:meeting>/mentions/", conducting.mention, name="mention"),
    path("items/<int:item>/begin/", conducting.begin, name="begin"),
    path("items/<int:item>/finish/", conducting.finish, name="finish"),
    path("items/<int:item>/times/", conducting.times, name="times"),
    path("items/<int:item>/speak/", conducting.speak, name="speak"),
    path("speeches/<int:pk>/", conducting.speech, name="speech"),
    path("resolved/<int:pk>/", conducting.resolved, name="resolved"),
    path("strike/<str:what>/<int:pk>/", conducting.strike, name="strike"),
    path("<int:meeting>/resolution/", closing.resolution, name="resolution"),
    path("<int:meeting>/attachments/", closing.attachments, name="attachments"),
    path("attachments/<int:pk>/", closing.attachment, name="attachment"),
    path("attachments/<int:pk>/detach/", closing.detach, name="detach"),
    path("<int:unit>/<period:period>/resolutions/", closing.resolutions, name="resolutions"),
    path("<int:unit>/<period:period>/minutes-book/", closing.minutes_book, name="minutes_book"),
    path("<int:meeting>/prepare/", preparing.prepare, name="prepare"),
    path("<int:meeting>/topic/", preparing.topic, name="topic"),
    path("<int:meeting>/notify/", preparing.notify, name="notify"),
    path("<int:meeting>/mail/", preparing.mail, name="mail"),
    path("<int:meeting>/publish/", preparing.publish, name="publish"),
    path("<int:meeting>/invitations/", preparing.invitations, name="invitations"),
    path("<int:meeting>/digest/", preparing.digest, name="digest"),
    path("<int:meeting>/documents/<int:paper>/", preparing.document, name="document"),
    path("<int:unit>/<period:period>/calendar/", preparing.calendar, name="calendar"),
    path("<int:unit>/schedule/", preparing.schedule, name="schedule"),
    path("feeds/", preparing.feeds, name="feeds"),
    path("feeds/address/", preparing.address, name="address"),
    path("feeds/<int:pk>/revoke/", preparing.revoke, name="revoke"),
    path("feeds/<str:key>.ics", preparing.feed, name="feed"),
    path("<int:unit>/<period:period>/following/", following.following, name="following"),
    path("<int:meeting>/quality/", quality.quality, name="quality"),
    path("<int:unit>/quality-forms/", quality.quality_forms, name="quality_forms"),
    path("<int:meeting>/visitors/", following.visitors, name="visitors"),
    path("visits/<int:pk>/strike/", following.strike, name="strike_visit"),
]
