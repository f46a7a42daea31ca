from django.urls import path

from yimen.services.providers.views import patients, works

app_name = "providers"

urlpatterns = [
    path("providers/", works.home, name="home"),
    path("providers/submissions/", works.show_submissions, name="submissions"),
    path("providers/submissions/<uuid:submission>/", works.show_submission, name="submission"),
    path("providers/submissions/<uuid:submission>/accept/", works.accept, name="accept"),
    path("providers/submissions/<uuid:submission>/return/", works.send_back, name="return"),
    path("providers/submissions/<uuid:submission>/withdraw/", works.withdraw, name="withdraw"),
    path("providers/patients/", patients.show_patients, name="patients"),
    path("providers/patients/new/", patients.sign_up, name="sign_up"),
    path("providers/patients/<uuid:patient>/", patients.show_patient, name="patient"),
    path("providers/patients/<uuid:patient>/end/", patients.end, name="end_patient"),
    path("providers/patients/<uuid:patient>/refer/", patients.refer, name="refer"),
    path("providers/referrals/", patients.show_referrals, name="referrals"),
    path("providers/referrals/<uuid:referral>/", patients.show_referral, name="referral"),
    path("providers/referrals/<uuid:referral>/accept/", patients.accept, name="accept_referral"),
    path("providers/referrals/<uuid:referral>/return/", patients.send_back, name="return_referral"),
    path("providers/referrals/<uuid:referral>/end/", patients.close, name="end_referral"),
    path("providers/units/<uuid:unit>/", works.show_unit, name="unit"),
    path("providers/units/<uuid:unit>/works/new/", works.add_work, name="add_work"),
    path("providers/works/<uuid:work>/submit/", works.submit, name="submit"),
    path("providers/works/<uuid:work>/drop/", works.drop, name="drop_work"),
]
