from django.urls import path

from yimen.registers.places import views

app_name = "places"

urlpatterns = [
    path("places/", views.tree, name="tree"),
    path("places/<slug:code>/", views.area, name="area"),
    path("places/buildings/<uuid:public_id>/", views.building, name="building"),
    path("places/sites/<uuid:public_id>/", views.site, name="site"),
    path("places/sites/<uuid:public_id>/hours", views.hours, name="hours"),
    path("places/sites/<uuid:public_id>/board", views.board, name="board"),
]
