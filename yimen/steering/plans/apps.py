from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "yimen.steering.plans"
    label = "plans"
    verbose_name = "计划与进度"
