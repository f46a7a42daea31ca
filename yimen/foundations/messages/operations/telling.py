"""Tell an account, the holders of a role, or a person; the person's own way decides how."""

from datetime import date, datetime, timedelta
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import act_as
from yimen.foundations.messages.choices import WayKind
from yimen.foundations.messages.engine.telling import telling_on
from yimen.foundations.messages.models import CallTask, Message
from yimen.foundations.messages.ports import Reach, Way, reach_ways, role_holders
from yimen.foundations.messages.rules import neutral_title, why_not_link
from yimen.kernel.actor import EVERYWHERE, Actor, system_actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound, NotPossible


class CannotTell(NotPossible):
    code = "messages.cannot_tell"
    sentence = "消息没有发出：{why}"


@operation("messages.message.sent", inner=True)
def tell_account(
    *,
    by: Actor,
    at: datetime,
    account: UUID,
    title: str,
    area: str,
    text: str = "",
    link: str = "",
    person: UUID | None = None,
) -> Message:
    """Put a message into the inbox of one account (站内消息). `person` is whom it is about; it is withdrawn if she dies."""
    return _send([account], by=by, at=at, title=title, area=area, text=text, link=link, person=person)[0]


@operation("messages.message.sent", inner=True)
def tell_role(
    *,
    by: Actor,
    at: datetime,
    role: str,
    role_area: str,
    title: str,
    area: str,
    text: str = "",
    link: str = "",
    person: UUID | None = None,
) -> list[Message]:
    """Put a message into the inbox of everyone who holds `role` over `role_area` today (岗位消息): one row each, none
    when nobody holds it. `area` is where the matter lies."""
    on = day_of(at)
    holders = {
        account for source in role_holders for account in source.accounts_holding(role, area=role_area, on=on)
    }
    return _send(sorted(holders), by=by, at=at, title=title, area=area, text=text, link=link, person=person)


@operation("messages.person.told", inner=True)
def tell_person(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    title: str,
    text: str,
    area: str,
    link: str = "",
    way_in: str = "",
) -> Message | CallTask | None:
    """Tell a resident (告知居民), in the way she chose first.

    An account of hers gets a `Message`. Every other way, and no known way at all, becomes a `CallTask` on the list of her
    community (of `area`, the place of the matter, when she lives in another street): a message nobody reads is not told.
    None when she is known to have died. `text` is what is read to her; `link` leads the worker, `way_in` her own page.
    """
    reach = _reach_of(person, by=by, on=day_of(at))
    if reach is not None and reach.died:
        return None
    # Of two files that were merged, the one that lives on.
    person = reach.person if reach else person
    way = reach.ways[0] if reach and reach.ways else Way(WayKind.KNOCK)
    if way.kind == WayKind.ACCOUNT and way.account is not None:
        return _send(
            [way.account], by=by, at=at, title=title, area=area, text=text, link=way_in or link, person=person
        )[0]
    return _ask_to_call(way, reach, by=by, at=at, person=person, title=title, text=text, area=area, link=link)


@operation("messages.told", inner=True)
def tell(
    *,
    by: Actor,
    at: datetime,
    title: str,
    area: str,
    text: str = "",
    link: str = "",
    to_account: UUID | None = None,
    to_role_area: tuple[str, str] | None = None,
    to_person: UUID | None = None,
    about: UUID | None = None,
) -> list[Message | CallTask]:
    """Tell exactly one of: an account, the holders of a role in an area, a person. Answers the rows that came of it.

    `area` is where the matter lies; `about` the person it is about, when others than she are told.
    """
    words = {"by": by, "at": at, "title": title, "text": text, "link": link, "area": area}
    if to_account is not None:
        return [tell_account(account=to_account, person=about, **words)]
    if to_role_area is not None:
        role, role_area = to_role_area
        return list(tell_role(role=role, role_area=role_area, person=about, **words))
    if to_person is not None:
        told = tell_person(person=to_person, **words)
        return [] if told is None else [told]
    raise TypeError("tell: say whom (to_account, to_role_area or to_person)")


@operation("messages.message.read")
def read_message(*, by: Actor, at: datetime, message: UUID) -> Message:
    """Open one's own message (查看消息); the first time it becomes read."""
    found = Message.objects.of(by).filter(public_id=message).first()
    if found is None:
        raise NotFound()
    if found.read_at is None:
        found.read_at = at
        found.save(update_fields=["read_at"])
    unchanged()
    return found


def _send(
    accounts: list[UUID],
    *,
    by: Actor,
    at: datetime,
    title: str,
    area: str,
    text: str,
    link: str,
    person: UUID | None,
) -> list[Message]:
    shown = _judged(title, link, at=at)
    messages = [
        Message(
            addressee=f"account:{account}",
            area=area,
            person=person,
            title=shown,
            text=text,
            link=link,
            sent_at=at,
            sent_by=by.key,
        )
        for account in accounts
    ]
    with act_as(_product(by), on=day_of(at)):
        Message.objects.bulk_create(messages)
        for message in messages:
            record(message, kind="message", area=area, to=message.addressee)
    return messages


def _ask_to_call(
    way: Way,
    reach: Reach | None,
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    title: str,
    text: str,
    area: str,
    link: str,
) -> CallTask:
    on = day_of(at)
    shown = _judged(title, link, at=at)
    lives_here = reach is not None and reach.area and street_of(reach.area) == street_of(area)
    place = reach.area if lives_here else area
    task = CallTask(
        person=person,
        name=reach.name if reach else "",
        area=place,
        street=street_of(place) or place,
        way=way.kind,
        way_key=way.key,
        way_note=way.note[:200],
        title=shown,
        text=text,
        link=link,
        asked_at=at,
        asked_by=by.key,
        due_on=on + timedelta(days=telling_on(on).calls.due_after_days),
        next_on=on,
    )
    with act_as(_product(by), on=on):
        task.save()
        record(task, kind="call", area=place, person=str(person), way=str(way.kind))
    return task


def _product(by: Actor) -> Actor:
    """Who delivers: the product itself. A resident who hands something in, or a clerk who hands it on to another
    street, reaches nobody's inbox and no list of calls there; telling them is still right."""
    return system_actor("messages.tell", areas=(EVERYWHERE,), on_behalf_of=by.key)


def _judged(title: str, link: str, *, at: datetime) -> str:
    if why := why_not_link(link):
        raise CannotTell(why=why)
    titles = telling_on(day_of(at)).titles
    return neutral_title(title, words=titles.words, otherwise=titles.otherwise)[:80]


def _reach_of(person: UUID, *, by: Actor, on: date) -> Reach | None:
    deliverer = _product(by)
    with act_as(deliverer, on=on):
        answers = (source.reach_of(person, by=deliverer) for source in reach_ways)
        return next((reach for reach in answers if reach is not None), None)
