"""The door of health services (家庭医生签约)."""

from yimen.services.health.choices import EndReason
from yimen.services.health.operations import (
    AlreadyEnded,
    CannotSign,
    end_contract,
    end_contracts_of,
    note_passed_offer,
    sign_contract,
)
from yimen.services.health.queries import (
    NoContract,
    contract_of_case,
    contracts_of,
    find_contracts,
    get_contract,
    offer_finding,
    packages,
    teams,
)

__all__ = [
    "AlreadyEnded",
    "CannotSign",
    "EndReason",
    "NoContract",
    "contract_of_case",
    "contracts_of",
    "end_contract",
    "end_contracts_of",
    "find_contracts",
    "get_contract",
    "note_passed_offer",
    "offer_finding",
    "packages",
    "sign_contract",
    "teams",
]
