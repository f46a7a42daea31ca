from django.urls import path

from yimen.registers.consents import views

app_name = "consents"

urlpatterns = [
    path("consents/lists/", views.show_listed, name="listed"),
    path("consents/<uuid:person>/", views.show, name="person"),
    path("consents/<uuid:person>/<slug:purpose>/", views.give, name="give"),
    path("consents/<uuid:person>/<slug:purpose>/paper/", views.show_paper, name="paper"),
    path("consents/<uuid:person>/<slug:purpose>/withdraw/", views.withdraw, name="withdraw"),
]
