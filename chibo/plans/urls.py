"""Addresses of this app's pages."""

from __future__ import annotations

from typing import Any

from django.urls import path

from chibo.plans.views import evaluations, rota

app_name = "plans"
urlpatterns: list[Any] = [
    path("evaluate/<int:meeting>/", evaluations.evaluate, name="evaluate_cell"),
    path("evaluate/<int:meeting>/<int:plan>/", evaluations.evaluate_one, name="evaluate_plan"),
    path("evaluate/<int:meeting>/<int:plan>/amend/", evaluations.amend, name="amend_evaluation"),
    path("evaluations/<int:evaluation>/", evaluations.evaluation, name="evaluation"),
    path("<int:plan>/report/<period:month>/", evaluations.report, name="report"),
    path("rota/<int:unit>/<period:period>/", rota.rota, name="rota"),
    path("rota/<int:unit>/<period:period>/turn/", rota.turn, name="turn"),
    path("rota/<int:unit>/<period:period>/propose/", rota.propose, name="propose_rota"),
]
