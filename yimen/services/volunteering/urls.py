from django.urls import path

from yimen.services.volunteering import views

app_name = "volunteering"

urlpatterns = [
    path("volunteering/<uuid:volunteer>/end/", views.end, name="end"),
]
