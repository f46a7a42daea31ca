"""The writers of community self-government, one file per noun."""

from yimen.services.council.operations.filings import (
    NotFiled,
    close_filing,
    dissolve_with_filing,
    record_filing,
)
from yimen.services.council.operations.promises import (
    CannotPromise,
    NotAnswered,
    close_promise,
    hand_over_promises,
    promise_answer,
    put_off_answer,
    remind_of_promises,
)
from yimen.services.council.operations.reception import (
    CannotReceive,
    remind_of_unanswered,
    set_reception_day,
)

__all__ = [
    "CannotPromise",
    "CannotReceive",
    "NotAnswered",
    "NotFiled",
    "close_filing",
    "close_promise",
    "dissolve_with_filing",
    "hand_over_promises",
    "promise_answer",
    "put_off_answer",
    "record_filing",
    "remind_of_promises",
    "remind_of_unanswered",
    "set_reception_day",
]
