from django.urls import path

from yimen.foundations.exports import views

app_name = "exports"

urlpatterns = [
    path("exports/", views.show_exports, name="exports"),
    path("exports/ask/", views.ask, name="ask"),
    path("exports/<uuid:export>/", views.show_export, name="export"),
    path("exports/<uuid:export>/approve/", views.approve, name="approve"),
    path("exports/<uuid:export>/refuse/", views.refuse, name="refuse"),
    path("exports/<uuid:export>/file/", views.download, name="file"),
]
