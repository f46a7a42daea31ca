from django.urls import path

from yimen.work.rounds import views

app_name = "rounds"

urlpatterns = [
    path("rounds/", views.show_list, name="rounds"),
    path("rounds/new/", views.new, name="new"),
    path("rounds/<uuid:round>/", views.show, name="round"),
    path("rounds/<uuid:round>/roll/", views.show_roll, name="roll"),
    path("rounds/<uuid:round>/type/", views.type_in, name="type"),
    path("rounds/<uuid:round>/papers/", views.papers, name="papers"),
    path("rounds/<uuid:round>/slips/", views.slips, name="slips"),
    path("rounds/<uuid:round>/result/", views.show_result, name="result"),
    path("rounds/<uuid:round>/task/", views.task, name="task"),
    path("rounds/<uuid:round>/roll/<uuid:line>/", views.show_line, name="line"),
    path("rounds/<uuid:round>/<slug:deed>/", views.act, name="deed"),
]
