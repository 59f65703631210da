"""Where every page stands."""

from __future__ import annotations

from django.urls import include, path, register_converter

from chibo.config.converters import PeriodConverter

register_converter(PeriodConverter, "period")

urlpatterns = [
    path("account/", include("chibo.members.urls.opening")),
    path("account/", include("chibo.access.urls")),
    path("reading/", include("chibo.outreach.urls.reading")),
    *[
        path(f"{app}/", include(f"chibo.{app}.urls"))
        for app in (
            "units", "members", "papers", "tasks", "programmes", "meetings",
            "briefings", "plans", "study", "outreach", "consultations",
            "reviews", "congresses", "figures", "reports", "imports", "inspections", "warnings",
        )
    ],
    path("", include("chibo.desk.urls")),
]  # fmt: skip

handler500 = "chibo.core.http.fault"
handler429 = "chibo.access.views.too_many"
