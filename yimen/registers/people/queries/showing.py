"""What an actor sees of a resident's facts (信息显示)."""

from datetime import date

from yimen.kernel.actor import Actor, ActorKind
from yimen.registers.people.engine.field_privacy import ALL, Shown, shown_to
from yimen.registers.people.permissions import VIEW_FILE


def shown_in(by: Actor, *, area: str, on: date) -> Shown:
    """How much of each fact ``by`` sees on a file that lies in ``area`` (岗位所见).

    Only the posts count by which she sees it: those of its area, else (it is seen by a tie) all that open files.
    """
    if by.kind is not ActorKind.STAFF:
        return ALL
    holds = [hold for hold in by.holds if VIEW_FILE in hold.permissions]
    here = [hold.role for hold in holds if area.startswith(hold.area)]
    return shown_to(here or [hold.role for hold in holds], on=on)
