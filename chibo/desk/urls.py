"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from chibo.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("looked/", views.looked, name="looked"),
    path("journal/", views.journal, name="journal"),
    path("search/", views.search, name="search"),
    path("board/", views.board_start, name="board_start"),
    path("board/<int:unit>/<period:period>/", views.board, name="board"),
    path("book/", views.book_start, name="book_start"),
    path("book/<int:unit>/<period:period>/", views.book, name="book"),
]
