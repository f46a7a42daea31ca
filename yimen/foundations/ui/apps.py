"""The face (界面): shell, components, declared lists and the answers when something is refused."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "yimen.foundations.ui"
    label = "ui"
    verbose_name = "界面"

    def import_models(self):
        # Before any app is ready: forms take their sentences along when they are made.
        from yimen.foundations.ui.engine.asked import say_what_to_do

        say_what_to_do()
        super().import_models()
