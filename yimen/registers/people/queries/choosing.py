"""Residents by conditions, for whoever works with a whole set of them (按条件选人)."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.registers.people.choices import ResidentKind
from yimen.registers.people.models import Person
from yimen.registers.people.queries.marks import marks_to_choose, with_mark
from yimen.registers.people.queries.rolls import communities_of, residents
from yimen.registers.people.rules.saved_filters import AGES, born_between


def condition_choices(*, by: Actor) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """The conditions that this actor may set, by the keys of the residents' list (居民清单): title and choices."""
    return {
        "community": ("社区", communities_of(by)),
        "age": ("年龄", [(key, band.label) for key, band in AGES.items()]),
        "kind": ("居住", list(ResidentKind.choices)),
        "mark": ("标记", [(str(key), str(label)) for key, label in marks_to_choose(by)]),
    }


def residents_by(conditions: Mapping[str, str], *, by: Actor, on: date) -> QuerySet[Person]:
    """The residents of one's areas to whom these conditions apply, in the order of the residents' list.

    Nobody when one of them is none that this actor may set.
    """
    offered = condition_choices(by=by)
    rows = residents(by=by)
    for key, value in conditions.items():
        if key not in offered or value not in dict(offered[key][1]):
            return rows.none()
        if key == "age":
            born_from, born_until = born_between(value, on=on)
            rows = rows.filter(birth_on__gte=born_from, birth_on__lte=born_until)
        elif key == "mark":
            rows = with_mark(rows, value, on=on)
        else:
            rows = rows.filter(**{"residence_kind" if key == "kind" else key: value})
    return rows.order_by("community", "id")


def conditions_in_words(conditions: Mapping[str, str], *, by: Actor) -> list[str]:
    """The conditions in words."""
    offered = condition_choices(by=by)
    return [
        f"{offered[key][0]}：{dict(offered[key][1]).get(value, value)}"
        for key, value in conditions.items()
        if key in offered
    ]
