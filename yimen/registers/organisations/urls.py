from django.urls import path

from yimen.registers.organisations.views import absences, filing, persons, posts, units, visits

app_name = "organisations"

urlpatterns = [
    path("organisations/", units.organisations, name="list"),
    path("organisations/count/", units.count, name="count"),
    path("organisations/due/", units.due, name="due"),
    path("organisations/absences/", absences.absences, name="absences"),
    path("organisations/absences/<uuid:absence>/end", absences.end, name="end_absence"),
    path("organisations/new/", filing.new, name="new"),
    path("organisations/set-up/", filing.set_up, name="set_up"),
    path("organisations/networks/<slug:key>/", persons.network, name="network"),
    path("organisations/<uuid:public_id>/", units.organisation, name="organisation"),
    path("organisations/<uuid:public_id>/edit/", filing.describe, name="describe"),
    path("organisations/<uuid:public_id>/close/", filing.close, name="close"),
    path("organisations/<uuid:public_id>/convert/", filing.convert, name="convert"),
    path("organisations/<uuid:public_id>/posts/new/", posts.create, name="create_post"),
    path("organisations/<uuid:public_id>/wall/", persons.wall, name="wall"),
    path("organisations/<uuid:public_id>/file/<slug:what>/", filing.file, name="file"),
    path("organisations/<uuid:public_id>/scan/<uuid:row>/", filing.scan, name="scan"),
    path("organisations/<uuid:public_id>/visits/<uuid:row>/", visits.visits, name="visits"),
    path(
        "organisations/<uuid:public_id>/visits/<uuid:row>/<uuid:visit>/drop", visits.drop, name="drop_visit"
    ),
    path("organisations/<uuid:public_id>/end/<slug:what>/<uuid:row>/", filing.end, name="end"),
]
