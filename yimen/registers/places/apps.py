from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "yimen.registers.places"
    label = "places"
    verbose_name = "地点"
