from django.urls import path

from yimen.steering.workload import views

app_name = "workload"

urlpatterns = [
    path("workload/", views.show_demands, name="demands"),
    path("workload/new/", views.enter, name="enter"),
    path("workload/point-out/", views.point, name="point"),
    path("workload/admitted/", views.show_admitted, name="admitted"),
    path("workload/spared/", views.show_spared, name="spared"),
    path("workload/<uuid:demand>/", views.show_demand, name="demand"),
    path("workload/<uuid:demand>/decide/", views.decide, name="decide"),
]
