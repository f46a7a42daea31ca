from django.urls import path

from yimen.registers.people.views import (
    arranging,
    cards,
    duplicates,
    files,
    finding,
    households,
    merging,
    registering,
)

app_name = "people"

urlpatterns = [
    path("people/", finding.search, name="search"),
    path("people/card", cards.card, name="card"),
    path("people/papers-missing/", finding.show_papers_missing, name="papers_missing"),
    path("people/stranger", finding.stranger, name="stranger"),
    path("people/new", registering.new, name="new"),
    path("people/new/number", registering.number, name="number"),
    path("people/new/alike", registering.alike, name="alike"),
    path("people/doubles/", duplicates.doubles, name="doubles"),
    path("people/doubles/begin", duplicates.begin, name="begin_comparing"),
    path("people/<uuid:public_id>/compare/<uuid:other>", duplicates.compare, name="compare"),
    path("people/<uuid:public_id>/not-same/<uuid:other>", duplicates.not_same, name="not_same"),
    path("people/<uuid:public_id>/", files.file, name="file"),
    path("people/<uuid:public_id>/phone", files.phone, name="phone"),
    path("people/<uuid:public_id>/correct", files.correct, name="correct"),
    path("people/<uuid:public_id>/move", files.move, name="move"),
    path("people/<uuid:public_id>/documents", files.document, name="document"),
    path(
        "people/<uuid:public_id>/documents/<uuid:document>/number",
        files.document_number,
        name="document_number",
    ),
    path("people/<uuid:public_id>/death", files.death, name="death"),
    path("people/<uuid:public_id>/reach", files.reach, name="reach"),
    path("people/<uuid:public_id>/verify", files.verify, name="verify"),
    path("people/<uuid:public_id>/merge", merging.choose, name="merge"),
    path("people/<uuid:public_id>/merge/<uuid:other>", merging.merge, name="merge_pair"),
    path("people/<uuid:public_id>/undo-merge", merging.undo, name="undo_merge"),
    path("people/<uuid:public_id>/household", households.found, name="found_household"),
    path("people/households/<uuid:public_id>/", households.household, name="household"),
    path("people/households/<uuid:public_id>/lead", arranging.lead, name="lead"),
    path("people/households/<uuid:public_id>/divide", arranging.divide, name="divide"),
    path("people/households/<uuid:public_id>/unite", arranging.unite, name="unite"),
    path("people/households/<uuid:public_id>/join", households.join, name="join"),
    path("people/households/<uuid:public_id>/leave/<uuid:person>", households.leave, name="leave"),
]
