"""Addresses of outreach: lists by unit and period, records by their number."""

from __future__ import annotations

from django.urls import path

from chibo.outreach.views import articles, exemplars, ledger
from chibo.outreach.views import reading as public

app_name = "outreach"
urlpatterns = [
    path("", ledger.start, name="start"),
    path("<int:unit>/<period:period>/", ledger.index, name="index"),
    path("<int:unit>/enter/", ledger.enter, name="enter"),
    path("<int:unit>/several/", ledger.several, name="several"),
    path("items/<int:pk>/", ledger.item, name="item"),
    path("items/<int:pk>/amend/", ledger.amend, name="amend"),
    path("items/<int:pk>/strike/", ledger.strike, name="strike"),
    path("items/<int:pk>/picture/", ledger.picture, name="picture"),
    path("<int:unit>/<period:period>/weeks/", articles.weeks, name="weeks"),
    path("<int:unit>/orient/", articles.orient, name="orient"),
    path("weeks/<int:pk>/", articles.week, name="week"),
    path("<int:unit>/<period:period>/articles/", articles.articles, name="articles"),
    path("<int:unit>/offer/", articles.offer, name="offer"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/picture/", articles.article_picture, name="article_picture"),
    path("articles/<int:pk>/<slug:name>/", articles.article_deed, name="article_deed"),
    path("<int:unit>/<period:period>/exemplars/", exemplars.exemplars, name="exemplars"),
    path("<int:unit>/find/", exemplars.find, name="find"),
    path("exemplars/<int:pk>/", exemplars.exemplar, name="exemplar"),
    path("exemplars/<int:pk>/<slug:name>/", exemplars.exemplar_deed, name="exemplar_deed"),
    path("<int:unit>/publications/", public.publications, name="publications"),
    path("publications/<int:pk>/withdraw/", public.withdraw, name="withdraw"),
]
