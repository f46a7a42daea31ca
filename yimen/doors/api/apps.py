from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "yimen.doors.api"
    label = "api"
    verbose_name = "机器接口"
