"""What consents plug into the apps below: their definitions, the card and the button on a file, retention, areas."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.ports import NavItem, navigation
from yimen.kernel.actor import Actor
from yimen.registers.consents.engine.purposes import PURPOSE, Purpose, listed_on, run_purpose_example, work_of
from yimen.registers.consents.models import Consent
from yimen.registers.consents.permissions import VIEW
from yimen.registers.consents.queries import PurposeLine, consents_in, ended_before, purposes_of
from yimen.registers.organisations.ports import WorkKinds, work_kinds
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


def _kinds_of_work(on: date) -> list[tuple[str, str]]:
    return [(work_of(one.key), one.body.title) for one in listed_on(on)]


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
navigation.register(
    NavItem(label="自愿名册", url_name="consents:listed", icon="users", permission=VIEW, order=85)
)
work_kinds.register(WorkKinds(key="consents", title="自愿名册", choices=_kinds_of_work))
retentions.register(Retention(key="withdrawn_consents", rows=ended_before))
restamp.register(FollowsItsArea(key="consents", rows=consents_in))
