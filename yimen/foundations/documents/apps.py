from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "yimen.foundations.documents"
    label = "documents"
    verbose_name = "材料与文书"
