from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "yimen.services.archive"
    label = "archive"
    verbose_name = "档案移交与保管"
