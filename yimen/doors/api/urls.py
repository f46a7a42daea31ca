from django.urls import path

from yimen.doors.api import views

app_name = "api"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("metrics", views.metrics, name="metrics"),
    path("api/catalogue.json", views.catalogue, name="catalogue"),
]
