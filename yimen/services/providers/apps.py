from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "yimen.services.providers"
    label = "providers"
    verbose_name = "机构服务"
