from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "yimen.foundations.forms"
    label = "forms"
    verbose_name = "表单"
