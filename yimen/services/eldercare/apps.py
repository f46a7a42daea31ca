from django.apps import AppConfig


class EldercareConfig(AppConfig):
    name = "yimen.services.eldercare"
    label = "eldercare"
    verbose_name = "养老服务"
