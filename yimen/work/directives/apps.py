from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "yimen.work.directives"
    label = "directives"
    verbose_name = "督办"
