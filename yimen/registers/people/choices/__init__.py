"""Enumerations of people (人口): English value, Chinese label, national code where there is one."""

from yimen.registers.people.choices.households import CHILD_ROLES, HOUSEHOLDER, ROLES, role_label
from yimen.registers.people.choices.persons import (
    AddressKind,
    DocumentKind,
    Doubt,
    FactSource,
    GuardianKind,
    PopulationKind,
    ReachKind,
    ResidentKind,
    RightAnswer,
    RightKind,
    Sex,
    SuspicionAnswer,
)

__all__ = [
    "CHILD_ROLES",
    "HOUSEHOLDER",
    "ROLES",
    "AddressKind",
    "DocumentKind",
    "Doubt",
    "FactSource",
    "GuardianKind",
    "PopulationKind",
    "ReachKind",
    "ResidentKind",
    "RightAnswer",
    "RightKind",
    "Sex",
    "SuspicionAnswer",
    "role_label",
]
