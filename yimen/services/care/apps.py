from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "yimen.services.care"
    label = "care"
    verbose_name = "专项健康信息"
