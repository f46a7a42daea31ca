"""Reads of volunteering."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.services.volunteering.models import Volunteer
from yimen.services.volunteering.permissions import VIEW_VOLUNTEERS


class NoVolunteer(NotFound):
    code = "volunteering.no_volunteer"
    sentence = "没有这位志愿者的登记，或不在您的范围内。"


def volunteers(*, by: Actor) -> QuerySet[Volunteer]:
    """Who is registered now within reach (在册志愿者); none for who may not see them."""
    found = Volunteer.objects.within(by) if by.can_somewhere(VIEW_VOLUNTEERS) else Volunteer.objects.none()
    return found.filter(ended_on__isnull=True).order_by("id")


def registrations_of(people: Iterable[UUID], *, by: Actor) -> QuerySet[Volunteer]:
    """The registrations of this person (all ids that mean her), ended ones too, the latest first."""
    if not by.can_somewhere(VIEW_VOLUNTEERS):
        return Volunteer.objects.none()
    return Volunteer.objects.within(by).filter(person__in=list(people)).order_by("-registered_on", "-id")


def get_volunteer(public_id: UUID, *, by: Actor) -> Volunteer:
    """One registration in force; refuses who may not see it."""
    found = volunteers(by=by).filter(public_id=public_id).first()
    if found is None:
        raise NoVolunteer
    return found


def registered_since(people: Iterable[UUID], *, by: Actor) -> date | None:
    """What the rule must know of her: since when she is registered, if she is."""
    rows = Volunteer.objects.within(by).filter(person__in=list(people), ended_on__isnull=True)
    return rows.order_by("registered_on").values_list("registered_on", flat=True).first()


def volunteers_in(area: str) -> QuerySet[Volunteer]:
    """Who is registered in an area that ends."""
    return Volunteer.objects.filter(area=area, ended_on__isnull=True)
