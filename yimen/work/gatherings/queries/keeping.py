"""Rows whose time is over (已过保存期限)."""

from datetime import date

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.clock import midnight
from yimen.work.gatherings.models import SignUp

CLEARED = "（已按期抹去）"


def signed_up_long_ago(before: date, *, by: Actor) -> QuerySet[SignUp]:
    """Who signed up for gatherings that ended before a day, where names still stand."""
    ended = SignUp.objects.within(by).filter(gathering__ended_at__lt=midnight(before))
    return ended.exclude(person_name=CLEARED)
