from django.urls import path

from yimen.services.homevisit import views

app_name = "homevisit"

urlpatterns = [
    path("homevisit/cases/<uuid:case>/plan/", views.plan, name="plan"),
    path("homevisit/visits/<uuid:visit>/", views.record, name="record"),
]
