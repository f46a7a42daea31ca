from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "yimen.registers.organisations"
    label = "organisations"
    verbose_name = "单位"
