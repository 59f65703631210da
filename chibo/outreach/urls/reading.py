"""What anybody may open, while the ward's page is open to the public."""

from __future__ import annotations

from django.urls import path

from chibo.outreach.views import reading

app_name = "reading"
urlpatterns = [
    path("<slug:ward>/", reading.index, name="index"),
    path("<slug:ward>/rss/", reading.rss, name="rss"),
    path("<slug:ward>/atom/", reading.atom, name="atom"),
    path("<slug:ward>/<int:pk>/", reading.show, name="show"),
    path("<slug:ward>/<int:pk>/picture/", reading.picture, name="picture"),
]
