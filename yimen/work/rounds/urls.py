from django.urls import path

from yimen.work.rounds.views import results, roll, rounds

app_name = "rounds"

urlpatterns = [
    path("rounds/", rounds.show_list, name="rounds"),
    path("rounds/new/", rounds.new, name="new"),
    path("rounds/<uuid:round>/", rounds.show, name="round"),
    path("rounds/<uuid:round>/roll/", roll.show_roll, name="roll"),
    path("rounds/<uuid:round>/type/", roll.type_in, name="type"),
    path("rounds/<uuid:round>/papers/", roll.papers, name="papers"),
    path("rounds/<uuid:round>/slips/", roll.slips, name="slips"),
    path("rounds/<uuid:round>/result/", results.show_result, name="result"),
    path("rounds/<uuid:round>/task/", results.task, name="task"),
    path("rounds/<uuid:round>/roll/<uuid:line>/", roll.show_line, name="line"),
    path("rounds/<uuid:round>/<slug:deed>/", rounds.act, name="deed"),
]
