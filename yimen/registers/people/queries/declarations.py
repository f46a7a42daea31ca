"""Read what was declared by the code on the stairs (住户申报)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.registers.people.choices import DeclarationState
from yimen.registers.people.engine.sheets import BUILDING, Sheet, sheet_of_word
from yimen.registers.people.models import Declaration
from yimen.registers.people.permissions import REGISTER
from yimen.registers.places import api as places


@dataclass(frozen=True)
class DoorSheet:
    """A sheet that holds today (申报纸): which building it hangs in, and the dwelling when it is for one only."""

    building: Any
    dwelling: Any
    until: date

    @property
    def collective(self) -> bool:
        return self.dwelling is not None and self.dwelling.kind == places.DwellingKind.COLLECTIVE


def open_sheet(word: str, *, by: Actor, on: date) -> DoorSheet | None:
    """What the address of a code leads to; None when it is not ours or has run out."""
    sheet = sheet_of_word(word, on=on)
    return _door_sheet(sheet, by) if sheet else None


def declared_door(sheet: DoorSheet, typed: str, *, by: Actor) -> Any:
    """The one dwelling of the sheet's building that the typed words mean (2单元501), None when there is not exactly one."""
    if sheet.dwelling is not None:
        return sheet.dwelling
    return places.door_in_building(sheet.building, typed, by=by)


def declarations(*, by: Actor) -> QuerySet[Declaration]:
    """What waits or was answered, within reach and where ``by`` may note at doors."""
    areas = [area for area in by.areas_for(places.CHECK_DWELLINGS) if by.can(REGISTER, area=area)]
    rows = Declaration.objects.within(by).select_related("dwelling__building__estate")
    return rows.filter(dwelling__area__begins_with_any=areas) if areas else rows.none()


def open_declarations(*, by: Actor) -> QuerySet[Declaration]:
    """What waits for a worker (待确认申报)."""
    return declarations(by=by).filter(state=DeclarationState.OPEN)


def get_declaration(public_id: UUID, *, by: Actor) -> Declaration | None:
    """One declaration within reach, where ``by`` may answer it."""
    return declarations(by=by).filter(public_id=public_id).first()


def _door_sheet(sheet: Sheet, by: Actor) -> DoorSheet | None:
    try:
        if sheet.kind == BUILDING:
            return DoorSheet(places.building(sheet.place, by=by), None, sheet.until)
        found = places.dwelling(sheet.place, by=by)
    except places.NoSuchPlace:
        return None
    return DoorSheet(found.building, found, sheet.until)
