"""Addresses of this app's pages."""

from __future__ import annotations

from django.urls import path

from chibo.papers import views

app_name = "papers"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:unit>/", views.index, name="index"),
    path("<int:unit>/register/", views.register, name="register"),
    path("paper/<int:pk>/", views.paper, name="paper"),
    path("paper/<int:pk>/file/", views.file, name="file"),
]
