from django.urls import path

from yimen.steering.returns import views

app_name = "returns"

urlpatterns = [
    path("returns/", views.show_returns, name="list"),
    path("returns/new/", views.upload, name="new"),
    path("returns/<uuid:table>/", views.show_return, name="return"),
    path("returns/<uuid:table>/columns/", views.columns, name="columns"),
    path("returns/<uuid:table>/download/", views.download, name="download"),
    path("returns/<uuid:table>/people/", views.choose, name="choose"),
    path("returns/<uuid:table>/again/", views.resume, name="resume"),
    path("returns/<uuid:table>/editions/", views.make_edition, name="make_edition"),
    path("returns/editions/<uuid:edition>/", views.show_edition, name="edition"),
    path("returns/editions/<uuid:edition>/download/", views.download_edition, name="download_edition"),
]
