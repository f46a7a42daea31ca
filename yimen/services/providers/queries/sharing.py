"""Does her consent that another organisation sees her still stand (转诊的单独同意)? Asked beyond the reach of who asks."""

from datetime import date
from uuid import UUID

from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.registers.consents import api as consents
from yimen.registers.people import api as people

SHARED = "referral_shared"


def is_closed(person: UUID, *, on: date) -> bool:
    """Is she closed to other organisations (不再同意): taken back, or new words have to be asked anew?"""
    beyond = system_actor("providers.sharing")
    with act_as(beyond, on=on):
        return consents.lapsed(people.person_ids(person, by=beyond), SHARED, on=on, by=beyond)


def taken_back_on(person: UUID, *, on: date) -> date | None:
    """On which day she took it back last (最近一次撤回); a consent of before that day counts no more."""
    beyond = system_actor("providers.sharing")
    with act_as(beyond, on=on):
        return consents.withdrawn_on(people.person_ids(person, by=beyond), SHARED, by=beyond)
