"""Another case as that from which one is opened (由此另办一件): it goes the way of every forerunner."""

from datetime import datetime
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.work.desk.operations import lead_on
from yimen.work.desk.ports import FROM_CASE, Forerunner, forerunners
from yimen.work.desk.queries import case_as_beginning


def _born(first: UUID, *, case: UUID, by: Actor, at: datetime) -> None:
    lead_on(by=by, at=at, first=first, case=case)


forerunners.register(Forerunner(key=FROM_CASE, load=case_as_beginning, born=_born))
