from django.urls import path

from yimen.foundations.imports import views

app_name = "imports"

urlpatterns = [
    path("imports/", views.show_batches, name="list"),
    path("imports/new/", views.upload, name="new"),
    path("imports/sheets/<str:importer>/", views.empty_sheet, name="empty_sheet"),
    path("imports/<uuid:batch>/", views.show_batch, name="batch"),
    path("imports/<uuid:batch>/columns/", views.columns, name="columns"),
    path("imports/<uuid:batch>/wrong-rows/", views.wrong_rows, name="wrong_rows"),
    path("imports/<uuid:batch>/write/", views.write, name="write"),
    path("imports/<uuid:batch>/stop/", views.stop, name="stop"),
    path("imports/<uuid:batch>/resume/", views.resume, name="resume"),
    path("imports/<uuid:batch>/undo/", views.undo, name="undo"),
    path("imports/<uuid:batch>/drop/", views.drop, name="drop"),
]
