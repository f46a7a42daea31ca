"""Who is a contact of her stairwell by her own will, and who has had enough of it (联系户)."""

from collections.abc import Sequence
from uuid import UUID

from yimen.demo.engine.story import Neighbours, Story
from yimen.registers.consents import api as consents

PURPOSE = "liaison_household"
WILLING, STOPS = 8, 2


def contacts_of_stairwells(story: Story, neighbours: Sequence[Neighbours]) -> None:
    """Some neighbours of each of these communities agree, one a week; one of them takes it back."""
    for where in neighbours:
        worker = story.staff.workers[where.community]
        # Read, not taken: what they come for otherwise stays as it was.
        for order, person in enumerate(where.adults[:WILLING]):
            day = story.working_days[order * 5 % len(story.working_days)]
            story.plan(
                story.at(day, 15, order), worker, lambda at, by, person=person: _agree(person, at=at, by=by)
            )
        for person in where.adults[STOPS : STOPS + 1]:
            last = story.working_days[-2]
            story.plan(story.at(last, 16), worker, lambda at, by, person=person: _stop(person, at=at, by=by))


def _agree(person: UUID, *, at, by) -> None:
    consents.give_consent(
        by=by, at=at, person=person, purpose=PURPOSE, proof="at_window", proof_note="社工上门说明，本人同意"
    )


def _stop(person: UUID, *, at, by) -> None:
    consents.withdraw_consent(by=by, at=at, person=person, purpose=PURPOSE)
