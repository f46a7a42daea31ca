"""The tables of organisations: the units themselves, what is on file about them, and who stands for them."""

from yimen.registers.organisations.models.persons import (
    Absence,
    CommitteeTerm,
    Contact,
    Officer,
    Responsibility,
)
from yimen.registers.organisations.models.records import (
    Agreement,
    AgreementVisit,
    Credential,
    Inspection,
    Milestone,
)
from yimen.registers.organisations.models.units import Appointment, Organisation, Post

__all__ = [
    "Absence",
    "Agreement",
    "AgreementVisit",
    "Appointment",
    "CommitteeTerm",
    "Contact",
    "Credential",
    "Inspection",
    "Milestone",
    "Officer",
    "Organisation",
    "Post",
    "Responsibility",
]
