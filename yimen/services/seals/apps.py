from django.apps import AppConfig


class SealsConfig(AppConfig):
    name = "yimen.services.seals"
    label = "seals"
    verbose_name = "印章管理"
