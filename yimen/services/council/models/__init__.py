"""The tables of community self-government, one file per noun."""

from yimen.services.council.models.filings import Filing
from yimen.services.council.models.promises import PromisedAnswer

__all__ = ["Filing", "PromisedAnswer"]
