from django.urls import path

from yimen.services.hotline.views import calls, duty, inquiries

app_name = "hotline"

urlpatterns = [
    path("inquiries/", inquiries.show_inquiries, name="inquiries"),
    path("inquiries/count/", inquiries.count, name="count"),
    path("inquiries/undo/", inquiries.undo, name="undo"),
    path("inquiries/<slug:topic>/", inquiries.show_topic, name="topic"),
    path("inquiries/<slug:topic>/<slug:matter>/", inquiries.print_notice, name="notice"),
    path("calls/", calls.show_calls, name="calls"),
    path("calls/new/", calls.log, name="log"),
    path("calls/who/", calls.who, name="who"),
    path("calls/<uuid:call>/", calls.show_call, name="call"),
    path("calls/<uuid:call>/answer/", calls.answer, name="answer"),
    path("calls/<uuid:call>/person/", calls.name_person, name="person"),
    path("duty/", duty.show_roster, name="roster"),
    path("duty/edit/", duty.edit_roster, name="edit_roster"),
    path("duty/print/", duty.print_roster, name="print_roster"),
    path("duty/swap/", duty.swap, name="swap"),
    path("duty/shifts/<uuid:shift>/", duty.show_shift, name="shift"),
]
