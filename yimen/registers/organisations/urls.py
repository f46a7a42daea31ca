from django.urls import path

from yimen.registers.organisations import views

app_name = "organisations"

urlpatterns = [
    path("organisations/", views.organisations, name="list"),
    path("organisations/<uuid:public_id>/", views.organisation, name="organisation"),
]
