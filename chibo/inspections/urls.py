"""Addresses of inspections: lists by unit, records by their number."""

from __future__ import annotations

from django.urls import path

from chibo.inspections.views import leading, outlining, papers, programmes, reports, verifying

app_name = "inspections"
urlpatterns = [
    path("", leading.start, name="start"),
    path("<int:unit>/<period:period>/", leading.index, name="index"),
    path("<int:unit>/decide/", leading.decide, name="decide"),
    path("<int:unit>/programme/<int:year>/", programmes.programme, name="programme"),
    path("<int:unit>/programme/<int:year>/draft/", programmes.draft, name="draft"),
    path("programmes/<int:programme>/line/", programmes.add_line, name="add_line"),
    path("programmes/<int:programme>/adopt/", programmes.adopt, name="adopt"),
    path("programmes/<int:programme>/amend/", programmes.amend, name="amend"),
    path("lines/<int:line>/", programmes.line, name="line"),
    path("lines/<int:line>/adjust/", programmes.adjust, name="adjust"),
    path("lines/<int:line>/strike/", programmes.strike, name="strike_line"),
    path("<int:inspection>/", leading.inspection, name="inspection"),
    path("<int:inspection>/team/", leading.team, name="team"),
    path("<int:inspection>/outline/", outlining.outline, name="outline"),
    path("<int:inspection>/criteria/", outlining.criteria, name="criteria"),
    path("<int:inspection>/do/<slug:name>/", leading.deed, name="deed"),
    path("<int:inspection>/steps/<slug:code>/waive/", leading.waive_step_page, name="waive_step"),
    path("<int:inspection>/write/<slug:kind>/", papers.write, name="write"),
    path("<int:inspection>/waive/<slug:kind>/", papers.waive, name="waive"),
    path("<int:inspection>/bring/", papers.bring, name="bring"),
    path("<int:inspection>/dossier/", papers.dossier, name="dossier"),
    path("<int:inspection>/export/", papers.export_copy, name="export"),
    path("pieces/<int:piece>/<slug:suffix>/", papers.open_paper, name="open"),
    path("<int:inspection>/visits/", reports.visits, name="visits"),
    path("<int:inspection>/crosstab/", reports.crosstab_page, name="crosstab"),
    path("visits/<int:visit>/strike/", reports.strike, name="strike_visit"),
    path("visits/<int:visit>/meeting/", reports.attended, name="attended"),
    path("subjects/<int:subject>/report/", reports.self_report_page, name="self_report"),
    path("subjects/<int:subject>/report-back/", reports.back, name="report_back"),
    path("subjects/<int:subject>/verify/", verifying.verify, name="verify"),
    path("hall.js", verifying.worker, name="worker"),
    path("subjects/<int:subject>/marks/<int:criterion>/", verifying.mark, name="mark"),
    path("subjects/<int:subject>/photos/<int:criterion>/", verifying.photo, name="photo"),
    path("pictures/<int:picture>/", verifying.picture, name="picture"),
    path("pictures/<int:picture>/strike/", verifying.strike_photo, name="strike_picture"),
    path("subjects/<int:subject>/findings/", verifying.find, name="find"),
    path("subjects/<int:subject>/finish/", verifying.finish, name="finish"),
    path("findings/<int:finding>/", verifying.finding, name="finding"),
    path("findings/<int:finding>/strike/", verifying.strike, name="strike_finding"),
    path("findings/<int:finding>/verify/", verifying.verified, name="verified"),
]
