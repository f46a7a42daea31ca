"""Who works on a family holds it whole (住户加锁): the householder's name stands on the files of all members.

Always households first and then people, each in the order of their numbers; who works on one file alone holds only that. So two
windows at one family wait for each other and never in a ring.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.refusals import Conflict
from yimen.registers.people.models import Household, Membership, Person


class FamilyChanged(Conflict):
    code = "people.family_changed"
    sentence = "这一户刚刚有变动，请看一眼现在的住户，再办一次。"


def lock_family(*, people: Iterable[UUID] = (), households: Iterable[UUID] = ()) -> None:
    """Lock these people until commit, with the households they are in, those named besides, and everybody in them.

    Refuses when one of them changed her household while we waited.
    """
    rows = Person.objects.filter(public_id__in=list(people)).values_list("id", "merged_into_id")
    wanted = {number for row in rows for number in row if number}
    seats = Membership.objects.filter(person__in=wanted, until__isnull=True)
    before = _houses(seats)
    named = Household.objects.filter(public_id__in=list(households)).values_list("id", flat=True)
    houses = before | set(named)
    _lock(Household.objects.filter(id__in=houses))
    members = Membership.objects.filter(household__in=houses, until__isnull=True)
    _lock(Person.objects.filter(id__in=wanted | set(members.values_list("person", flat=True))))
    if _houses(seats.all()) != before:
        raise FamilyChanged


def _houses(seats: QuerySet[Membership]) -> set[int]:
    return set(seats.values_list("household", flat=True))


def _lock(rows: QuerySet) -> None:
    list(rows.order_by("id").select_for_update(of=("self",)).values_list("id"))
