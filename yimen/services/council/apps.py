from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "yimen.services.council"
    label = "council"
    verbose_name = "居民议事"
