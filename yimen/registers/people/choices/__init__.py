"""Enumerations of people (人口): English value, Chinese label, national code where there is one."""

from yimen.registers.people.choices.doors import DeclarationState, DeclaredKind, DoorDeedKind
from yimen.registers.people.choices.emergencies import ReviewState
from yimen.registers.people.choices.households import CHILD_ROLES, HOUSEHOLDER, ROLES, role_label
from yimen.registers.people.choices.local_ties import ENTERED, LocalTieKind
from yimen.registers.people.choices.persons import (
    AddressKind,
    DocumentKind,
    Doubt,
    FactSource,
    GuardianGround,
    GuardianKind,
    PopulationKind,
    ReachKind,
    ResidentKind,
    RightAnswer,
    RightKind,
    Sex,
    SuspicionAnswer,
)
from yimen.registers.people.choices.showing import Extent, ShownField

__all__ = [
    "CHILD_ROLES",
    "ENTERED",
    "HOUSEHOLDER",
    "ROLES",
    "AddressKind",
    "DeclarationState",
    "DeclaredKind",
    "DocumentKind",
    "DoorDeedKind",
    "Doubt",
    "Extent",
    "FactSource",
    "GuardianGround",
    "GuardianKind",
    "LocalTieKind",
    "PopulationKind",
    "ReachKind",
    "ResidentKind",
    "ReviewState",
    "RightAnswer",
    "RightKind",
    "Sex",
    "ShownField",
    "SuspicionAnswer",
    "role_label",
]
