"""Reads of family support."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
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
