"""The door of community self-government (居民议事)."""

from yimen.services.council.choices import AssociationKind, Tier
from yimen.services.council.operations import (
    CannotPromise,
    NotAnswered,
    NotFiled,
    close_filing,
    close_promise,
    promise_answer,
    put_off_answer,
    record_filing,
    remind_of_promises,
)
from yimen.services.council.queries import (
    NoFiling,
    filing_of_case,
    find_filings,
    get_filing,
    open_promises,
    promise_of_case,
)

__all__ = [
    "AssociationKind",
    "CannotPromise",
    "NoFiling",
    "NotAnswered",
    "NotFiled",
    "Tier",
    "close_filing",
    "close_promise",
    "filing_of_case",
    "find_filings",
    "get_filing",
    "open_promises",
    "promise_answer",
    "promise_of_case",
    "put_off_answer",
    "record_filing",
    "remind_of_promises",
]
