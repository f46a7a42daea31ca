from django.urls import path

from yimen.doors.office.views import accounts, definitions, jobs, overview, trail

app_name = "office"

urlpatterns = [
    path("office/", overview.show_overview, name="overview"),
    path("office/accounts/", accounts.list_accounts, name="accounts"),
    path("office/accounts/duties", accounts.show_duties, name="duties"),
    path("office/accounts/slips", accounts.slips, name="slips"),
    path("office/accounts/new", accounts.new_account, name="new_account"),
    path("office/accounts/<uuid:account>/", accounts.show_account, name="account"),
    path(
        "office/accounts/<uuid:account>/sessions/<uuid:session>/end",
        accounts.end_one_session,
        name="end_one_session",
    ),
    path("office/accounts/<uuid:account>/deputy", accounts.name_deputy, name="name_deputy"),
    path("office/accounts/<uuid:account>/reset-factor", accounts.reset_factor, name="reset_factor"),
    path("office/accounts/<uuid:account>/reset", accounts.reset, name="reset"),
    path("office/accounts/<uuid:account>/unlock", accounts.unlock, name="unlock"),
    path("office/accounts/<uuid:account>/close", accounts.close, name="close"),
    path("office/accounts/<uuid:account>/reopen", accounts.reopen, name="reopen"),
    path("office/accounts/<uuid:account>/end-sessions", accounts.end_sessions, name="end_sessions"),
    path("office/accounts/<uuid:account>/appoint", accounts.appoint, name="appoint"),
    path("office/accounts/<uuid:account>/grant", accounts.grant, name="grant"),
    path("office/grants/<uuid:account>/<uuid:grant>/revoke", accounts.revoke, name="revoke"),
    path("office/appointments/<uuid:account>/<uuid:appointment>/end", accounts.vacate, name="vacate"),
    path("office/definitions/", definitions.show_catalogue, name="definitions"),
    path("office/definitions/<slug:kind>/<slug:key>/", definitions.show_definition, name="definition"),
    path("office/definitions/<slug:kind>/<slug:key>/edit", definitions.edit_definition, name="edit"),
    path("office/trail/", trail.list_trail, name="trail"),
    path("office/trail/looks/", trail.list_looks, name="looks"),
    path("office/trail/unusual/", trail.list_unusual, name="unusual"),
    path("office/trail/unusual/<uuid:found>/", trail.show_unusual, name="alert"),
    path("office/trail/seals/", trail.show_seals, name="seals"),
    path("office/trail/seals/verify", trail.ask_to_verify, name="verify"),
    path("office/trail/<uuid:deed>/", trail.show_deed, name="deed"),
    path("office/jobs/", jobs.show_jobs, name="jobs"),
    path("office/jobs/<int:number>/retry", jobs.retry, name="retry"),
]
