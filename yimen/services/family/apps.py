from django.apps import AppConfig


class FamilyConfig(AppConfig):
    name = "yimen.services.family"
    label = "family"
    verbose_name = "生育支持"
