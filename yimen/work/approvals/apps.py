from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "yimen.work.approvals"
    label = "approvals"
    verbose_name = "审签"
