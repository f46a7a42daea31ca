"""Who moved away stays in sight of whoever noted it, for the rest of the day (当日仍可见)."""

from datetime import datetime, timedelta

from yimen.foundations.access.api import TieKind, tie
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people.models import Person

LEFT_TODAY = "当天登记搬出，点错了可以撤销"
SENT_TODAY = "当天登记迁到别的街道，登记错了可以撤销"


def stay_in_sight(by: Actor, at: datetime, person: Person) -> None:
    """Her file goes to the community, beyond a grid worker's reach; for the rest of the day he still answers for it."""
    if by.account and not by.reaches(person.hukou_area or person.community):
        tie(
            by=by,
            at=at,
            account=by.account,
            kind=TieKind.PERSON,
            subject=person.public_id,
            reason=LEFT_TODAY,
            until=day_of(at) + timedelta(days=1),
        )


def see_off(by: Actor, at: datetime, person: Person, community: str) -> None:
    """Her file goes to a community beyond reach: who sends it there answers for it until midnight, and can call it back."""
    if by.account and not by.reaches(community):
        tie(
            by=by,
            at=at,
            account=by.account,
            kind=TieKind.PERSON,
            subject=person.public_id,
            reason=SENT_TODAY,
            until=day_of(at) + timedelta(days=1),
        )
