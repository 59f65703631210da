from chibo.inspections import views  # noqa
app_name = "inspections"
urlpatterns = []
