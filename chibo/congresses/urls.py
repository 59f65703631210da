from django.urls import path

from chibo.congresses import views

app_name = "congresses"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:congress>/", views.congress, name="congress"),
    path("rounds/<int:round>/", views.round_, name="round"),
]
