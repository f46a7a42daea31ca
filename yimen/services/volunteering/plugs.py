"""What volunteering plugs into the apps below: its acceptance rule and its card on the resident's file."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.definitions.api import find_current
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.registers.people.api import person_ids
from yimen.registers.people.ports import FileCard, file_cards, merge_reconcilers
from yimen.registers.places.api import FollowsItsArea
from yimen.registers.places.ports import restamp
from yimen.services.volunteering.models import Volunteer
from yimen.services.volunteering.operations import restore_registration, settle_registrations
from yimen.services.volunteering.permissions import END_VOLUNTEERING, VIEW_VOLUNTEERS
from yimen.services.volunteering.queries import registered_since, registrations_of, volunteers_in
from yimen.services.volunteering.rules import may_register
from yimen.work.desk.ports import AcceptanceRule, Application, acceptance_rules

FORM = "volunteer_registration"


def _day(told: date | str | None) -> date | None:
    """A day as the register has it, or as a worked example writes it."""
    return date.fromisoformat(told) if isinstance(told, str) and told else told or None


def _read(application: Application, *, by: Actor) -> Mapping[str, Any]:
    """Since when she is registered, if she is."""
    return {"registered_on": registered_since(person_ids(application.person, by=by), by=by)}


def _decide(application: Application) -> list[Finding]:
    return may_register(
        born_on=_day(application.born_on),
        says_minor=bool(application.answers.get("minor")),
        on=application.on,
        registered_on=_day(application.known.get("registered_on")),
    )


def _card(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
    found = registrations_of(people, by=by).first()
    if found is None:
        return None
    form = find_current("form", FORM, on=found.renewed_on or found.registered_on)
    words = {key: form.body.question(key) for key in ("wishes", "times")} if form else {}

    def told(key: str, values: list[str]) -> str:
        question = words.get(key)
        return "、".join(question.label_of(value) if question else value for value in values)

    can_end = found.ended_on is None and by.can(END_VOLUNTEERING, area=found.area)
    return {
        "volunteer": found,
        "wishes": told("wishes", found.wishes),
        "times": told("times", found.times),
        "end": reverse("volunteering:end", args=[found.public_id]) if can_end else "",
    }


acceptance_rules.register(
    AcceptanceRule(
        key="volunteering.may_register",
        title="未成年人要监护人同意，重复登记只更新",
        decide=_decide,
        load=_read,
    )
)
file_cards.register(
    FileCard(
        key="volunteering.volunteer",
        title="志愿者",
        order=50,
        permission=VIEW_VOLUNTEERS,
        template="volunteering/file_card.html",
        load=_card,
        rows=Volunteer,
    )
)
restamp.register(FollowsItsArea(key="volunteering", rows=volunteers_in))


class RegisteredOnce:
    """One registration of one who had two files."""

    key = "volunteering"

    def clashes(self, keep: UUID, alias: UUID, *, by: Actor) -> list[Finding]:
        return []

    def reconcile(self, keep: UUID, alias: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
        return settle_registrations(by=by, at=at, keep=keep, alias=alias)

    def undo(self, state: dict[str, Any], *, by: Actor, at: datetime) -> None:
        restore_registration(by=by, at=at, state=state)


merge_reconcilers.register(RegisteredOnce())
