from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "yimen.work.ledger"
    label = "ledger"
    verbose_name = "台账"
