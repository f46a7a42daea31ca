from django.apps import AppConfig


class NamelistsConfig(AppConfig):
    name = "yimen.work.namelists"
    label = "namelists"
    verbose_name = "名单任务"
