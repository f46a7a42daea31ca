"""The writers of family support, one file per noun."""

from yimen.services.family.operations.certificates import (
    CannotTransfer,
    forget_certificate,
    keep_certificate,
    transfer_replacement,
)
from yimen.services.family.operations.registrations import (
    NotRegistered,
    delete_registrations,
    keep_registration,
    withdraw_registration,
)

__all__ = [
    "CannotTransfer",
    "NotRegistered",
    "delete_registrations",
    "forget_certificate",
    "keep_certificate",
    "keep_registration",
    "transfer_replacement",
    "withdraw_registration",
]
