from django.urls import path

from yimen.services.care import views

app_name = "care"

urlpatterns = [
    path("care/people/<uuid:person>/", views.show, name="person"),
    path("care/people/<uuid:person>/<slug:kind>/new/", views.write, name="write"),
    path("care/people/<uuid:person>/<slug:kind>/agree/", views.agree, name="agree"),
    path("care/people/<uuid:person>/<slug:kind>/withdraw/", views.withdraw, name="withdraw"),
]
