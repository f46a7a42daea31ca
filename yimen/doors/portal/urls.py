from django.urls import path

from yimen.doors.portal.views import messages, tracking

app_name = "portal"

urlpatterns = [
    path("message/", messages.leave, name="leave"),
    path("message/<slug:word>", messages.follow, name="message"),
    path("t/", tracking.ask_word, name="ask"),
    path("my/looks", tracking.show_looks, name="looks"),
    path("t/<slug:word>", tracking.track, name="track"),
]
