"""Addresses of log-in, of slips, and of one's own account."""

from __future__ import annotations

from django.urls import include, path

from chibo.access import views

own = [
    path("", views.account, name="account"),
    path("password/", views.password, name="password"),
    path("appearance/", views.appearance, name="appearance"),
    path("language/", views.language, name="language"),
    path("claim/", views.claim, name="claim"),
]
urlpatterns = [
    path("login/", views.log_in, name="account_login"),
    path("logout/", views.log_out, name="account_logout"),
    path("", include((own, "access"))),
]
