from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "yimen.work.gatherings"
    label = "gatherings"
    verbose_name = "活动"
