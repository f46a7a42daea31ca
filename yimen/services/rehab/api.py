"""The door of services for disabled persons (残疾人服务)."""

from yimen.services.rehab.choices import AllowanceKind
from yimen.services.rehab.operations import NoAllowance, record_allowance
from yimen.services.rehab.queries import allowances_of, disability_scheme

__all__ = [
    "AllowanceKind",
    "NoAllowance",
    "allowances_of",
    "disability_scheme",
    "record_allowance",
]
