from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "yimen.registers.consents"
    label = "consents"
    verbose_name = "同意"
