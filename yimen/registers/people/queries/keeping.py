"""Rows whose time is over (已过保存期限)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.foundations.retention.ports import held_people
from yimen.kernel.actor import Actor
from yimen.kernel.clock import midnight
from yimen.registers.people.choices import (
    AddressKind,
    Doubt,
    ResidentKind,
    ReviewState,
    RightAnswer,
    RightKind,
)
from yimen.registers.people.models import DoorDeed, EmergencyLook, Person, Residence, RightsRequest

CLEARED = "（已按期抹去）"


def reviewed_before(before: date, *, by: Actor) -> QuerySet[EmergencyLook]:
    """Emergencies that somebody reviewed before a day; one that nobody reviewed stays."""
    rows = EmergencyLook.objects.within(by).exclude(state=ReviewState.OPEN)
    return rows.filter(answered_at__lt=midnight(before))


def answered_before(before: date, *, by: Actor) -> QuerySet[RightsRequest]:
    """Requests that were answered before a day; what a restriction rests on stays as long as it does."""
    rows = RightsRequest.objects.within(by).exclude(answer=RightAnswer.OPEN)
    standing = Q(kind=RightKind.RESTRICT, person__doubts__contains=[Doubt.RESTRICTED.value])
    return rows.filter(answered_at__lt=midnight(before)).exclude(standing)


def noted_before(before: date, *, by: Actor) -> QuerySet[DoorDeed]:
    """What was noted at doors before a day."""
    return DoorDeed.objects.within(by).filter(noted_on__lt=before)


def gone_before(before: date, *, by: Actor) -> QuerySet[Person]:
    """Files of those who died or left before a day and of whom nothing open is left (去世、迁出且没有在办的事).

    A file that was put into another one goes with that one.
    """
    homes = Residence.objects.filter(person=OuterRef("pk"))
    here = homes.filter(Q(until__isnull=True) | Q(until__gt=before), kind=AddressKind.LIVES)
    left = Q(residence_kind=ResidentKind.LEFT) & Exists(homes) & ~Exists(here)
    gone = Person.objects.within(by).filter(Q(died_on__lt=before) | left, merged_into__isnull=True)
    gone = gone.exclude(name=CLEARED)
    files = {one: one for one in gone.values_list("public_id", flat=True)}
    aliases = Person.objects.within(by).filter(merged_into__in=gone)
    files |= dict(aliases.values_list("public_id", "merged_into__public_id"))
    held = {files[one] for one in held_people(list(files), by=by)}
    return gone.exclude(public_id__in=held) if held else gone


def died_before(before: date, *, by: Actor) -> QuerySet:
    """The ids of those who died before a day, for apps that keep something until a while after."""
    return Person.objects.within(by).filter(died_on__lt=before).values("public_id")
