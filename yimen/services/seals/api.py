"""The door of official seals (印章管理)."""

from yimen.services.seals.operations import (
    CannotKeep,
    CannotStamp,
    decide_seal_request,
    end_seal,
    hand_over_seal,
    register_seal,
    request_seal,
    stamp,
    void_stamping,
)
from yimen.services.seals.queries import NoSeal, get_request, get_seal, requests, seals, stampings

__all__ = [
    "CannotKeep",
    "CannotStamp",
    "NoSeal",
    "decide_seal_request",
    "end_seal",
    "get_request",
    "get_seal",
    "hand_over_seal",
    "register_seal",
    "request_seal",
    "requests",
    "seals",
    "stamp",
    "stampings",
    "void_stamping",
]
