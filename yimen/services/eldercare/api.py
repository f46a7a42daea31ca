"""The door of elder care (养老服务)."""

from yimen.services.eldercare.choices import Ability, BenefitKind
from yimen.services.eldercare.operations import NoBenefit, record_benefit
from yimen.services.eldercare.queries import benefits_of, elder_scheme

__all__ = [
    "Ability",
    "BenefitKind",
    "NoBenefit",
    "benefits_of",
    "elder_scheme",
    "record_benefit",
]
