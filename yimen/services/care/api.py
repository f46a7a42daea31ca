"""The door of care data (专项健康信息)."""

from yimen.services.care.operations import CannotRecord, give_consent, record_care, withdraw_consent
from yimen.services.care.queries import NoCare, care_of, records_of

__all__ = [
    "CannotRecord",
    "NoCare",
    "care_of",
    "give_consent",
    "record_care",
    "records_of",
    "withdraw_consent",
]
