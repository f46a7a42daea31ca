from django.urls import path

from yimen.work.namelists.views import lists, rows

app_name = "namelists"

urlpatterns = [
    path("namelists/", rows.show_mine, name="mine"),
    path("namelists/done/", rows.show_done, name="done"),
    path("namelists/lists/", lists.show_lists, name="lists"),
    path("namelists/new/", lists.new, name="new"),
    path("namelists/rows/<uuid:row>/", rows.show, name="row"),
    path("namelists/rows/<uuid:row>/undo/", rows.undo, name="undo"),
    path("namelists/rows/<uuid:row>/settle/", rows.settle, name="settle"),
    path("namelists/<uuid:name_list>/", lists.show, name="list"),
    path("namelists/<uuid:name_list>/columns/", lists.columns, name="columns"),
    path("namelists/<uuid:name_list>/rows/", lists.show_rows, name="rows"),
    path("namelists/<uuid:name_list>/sheet/", lists.sheet, name="sheet"),
    path("namelists/<uuid:name_list>/<slug:deed>/", lists.act, name="deed"),
]
