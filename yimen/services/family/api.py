"""The door of family support (生育支持)."""

from yimen.services.family.choices import Stage
from yimen.services.family.operations import (
    CannotTransfer,
    NotRegistered,
    forget_certificate,
    keep_certificate,
    keep_registration,
    transfer_replacement,
    withdraw_registration,
)
from yimen.services.family.queries import (
    NoCertificate,
    NoRegistration,
    certificates_of,
    entitlements,
    get_certificate,
    get_registration,
    registrations_of,
)

__all__ = [
    "CannotTransfer",
    "NoCertificate",
    "NoRegistration",
    "NotRegistered",
    "Stage",
    "certificates_of",
    "entitlements",
    "forget_certificate",
    "get_certificate",
    "get_registration",
    "keep_certificate",
    "keep_registration",
    "registrations_of",
    "transfer_replacement",
    "withdraw_registration",
]
