from django.apps import AppConfig


class WorkloadConfig(AppConfig):
    name = "yimen.steering.workload"
    label = "workload"
    verbose_name = "社区工作事项准入"
