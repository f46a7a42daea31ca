"""What a resident may know of her own file (本人权利): a copy of it, who looked at it, what she asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.audit.api import looks_at_files
from yimen.kernel.actor import Actor
from yimen.registers.people.choices import DocumentKind, FactSource, RightAnswer
from yimen.registers.people.models import Person, PersonDocument, ReachWay, RightsRequest
from yimen.registers.people.permissions import SERVE_RIGHTS
from yimen.registers.people.queries.files import PersonFile, get_file
from yimen.registers.people.queries.merging import Moved, rows_naming
from yimen.registers.people.queries.persons import NoSuchPerson, get_person

MOST_LOOKS = 500


@dataclass(frozen=True)
class LookLine:
    """Somebody opened her file (谁看过): when, who, why."""

    at: object
    who: str
    why: str


@dataclass(frozen=True)
class OwnCopy:
    """All the register holds of a person, in full, for herself (本人信息副本)."""

    file: PersonFile
    phone: str
    documents: tuple[tuple[str, str, date], ...]
    ways: tuple[tuple[str, str, str], ...]
    sources: tuple[tuple[str, str, str], ...]
    rows: tuple[Moved, ...]
    looks: tuple[LookLine, ...]


def own_copy(person: UUID, *, by: Actor, on: date) -> OwnCopy:
    """A copy of a person's own data, numbers in full; the caller leaves the trail (`hand_out_copy`)."""
    kept = get_person(person, by=by, permission=SERVE_RIGHTS)
    file = get_file(person, by=by, on=on, with_cards=False)
    people = list(Person.objects.within(by).filter(public_id__in=file.ids).values_list("id", flat=True))
    papers = PersonDocument.objects.filter(person__in=people, until__isnull=True).order_by("id")
    ways = ReachWay.objects.filter(person=kept).order_by("order", "id")
    return OwnCopy(
        file=file,
        phone=kept.phone,
        documents=tuple((DocumentKind(row.kind).label, row.number, row.since) for row in papers),
        ways=tuple((row.get_way_display(), row.value, row.note) for row in ways),
        sources=tuple(
            (_FACTS[fact], day, _source(source))
            for fact, (day, source) in kept.sources.items()
            if fact in _FACTS
        ),
        rows=rows_naming(file.ids, area=kept.area, by=by),
        looks=looks_of(file, by=by),
    )


def looks_of(file: PersonFile, *, by: Actor) -> tuple[LookLine, ...]:
    """Who looked at a file and those put into it, newest first (谁看过我的档案)."""
    rows = looks_at_files(file.ids, by=by)[:MOST_LOOKS]
    return tuple(LookLine(row.at, row.actor_name, row.why) for row in rows)


def requests_of(people: Collection[UUID], *, by: Actor) -> list[RightsRequest]:
    """What was asked about a person (all ids that mean her), newest first (权利请求)."""
    rows = RightsRequest.objects.within(by).filter(person__public_id__in=people)
    return list(rows.select_related("person").order_by("-id"))


def rights_requests(*, by: Actor) -> QuerySet[RightsRequest]:
    """Requests of residents where the actor serves them (权利请求)."""
    areas = by.areas_for(SERVE_RIGHTS)
    if not areas:
        return RightsRequest.objects.none()
    rows = RightsRequest.objects.within(by).filter(person__area__begins_with_any=areas)
    return rows.select_related("person")


def open_requests(*, by: Actor) -> QuerySet[RightsRequest]:
    """Those that wait for an answer (待答复的权利请求), the one due first on top."""
    return rights_requests(by=by).filter(answer=RightAnswer.OPEN).order_by("due_on", "id")


def get_request(request: UUID, *, by: Actor) -> RightsRequest:
    """One request within reach."""
    row = RightsRequest.objects.within(by).filter(public_id=request).select_related("person").first()
    if row is None:
        raise NoSuchPerson()
    return row


_FACTS = {
    "name": "姓名", "sex": "性别", "birth_on": "出生日期", "phone": "联系电话", "address": "现住址", "died_on": "死亡日期",
}  # fmt: skip


def _source(source: str) -> str:
    return FactSource(source).label if source in FactSource.values else source
