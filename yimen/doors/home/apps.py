from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "yimen.doors.home"
    label = "home"
    verbose_name = "工作台首页"
