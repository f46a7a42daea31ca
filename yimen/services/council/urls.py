from django.urls import path

from yimen.services.council import views

app_name = "council"

urlpatterns = [
    path("council/filings/", views.show_filings, name="filings"),
    path("council/filings/<uuid:filing>/", views.show_filing, name="filing"),
    path("council/visits/<uuid:case>/promise/", views.promise, name="promise"),
    path("council/visits/<uuid:case>/put-off/", views.put_off, name="put_off"),
]
