from django.urls import path

from yimen.services.health import views

app_name = "health"

urlpatterns = [
    path("health/contracts/", views.show_contracts, name="contracts"),
    path("health/contracts/<uuid:contract>/", views.show_contract, name="contract"),
    path("health/cases/<uuid:case>/sign/", views.sign, name="sign"),
    path("health/people/<uuid:person>/passed/", views.passed, name="passed"),
]
