"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from chibo.members import views

app_name = "members"
urlpatterns = [
    path("", views.start, name="start"),
    path("own/", views.own, name="own"),
    path("<int:unit>/", views.index, name="index"),
    path("<int:unit>/admit/", views.admit, name="admit"),
    path("<int:unit>/take-in/", views.take_in, name="take_in"),
    path("<int:unit>/take-over/", views.take_over, name="take_over"),
    path("<int:unit>/<period:period>/structure/", views.structure, name="structure"),
    path("<int:unit>/posts/", views.posts, name="posts"),
    path("<int:unit>/groups/", views.groups, name="groups"),
    path("<int:unit>/invite/", views.invite, name="invite"),
    path("member/<int:pk>/", views.member, name="member"),
    path("member/<int:pk>/history/", views.history, name="history"),
    path("member/<int:pk>/reveal/", views.reveal, name="reveal"),
    path("member/<int:pk>/amend/", views.amend, name="amend"),
    path("member/<int:pk>/change/", views.change, name="change"),
    path("member/<int:pk>/recognise/", views.recognise, name="recognise"),
    path("member/<int:pk>/transfer/", views.transfer, name="transfer"),
    path("member/<int:pk>/leaving/", views.leaving, name="leaving"),
    path("term/<int:pk>/end/", views.end_post, name="end_term"),
]
