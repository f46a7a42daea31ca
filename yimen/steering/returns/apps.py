from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "yimen.steering.returns"
    label = "returns"
    verbose_name = "一表通填报"
