"""The ledger's own items and deeds serve here too."""

from tests.apps.work.ledger.conftest import items

__all__ = ["items"]
