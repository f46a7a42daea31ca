"""What stands about a door and its people at one moment (门口的现状), as JSON, so that a slip can be taken back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yimen.registers.people.choices import AddressKind
from yimen.registers.people.models import Household, Membership, Person, Residence

STAY = (
    "id",
    "public_id",
    "kind",
    "area",
    "dwelling_id",
    "address",
    "since",
    "until",
    "noted_at",
    "noted_by",
)
SEAT = ("id", "public_id", "household_id", "role", "since", "until")
SEEN = ("verified_on", "verified_by", "verified_by_name")


def living_at(dwelling: Any) -> list[Person]:
    """Those who live behind a door now, who came first in front (住在这里的人)."""
    rows = Residence.objects.filter(
        dwelling=dwelling,
        kind=AddressKind.LIVES,
        until__isnull=True,
        person__merged_into__isnull=True,
        person__died_on__isnull=True,
    )
    return [row.person for row in rows.select_related("person").order_by("since", "id")]


def taken(dwelling: Any, people: Iterable[int]) -> dict[str, Any]:
    """The rows about these people and this door, as they stand now."""
    numbers = sorted(set(people))
    stays, seats = _none(numbers), _none(numbers)
    kept = Residence.objects.filter(person__in=numbers, kind=AddressKind.LIVES).order_by("id")
    for row in kept:
        stays[str(row.person_id)].append(_told(row, STAY))
    held = list(Membership.objects.filter(person__in=numbers).order_by("id"))
    for row in held:
        seats[str(row.person_id)].append(_told(row, SEAT))
    houses = Household.objects.filter(id__in={row.household_id for row in held if row.until is None})
    return {
        "use": [dwelling.use, _text(dwelling.verified_on), dwelling.verified_by],
        "people": {str(one.id): _told(one, SEEN) for one in Person.objects.filter(id__in=numbers)},
        "houses": {str(one.id): _told(one, SEEN) for one in houses},
        "stays": stays,
        "seats": seats,
    }


def _none(numbers: list[int]) -> dict[str, list]:
    return {str(number): [] for number in numbers}


def _told(row: Any, names: tuple[str, ...]) -> list[Any]:
    return [_text(getattr(row, name)) for name in names]


def _text(value: Any) -> Any:
    if value is None or isinstance(value, int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
