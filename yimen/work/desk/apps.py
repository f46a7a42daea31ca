from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "yimen.work.desk"
    label = "desk"
    verbose_name = "一窗办件"
