"""Whose data may be used for little (限制使用), and who may lift that."""

from datetime import date

from django.db.models import Q

from yimen.foundations.access.ports import roles
from yimen.registers.people.choices import Doubt
from yimen.registers.people.permissions import LIFT_RESTRICTION

RESTRICTED = Q(doubts__contains=[Doubt.RESTRICTED.value])


def lifters(*, on: date) -> list[str]:
    """The posts that may lift a restriction (谁能解除), by their titles."""
    return sorted(role.title for role in roles(on=on).values() if LIFT_RESTRICTION in role.permissions)
