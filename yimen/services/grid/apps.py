from django.apps import AppConfig


class GridConfig(AppConfig):
    name = "yimen.services.grid"
    label = "grid"
    verbose_name = "网格服务"
