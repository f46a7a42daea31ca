from django.urls import path

from yimen.registers.places.views import buildings as views
from yimen.registers.places.views import changes, estates, maps, rooms, sites

app_name = "places"

urlpatterns = [
    path("places/", views.tree, name="tree"),
    path("places/sites/standards/", rooms.show_standards, name="standards"),
    path("places/sites/", sites.show_sites, name="sites"),
    path("places/map/", maps.show_map, name="map"),
    path("places/map/drawn", maps.drawn, name="map_drawn"),
    path("places/outlines/", maps.outlines, name="outlines"),
    path("places/changes/", changes.show_changes, name="changes"),
    path("places/changes/new/", changes.new_change, name="new_change"),
    path("places/changes/split/", changes.split, name="split"),
    path("places/changes/<uuid:public_id>/", changes.show_change, name="change"),
    path("places/<slug:code>/", views.area, name="area"),
    path("places/<slug:code>/estates/new", estates.new_estate, name="new_estate"),
    path("places/estates/<uuid:estate>/buildings/new", estates.new_building, name="new_building"),
    path("places/buildings/<uuid:building>/doors/new", estates.new_door, name="new_door"),
    path("places/<slug:code>/sites/new", sites.open_new, name="site_new"),
    path("places/buildings/<uuid:public_id>/", views.building, name="building"),
    path("places/dwellings/<uuid:public_id>/", views.dwelling, name="dwelling"),
    path("places/dwellings/<uuid:public_id>/pairs", views.pairs, name="pairs"),
    path("places/dwellings/<uuid:public_id>/heads", views.heads, name="heads"),
    path("places/sites/<uuid:public_id>/", sites.site, name="site"),
    path("places/sites/<uuid:public_id>/hours", sites.hours, name="hours"),
    path("places/sites/<uuid:public_id>/days", sites.window_days, name="window_days"),
    path("places/sites/<uuid:public_id>/edit", sites.describe, name="site_edit"),
    path("places/sites/<uuid:public_id>/offers", sites.offers, name="site_offers"),
    path("places/sites/<uuid:public_id>/close", sites.close, name="site_close"),
    path("places/sites/<uuid:public_id>/photos", rooms.add_photo, name="add_photo"),
    path("places/sites/<uuid:public_id>/photos/<uuid:file>", rooms.photo, name="photo"),
    path("places/sites/<uuid:public_id>/photos/<uuid:file>/drop", rooms.drop_photo, name="drop_photo"),
    path("places/sites/<uuid:public_id>/staff", rooms.add_staff, name="add_staff"),
    path("places/sites/<uuid:public_id>/staff/<uuid:staff>/end", rooms.drop_staff, name="drop_staff"),
    path("places/sites/<uuid:public_id>/book", rooms.book, name="book"),
    path("places/sites/<uuid:public_id>/bookings/<uuid:booking>/release", rooms.release, name="release"),
    path("places/sites/<uuid:public_id>/board", sites.board, name="board"),
]
