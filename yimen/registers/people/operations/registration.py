"""Put residents on file (建档): one at the window, or many at once with the same rules."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from yimen.foundations.audit.api import operation, record, record_batch
from yimen.foundations.bus.api import announce, defer
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import Conflict, NotPossible, Refused
from yimen.registers.people.choices import HOUSEHOLDER, FactSource
from yimen.registers.people.engine.alikes import Suspects, Told, alike_to
from yimen.registers.people.engine.bearers import Bearer, bearers_of
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.hashes import number_hashes, one_at_a_time
from yimen.registers.people.events import PersonRegistered
from yimen.registers.people.models import Household, Person
from yimen.registers.people.operations.rows import store_people
from yimen.registers.people.operations.suspicions import COMPARE_JOB, rule_out
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.rules.registration import Identity, NewPerson, identity_of, why_not_register
from yimen.registers.places.api import area_name

MOST_AT_ONCE = 20_000


class CannotRegister(NotPossible):
    code = "people.cannot_register"
    sentence = "不能建档：{why}"


class AlreadyRegistered(Conflict):
    """The number is borne by a file already; ``person`` names it when it lies within reach."""

    code = "people.already_registered"
    sentence = "这个证件号码已经建档：{who}。请打开原档案办理，不要重复建档。"


class PerhapsKnown(Refused):
    """Somebody on file may be the one who is being put on file, and nobody has looked; ``suspects`` says who."""

    status = 409
    code = "people.perhaps_known"
    sentence = "可能已经有档案：请先核对下面的人是不是同一个；核对过不是的，再新建档。"

    def __init__(self, suspects: Suspects):
        super().__init__()
        self.suspects = suspects


@operation("people.person.registered")
def register_person(
    *,
    by: Actor,
    at: datetime,
    name: str,
    community: str,
    sex: str = "",
    birth_on: date | None = None,
    id_number: str = "",
    documents: Sequence[tuple[str, str]] = (),
    phone: str = "",
    lives_here: bool = True,
    lives_at: Any = None,
    lives_address: str = "",
    since: date | None = None,
    hukou: str = "",
    hukou_address: str = "",
    hukou_since: date | None = None,
    household: Household | None = None,
    role: str = "",
    former_names: Sequence[str] = (),
    source: str = FactSource.WINDOW,
    public_id: UUID | None = None,
    compared: str | None = None,
) -> Person:
    """Put one resident on file (建档). Three facts are enough: name, telephone, where she lives; papers follow (证件后补).

    Birth and sex come from the id number when they are not told; where they are told otherwise, the file carries a doubt
    and nothing stops. Refuses a number that cannot be (`CannotRegister`) and one already on file (`AlreadyRegistered`).
    A householder (role 02) without ``household`` founds one. ``compared`` is told by who can ask the person herself: the mark of
    the suspects she was shown, "" for none. Whoever else may be her is then asked about (`PerhapsKnown`); they who were shown
    are noted as somebody else. Who was put on file without anybody to ask is compared in the night.
    """
    new = NewPerson(
        name=name,
        community=community,
        sex=str(sex or ""),
        birth_on=birth_on,
        id_number=id_number or "",
        documents=tuple(documents),
        phone=phone,
        lives_here=lives_here,
        lives_at=lives_at,
        lives_address=lives_address,
        since=since,
        hukou=hukou,
        hukou_address=hukou_address,
        hukou_since=hukou_since,
        role=role,
        former_names=tuple(former_names),
        source=str(source),
        public_id=public_id,
    )
    today = day_of(at)
    by.must(REGISTER, area=_area_of(new))
    if findings := why_not_register(new, today=today):
        raise CannotRegister(
            findings=findings, why="；".join(each.sentence.rstrip("。") for each in findings) + "。"
        )
    if household is not None:
        lock_family(households=[household.public_id])
        household.refresh_from_db(fields=["householder"])
    if household is not None and role == HOUSEHOLDER and household.householder:
        raise CannotRegister(why=f"这户已有户主 {household.householder}。")
    identity = identity_of(new, today=today)
    suspects = Suspects()
    if compared is None:
        _refuse_bearers([identity], by=by)
    else:
        suspects = _look_for(new, identity, household, by=by, today=today)
        if suspects.mark != compared and suspects:
            raise PerhapsKnown(suspects)
    person = _stored([new], [identity], by=by, at=at, into=household)[0]
    record(
        person, kind="person", area=person.area, number=person.number, doubts=person.doubts, source=new.source
    )
    if suspects.near:
        rule_out(by=by, at=at, person=person, suspects=suspects.near)
    announce(
        PersonRegistered(subject=person.public_id, area=person.community, registered_on=today.isoformat())
    )
    return person


@operation("people.people.imported")
def import_people(*, by: Actor, at: datetime, people: Sequence[NewPerson]) -> list[str]:
    """Put many residents on file at once (批量建档), with the rules of `register_person`; all or none.

    Households are named by ``household`` within the batch. Leaves one trail row with the batch and announces nothing:
    who must know of imports reads the trail. Answers the public ids in the order given.
    """
    today = day_of(at)
    if len(people) > MOST_AT_ONCE:
        raise CannotRegister(why=f"一次最多导入 {MOST_AT_ONCE} 人，请分批。")
    for area in sorted({_area_of(new) for new in people}):
        by.must(REGISTER, area=area)
    findings = [
        Finding(each.code, f"第 {number} 人：{each.sentence}", field=f"{number}.{each.field}")
        for number, new in enumerate(people, start=1)
        for each in why_not_register(new, today=today)
    ]
    if findings:
        raise CannotRegister(
            findings=findings, why=f"名单里有 {len(findings)} 处要改，" + findings[0].sentence
        )
    identities = [identity_of(new, today=today) for new in people]
    _refuse_bearers(identities, by=by)
    return put_on_file(by=by, at=at, people=people, identities=identities)


@operation("people.people.put_on_file", inner=True)
def put_on_file(
    *, by: Actor, at: datetime, people: Sequence[NewPerson], identities: Sequence[Identity]
) -> list[str]:
    """Write many new files of whom nothing stands against it and whose numbers nobody bears (成批建档)."""
    for area in sorted({_area_of(new) for new in people}):
        by.must(REGISTER, area=area)
    stored = _stored(people, identities, by=by, at=at, into=None)
    streets = sorted({person.street for person in stored})
    record_batch(
        [{"person": str(person.public_id)} for person in stored],
        kind="person",
        area=streets[0] if len(streets) == 1 else by.home,
    )
    if stored:
        numbers = [person.id for person in stored]
        defer(COMPARE_JOB, lock=COMPARE_JOB, later=True, area="", low=min(numbers), high=max(numbers))
    return [str(person.public_id) for person in stored]


def _stored(
    people: Sequence[NewPerson],
    identities: Sequence[Identity],
    *,
    by: Actor,
    at: datetime,
    into: Household | None,
) -> list[Person]:
    try:
        return store_people(by=by, at=at, news=people, identities=identities, into=into)
    except IntegrityError as fault:
        # Two windows with the same card in the same second: the unique number decides.
        if "people_document_one_live_bearer" in str(fault):
            raise AlreadyRegistered(who="另一个窗口刚刚建档") from fault
        raise


def _refuse_bearers(identities: Sequence[Identity], *, by: Actor) -> None:
    """Refuse numbers that are on file anywhere, and numbers that occur twice in the batch."""
    wanted = _numbers_of(identities)
    if wanted:
        _refuse_taken(wanted, bearers_of({each for _, each in wanted}), by=by, several=len(identities) > 1)


def _look_for(
    new: NewPerson, identity: Identity, household: Household | None, *, by: Actor, today: date
) -> Suspects:
    """Refuse numbers that are on file anywhere, and answer whom she may be besides; one statement for both."""
    wanted = _numbers_of([identity])
    told = Told(
        name=new.name,
        former_names=new.former_names,
        sex=identity.sex,
        birth_on=identity.birth_on,
        documents=identity.documents,
        phone=new.phone,
        address=new.lives_address,
        household=household.id if household else None,
    )
    suspects, bearers = alike_to(told, by=by, on=today, hashes={each for _, each in wanted})
    _refuse_taken(wanted, bearers, by=by, several=False)
    return suspects


def _numbers_of(identities: Sequence[Identity]) -> dict[tuple[str, str], int]:
    """Kind and hash of every number, with whose it is in the batch."""
    wanted: dict[tuple[str, str], int] = {}
    numbers: list[tuple[str, ...]] = []
    for place, identity in enumerate(identities, start=1):
        for kind, number in identity.documents:
            hashes = number_hashes(number)
            if (kind, hashes[0]) in wanted:
                raise CannotRegister(why=f"第 {wanted[kind, hashes[0]]} 人和第 {place} 人的证件号码相同。")
            wanted |= {(kind, each): place for each in hashes}
            numbers.append(hashes)
    one_at_a_time(numbers)
    return wanted


def _refuse_taken(
    wanted: dict[tuple[str, str], int], bearers: Sequence[Bearer], *, by: Actor, several: bool
) -> None:
    taken = [bearer for bearer in bearers if (bearer.kind, bearer.number_hash) in wanted]
    if taken:
        who, facts = _who(taken[0], by=by)
        place = wanted[taken[0].kind, taken[0].number_hash]
        raise AlreadyRegistered(who=f"第 {place} 人，{who}" if several else who, **facts)


def _who(bearer: Bearer, *, by: Actor) -> tuple[str, dict[str, Any]]:
    """The known file in words: by name within reach, else masked and with its street only."""
    person = Person.objects.within(by).filter(public_id=bearer.public_id).first()
    if person is None:
        return f"{bearer.masked_name}（{area_name(bearer.street)}）", {}
    place = person.address or area_name(person.community)
    return f"{person.name}，{place}，档案号 {person.number}", {"person": str(person.public_id)}


def _area_of(new: NewPerson) -> str:
    grid = getattr(new.lives_at, "area", "") if new.lives_here and new.lives_at else ""
    return grid if grid.startswith(new.community) else new.community
