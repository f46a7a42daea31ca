from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "yimen.services.hotline"
    label = "hotline"
    verbose_name = "咨询与来电"
