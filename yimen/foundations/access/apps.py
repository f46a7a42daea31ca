from django.apps import AppConfig
from django.conf import settings

from yimen.foundations.access.rules.applications import read_applications
from yimen.foundations.access.rules.partners import read_partners


class AccessConfig(AppConfig):
    name = "yimen.foundations.access"
    label = "access"
    verbose_name = "账号与权限"

    def ready(self) -> None:
        # What is told wrongly is said at the start, not to somebody at the door.
        read_partners(settings.YIMEN_PARTNERS)
        read_applications(settings.YIMEN_APPLICATIONS)
