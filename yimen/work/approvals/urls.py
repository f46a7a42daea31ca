from django.urls import path

from yimen.work.approvals.views import deeds, papers, submissions

app_name = "approvals"

urlpatterns = [
    path("approvals/", submissions.show_list, name="submissions"),
    path("approvals/waiting/", submissions.show_waiting, name="waiting"),
    path("approvals/new/", submissions.draft, name="draft"),
    path("approvals/<uuid:submission>/", deeds.show, name="submission"),
    path("approvals/<uuid:submission>/agree/", deeds.agree, name="agree"),
    path("approvals/<uuid:submission>/return/", deeds.send_back, name="return"),
    path("approvals/<uuid:submission>/withdraw/", deeds.withdraw, name="withdraw"),
    path("approvals/<uuid:submission>/void/", deeds.void, name="void"),
    path("approvals/<uuid:submission>/again/", submissions.draft_again, name="again"),
    path("approvals/<uuid:submission>/print/", papers.print_sheet, name="print"),
    path("approvals/<uuid:submission>/paper/", papers.enter, name="paper"),
    path("approvals/<uuid:submission>/final/", papers.final, name="final"),
    path("approvals/<uuid:submission>/files/<uuid:file>/", papers.open_file, name="file"),
]
