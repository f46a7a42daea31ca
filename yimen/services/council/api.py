"""The door of community self-government (居民议事)."""

from yimen.services.council.choices import AssociationKind, Tier
from yimen.services.council.engine.reception import next_reception_day
from yimen.services.council.operations import (
    CannotPromise,
    CannotReceive,
    NotAnswered,
    NotFiled,
    close_filing,
    close_promise,
    promise_answer,
    put_off_answer,
    record_filing,
    remind_of_promises,
    remind_of_unanswered,
    set_reception_day,
)
from yimen.services.council.queries import (
    NoFiling,
    filing_of_case,
    find_filings,
    get_filing,
    open_promises,
    promise_of_case,
    reception_days,
    visits_on,
)

__all__ = [
    "AssociationKind",
    "CannotPromise",
    "CannotReceive",
    "NoFiling",
    "NotAnswered",
    "NotFiled",
    "Tier",
    "close_filing",
    "close_promise",
    "filing_of_case",
    "find_filings",
    "get_filing",
    "next_reception_day",
    "open_promises",
    "promise_answer",
    "promise_of_case",
    "put_off_answer",
    "reception_days",
    "record_filing",
    "remind_of_promises",
    "remind_of_unanswered",
    "set_reception_day",
    "visits_on",
]
