from django.apps import AppConfig


class AidConfig(AppConfig):
    name = "yimen.services.aid"
    label = "aid"
    verbose_name = "临时救助"
