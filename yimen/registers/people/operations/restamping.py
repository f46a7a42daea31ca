"""Areas change, people stay (区域调整): their addresses go over to the successor on the day."""

from datetime import datetime

from django.db.models import Q

from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import community_of
from yimen.registers.people.choices import AddressKind
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.models import Household, Person, Residence
from yimen.registers.people.operations.rows import BATCH, keep_in_step
from yimen.registers.places.ports import AreaMove


@operation("people.residences.carried_over", inner=True)
def carry_over_people(*, by: Actor, at: datetime, move: AreaMove) -> int:
    """Carry everyone over who lives, or has her hukou, where ``move`` says; answers how many.

    The old address ends on the day and the same address begins in the successor, so that figures of before stay as they
    were. Hukou follows only a whole area: a building says nothing of who is registered elsewhere.
    """
    old, new = community_of(move.old), community_of(move.new)
    if old is None or new is None or (old == new and move.buildings is None):
        unchanged()
        return 0
    rows = Residence.objects.filter(area=old, until__isnull=True).select_related("dwelling")
    if move.buildings is not None:
        rows = rows.filter(kind=AddressKind.LIVES, dwelling__building__public_id__in=move.buildings)
    elif move.old != old:
        rows = rows.filter(kind=AddressKind.LIVES, person__area=move.old)
    held = Person.objects.filter(id__in=set(rows.values_list("person", flat=True)))
    people = list(held.order_by("id").select_for_update(of=("self",)))
    # Read again when all are held: who moved away meanwhile is not carried.
    carried = list(rows.filter(person__in=[person.id for person in people]).order_by("id"))
    before = snapshots_of(people)
    if old != new:
        later = []
        for row in carried:
            if row.since >= move.on:
                row.area = new
            else:
                row.until = move.on
                later.append(
                    Residence(
                        person_id=row.person_id, kind=row.kind, area=new, dwelling_id=row.dwelling_id,
                        address=row.address, since=move.on, noted_at=at, noted_by=by.key,
                    )
                )  # fmt: skip
        Residence.objects.bulk_update(carried, ["area", "until"], batch_size=BATCH)
        Residence.objects.bulk_create(later, batch_size=BATCH)
    kept = keep_in_step(by=by, at=at, before=before)
    houses = Household.objects.filter(memberships__person__in=people, memberships__until__isnull=True)
    seats = (
        Q(community=old) if move.buildings is None else Q(dwelling__building__public_id__in=move.buildings)
    )
    for house in houses.filter(seats).distinct().select_related("dwelling"):
        grid = house.dwelling.area if house.dwelling else ""
        house.community, house.street = new, new[:9]
        house.area = grid if grid.startswith(new) else new
        house.save(update_fields=["community", "street", "area"])
    record_batch(
        [{"person": str(person.public_id)} for person in kept],
        kind="person",
        area=new,
        old=move.old,
        on=move.on.isoformat(),
    )
    return len(kept)
