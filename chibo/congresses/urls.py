"""Addresses of congresses: the ward's rounds, each cell's congress, its elections and counts."""

from __future__ import annotations

from django.urls import path

from chibo.congresses import views
from chibo.congresses.views import elections, scans, seals, seats, steps

app_name = "congresses"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:unit>/<period:period>/", views.index, name="index"),
    path("<int:unit>/open/", views.open_, name="open"),
    path("rounds/<int:round>/", views.round_, name="round"),
    path("rounds/<int:round>/schedule/", views.schedule, name="schedule"),
    path("rounds/<int:round>/amend/", views.amend, name="amend"),
    path("rounds/<int:round>/lessons/", views.lessons, name="lessons"),
    path("rounds/<int:round>/report/", views.round_report_, name="round_report"),
    path("<int:congress>/", steps.congress, name="congress"),
    path("<int:congress>/move/", views.move, name="move"),
    path("<int:congress>/scheme/", views.scheme, name="scheme"),
    path("<int:congress>/political/", views.political, name="political"),
    path("<int:congress>/review/", views.review, name="review"),
    path("<int:congress>/papers/<str:kind>/", views.paper, name="paper"),
    path("<int:congress>/dossier/", views.dossier, name="dossier"),
    path("<int:congress>/chair/", elections.chair, name="chair"),
    path("<int:congress>/screen/", views.screen, name="screen"),
    path("<int:congress>/steps/<str:step>/", steps.step, name="step"),
    path("preparations/<int:line>/tick/", steps.tick, name="tick"),
    path("preparations/<int:line>/owner/", steps.owner, name="owner"),
    path("complaints/<int:complaint>/", steps.complaint, name="complaint"),
    path("<int:congress>/counters/", elections.counters, name="counters"),
    path("elections/<int:election>/", elections.election, name="election"),
    path("elections/<int:election>/steps/<str:step>/", elections.step, name="election_step"),
    path("candidates/<int:candidate>/<str:step>/", elections.candidate, name="candidate"),
    path("pollings/<int:polling>/", elections.polling, name="polling"),
    path("pollings/<int:polling>/steps/<str:step>/", elections.polling_step, name="polling_step"),
    path("pollings/<int:polling>/minutes/", elections.minutes, name="minutes"),
    path("elections/<int:election>/ballots.pdf", scans.ballots, name="ballots"),
    path("pollings/<int:polling>/scan/", scans.scan, name="scan"),
    path("scans/<int:scan>/steps/<str:step>/", scans.step, name="scan_step"),
    path("scans/<int:scan>/look/<int:counter>/", scans.look, name="look"),
    path("scans/<int:scan>/pictures/<str:item>/", scans.picture, name="picture"),
    path("<int:congress>/counting/", seats.duty, name="duty"),
    path("counters/<int:counter>/code/", seats.code, name="code"),
    path("pollings/<int:polling>/sit/<int:counter>/", seats.sit, name="sit"),
    path("pollings/<int:polling>/leave/", seats.leave, name="leave"),
    path("batches/<int:batch>/strike/", elections.strike_batch, name="strike_batch"),
    path("complaints/<int:complaint>/unseal/", seals.unseal, name="unseal"),
    path("openings/<int:opening>/", seals.opening, name="opening"),
    path("openings/<int:opening>/minutes/", seals.opening_paper, name="opening_minutes"),
    path("openings/<int:opening>/pictures/<int:scan>/<str:item>/", seals.sealed, name="sealed"),
    path("entries/<int:entry>/strike/", elections.strike, name="strike"),
]
