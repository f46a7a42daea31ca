"""Rows whose time is over (已过保存期限)."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from yimen.kernel.actor import Actor
from yimen.registers.places.models import HeadCount, SiteBooking


def booked_before(before: date, *, by: Actor) -> QuerySet[SiteBooking]:
    """Rooms that were kept for days long gone."""
    return SiteBooking.objects.within(by).filter(day__lt=before)


def counted_before(before: date, *, by: Actor) -> QuerySet[HeadCount]:
    """Old counts of collective dwellings; the latest one of each is how many live there, however old."""
    later = HeadCount.objects.filter(dwelling=OuterRef("dwelling"), counted_on__gt=OuterRef("counted_on"))
    return HeadCount.objects.within(by).filter(Exists(later), counted_on__lt=before)
