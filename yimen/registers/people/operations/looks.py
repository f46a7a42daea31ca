"""Looking at people is a deed too: a file opened, a number shown, a stranger's number typed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_look, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.faults import Fault
from yimen.kernel.refusals import NotAllowed, NotPossible
from yimen.kernel.text import clean_line, clean_name
from yimen.registers.people.choices import Extent, ShownField
from yimen.registers.people.engine.asking import GLASS_OPENED, LOOKED_UP, NAMED, ask_seldom
from yimen.registers.people.engine.bearers import bearers_of, named_bearer
from yimen.registers.people.engine.field_privacy import purpose_of
from yimen.registers.people.engine.hashes import number_hashes
from yimen.registers.people.models import Person, PersonDocument
from yimen.registers.people.permissions import FIND, VIEW_FILE, VIEW_ID_NUMBER
from yimen.registers.people.queries.persons import file_looked_at, get_person
from yimen.registers.people.queries.showing import shown_in
from yimen.registers.people.rules.showing import why_not_asked
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


@operation("people.field.shown")
def show_field(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    field: str,
    purpose: str,
    words: str = "",
    document: UUID | None = None,
) -> str:
    """One fact of a resident in full (查看完整信息), for a purpose: the look and the trail say which fact and why.

    Answers what the page shows once. Nothing of it is kept, so it carries no request key.
    """
    number = field == ShownField.ID_NUMBER
    found = get_person(person, by=by, permission=VIEW_ID_NUMBER if number else VIEW_FILE)
    on = day_of(at)
    offered = shown_in(by, area=found.area, on=on)
    told, wanted = clean_line(words)[:100], purpose_of(purpose, on=on)
    if field not in ShownField.values or offered.extent(field) == Extent.HIDDEN:
        raise NotAllowed()
    known = purpose in dict(offered.purposes[field])
    why_not = why_not_asked(known=known, needs_words=bool(wanted and wanted.needs_words), words=told)
    if why_not or wanted is None:
        raise NoReason(why_not)
    value = _value(found, field, document)
    why = f"{wanted.title}：{told}" if told else wanted.title
    prefix = NUMBER_SHOWN if number else f"查看完整{ShownField(field).label}："
    record_look(by=by, at=at, subject=found.public_id, area=found.area, why=f"{prefix}{why}"[:200])
    record(found, kind="person", area=found.area, field=field, purpose=purpose, why=why)
    return value


@operation(LOOKED_UP)
def person_card_minimal(*, by: Actor, at: datetime, id_number: str, why: str = WINDOW) -> MinimalCard | None:
    """Find anybody of the installation by her complete id number (最小信息卡), logged with its reason.

    Answers public id, masked name and street; None when nobody bears the number. Refuses part of a number, and who has asked so
    often within the hour that it is no longer for people at a window (`TooManyLookups`). What found nobody counts too, since
    numbers are guessed by misses; the trail keeps how it ended and never the number.
    """
    if not by.can_somewhere(FIND):
        by.must(FIND, area=by.home)
    read = parse_citizen_id(id_number, today=day_of(at))
    if isinstance(read, Fault):
        raise NotPossible(read.sentence + "。")
    reason = _reason(why)
    ask_seldom(LOOKED_UP, GLASS_OPENED, by=by, at=at)
    bearer = next(iter(bearers_of(number_hashes(read.number))), None)
    record(bearer, kind="person", area=bearer.street if bearer else by.home, found=bearer is not None)
    if bearer is None:
        return None
    record_look(by=by, at=at, subject=bearer.public_id, area=bearer.street, why=f"{NUMBER_SOUGHT}{reason}")
    return MinimalCard(bearer.public_id, bearer.masked_name, bearer.street, area_name(bearer.street))


@operation(NAMED, inner=True)
def name_bearer(*, by: Actor, at: datetime, id_number: str, name: str, area: str, why: str) -> UUID | None:
    """Whose complete id number and name these are (人证相符): the file's public id, and nothing else of it.

    None when nobody bears the number or bears it under another name: who asks learns no more than she brought. The operation
    that calls it answers for the permission and works in ``area``; the look is noted. A miss must stay on record, so the caller
    does not refuse: who misses too often within the hour is guessing (`TooManyLookups`).
    """
    read = parse_citizen_id(id_number, today=day_of(at))
    if isinstance(read, Fault):
        raise NotPossible(read.sentence + "。")
    ask_seldom(NAMED, by=by, at=at)
    bearer = named_bearer(number_hashes(read.number), clean_name(name))
    if bearer is None:
        record(None, kind="person", area=area, found=False)
        return None
    person, street = bearer
    record_look(by=by, at=at, subject=person, area=street, why=f"{NUMBER_SOUGHT}{_reason(why)}")
    return person


def _value(found: Person, field: str, document: UUID | None) -> str:
    if field != ShownField.ID_NUMBER:
        value = getattr(found, field)
        return value.isoformat() if isinstance(value, date) else value
    row = PersonDocument.objects.filter(person=found, public_id=document).first()
    if row is None:
        raise NotPossible("没有找到这份证件。")
    return row.number


def _reason(why: str) -> str:
    reason = clean_line(why)[:150]
    if not reason:
        raise NoReason()
    return reason
