"""Addresses of this app's pages."""

from __future__ import annotations

from django.urls import path

from chibo.papers import views
from chibo.papers.views import templates

app_name = "papers"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:unit>/", views.index, name="index"),
    path("<int:unit>/register/", views.register, name="register"),
    path("<int:unit>/numbers/", views.numbers, name="numbers"),
    path("<int:unit>/numbers/reserve/", views.reserve, name="reserve"),
    path("<int:unit>/numbers/<int:series>/<int:number>/", views.explain, name="explain"),
    path("<int:unit>/citations/", views.cite, name="cite"),
    path("paper/<int:pk>/", views.paper, name="paper"),
    path("paper/<int:pk>/correct/", views.correct, name="correct"),
    path("paper/<int:pk>/file/", views.file, name="file"),
    path("<int:unit>/templates/", templates.templates, name="templates"),
    path("<int:unit>/templates/adopt/", templates.adopt, name="adopt"),
    path("<int:unit>/templates/standard/<str:kind>/", templates.standard, name="standard"),
    path("template/<int:pk>/", templates.template, name="template"),
    path("template/<int:pk>/file/", templates.template_file, name="template_file"),
    path("paper/<int:pk>/enclose/", views.enclose, name="enclose"),
    path("paper/<int:pk>/links/", views.link, name="link"),
    path("paper/<int:pk>/links/<int:link>/", views.unlink, name="unlink"),
    path("enclosure/<int:pk>/", views.enclosure, name="enclosure"),
    path("enclosure/<int:pk>/take-out/", views.take_out, name="take_out"),
    path("number/<int:pk>/void/", views.void, name="void"),
]
