"""Reads of family support."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import died_before
from yimen.services.family.engine.entitlements import Entitlement, entitlements_for
from yimen.services.family.models import OneChildCertificate, Registration
from yimen.services.family.permissions import VIEW_CERTIFICATES, VIEW_REGISTRATIONS


class NoRegistration(NotFound):
    code = "family.no_registration"
    sentence = "没有这条生育登记，或不在您的范围内。"


def registrations_of(people: Iterable[UUID], *, by: Actor) -> QuerySet[Registration]:
    """The registrations of this person (all ids that mean her), the latest first; none for who may not see them."""
    if not by.can_somewhere(VIEW_REGISTRATIONS):
        return Registration.objects.none()
    return Registration.objects.within(by).filter(person__in=list(people)).order_by("-registered_on", "-id")


def get_registration(public_id: UUID, *, by: Actor) -> Registration:
    """One registration within reach; refuses who may not see it."""
    found = Registration.objects.within(by).filter(public_id=public_id).first()
    if found is None or not by.can_somewhere(VIEW_REGISTRATIONS):
        raise NoRegistration
    return found


class NoCertificate(NotFound):
    code = "family.no_certificate"
    sentence = "没有这条光荣证登记，或不在您的范围内。"


def certificates_of(people: Iterable[UUID], *, by: Actor) -> QuerySet[OneChildCertificate]:
    """The one-child certificates this person (all ids that mean her) showed, the latest first."""
    if not by.can_somewhere(VIEW_CERTIFICATES):
        return OneChildCertificate.objects.none()
    return OneChildCertificate.objects.within(by).filter(person__in=list(people)).order_by("-shown_on", "-id")


def get_certificate(public_id: UUID, *, by: Actor) -> OneChildCertificate:
    """One certificate within reach; refuses who may not see it."""
    found = OneChildCertificate.objects.within(by).filter(public_id=public_id).first()
    if found is None or not by.can_somewhere(VIEW_CERTIFICATES):
        raise NoCertificate
    return found


def entitlements(stage: str = "", *, by: Actor, on: date) -> list[Entitlement]:
    """What families can get at a stage (可以享受的服务)."""
    return entitlements_for(stage, on=on)


def certificates_of_the_dead(before: date, *, by: Actor) -> QuerySet[OneChildCertificate]:
    """Certificates whose holder died before a day: nobody brings them again."""
    return OneChildCertificate.objects.within(by).filter(person__in=died_before(before, by=by))


def registrations_grown_up(before: date, *, by: Actor) -> QuerySet[Registration]:
    """Registrations whose child was born, or expected, before a day."""
    rows = Registration.objects.within(by)
    return rows.filter(Q(born_on__lt=before) | Q(born_on__isnull=True, expected_on__lt=before))
