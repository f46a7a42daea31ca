"""Who stands for an organisation: terms, officers, contacts, and who does what."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.text import clean_line
from yimen.registers.organisations.engine.practice import practice
from yimen.registers.organisations.models import (
    Appointment,
    CommitteeTerm,
    Contact,
    Officer,
    Organisation,
    Responsibility,
)
from yimen.registers.organisations.operations.records import (
    CannotFile,
    FiledAlready,
    NoSuchRecord,
)
from yimen.registers.organisations.permissions import LEAD
from yimen.registers.organisations.ports import works_on
from yimen.registers.organisations.queries.units import held_organisation
from yimen.registers.organisations.rules import first_day_after, why_not_these_days


@operation("organisations.term.opened")
def open_term(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    number: int,
    seats: int,
    basis: str,
    since: date,
    last_day: date,
) -> CommitteeTerm:
    """Open a term of a committee (登记届次): which, how many seats, how it was elected, from when until when.

    Refuses one that overlaps another, and one longer than the practice allows for this kind (居委会、村委会五年).
    """
    found = held_organisation(organisation, by=by)
    if finding := why_not_these_days(since, last_day):
        raise CannotFile(why=finding.sentence)
    until = first_day_after(last_day)
    if number < 1 or seats < 1 or not clean_line(basis):
        raise CannotFile(why="要写明第几届、应有几人、怎样产生")
    rule = practice(on=day_of(at)).term_of(found.kind)
    if rule and until > _years_after(since, rule.years):
        raise CannotFile(why=f"一届最长{rule.years}年（{rule.source}）")
    terms = CommitteeTerm.objects.filter(organisation=found)
    if terms.filter(number=number).exists():
        raise FiledAlready(what=f"{found.name}第{number}届已登记")
    if terms.ahead(since).filter(since__lt=until).exists():
        raise CannotFile(why="这段时间已有另一届")
    term = CommitteeTerm.objects.create(
        organisation=found,
        number=number,
        seats=seats,
        basis=clean_line(basis),
        since=since,
        until=until,
        noted_at=at,
        noted_by=by.key,
    )
    record(term, kind="term", area=found.area, organisation=found.public_id, number=number)
    return term


@operation("organisations.officer.entered")
def enter_officer(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    office: str,
    name: str,
    since: date,
    term: UUID | None = None,
    person: UUID | None = None,
) -> Officer:
    """Somebody takes an office (任职): a member of a committee, a legal representative, whoever is in charge.

    ``person`` is the resident's file, where she has one; an outsider is named. In a term the office ends with the term.
    Refuses who holds that office already, a term that is full, and a day outside the term.
    """
    found = held_organisation(organisation, by=by)
    office, name = clean_line(office), clean_line(name)
    if not office or not name:
        raise CannotFile(why="要写明职务和姓名")
    served = _term(found, term)
    if served and not served.holds_on(since):
        raise CannotFile(why=f"任职日期不在第{served.number}届之内")
    sitting = list(Officer.objects.within(by).filter(organisation=found).ahead(since))
    same = [row for row in sitting if row.office == office]
    if any(row.person == person if person and row.person else row.name == name for row in same):
        raise FiledAlready(what=f"{name}已任{office}")
    if served and sum(row.term_id == served.id for row in sitting) >= served.seats:
        raise CannotFile(why=f"第{served.number}届应有{served.seats}人，已满")
    officer = Officer.objects.create(
        organisation=found,
        area=found.area,
        office=office,
        name=name,
        person=person,
        term=served,
        since=since,
        until=served.until if served else None,
        noted_at=at,
        noted_by=by.key,
    )
    record(officer, kind="officer", area=found.area, organisation=found.public_id, person=person)
    return officer


@operation("organisations.officer.left")
def end_officer(
    *, by: Actor, at: datetime, organisation: Organisation, officer: UUID, last_day: date, why: str
) -> Officer:
    """An office is left before its term ends (离任), with the reason."""
    found = held_organisation(organisation, by=by)
    row = Officer.objects.within(by).filter(organisation=found, public_id=officer).first()
    if row is None:
        raise NoSuchRecord
    if last_day < row.since or (row.until is not None and last_day >= row.until):
        raise CannotFile(why="这一天不在任职期内")
    if not clean_line(why):
        raise CannotFile(why="请写明离任的原因")
    row.until, row.ended_why = last_day + timedelta(days=1), clean_line(why)
    row.save(update_fields=["until", "ended_why"])
    record(row, kind="officer", area=found.area, until=row.until)
    return row


@operation("organisations.contact.named")
def name_contact(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    name: str,
    phone: str,
    duty: str,
    since: date,
    network: str = "",
) -> Contact:
    """Name whom to ring (指定联系人), for an organisation or for its place in a network. Refuses one without a telephone."""
    found = held_organisation(organisation, by=by)
    name, phone, duty = clean_line(name), clean_line(phone), clean_line(duty)
    if not name or not any(sign.isdigit() for sign in phone) or not duty:
        raise CannotFile(why="要写明姓名、工作电话和负责什么")
    if network and network not in practice(on=day_of(at)).networks:
        raise CannotFile(why="没有这个服务网络，请刷新页面再选")
    contact = Contact.objects.create(
        organisation=found,
        network=network,
        name=name,
        phone=phone,
        duty=duty,
        since=since,
        noted_at=at,
        noted_by=by.key,
    )
    record(contact, kind="contact", area=found.area, organisation=found.public_id, network=network)
    return contact


@operation("organisations.contact.ended")
def end_contact(
    *, by: Actor, at: datetime, organisation: Organisation, contact: UUID, last_day: date
) -> Contact:
    """Somebody is no longer the one to ring (停用联系人)."""
    found = held_organisation(organisation, by=by)
    row = Contact.objects.filter(organisation=found, public_id=contact).first()
    return _ended(row, "contact", last_day, found)


@operation("organisations.responsibility.given")
def give_responsibility(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    account: UUID,
    since: date,
    task: str = "",
    works: Sequence[str] = (),
    deputy: UUID | None = None,
) -> list[Responsibility]:
    """Say who does what (分工) and who stands in; answers a row for the words, and one for each of ``works``.

    For a kind of work she is its A岗 and the deputy its B岗 (指定AB岗): that wants who leads there, and one A岗 for
    each kind in an area. Refuses who holds no post of the organisation on that day.
    """
    found = held_organisation(organisation, by=by)
    task = clean_line(task)
    kinds = {key: title for titles in works_on(since).values() for key, title in titles}
    if works:
        by.must(LEAD, area=found.area)
    if not task and not works:
        raise CannotFile(why="要写明负责什么，或者选工作种类")
    if any(work not in kinds for work in works):
        raise CannotFile(why="工作种类有变化，请刷新页面再选")
    if deputy is not None and deputy == account:
        raise CannotFile(why="替岗的人不能是本人")
    serving = Appointment.objects.on(since).filter(post__organisation=found).select_related("account")
    people = {row.account.public_id: row.account for row in serving}
    if account not in people or (deputy is not None and deputy not in people):
        raise CannotFile(why=f"负责和替岗的人这一天要在{found.name}有岗位")
    given = Responsibility.objects.filter(organisation=found, account__public_id=account, task=task)
    if task and given.ahead(since).exists():
        raise FiledAlready(what=f"{people[account].name}已负责“{task}”")
    others = Responsibility.objects.filter(organisation__area=found.area, work__in=works).ahead(since)
    if taken := others.select_related("account").first():
        raise FiledAlready(what=f"“{taken.task}”的A岗已是{taken.account.name}，先停止那一项，再指定")
    made = [
        Responsibility.objects.create(
            organisation=found,
            account=people[account],
            deputy=people.get(deputy),
            task=kinds[work] if work else task,
            work=work,
            since=since,
            noted_at=at,
            noted_by=by.key,
        )
        for work in (*([""] if task else []), *dict.fromkeys(works))
    ]
    for one in made:
        record(one, kind="responsibility", area=found.area, organisation=found.public_id, account=account)
    return made


@operation("organisations.responsibility.ended")
def end_responsibility(
    *, by: Actor, at: datetime, organisation: Organisation, responsibility: UUID, last_day: date
) -> Responsibility:
    """Somebody is no longer responsible for something (调整分工)."""
    found = held_organisation(organisation, by=by)
    row = Responsibility.objects.filter(organisation=found, public_id=responsibility).first()
    if row is not None and row.work:
        by.must(LEAD, area=found.area)
    return _ended(row, "responsibility", last_day, found)


def _ended(row, kind: str, last_day: date, found: Organisation):
    if row is None:
        raise NoSuchRecord
    if last_day < row.since or row.until is not None:
        raise CannotFile(why="已经停止，或这一天早于开始的一天")
    row.until = last_day + timedelta(days=1)
    row.save(update_fields=["until"])
    record(row, kind=kind, area=found.area, until=row.until)
    return row


def _term(organisation: Organisation, term: UUID | None) -> CommitteeTerm | None:
    if term is None:
        return None
    found = CommitteeTerm.objects.filter(organisation=organisation, public_id=term).first()
    if found is None:
        raise NoSuchRecord
    return found


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
