"""Two files become one (并档): she is on each list that is still to come once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.work.gatherings.choices import Seat, State
from yimen.work.gatherings.engine.holding import fill_seats
from yimen.work.gatherings.models import Gathering, Helper, SignUp

MERGED = "重复建档已合并"


@operation("gatherings.person.merged", inner=True)
def settle_lists(*, by: Actor, at: datetime, keep: UUID, alias: UUID) -> dict[str, Any]:
    """Of two seats at one planned gathering the better one stays, of two helpers the kept file's (并档)."""
    rows = SignUp.objects.within(by).filter(gathering__state=State.PLANNED, person__in=[keep, alias])
    helpers = Helper.objects.within(by).filter(
        gathering__state=State.PLANNED, person__in=[keep, alias], left_at__isnull=True
    )
    numbers = {*rows.exclude(seat=Seat.WITHDRAWN).values_list("gathering_id", flat=True)}
    numbers |= {*helpers.values_list("gathering_id", flat=True)}
    state: dict[str, Any] = {"seats": {}, "helpers": []}
    for found in _held(numbers, by=by):
        seats = list(rows.filter(gathering=found).exclude(seat=Seat.WITHDRAWN))
        seats.sort(key=lambda row: (row.signed_in_at is None, row.seat != Seat.IN, row.person != keep))
        for row in seats[1:]:
            state["seats"][str(row.id)] = [
                row.seat,
                row.signed_in_at and row.signed_in_at.isoformat(),
                row.signed_in_by,
            ]
            row.seat, row.withdrawn_at, row.withdrawn_why = Seat.WITHDRAWN, at, MERGED
            row.signed_in_at, row.signed_in_by = None, ""
            row.save()
        help_given = sorted(helpers.filter(gathering=found), key=lambda row: row.person != keep)
        for row in help_given[1:]:
            state["helpers"].append(row.id)
            row.left_at = at
            row.save(update_fields=["left_at"])
        if seats[1:] or help_given[1:]:
            fill_seats(found)
    return state


@operation("gatherings.merge.undone", inner=True)
def restore_lists(*, by: Actor, at: datetime, state: Mapping[str, Any]) -> None:
    """They were two people (撤销并档): both are on the lists again; a seat that went to somebody waits."""
    seats = {int(number): told for number, told in state["seats"].items()}
    rows = SignUp.objects.within(by).filter(id__in=seats, seat=Seat.WITHDRAWN, gathering__state=State.PLANNED)
    helpers = Helper.objects.within(by).filter(id__in=state["helpers"], gathering__state=State.PLANNED)
    numbers = {*rows.values_list("gathering_id", flat=True), *helpers.values_list("gathering_id", flat=True)}
    for found in _held(numbers, by=by):
        for row in rows.filter(gathering=found):
            seat, signed_in_at, signed_in_by = seats[row.id]
            here = signed_in_at is not None
            row.seat = seat if here else Seat.WAITING
            row.signed_in_at = datetime.fromisoformat(signed_in_at) if here else None
            row.signed_in_by = signed_in_by if here else ""
            row.withdrawn_at, row.withdrawn_why = None, ""
            row.save()
        helpers.filter(gathering=found).update(left_at=None)
        fill_seats(found)


def _held(numbers: set[int], *, by: Actor) -> list[Gathering]:
    rows = Gathering.objects.within(by).filter(id__in=numbers).order_by("id")
    return list(rows.select_for_update(of=("self",)))
