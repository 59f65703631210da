"""Addresses of duties."""

from __future__ import annotations

from django.urls import path

from chibo.tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.start, name="start"),
    path("mine/", views.mine, name="mine"),
    path("<int:unit>/", views.index, name="index"),
    path("<int:unit>/assign/", views.assign, name="assign"),
    path("task/<int:pk>/", views.task, name="task"),
    path("task/<int:pk>/<slug:name>/", views.deed, name="deed"),
    path("evidence/<int:pk>/", views.evidence, name="evidence"),
]
