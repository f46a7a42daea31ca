"""Her consent that another organisation sees her data (转诊的单独同意): noted with a referral, ended with a word of hers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import age_on
from yimen.registers.consents import api as consents
from yimen.registers.people import api as people
from yimen.services.providers.engine.closing import close_everywhere
from yimen.services.providers.queries.sharing import SHARED

TAKEN_BACK, HERSELF = "本人撤回同意", "本人"


@operation("providers.sharing.agreed", inner=True)
def note_agreed(*, by: Actor, at: datetime, person: UUID) -> None:
    """She signed at the organisation that the other one may see her (登记转诊同意); kept where no page of the street shows it.

    An organisation's account reaches no resident, so it is noted beyond its reach and answers nothing.
    """
    on = day_of(at)
    beyond = replace(system_actor("providers.sharing", on_behalf_of=by.key), name=by.name)
    with act_as(beyond, on=on):
        born = people.person_stamp(person, by=beyond).birth_on
        child = bool(born) and age_on(born, max(born, on)) < consents.CHILD
        consents.give_consent(
            by=beyond,
            at=at,
            person=person,
            purpose=SHARED,
            proof=consents.Proof.SIGNED,
            proof_note="转诊同意书，存转出机构",
            said_by="在同意书上签字的监护人" if child else "",
        )


@operation("providers.sharing.taken_back", inner=True)
def close_to_others(*, by: Actor, at: datetime, people: Sequence[UUID]) -> None:
    """She took it back (撤回转诊同意): what is open closes at once, what waits for an answer is withdrawn."""
    close_everywhere(people, at=at, why=TAKEN_BACK, who=HERSELF)
