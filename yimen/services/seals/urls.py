from django.urls import path

from yimen.services.seals import views

app_name = "seals"

urlpatterns = [
    path("seals/", views.show_requests, name="requests"),
    path("seals/ask/", views.ask, name="ask"),
    path("seals/log/", views.show_log, name="log"),
    path("seals/log/print/", views.print_log, name="print"),
    path("seals/uses/", views.show_uses, name="uses"),
    path("seals/requests/<uuid:asked>/", views.show_request, name="request"),
    path("seals/requests/<uuid:asked>/decide/", views.decide, name="decide"),
    path("seals/requests/<uuid:asked>/stamp/", views.stamp, name="stamp"),
    path("seals/requests/<uuid:asked>/void/<uuid:stamping>/", views.void, name="void"),
    path("seals/register/", views.show_seals, name="seals"),
    path("seals/register/new/", views.register, name="register"),
    path("seals/register/<uuid:seal>/", views.show_seal, name="seal"),
]
