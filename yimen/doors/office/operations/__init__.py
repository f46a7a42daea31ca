"""The writers of the office."""

from yimen.doors.office.operations.house import (
    ask_for_verification,
    change_definition,
    find_unusual_reading,
    open_details,
    prove_numbers,
    retry_job,
    verify_trail,
)
from yimen.doors.office.operations.staff import (
    end_unused_accounts,
    grant_roles_told,
    open_accounts_told,
    revoke_roles_told,
)

__all__ = [
    "ask_for_verification",
    "change_definition",
    "end_unused_accounts",
    "find_unusual_reading",
    "grant_roles_told",
    "open_accounts_told",
    "open_details",
    "prove_numbers",
    "retry_job",
    "revoke_roles_told",
    "verify_trail",
]
