"""What people do when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import PersonMoved
from yimen.registers.people.operations.arrivals import tell_of_arrival


@on(PersonMoved)
def tell_those_who_work_there(*, event, by, at):
    """Somebody came from another street: the workers of her new community hear of it (外街道迁入)."""
    tell_of_arrival(by=by, at=at, person=event.subject, area=event.area, before=event.before)
