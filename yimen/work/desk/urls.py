from django.urls import path

from yimen.work.desk.views import cases, intake, lists, parking, ratings, several, shares, watching

app_name = "desk"

urlpatterns = [
    path("desk/", lists.show_cases, name="cases"),
    path("desk/lists/<slug:kind>/", lists.show_list, name="list"),
    path("desk/several/<slug:deed>/", several.do_several, name="several"),
    path("desk/new/", intake.choose_matter, name="choose"),
    path("desk/serve/", intake.serve, name="serve"),
    path("desk/parked/", parking.show_parked, name="parked"),
    path("desk/parked/<uuid:parked>/drop/", parking.drop, name="drop_parked"),
    path("desk/parked/<uuid:parked>/restore/", parking.restore, name="restore_parked"),
    path("desk/new/<slug:matter>/", intake.take_in, name="intake"),
    path("desk/cases/<uuid:case>/", cases.show_case, name="case"),
    path("desk/cases/<uuid:case>/taken-in/", intake.show_taken_in, name="taken_in"),
    path("desk/cases/<uuid:case>/ask-units/", shares.ask, name="ask_units"),
    path("desk/cases/<uuid:case>/<slug:deed>/", cases.do_deed, name="deed"),
    path("desk/checks/", watching.show_checks, name="checks"),
    path("desk/checks/<uuid:check>/", watching.check, name="check"),
    path("desk/follow-ups/", watching.show_follow_ups, name="follow_ups"),
    path("desk/follow-ups/<uuid:follow_up>/", watching.follow_up, name="follow_up"),
    path("desk/shares/", shares.show_mine, name="shares"),
    path("desk/shares/<uuid:share>/", shares.show_share, name="share"),
    path("desk/shares/<slug:kind>/", shares.show_shares, name="share_list"),
    path("desk/shares/<uuid:share>/answer/", shares.answer, name="answer_share"),
    path("desk/shares/<uuid:share>/urge/", shares.urge, name="urge_share"),
    path("desk/shares/<uuid:share>/withdraw/", shares.withdraw, name="withdraw_share"),
    path("desk/ratings/", ratings.show_ratings, name="ratings"),
    path("desk/ratings/paper/", ratings.enter_paper_rating, name="paper_rating"),
]
