"""The door of consents (同意)."""

from yimen.registers.consents.choices import Proof
from yimen.registers.consents.operations import CannotAgree, give_consent, withdraw_consent
from yimen.registers.consents.queries import (
    NoConsent,
    PurposeLine,
    agreed_words,
    asked_anew,
    lapsed,
    purposes_of,
    standing,
    withdrawn_on,
    words_on,
)
from yimen.registers.consents.rules import CHILD

__all__ = [
    "CHILD",
    "CannotAgree",
    "NoConsent",
    "Proof",
    "PurposeLine",
    "agreed_words",
    "asked_anew",
    "give_consent",
    "lapsed",
    "purposes_of",
    "standing",
    "withdraw_consent",
    "withdrawn_on",
    "words_on",
]
