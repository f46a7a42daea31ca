from django.apps import AppConfig


class AffairsConfig(AppConfig):
    name = "yimen.services.affairs"
    label = "affairs"
    verbose_name = "便民事项"
