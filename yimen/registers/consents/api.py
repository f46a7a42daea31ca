"""The door of consents (同意)."""

from yimen.registers.consents.choices import Proof
from yimen.registers.consents.operations import CannotAgree, give_consent, withdraw_consent
from yimen.registers.consents.queries import NoConsent, PurposeLine, agreed_words, purposes_of, standing
from yimen.registers.consents.rules import CHILD

__all__ = [
    "CHILD",
    "CannotAgree",
    "NoConsent",
    "Proof",
    "PurposeLine",
    "agreed_words",
    "give_consent",
    "purposes_of",
    "standing",
    "withdraw_consent",
]
