from django.urls import path

from yimen.foundations.forms import views

urlpatterns = [path("forms/<slug:key>/paper", views.paper, name="forms.paper")]
