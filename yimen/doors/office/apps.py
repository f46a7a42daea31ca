from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "yimen.doors.office"
    label = "office"
    verbose_name = "系统管理"
