"""The tables of community self-government, one file per noun."""

from yimen.services.council.models.filings import Filing
from yimen.services.council.models.promises import PromisedAnswer
from yimen.services.council.models.reception import ReceptionDay

__all__ = ["Filing", "PromisedAnswer", "ReceptionDay"]
