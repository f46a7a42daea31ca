from django.urls import path

from yimen.registers.places.views import buildings as views
from yimen.registers.places.views import sites

app_name = "places"

urlpatterns = [
    path("places/", views.tree, name="tree"),
    path("places/sites/", sites.show_sites, name="sites"),
    path("places/<slug:code>/", views.area, name="area"),
    path("places/<slug:code>/sites/new", sites.open_new, name="site_new"),
    path("places/buildings/<uuid:public_id>/", views.building, name="building"),
    path("places/sites/<uuid:public_id>/", sites.site, name="site"),
    path("places/sites/<uuid:public_id>/hours", sites.hours, name="hours"),
    path("places/sites/<uuid:public_id>/days", sites.window_days, name="window_days"),
    path("places/sites/<uuid:public_id>/edit", sites.describe, name="site_edit"),
    path("places/sites/<uuid:public_id>/offers", sites.offers, name="site_offers"),
    path("places/sites/<uuid:public_id>/close", sites.close, name="site_close"),
    path("places/sites/<uuid:public_id>/board", sites.board, name="board"),
]
