"""Open a hall for tickets, say how it works, and renew the address of its board."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotPossible
from yimen.registers.places.api import site as load_site
from yimen.work.bookings.choices import Shows, State
from yimen.work.bookings.engine.words import board_words, word_hash
from yimen.work.bookings.models import Hall
from yimen.work.bookings.permissions import KEEP
from yimen.work.bookings.queries import get_hall, tickets_on
from yimen.work.bookings.rules import MOST_COUNTERS


class CannotOpenHall(NotPossible):
    code = "bookings.cannot_open_hall"


@operation("bookings.hall.opened")
def open_hall(*, by: Actor, at: datetime, site: UUID, counters: int, shows: Shows = Shows.NUMBERS) -> Hall:
    """Let tickets be called at a service site (开启叫号). Refuses a site that is closed, or has its hall already."""
    found = load_site(site, by=by)
    by.must(KEEP, area=found.area)
    if not found.holds_on(day_of(at)):
        raise CannotOpenHall("这个服务点已经撤了，不能开启叫号。")
    if Hall.objects.filter(site=found).exists():
        raise CannotOpenHall("这个服务点已经开启了叫号。")
    _must_be_so_many(counters)
    public_id = uuid7()
    hall = Hall.objects.create(
        public_id=public_id,
        site=found,
        name=found.name,
        area=found.area,
        counters=counters,
        shows=shows,
        board_hash=word_hash(board_words(public_id, 1)[0]),
        opened_at=at,
        opened_by=by.key,
    )
    record(hall, kind="hall", area=hall.area, counters=counters, shows=str(shows))
    return hall


@operation("bookings.hall.changed")
def change_hall(*, by: Actor, at: datetime, hall: UUID, counters: int, shows: Shows) -> Hall:
    """Say how many counters there are and what the board shows (设置叫号). Refuses to take away a counter that is serving."""
    found = get_hall(hall, by=by)
    by.must(KEEP, area=found.area)
    _must_be_so_many(counters)
    busy = tickets_on(found, day_of(at), by=by).filter(state=State.CALLED, counter__gt=counters)
    if busy.exists():
        raise CannotOpenHall("撤掉的窗口正在办理，先办完再改。")
    found.counters, found.shows = counters, shows
    found.save(update_fields=["counters", "shows"])
    record(found, kind="hall", area=found.area, counters=counters, shows=str(shows))
    return found


@operation("bookings.board.renewed")
def renew_board(*, by: Actor, at: datetime, hall: UUID) -> Hall:
    """Give the board a new address (换叫号屏网址); the one before opens nothing any more."""
    found = get_hall(hall, by=by)
    by.must(KEEP, area=found.area)
    found.board_edition += 1
    found.board_hash = word_hash(board_words(found.public_id, found.board_edition)[0])
    found.save(update_fields=["board_edition", "board_hash"])
    record(found, kind="hall", area=found.area, board_edition=found.board_edition)
    return found


def _must_be_so_many(counters: int) -> None:
    if not 1 <= counters <= MOST_COUNTERS:
        raise CannotOpenHall(f"窗口数填 1 到 {MOST_COUNTERS}。")
