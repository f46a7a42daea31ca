from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "yimen.foundations.exports"
    label = "exports"
    verbose_name = "完整导出"
