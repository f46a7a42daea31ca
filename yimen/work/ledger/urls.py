from django.urls import path

from yimen.work.ledger import views

app_name = "ledger"
urlpatterns = [
    path("ledger/", views.ledger, name="entries"),
    path("ledger/today", views.today, name="today"),
]
