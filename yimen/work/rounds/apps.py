from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "yimen.work.rounds"
    label = "rounds"
    verbose_name = "征询"
