from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class BusConfig(AppConfig):
    name = "yimen.foundations.bus"
    label = "bus"
    verbose_name = "事件与作业"

    def ready(self):
        from yimen.foundations.bus.engine.recurring import keep_recurring_jobs_steady

        keep_recurring_jobs_steady()
        # Plugs and listeners are found by file name; a module that is not there is not an error.
        autodiscover_modules("plugs", "subscribers")
        post_migrate.connect(_grant_to_app_role, dispatch_uid="bus.grant_to_app_role")


def _grant_to_app_role(*, app_config, using, **_):
    # Django sends this once per app with models, in order; grants are wanted once, when all tables stand.
    from yimen.foundations.bus.engine.privileges import grant_to_app_role

    if app_config is [config for config in apps.get_app_configs() if config.models_module][-1]:
        grant_to_app_role(using=using)
