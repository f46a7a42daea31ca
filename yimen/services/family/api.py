"""The door of family support (生育支持)."""

from yimen.services.family.choices import Stage
from yimen.services.family.operations import NotRegistered, keep_registration, withdraw_registration
from yimen.services.family.queries import NoRegistration, entitlements, get_registration, registrations_of

__all__ = [
    "NoRegistration",
    "NotRegistered",
    "Stage",
    "entitlements",
    "get_registration",
    "keep_registration",
    "registrations_of",
    "withdraw_registration",
]
