from django.apps import AppConfig


class DefinitionsConfig(AppConfig):
    name = "yimen.foundations.definitions"
    label = "definitions"
    verbose_name = "制度定义"
