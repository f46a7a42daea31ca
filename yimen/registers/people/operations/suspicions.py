"""Two files that may be one person (疑似重复): found, asked about once, and answered."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.bus.api import defer
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import SuspicionAnswer
from yimen.registers.people.engine.alikes import Suspect
from yimen.registers.people.engine.pairs import suspected_pairs
from yimen.registers.people.models import Person, Suspicion
from yimen.registers.people.permissions import COMPARE
from yimen.registers.people.queries.persons import NoSuchPerson, must_with_person

COMPARE_JOB = "people.compare"


class SamePerson(NotPossible):
    code = "people.same_file"
    sentence = "这两份已经是同一份档案。"


@operation("people.suspicions.noted")
def note_suspicions(*, by: Actor, at: datetime, people: list[int]) -> int:
    """Compare these people with everybody on file by the rules in force, and note who may be one person (疑似重复).

    What was answered before stays answered. Answers how many pairs are new.
    """
    by.must(COMPARE, area="")
    pairs = suspected_pairs(people, on=day_of(at))
    numbers = {number for pair in pairs for number in pair}
    known = set(
        Suspicion.objects.filter(person__in=numbers, other__in=numbers).values_list("person_id", "other_id")
    )
    new = [
        Suspicion(person_id=one, other_id=other, rules=rules, found_at=at)
        for (one, other), rules in pairs.items()
        if (one, other) not in known
    ]
    if not new:
        unchanged()
        return 0
    Suspicion.objects.bulk_create(new, ignore_conflicts=True)
    record_batch(
        [{"suspicion": str(one.public_id), "rules": one.rules} for one in new], kind="suspicion", area=""
    )
    return len(new)


@operation("people.comparing.begun")
def begin_comparing(*, by: Actor, at: datetime) -> None:
    """Have everybody on file compared with everybody (重新查找疑似重复), in the background and portion by portion."""
    by.must(COMPARE, area=by.home)
    last = Person.objects.aggregate(last=Max("id"))["last"] or 0
    defer(COMPARE_JOB, lock=COMPARE_JOB, later=True, area=by.home, low=0, high=last)
    record_batch([], kind="suspicion", area=by.home)


@operation("people.suspicion.denied")
def deny_suspicion(*, by: Actor, at: datetime, person: UUID, other: UUID, note: str = "") -> Suspicion:
    """Two files are two people (不是同一个人): noted with who says so, and never asked again."""
    rows = list(Person.objects.within(by).filter(public_id__in=[person, other]).order_by("id"))
    if len(rows) < 2:
        raise NoSuchPerson()
    for one in rows:
        must_with_person(one, by=by, permission=COMPARE)
    if any(one.merged_into_id for one in rows):
        raise SamePerson()
    found, _ = Suspicion.objects.get_or_create(
        person=rows[0], other=rows[1], defaults={"rules": [], "found_at": at}
    )
    if found.answer == SuspicionAnswer.DIFFERENT:
        unchanged()
        return found
    _answer(found, SuspicionAnswer.DIFFERENT, by=by, at=at, note=note)
    for one, two in (rows, rows[::-1]):
        record(one, kind="person", area=one.area, not_the_same_as=str(two.public_id))
    return found


@operation("people.suspects.ruled_out", inner=True)
def rule_out(*, by: Actor, at: datetime, person: Person, suspects: Iterable[Suspect]) -> None:
    """Whoever was shown while ``person`` was put on file is somebody else (当面核对), and is not asked about again."""
    Suspicion.objects.bulk_create(
        Suspicion(
            person_id=one.id,
            other=person,
            rules=list(one.rules),
            found_at=at,
            answer=SuspicionAnswer.DIFFERENT,
            answered_at=at,
            answered_by=by.key,
            answered_by_name=by.name,
            note="建档时当面核对",
        )
        for one in suspects
    )
    record(person, kind="person", area=person.area, ruled_out=[str(one.public_id) for one in suspects])


@operation("people.suspicion.answered", inner=True)
def answer_suspicion(*, by: Actor, at: datetime, one: Person, other: Person, answer: str, note: str) -> None:
    """A merge, or taking it back, answers what was asked about the two (核对结果)."""
    first, second = sorted((one, other), key=lambda person: person.id)
    found = Suspicion.objects.filter(Q(person=first, other=second)).first()
    if found is None and answer == SuspicionAnswer.SAME:
        unchanged()
        return
    found = found or Suspicion(person=first, other=second, found_at=at)
    _answer(found, answer, by=by, at=at, note=note)
    record(found, kind="suspicion", area=other.area, answer=str(answer))


def _answer(found: Suspicion, answer: str, *, by: Actor, at: datetime, note: str) -> None:
    found.answer, found.note = answer, clean_line(note)[:200]
    found.answered_at, found.answered_by, found.answered_by_name = at, by.key, by.name
    found.save()
