"""Addresses of consultations and of the suggestion box."""

from __future__ import annotations

from django.urls import path

from chibo.consultations import views
from chibo.consultations.views import suggestions

app_name = "consultations"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:unit>/", views.index, name="index"),
    path("<int:unit>/lookup/", views.lookup, name="lookup"),
    path("<int:unit>/announce/", views.announce, name="announce"),
    path("round/<int:pk>/", views.consultation, name="consultation"),
    path("round/<int:pk>/reword/", views.reword, name="reword"),
    path("round/<int:pk>/add/<slug:part>/", views.add, name="add"),
    path("round/<int:pk>/strike/<slug:part>/<int:number>/", views.strike, name="strike"),
    path("round/<int:pk>/launch/", views.launch, name="launch"),
    path("round/<int:pk>/close/", views.close, name="close"),
    path("round/<int:pk>/roll/<slug:what>/", views.roll, name="roll"),
    path("round/<int:pk>/sheet/<slug:form>/", views.sheet, name="sheet"),
    path("round/<int:pk>/mine/", views.mine, name="mine"),
    path("subject/<int:pk>/", views.subject, name="subject"),
    path("slip/", views.slip, name="slip"),
    path("suggestions/", suggestions.suggestions_start, name="suggestions_start"),
    path("suggestions/<int:unit>/", suggestions.suggestions, name="suggestions"),
    path("suggestions/<int:unit>/note/", suggestions.note, name="note"),
    path("suggestion/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("suggestion/<int:pk>/withdraw/", suggestions.withdraw, name="withdraw"),
    path("suggestion/<int:pk>/<slug:name>/", suggestions.suggestion_deed, name="suggestion_deed"),
    path("box/follow/", suggestions.follow, name="follow"),
    path("box/<int:unit>/", suggestions.box, name="box"),
    path("box/<int:unit>/answers/", suggestions.answers, name="answers"),
]
