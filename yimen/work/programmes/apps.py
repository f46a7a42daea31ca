from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "yimen.work.programmes"
    label = "programmes"
    verbose_name = "待办"
