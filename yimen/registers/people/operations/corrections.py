"""Change what a file says (更正): the telephone at once, name and birth only with a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line, clean_name
from yimen.registers.people.choices import HOUSEHOLDER, Doubt, FactSource, ReachKind, Sex
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.models import FormerName, Household, Membership, Person, ReachWay
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.permissions import CORRECT, REGISTER
from yimen.registers.people.queries.households import household_within
from yimen.registers.people.queries.persons import get_person, must_with_person
from yimen.registers.people.rules.contacts import kept_phone
from yimen.registers.people.rules.rights import may_with_person

WITH_REASON = ("name", "sex", "birth_on")


class ChangedMeanwhile(Conflict):
    code = "people.changed_meanwhile"
    sentence = "{name}的档案刚刚被{who}改过。请看一眼新的内容，再改您要改的。"


class CannotCorrect(NotPossible):
    code = "people.cannot_correct"
    sentence = "不能更正：{why}"


@operation("people.person.corrected")
def correct_person(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    phone: str | None = None,
    name: str | None = None,
    sex: str | None = None,
    birth_on: date | None = None,
    reason: str = "",
    version: int | None = None,
    source: str = FactSource.WINDOW,
) -> Person:
    """Correct a file (更正). What is None stays. The telephone may be changed by who registers; name, sex and birth need
    the permission to correct and a reason, and the old name stays findable (曾用名).

    ``version`` is the one the form was filled from; if somebody was faster, refuses as `ChangedMeanwhile`.
    """
    if name is not None:
        lock_family(people=[person])
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    told = {"name": clean_name(name) if name is not None else None, "sex": sex, "birth_on": birth_on}
    new = {
        field: value for field, value in told.items() if value is not None and value != getattr(found, field)
    }
    if phone is not None and (kept := kept_phone(phone)) != found.phone:
        new["phone"] = kept
    _refuse_correction(found, new, by=by, at=at, reason=reason, version=version)
    if not new:
        unchanged()
        return found
    people = [found, *_household_of(found)] if "name" in new else [found]
    before = snapshots_of(people)
    if "name" in new:
        FormerName.objects.get_or_create(person=found, name=found.name, defaults={"noted_on": day_of(at)})
    today = day_of(at).isoformat()
    old = {field: str(getattr(found, field) or "") for field in WITH_REASON if field in new}
    for field, value in new.items():
        setattr(found, field, value)
        found.sources[field] = [today, str(source)]
    settled = {"sex": Doubt.SEX_DIFFERS, "birth_on": Doubt.BIRTH_DIFFERS}
    found.doubts = [doubt for doubt in found.doubts if doubt not in {settled.get(field) for field in new}]
    found.save(update_fields=[*new, "sources", "doubts"])
    if "name" in new:
        houses = Membership.objects.filter(person=found, role=HOUSEHOLDER, until__isnull=True).values(
            "household"
        )
        Household.objects.filter(id__in=houses).update(householder=found.name)
    keep_in_step(by=by, at=at, before=before)
    found.refresh_from_db()
    record(found, kind="person", area=found.area, fields=sorted(new), old=old, reason=reason)
    return found


@operation("people.person.reach_set")
def set_reach_way(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    way: str,
    value: str = "",
    note: str = "",
    order: int = 0,
    drop: bool = False,
) -> Person:
    """Say how a person wants to be reached (联系方式): 打电话、找子女、上门、看短信; or what to mind: 说方言、耳背."""
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    if way not in ReachKind.values:
        raise CannotCorrect(why="没有这种联系方式。")
    if drop:
        if not ReachWay.objects.filter(person=found, way=way).exists():
            raise CannotCorrect(why=f"没有登记“{ReachKind(way).label}”，不用去掉。")
        ReachWay.objects.filter(person=found, way=way).delete()
    else:
        row = ReachWay.objects.filter(person=found, way=way).first() or ReachWay(person=found, way=way)
        row.value, row.note, row.order = kept_phone(value), clean_line(note)[:100], order
        row.save()
    record(found, kind="person", area=found.area, way=way, dropped=drop)
    return found


@operation("people.file.verified")
def set_verified(
    *,
    by: Actor,
    at: datetime,
    people: Sequence[UUID] = (),
    household: UUID | None = None,
    on: date | None = None,
) -> int:
    """Note that these files, and a household, were checked against life (核实于、核实人). Answers how many."""
    day = on or day_of(at)
    if day > day_of(at):
        raise CannotCorrect(why="核实日期在今天之后。")
    seen = {"verified_on": day, "verified_by": by.key, "verified_by_name": by.name}
    found = list(
        Person.objects.within(by).filter(public_id__in=people).order_by("id").select_for_update(of=("self",))
    )
    for person in found:
        must_with_person(person, by=by, permission=REGISTER)
    Person.objects.filter(id__in=[person.id for person in found]).update(**seen)
    for person in found:
        record(person, kind="person", area=person.area, verified_on=day.isoformat())
    if household is not None:
        house = household_within(household, by=by)
        if not may_with_person(by, REGISTER, area=house.area):
            by.must(REGISTER, area=house.area)
        Household.objects.filter(id=house.id).update(**seen)
        record(house, kind="household", area=house.area, verified_on=day.isoformat())
    if not found and household is None:
        unchanged()
    return len(found) + (household is not None)


def _refuse_correction(
    found: Person, new: dict, *, by: Actor, at: datetime, reason: str, version: int | None
) -> None:
    if version is not None and version != found.version:
        raise ChangedMeanwhile(name=found.name, who=found.changed_by_name or "别人", version=found.version)
    weighty = [field for field in WITH_REASON if field in new]
    if weighty:
        by.must(CORRECT, area=found.area)
        if not clean_line(reason):
            raise CannotCorrect(why="改姓名、性别或出生日期要写明依据，例如户口簿、身份证。")
    if "name" in new and not new["name"]:
        raise CannotCorrect(why="姓名不能为空。")
    if "sex" in new and new["sex"] not in Sex.values:
        raise CannotCorrect(why="性别不在可选范围内。")
    born = new.get("birth_on")
    if born and (born > day_of(at) or (found.died_on and born > found.died_on)):
        raise CannotCorrect(why="出生日期在今天或死亡日期之后，请核对。")


def _household_of(head: Person) -> list[Person]:
    """Those whose rows carry the householder's name; none unless ``head`` is the householder."""
    led = Membership.objects.filter(person=head, role=HOUSEHOLDER, until__isnull=True)
    houses = list(led.values_list("household", flat=True))
    seats = Membership.objects.filter(household__in=houses, until__isnull=True).exclude(person=head)
    return list(Person.objects.filter(id__in=list(seats.values_list("person", flat=True))))
