from django.urls import path

from yimen.steering.returns import views

app_name = "returns"

urlpatterns = [
    path("returns/", views.show_returns, name="list"),
    path("returns/new/", views.upload, name="new"),
    path("returns/<uuid:table>/", views.show_return, name="return"),
    path("returns/<uuid:table>/columns/", views.columns, name="columns"),
    path("returns/<uuid:table>/download/", views.download, name="download"),
]
