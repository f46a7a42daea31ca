from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    name = "yimen.services.volunteering"
    label = "volunteering"
    verbose_name = "志愿服务"
