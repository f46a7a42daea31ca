"""Pages of the ledger."""

from yimen.work.ledger.views.entries import ledger, today

__all__ = ["ledger", "today"]
