"""What stands beside a resident's name (人员标记), on her file and at the window."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.registers.people.permissions import VIEW_FILE
from yimen.registers.people.ports import MarkOfPerson, PersonMark, person_marks
from yimen.registers.people.queries.persons import person_ids
from yimen.registers.people.rules.rights import may_with_person


def marks_for(*, area: str, by: Actor) -> list[PersonMark]:
    """Who may tell ``by`` something to stand beside the name of a resident of this area."""
    plugs = sorted(person_marks, key=lambda each: each.key)
    return [plug for plug in plugs if may_with_person(by, plug.permission, area=area)]


def marks_of(person: UUID, *, area: str, by: Actor, on: date) -> list[MarkOfPerson]:
    """What holds of this resident on a day and may be told to ``by`` (人员标记)."""
    plugs = marks_for(area=area, by=by)
    ids = person_ids(person, by=by) if plugs else []
    return [mark for plug in plugs for mark in plug.load(ids, by=by, on=on)]


def marks_to_choose(by: Actor) -> list[tuple[str, str]]:
    """The marks by which this actor may narrow the residents' list: those she may see wherever she lists residents."""
    areas = by.areas_for(VIEW_FILE)
    return [
        (plug.key, plug.title)
        for plug in sorted(person_marks, key=lambda each: each.key)
        if plug.held and areas and all(by.can(plug.permission, area=area) for area in areas)
    ]


def with_mark(people: QuerySet, key: str, *, on: date) -> QuerySet:
    """Those of these residents who have a mark on a day (有标记的); the caller has asked whether it may be chosen."""
    plug = person_marks.find(key)
    return people.filter(public_id__in=plug.held(on=on)) if plug and plug.held else people.none()
