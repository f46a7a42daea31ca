from django.urls import path

from yimen.services.council.views import answers, reception

app_name = "council"

urlpatterns = [
    path("council/filings/", answers.show_filings, name="filings"),
    path("council/filings/<uuid:filing>/", answers.show_filing, name="filing"),
    path("council/reception/", reception.show_reception, name="reception"),
    path("council/visits/<uuid:case>/promise/", answers.promise, name="promise"),
    path("council/visits/<uuid:case>/put-off/", answers.put_off, name="put_off"),
    path("reception/<str:area>/", reception.show_announced, name="announced"),
]
