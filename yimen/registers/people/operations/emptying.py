"""Files are emptied when their time is over (到期抹去档案)."""

from datetime import datetime

from django.db.models import Q, QuerySet

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.models import (
    Alias,
    DeathNote,
    FormerName,
    Guardianship,
    LocalTie,
    Person,
    PersonDocument,
    ReachWay,
    Residence,
)
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.queries.keeping import CLEARED


@operation("people.files.emptied", inner=True)
def empty_files(*, by: Actor, at: datetime, rows: QuerySet[Person]) -> None:
    """What tells who somebody was goes (抹去档案): name, day of birth, numbers, telephone, addresses. That a person of this age
    lived in this community from then to then stays, for the figures of those years rest on it; search keys follow. With a file go
    those that were put into it (并档): they tell the same of her.
    """
    numbers = list(rows.values_list("id", flat=True))
    whole = Person.objects.filter(Q(id__in=numbers) | Q(merged_into__in=numbers))
    lock_family(people=list(whole.values_list("public_id", flat=True)))
    people = list(whole)
    before = snapshots_of(people)
    for model in (DeathNote, FormerName, LocalTie, PersonDocument, ReachWay):
        model.objects.filter(person__in=people).delete()
    Residence.objects.filter(person__in=people).update(address="", dwelling=None)
    Guardianship.objects.filter(Q(person__in=people) | Q(guardian__in=people)).update(basis="")
    Alias.objects.filter(person__in=people).update(reason=CLEARED)
    for person in people:
        person.name, person.phone, person.sources, person.doubts = CLEARED, "", {}, []
        # Figures are of months: the first of hers tells them as much as the day.
        person.birth_on = person.birth_on.replace(day=1) if person.birth_on else None
        person.save(update_fields=["name", "phone", "sources", "doubts", "birth_on"])
    keep_in_step(by=by, at=at, before=before)
