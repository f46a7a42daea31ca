from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "yimen.work.indicators"
    label = "indicators"
    verbose_name = "指标"
