from django.urls import path

from yimen.work.ledger.views import entries, notes

app_name = "ledger"
urlpatterns = [
    path("ledger/", entries.ledger, name="entries"),
    path("ledger/today", entries.today, name="today"),
    path("ledger/notes/", notes.mine, name="my_notes"),
    path("ledger/notes/new", notes.new, name="new_note"),
    path("ledger/notes/<uuid:note>/", notes.show, name="note"),
    path("ledger/notes/<uuid:note>/undo", notes.undo, name="undo_note"),
    path("ledger/late", notes.late, name="late"),
]
