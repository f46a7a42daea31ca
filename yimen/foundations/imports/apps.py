from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "yimen.foundations.imports"
    label = "imports"
    verbose_name = "导入"
