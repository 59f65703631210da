"""Addresses of reviews: a round in a unit, and one review by its number."""

from __future__ import annotations

from django.urls import path

from chibo.reviews import views
from chibo.reviews.views import rounds

app_name = "reviews"
urlpatterns = [
    path("", rounds.start, name="start"),
    path("mine/", rounds.mine, name="mine"),
    path("<int:unit>/", rounds.index, name="index"),
    path("<int:unit>/open/", rounds.open_, name="open"),
    path("round/<int:found>/<int:unit>/", rounds.board, name="board"),
    path("round/<int:found>/<int:unit>/again/", rounds.again, name="again"),
    path("round/<int:found>/<int:unit>/ballots/", rounds.ballots, name="ballots"),
    path("round/<int:found>/<int:unit>/summary/", rounds.summary, name="summary"),
    path("round/<int:found>/<int:unit>/levels/<slug:step>/", rounds.levels, name="levels"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/write/", views.write, name="write"),
    path("<int:pk>/manifestations/", views.manifestations, name="manifestations"),
    path("<int:pk>/deed/<slug:name>/", views.deed, name="deed"),
]
