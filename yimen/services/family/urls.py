from django.urls import path

from yimen.services.family import views

app_name = "family"

urlpatterns = [
    path("family/registrations/<uuid:registration>/withdraw/", views.withdraw, name="withdraw"),
    path("family/certificates/<uuid:certificate>/forget/", views.forget, name="forget"),
    path("family/cases/<uuid:case>/transfer/", views.transfer, name="transfer"),
]
