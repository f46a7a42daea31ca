from django.urls import path

from yimen.foundations.messages import views

app_name = "messages"

urlpatterns = [
    path("messages/", views.show_inbox, name="inbox"),
    path("messages/calls/", views.show_calls, name="calls"),
    path("messages/calls/<uuid:call>/", views.show_call, name="call"),
    path("messages/calls/<uuid:call>/phone", views.show_phone, name="phone"),
    path("messages/calls/<uuid:call>/outcome", views.mark_call, name="outcome"),
    path("messages/<uuid:message>/", views.show_message, name="message"),
]
