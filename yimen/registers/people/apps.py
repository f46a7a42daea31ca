from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yimen.registers.people"
    label = "people"
    verbose_name = "人口"
