"""Addresses of this app's pages."""

from __future__ import annotations

from django.urls import path

from chibo.programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.start, name="start"),
    path("manifestations/", views.manifestations, name="manifestations"),
    path("manifestations/<int:unit>/<str:code>/", views.wording, name="wording"),
    path("<int:unit>/", views.index, name="index"),
    path("<int:unit>/launch/", views.launch, name="launch"),
    path("programme/<int:pk>/", views.programme, name="programme"),
    path("programme/<int:pk>/amend/", views.amend, name="amend"),
    path("programme/<int:pk>/theme/", views.theme, name="theme"),
    path("programme/<int:pk>/papers/", views.attach, name="attach"),
    path("programme/<int:pk>/papers/<int:paper>/", views.paper, name="paper"),
]
