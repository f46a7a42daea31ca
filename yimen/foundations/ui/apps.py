"""The face (界面): shell, components, declared lists and the answers when something is refused."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "yimen.foundations.ui"
    label = "ui"
    verbose_name = "界面"
