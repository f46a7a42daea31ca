from django.apps import AppConfig


class PriorityConfig(AppConfig):
    name = "yimen.services.priority"
    label = "priority"
    verbose_name = "优先服务"
