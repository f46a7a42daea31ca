from django.apps import AppConfig


class RehabConfig(AppConfig):
    name = "yimen.services.rehab"
    label = "rehab"
    verbose_name = "残疾人服务"
