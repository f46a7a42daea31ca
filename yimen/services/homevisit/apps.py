from django.apps import AppConfig


class HomevisitConfig(AppConfig):
    name = "yimen.services.homevisit"
    label = "homevisit"
    verbose_name = "上门办"
