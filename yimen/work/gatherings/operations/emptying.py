"""Lists of gatherings are emptied when their time is over (到期抹去名单)."""

from datetime import datetime

from django.contrib.postgres.functions import RandomUUID
from django.db.models import QuerySet

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.work.gatherings.models import SignUp
from yimen.work.gatherings.queries.keeping import CLEARED


@operation("gatherings.sign_ups.emptied", inner=True)
def empty_sign_ups(*, by: Actor, at: datetime, rows: QuerySet[SignUp]) -> None:
    """Who it was goes (抹去名单); that there was a seat and whether it was taken stays: the gathering's numbers rest on it."""
    rows.update(person=RandomUUID(), person_name=CLEARED, guardian="", agreed_at=None, withdrawn_why="")
