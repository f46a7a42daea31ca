from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yimen.doors.portal"
    label = "portal"
    verbose_name = "居民之门"
