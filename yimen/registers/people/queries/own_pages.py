"""What a slip or a phone opens: the page of her own file (本人页面)."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from yimen.kernel.actor import Actor
from yimen.kernel.clock import midnight
from yimen.registers.people.models import OwnPage
from yimen.registers.people.queries.persons import person_ids


def digest_of(word: str) -> str:
    """What is kept of a word or of what a phone keeps; both are random, so it needs no key."""
    return hashlib.sha256(word.encode()).hexdigest()


def standing_slip(word: str, *, by: Actor, at: datetime, lock: bool = False) -> OwnPage | None:
    """The slip of a word that may still be opened (有效的凭条); None for any other, and when she has died since."""
    rows = OwnPage.objects.within(by).filter(slip_digest=digest_of(word.upper()), ended_at__isnull=True)
    rows = rows.filter(opened_at__isnull=True, open_until__gte=at, person__died_on__isnull=True)
    return (rows.select_for_update(of=("self",)) if lock else rows).select_related("person").first()


def page_of(kept: str, *, by: Actor, at: datetime) -> OwnPage | None:
    """The page that a phone may show now (有效的本人页面); None when it ended, is over, or she has died."""
    rows = OwnPage.objects.within(by).filter(page_digest=digest_of(kept), ended_at__isnull=True)
    return rows.filter(until__gt=at, person__died_on__isnull=True).select_related("person").first()


def stands_for(person: UUID, *, by: Actor) -> QuerySet[OwnPage]:
    """What was handed to a resident and was not ended, on any file of hers, even when its time is over."""
    ids = person_ids(person, by=by)
    return OwnPage.objects.within(by).filter(person__public_id__in=ids, ended_at__isnull=True)


def page_in_force(person: UUID, *, by: Actor, at: datetime) -> OwnPage | None:
    """The slip or page of a resident that somebody could open now (在用的本人页面)."""
    alive = Q(opened_at__isnull=True, open_until__gte=at) | Q(until__gt=at)
    return stands_for(person, by=by).filter(alive).order_by("-id").first()


def over_before(before: date, *, by: Actor) -> QuerySet[OwnPage]:
    """Pages and slips whose time was over before a day (早已到期的本人页面)."""
    last = Coalesce("until", "open_until")
    return OwnPage.objects.within(by).alias(last=last).filter(last__lt=midnight(before))
