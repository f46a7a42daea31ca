from django.urls import path

from yimen.steering.plans import views

app_name = "plans"
urlpatterns = [
    path("plans/", views.all_plans, name="plans"),
    path("plans/<slug:key>/", views.plan, name="plan"),
]
