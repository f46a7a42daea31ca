"""Put on file what belongs to an organisation: licences, agreements, yearly inspections."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.files import File
from django.db.models import Model

from yimen.foundations.audit.api import operation, record
from yimen.foundations.documents.api import store_upload
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotFound, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.organisations.choices import InspectionResult
from yimen.registers.organisations.engine.practice import practice
from yimen.registers.organisations.models import (
    Agreement,
    AgreementVisit,
    Credential,
    Inspection,
    Organisation,
)
from yimen.registers.organisations.ports import SCAN
from yimen.registers.organisations.queries.units import held_organisation
from yimen.registers.organisations.rules import first_day_after, why_not_these_days

OLDEST_YEAR = 1990


class CannotFile(NotPossible):
    code = "organisations.cannot_file"
    sentence = "不能登记：{why}。"


class FiledAlready(Conflict):
    code = "organisations.filed_already"
    sentence = "{what}，不要重复登记。"


class NoSuchRecord(NotFound):
    code = "organisations.no_such_record"
    sentence = "没有找到这条记录，或不在您的范围内。"


@operation("organisations.credential.filed")
def file_credential(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    kind: str,
    since: date,
    last_day: date | None = None,
    number: str = "",
    extent: str = "",
    issuer: str = "",
) -> Credential:
    """Put a licence or a grade on file (登记证照), valid from ``since`` to ``last_day``, or without an end.

    Refuses a kind that the practice does not know, an end before the beginning, and a second of the kind in that time.
    """
    found = held_organisation(organisation, by=by)
    if kind not in practice(on=day_of(at)).credentials:
        raise CannotFile(why="没有这种证照，请刷新页面再选")
    until = _until(since, last_day)
    title = practice(on=day_of(at)).credentials[kind].title
    having = Credential.objects.filter(organisation=found, kind=kind).ahead(since)
    if any(until is None or row.since < until for row in having):
        raise FiledAlready(what=f"{found.name}在这段时间已有“{title}”")
    row = Credential.objects.create(
        organisation=found,
        unit=found.public_id,
        area=found.area,
        kind=kind,
        number=clean_line(number),
        extent=clean_line(extent),
        issuer=clean_line(issuer),
        since=since,
        until=until,
        noted_at=at,
        noted_by=by.key,
    )
    record(row, kind="credential", area=found.area, organisation=found.public_id, credential=kind)
    return row


@operation("organisations.agreement.filed")
def file_agreement(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    title: str,
    partner: str,
    content: str,
    since: date,
    last_day: date,
    number: str = "",
    partner_unit: UUID | None = None,
    visits_monthly: int | None = None,
    beds: int | None = None,
) -> Agreement:
    """Put an agreement on file (登记协议) with the days between which it holds.

    A partner that is on file itself (an elder home, say) is ``partner_unit``; visits agreed for each month and beds are told
    as numbers.
    """
    found = held_organisation(organisation, by=by)
    unit = _partner(partner_unit, found, by=by) if partner_unit else None
    title, partner, content = clean_line(title), clean_line(partner), clean_line(content)
    partner = partner or (unit.name if unit else "")
    if not title or not partner or not content:
        raise CannotFile(why="要写明协议名称、另一方和约定内容")
    row = Agreement.objects.create(
        organisation=found,
        unit=found.public_id,
        area=found.area,
        title=title,
        number=clean_line(number),
        partner=partner,
        content=content,
        partner_unit=unit,
        visits_monthly=visits_monthly,
        beds=beds,
        since=since,
        until=_until(since, last_day),
        noted_at=at,
        noted_by=by.key,
    )
    record(row, kind="agreement", area=found.area, organisation=found.public_id)
    return row


@operation("organisations.agreement.visited")
def note_agreement_visit(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    agreement: UUID,
    visited_on: date,
    people: int,
    note: str = "",
) -> AgreementVisit:
    """A visit under an agreement was made (登记上门): on a day on which it held, how many were seen; one line for a day."""
    found = held_organisation(organisation, by=by)
    row = _one(Agreement, found, agreement, by=by)
    if visited_on > day_of(at) or not row.holds_on(visited_on):
        raise CannotFile(why="上门日期要在协议期内，且不晚于今天")
    if people < 1:
        raise CannotFile(why="服务人数至少 1 人")
    if AgreementVisit.objects.filter(agreement=row, visited_on=visited_on).exists():
        raise FiledAlready(what=f"{visited_on:%Y-%m-%d} 的上门已登记")
    made = AgreementVisit.objects.create(
        agreement=row,
        visited_on=visited_on,
        people=people,
        note=clean_line(note)[:200],
        noted_at=at,
        noted_by=by.key,
    )
    record(made, kind="agreement", area=row.area, visited_on=visited_on.isoformat(), people=people)
    return made


@operation("organisations.agreement.visit_dropped")
def drop_agreement_visit(
    *, by: Actor, at: datetime, organisation: Organisation, agreement: UUID, visit: UUID
) -> Agreement:
    """A visit was noted in error and is taken off (撤销上门登记)."""
    found = held_organisation(organisation, by=by)
    row = _one(Agreement, found, agreement, by=by)
    made = AgreementVisit.objects.filter(agreement=row, public_id=visit).first()
    if made is None:
        raise NoSuchRecord
    record(
        row, kind="agreement", area=row.area, visit_dropped=made.visited_on.isoformat(), people=made.people
    )
    made.delete()
    return row


@operation("organisations.agreement.scanned")
def add_agreement_scan(
    *, by: Actor, at: datetime, organisation: Organisation, agreement: UUID, file: File
) -> Agreement:
    """Keep the signed paper of an agreement (协议扫描件): a PDF or a photograph."""
    found = held_organisation(organisation, by=by)
    row = _one(Agreement, found, agreement, by=by)
    kept = store_upload(by=by, at=at, subject=row.public_id, area=row.area, purpose=SCAN, file=file)
    record(row, kind="agreement", area=row.area, scan=str(kept.public_id))
    return row


@operation("organisations.agreement.ended")
def end_agreement(
    *, by: Actor, at: datetime, organisation: Organisation, agreement: UUID, last_day: date, why: str
) -> Agreement:
    """An agreement ends before its day (终止协议), with the reason."""
    found = held_organisation(organisation, by=by)
    row = _one(Agreement, found, agreement, by=by)
    _must_end_earlier(row, last_day)
    if not clean_line(why):
        raise CannotFile(why="请写明为什么终止")
    row.until, row.ended_why = last_day + timedelta(days=1), clean_line(why)
    row.save(update_fields=["until", "ended_why"])
    record(row, kind="agreement", area=found.area, until=row.until)
    return row


@operation("organisations.credential.ended")
def end_credential(
    *, by: Actor, at: datetime, organisation: Organisation, credential: UUID, last_day: date
) -> Credential:
    """A licence no longer holds after a day (注销证照)."""
    found = held_organisation(organisation, by=by)
    row = _one(Credential, found, credential, by=by)
    _must_end_earlier(row, last_day)
    row.until = last_day + timedelta(days=1)
    row.save(update_fields=["until"])
    record(row, kind="credential", area=found.area, until=row.until)
    return row


@operation("organisations.inspection.filed")
def file_inspection(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    year: int,
    result: InspectionResult | str,
    done_on: date,
    note: str = "",
) -> Inspection:
    """Write down what the yearly inspection of a year found (登记年检). Refuses a second for the year and a year to come."""
    found = held_organisation(organisation, by=by)
    if not OLDEST_YEAR <= year <= day_of(at).year or done_on > day_of(at):
        raise CannotFile(why="年度或日期还没有到")
    if result in (InspectionResult.BARELY, InspectionResult.FAILED) and not clean_line(note):
        raise CannotFile(why="结论不是合格的，请写明要整改什么")
    if Inspection.objects.filter(organisation=found, year=year).exists():
        raise FiledAlready(what=f"{found.name} {year} 年度的结论已登记")
    row = Inspection.objects.create(
        organisation=found,
        area=found.area,
        year=year,
        result=InspectionResult(result),
        done_on=done_on,
        note=clean_line(note),
        noted_at=at,
        noted_by=by.key,
    )
    record(row, kind="inspection", area=found.area, organisation=found.public_id, year=year)
    return row


def _until(since: date, last_day: date | None) -> date | None:
    if finding := why_not_these_days(since, last_day):
        raise CannotFile(why=finding.sentence)
    return first_day_after(last_day)


def _one(model: type[Model], organisation: Organisation, public_id: UUID, *, by: Actor):
    row = model.objects.within(by).filter(organisation=organisation, public_id=public_id).first()
    if row is None:
        raise NoSuchRecord
    return row


def _partner(public_id: UUID, found: Organisation, *, by: Actor) -> Organisation:
    unit = Organisation.objects.known_to(by).filter(public_id=public_id, until__isnull=True).first()
    if unit is None or unit.pk == found.pk:
        raise CannotFile(why="没有找到这个合作单位，请刷新页面再选")
    return unit


def _must_end_earlier(row: Credential | Agreement, last_day: date) -> None:
    if last_day < row.since or (row.until is not None and last_day >= row.until):
        raise CannotFile(why="这一天不在它的有效期内")
