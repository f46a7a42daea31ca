"""Looking at people is a deed too: a file opened, a number shown, a stranger's number typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yimen.foundations.audit.api import operation, record_look, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.faults import Fault
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.engine.bearers import bearers_of
from yimen.registers.people.engine.hashes import number_hashes
from yimen.registers.people.models import PersonDocument
from yimen.registers.people.permissions import FIND, VIEW_FILE, VIEW_ID_NUMBER
from yimen.registers.people.queries.persons import file_looked_at, get_person
from yimen.registers.places.api import area_name
from yimen.standards.citizen_id import parse_citizen_id

WINDOW = "窗口办事"
# What the reason of such a look begins with.
NUMBER_SHOWN, NUMBER_SOUGHT = "查看证件号码：", "按完整证件号码查找："
SAME_LOOK = timedelta(minutes=10)


class NoReason(NotPossible):
    code = "people.no_reason"
    sentence = "查阅居民档案要说明事由。"


@dataclass(frozen=True)
class MinimalCard:
    """All that is told of someone beyond one's areas (最小信息卡)."""

    public_id: UUID
    masked_name: str
    street: str
    street_name: str


@operation("people.file.opened", one_row=True)
def note_look(*, by: Actor, at: datetime, person: UUID, why: str) -> None:
    """Note that ``by`` opens a person's file, and why (查阅留痕).

    Coming back to it for the same reason within a few minutes is the same look; one's own file leaves none.
    """
    if by.person == person:
        unchanged()
        return
    reason = _reason(why)
    found = file_looked_at(person, by=by, permission=VIEW_FILE, since=at - SAME_LOOK, until=at, why=reason)
    if found.lately:
        unchanged()
        return
    record_look(by=by, at=at, subject=found.public_id, area=found.area, why=reason)


@operation("people.number.shown")
def show_number(*, by: Actor, at: datetime, person: UUID, document: UUID, why: str) -> str:
    """The full number of a document (查看完整号码), logged with its reason."""
    found = get_person(person, by=by, permission=VIEW_ID_NUMBER)
    row = PersonDocument.objects.filter(person=found, public_id=document).first()
    if row is None:
        raise NotPossible("没有找到这份证件。")
    record_look(by=by, at=at, subject=found.public_id, area=found.area, why=f"{NUMBER_SHOWN}{_reason(why)}")
    return row.number


@operation("people.stranger.looked_up")
def person_card_minimal(*, by: Actor, at: datetime, id_number: str, why: str = WINDOW) -> MinimalCard | None:
    """Find anybody of the installation by her complete id number (最小信息卡), logged with its reason.

    Answers public id, masked name and street; None when nobody bears the number. Refuses part of a number.
    """
    if not by.can_somewhere(FIND):
        by.must(FIND, area=by.home)
    read = parse_citizen_id(id_number, today=day_of(at))
    if isinstance(read, Fault):
        raise NotPossible(read.sentence + "。")
    bearer = next(iter(bearers_of(number_hashes(read.number))), None)
    if bearer is None:
        unchanged()
        return None
    record_look(
        by=by, at=at, subject=bearer.public_id, area=bearer.street, why=f"{NUMBER_SOUGHT}{_reason(why)}"
    )
    return MinimalCard(bearer.public_id, bearer.masked_name, bearer.street, area_name(bearer.street))


def _reason(why: str) -> str:
    reason = clean_line(why)[:150]
    if not reason:
        raise NoReason()
    return reason
