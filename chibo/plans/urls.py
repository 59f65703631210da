"""Addresses of this app's pages."""

from __future__ import annotations

from typing import Any

from django.urls import path

from chibo.plans.views import campaigns, evaluations, lists, plans, rota

app_name = "plans"
urlpatterns: list[Any] = [
    path("", lists.start, name="start"),
    path("mine/", plans.mine, name="mine"),
    path("<int:unit>/<period:period>/", lists.index, name="index"),
    path("<int:unit>/<period:period>/waiting/", lists.waiting, name="waiting"),
    path("<int:unit>/<period:period>/confirm/", lists.confirm_several, name="confirm_several"),
    path("<int:unit>/<period:period>/conclude/", lists.conclude_several, name="conclude_several"),
    path("<int:unit>/<period:period>/draft/", lists.draft_several, name="draft_several"),
    path("<int:unit>/<period:period>/blank.docx", lists.blank, {"suffix": "docx"}, name="blank_docx"),
    path("<int:unit>/<period:period>/blank.pdf", lists.blank, {"suffix": "pdf"}, name="blank_pdf"),
    path("<int:unit>/<period:period>/blank.zip", lists.blank, {"suffix": "zip"}, name="blank_zip"),
    path("begin/<int:member>/<int:campaign>/", plans.begin, name="begin"),
    path("plan/<int:pk>/", plans.plan, name="plan"),
    path("plan/<int:pk>/write/", plans.write, name="write"),
    path("plan/<int:pk>/take/<int:suggestion>/", plans.take, name="take"),
    path("plan/<int:pk>/register/", plans.register, name="register"),
    path("plan/<int:pk>/judge/", plans.judge, name="judge"),
    path("plan/<int:pk>/conclude/", plans.conclude, name="conclude"),
    path("plan/<int:pk>/receive/", plans.receive, name="receive"),
    path("plan/<int:pk>/beside/<int:other>/", plans.compare, name="compare"),
    path("plan/<int:pk>/plan.docx", plans.paper, {"suffix": "docx"}, name="docx"),
    path("plan/<int:pk>/plan.pdf", plans.paper, {"suffix": "pdf"}, name="pdf"),
    path("campaigns/<int:unit>/", campaigns.campaigns, name="campaigns"),
    path("campaigns/<int:unit>/open/", campaigns.open_one, name="open"),
    path("campaign/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaign/<int:pk>/amend/", campaigns.amend, name="amend_campaign"),
    path("campaign/<int:pk>/guidance/", campaigns.guidance, name="guidance"),
    path("campaign/<int:pk>/suggestions/", campaigns.suggestions, name="suggestions"),
    path("campaign/<int:pk>/suggestions/copy/", campaigns.copy, name="copy_suggestions"),
    path("campaign/<int:pk>/suggestions/<int:group>/", campaigns.suggest, name="suggest"),
    path("campaign/<int:pk>/form/<int:group>/<str:suffix>/", campaigns.form_for_group, name="form_for_group"),
    path("evaluate/<int:meeting>/", evaluations.evaluate, name="evaluate_cell"),
    path("evaluate/<int:meeting>/<int:plan>/", evaluations.evaluate_one, name="evaluate_plan"),
    path("evaluate/<int:meeting>/<int:plan>/amend/", evaluations.amend, name="amend_evaluation"),
    path("evaluations/<int:evaluation>/", evaluations.evaluation, name="evaluation"),
    path("<int:plan>/report/<period:month>/", evaluations.report, name="report"),
    path("rota/<int:unit>/<period:period>/", rota.rota, name="rota"),
    path("rota/<int:unit>/<period:period>/turn/", rota.turn, name="turn"),
    path("rota/<int:unit>/<period:period>/propose/", rota.propose, name="propose_rota"),
]
