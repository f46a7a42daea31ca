"""Somebody came from another street (外街道迁入): those who work where she lives now are told."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yimen.foundations.access.ports import roles
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.messages.api import tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.registers.people.models import Person
from yimen.registers.people.permissions import REGISTER
from yimen.registers.places.api import area_name


@operation("people.arrival.told")
def tell_of_arrival(*, by: Actor, at: datetime, person: UUID, area: str, before: str) -> int:
    """Tell the community that a file came from another street (告知外街道迁入): whoever may register residents there.

    Answers how many were told. Nothing within one street, nor when she has gone on meanwhile. The message names nobody:
    the file does.
    """
    came = street_of(before) != street_of(area)
    found = Person.objects.within(by).filter(public_id=person, community=area).first() if came else None
    if found is None or found.lives_since is None:
        unchanged()
        return 0
    told = 0
    for role, grammar in sorted(roles(on=day_of(at)).items()):
        if REGISTER in grammar.permissions and grammar.opens:
            told += len(
                tell_role(
                    by=by,
                    at=at,
                    role=role,
                    role_area=area,
                    title=f"有居民从{area_name(street_of(before) or before)}迁入",
                    text="档案已经转到您的社区，请上门或来窗口时核实住址。",
                    link=reverse("people:file", args=[person]),
                    area=area,
                    person=person,
                )
            )
    record(found, kind="person", area=area, told=told)
    return told
