"""The street, its posts and one resident, as the ledger's tests have them."""

from tests.apps.work.ledger.conftest import signed_in, wang

__all__ = ["signed_in", "wang"]
