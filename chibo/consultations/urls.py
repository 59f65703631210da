urlpatterns = []
app_name = "consultations"
