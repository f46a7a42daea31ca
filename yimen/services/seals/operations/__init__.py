"""The verbs of official seals."""

from yimen.services.seals.operations.requests import (
    CannotStamp,
    decide_seal_request,
    request_seal,
    stamp,
    take_over_case,
    void_stamping,
)
from yimen.services.seals.operations.seals import CannotKeep, end_seal, hand_over_seal, register_seal

__all__ = [
    "CannotKeep",
    "CannotStamp",
    "decide_seal_request",
    "end_seal",
    "hand_over_seal",
    "register_seal",
    "request_seal",
    "stamp",
    "take_over_case",
    "void_stamping",
]
