"""What consents plug into the apps below: their definitions, the card and the button on a file, retention, areas."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.retention.ports import Retention, retentions
from yimen.kernel.actor import Actor
from yimen.registers.consents.engine.purposes import PURPOSE, Purpose, run_purpose_example
from yimen.registers.consents.models import Consent
from yimen.registers.consents.permissions import VIEW
from yimen.registers.consents.queries import PurposeLine, consents_in, ended_before, purposes_of
from yimen.registers.people.ports import FileAction, FileCard, file_actions, file_cards
from yimen.registers.places.api import FollowsItsArea
from yimen.registers.places.ports import restamp


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    told = [line for line in _lines(people, by=by) if line.standing or line.before]
    return {"lines": told} if told else None


def _count(people: Sequence[UUID], *, by: Actor) -> int:
    """Without the discreet ones: a number that is higher than what shows would tell of them."""
    return sum(len(line.before) + bool(line.standing) for line in _lines(people, by=by))


def _lines(people: Sequence[UUID], *, by: Actor) -> list[PurposeLine]:
    on = today_acted()
    return purposes_of(people, on=on, by=by) if on else []


kinds.register(Kind(PURPOSE, Purpose, "同意用途", run_example=run_purpose_example))
file_cards.register(
    FileCard(
        key="consents",
        title="同意",
        order=84,
        permission=VIEW,
        template="consents/card.html",
        load=_card,
        rows=Consent,
        count=_count,
    )
)
file_actions.register(
    FileAction(
        key="consents",
        label="同意与撤回",
        icon="user-check",
        order=82,
        permission=VIEW,
        url=lambda person, *, by: reverse("consents:person", args=[person]),
    )
)
retentions.register(Retention(key="withdrawn_consents", rows=ended_before))
restamp.register(FollowsItsArea(key="consents", rows=consents_in))
