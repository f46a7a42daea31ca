from django.urls import path

from yimen.doors.portal import views

app_name = "portal"

urlpatterns = [
    path("t/", views.ask_word, name="ask"),
    path("my/looks", views.show_looks, name="looks"),
    path("t/<slug:word>", views.track, name="track"),
]
