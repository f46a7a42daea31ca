"""The writers of duties: owe, do, excuse, put off; and what ends with a note or with a life."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from yimen.foundations.access.api import account_name, areas_worked
from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, community_of, level, street_of
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.organisations.api import organisation as load_organisation
from yimen.registers.people.api import communities_of_people, person_ids, why_restricted
from yimen.registers.places.api import building as load_building
from yimen.registers.places.api import dwellings_of
from yimen.registers.places.ports import AreaMove
from yimen.work.ledger.api import SourceKind, Whom, find_whom, note_items, write_note
from yimen.work.programmes.choices import Excuse, Origin, State
from yimen.work.programmes.engine.practice import practice
from yimen.work.programmes.models import Duty
from yimen.work.programmes.permissions import WORK
from yimen.work.programmes.queries import colleagues
from yimen.work.programmes.rules import why_not_end, why_not_owe, why_not_put_off

DONE_ITEM = "duty_done"


class CannotOwe(NotPossible):
    code = "programmes.cannot_owe"


class CannotEnd(NotPossible):
    code = "programmes.cannot_end"


class NoDuty(NotFound):
    code = "programmes.no_duty"
    sentence = "没有这件待办，或不在您的范围内。"


@operation("programmes.duty.owed")
def owe_duty(
    *,
    by: Actor,
    at: datetime,
    title: str,
    due_on: date,
    opens_on: date | None = None,
    reason: str = "",
    way: str = "",
    kind: str = "",
    creditor: UUID | None = None,
    area: str = "",
    account: UUID | None = None,
    origin: Origin = Origin.HAND,
    source: UUID | None = None,
) -> Duty:
    """Owe something by a day (立待办): to a person, household, dwelling or organisation, or to nobody in particular.

    ``account`` is the colleague who owes it; without one whoever works in the area does. Refuses a day gone by, a title that
    tells too much for a first page, the dead, a colleague who does no such work here, and who wants her data used for
    little (限制使用) unless a case demands it.
    """
    whom, organisation = _creditor(kind, creditor, by=by)
    where = whom.area or area or next(iter(by.areas_for(WORK)), "")
    by.must(WORK, area=where)
    today = day_of(at)
    findings = why_not_owe(
        title=title,
        opens_on=opens_on,
        due_on=due_on,
        today=today,
        name=whom.name,
        died_on=whom.died_on,
        unfit=practice(on=today).unfit_words,
    )
    if origin is not Origin.CASE:
        findings += why_restricted(whom.name, restricted=whom.restricted)
    names = colleagues(where, by=by, on=today) if account else {}
    if account and account not in names:
        findings.append(Finding("programmes.debtor", "这位同事不在这个范围里办待办，请另选一位。", "account"))
    if way and way not in {one.key for one in note_items(on=today)}:
        findings.append(Finding("programmes.way", "请重新选方式。", "way"))
    if findings:
        raise CannotOwe("；".join(one.sentence for one in findings), findings=findings)
    duty = Duty(
        title=clean_line(title)[:60],
        reason=reason.strip()[:300],
        way=way,
        area=where,
        street=street_of(where),
        account=account,
        debtor_name=names.get(account, "") if account else "",
        household=whom.id if whom.kind == "household" else None,
        dwelling=whom.id if whom.kind == "dwelling" else None,
        person=whom.id if whom.kind == "person" else None,
        organisation=creditor if organisation else None,
        creditor_name=(organisation or whom.name)[:120],
        opens_on=opens_on,
        due_on=due_on,
        first_due_on=due_on,
        origin=origin,
        source=source,
        owed_at=at,
        owed_by=by.key,
        owed_by_name=by.name[:80],
    )
    duty.save(force_insert=True)
    record(duty, kind="duty", area=where, due_on=due_on.isoformat(), origin=str(origin))
    return duty


@operation("programmes.duty.done")
def do_duty(
    *,
    by: Actor,
    at: datetime,
    duty: UUID,
    item: str,
    text: str,
    happened_on: date | None = None,
    late_reason: str = "",
) -> Duty:
    """Do what was owed and say how it went (完成待办); it stands in the ledger with the contact it was."""
    found = _load(duty, by=by)
    kind, creditor = found.creditor
    entry = write_note(
        by=by,
        at=at,
        item=item,
        text=text,
        kind=kind,
        whom=creditor,
        place=found.creditor_name or found.title,
        area=found.area,
        happened_on=happened_on,
        late_reason=late_reason,
        more=(DONE_ITEM,),
        source_kind=SourceKind.DUTY,
        source=found.public_id,
    )
    _end(found, State.DONE, by=by, at=at, entry=entry.public_id)
    return found


@operation("programmes.duty.excused")
def excuse_duty(*, by: Actor, at: datetime, duty: UUID, excuse: Excuse, why: str = "") -> Duty:
    """Say that it need not be done, and why (不用办了). Refuses 其他 without words."""
    found = _load(duty, by=by)
    if Excuse(excuse) is Excuse.OTHER and not why.strip():
        raise CannotEnd("选“其他”要写明原因。", findings=[Finding("programmes.why", "写明原因。", "why")])
    _end(found, State.EXCUSED, by=by, at=at, excuse=Excuse(excuse), why=why)
    return found


@operation("programmes.duty.put_off")
def put_off_duty(*, by: Actor, at: datetime, duty: UUID, to: date, why: str) -> Duty:
    """Put it off before it ends (推迟待办), with a reason; the first day stays readable."""
    found = _load(duty, by=by)
    today = day_of(at)
    finding = why_not_put_off(
        due_on=found.due_on, to=to, today=today, why=why, most_days=practice(on=today).put_off_most_days
    )
    if finding:
        raise CannotEnd(finding.sentence, findings=[finding])
    before, found.due_on = found.due_on, to
    found.put_off_times += 1
    found.put_off_why = why.strip()[:200]
    found.save(update_fields=["due_on", "put_off_times", "put_off_why"])
    record(found, kind="duty", area=found.area, before=before.isoformat(), to=to.isoformat(), why=why.strip())
    return found


@operation("programmes.duties.settled", inner=True)
def settle_with_note(*, by: Actor, at: datetime, duties: Sequence[UUID], entry: UUID) -> None:
    """A note did what was owed (随手记完成待办)."""
    for duty in duties:
        _end(_load(duty, by=by), State.DONE, by=by, at=at, entry=entry)


@operation("programmes.duties.note_undone", inner=True)
def undo_with_note(*, by: Actor, at: datetime, entry: UUID) -> None:
    """The note was a slip (撤回随手记): what it settled is owed again, unless she died meanwhile; what it gave birth to is
    not owed any more."""
    duties = Duty.objects.within(by).select_for_update(of=("self",))
    for duty in duties.filter(entry=entry, state=State.DONE):
        if duty.person and find_whom("person", duty.person, by=by).died_on is not None:
            _end(duty, State.EXCUSED, by=by, at=at, excuse=Excuse.DIED)
            continue
        duty.state, duty.entry = State.OPEN, None
        duty.ended_at, duty.ended_by, duty.ended_by_name = None, "", ""
        duty.save()
        record(duty, kind="duty", area=duty.area, reopened=str(entry))
    for duty in duties.filter(source=entry, origin=Origin.NOTE, state=State.OPEN):
        _end(duty, State.EXCUSED, by=by, at=at, excuse=Excuse.SLIP, why="随手记撤回")


@operation("programmes.duties.ended_by_death")
def end_duties_of_the_dead(*, by: Actor, at: datetime, person: UUID) -> int:
    """Somebody died: nothing is owed to her any more (去世即止); answers how many ended."""
    ids = person_ids(person, by=by) or [person]
    duties = list(Duty.objects.within(by).select_for_update(of=("self",)).open().filter(person__in=ids))
    for duty in duties:
        _ended(duty, State.EXCUSED, by=by, at=at, excuse=Excuse.DIED)
    if duties:
        record_batch([{"duty": str(duty.public_id)} for duty in duties], kind="duty", area=duties[0].street)
    else:
        unchanged()
    return len(duties)


@operation("programmes.duties.reopened_for_the_living")
def reopen_duties_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: what ended by it is owed again (撤销死亡登记), with its day; answers how many."""
    ids = person_ids(person, by=by) or [person]
    ended = Duty.objects.within(by).select_for_update(of=("self",)).filter(person__in=ids)
    duties = list(ended.filter(state=State.EXCUSED, excuse=Excuse.DIED))
    for duty in duties:
        duty.state, duty.excuse, duty.ended_why = State.OPEN, "", ""
        duty.ended_at, duty.ended_by, duty.ended_by_name = None, "", ""
        duty.save()
    if duties:
        record_batch([{"duty": str(duty.public_id)} for duty in duties], kind="duty", area=duties[0].street)
    else:
        unchanged()
    return len(duties)


@operation("programmes.duties.ended_by_restriction")
def end_duties_of_the_restricted(*, by: Actor, at: datetime, person: UUID) -> int:
    """Somebody wants her data used for little: what nobody is bound to by a case is not owed any more (限制使用)."""
    ids = person_ids(person, by=by) or [person]
    held = Duty.objects.within(by).select_for_update(of=("self",)).open().filter(person__in=ids)
    duties = list(held.filter(origin__in=(Origin.HAND, Origin.NOTE)))
    for duty in duties:
        _ended(duty, State.EXCUSED, by=by, at=at, excuse=Excuse.RESTRICTED)
    if duties:
        record_batch([{"duty": str(duty.public_id)} for duty in duties], kind="duty", area=duties[0].street)
    else:
        unchanged()
    return len(duties)


@operation("programmes.duties.moved_with_person")
def move_duties_with(*, by: Actor, at: datetime, person: UUID, before: str, area: str) -> int:
    """Somebody moved: what her old community owes her goes to the new one, with its days (待办随人走); answers how many.

    It lies with the area there; with the colleague who owed it only if she works there too. What a case asks stays where the
    case is. ``before`` is the area of her file until then; nothing moves when she has gone on meanwhile.
    """
    old, new = community_of(before), community_of(area)
    ids = person_ids(person, by=by)
    if old is None or new is None or old == new or new not in communities_of_people(ids[:1], by=by).values():
        unchanged()
        return 0
    held = Duty.objects.within(by).select_for_update(of=("self",)).open().filter(person__in=ids)
    duties = list(held.filter(area__startswith=old).exclude(origin=Origin.CASE))
    on = day_of(at)
    for duty in duties:
        duty.area, duty.street = new, street_of(new) or ""
        if duty.account and not new.startswith(areas_worked(duty.account, on=on)):
            duty.account, duty.debtor_name = None, ""
        duty.save(update_fields=["area", "street", "account", "debtor_name"])
    if duties:
        told = [{"duty": str(one.public_id), "to": new} for one in duties]
        record_batch(told, kind="duty", area=street_of(new) or "", person=str(person))
    else:
        unchanged()
    return len(duties)


@operation("programmes.duties.handed_over")
def hand_over_duties(*, by: Actor, at: datetime, account: UUID, to: UUID | None) -> int:
    """A colleague left: what she owed in person goes to who takes over, where that one works, else to the area (离岗交接).

    Answers how many.
    """
    duties = list(Duty.objects.within(by).select_for_update(of=("self",)).open().filter(account=account))
    areas = areas_worked(to, on=day_of(at)) if to else ()
    to_name, taken = account_name(to) if to else "", 0
    for duty in duties:
        takes = duty.area.startswith(areas)
        duty.account, duty.debtor_name = (to, to_name) if takes else (None, "")
        taken += takes
    if not duties:
        unchanged()
        return 0
    Duty.objects.bulk_update(duties, ["account", "debtor_name"])
    if taken:
        holder = account_name(account)
        tell_account(
            by=by,
            at=at,
            account=to,
            title=f"接手{holder}的待办",
            text=f"{holder}已停用账号，{taken} 件待办转给您，期限不变。",
            link=reverse("programmes:duties"),
            area=duties[0].area,
        )
    told = [{"duty": str(one.public_id), "to": str(one.account or "")} for one in duties]
    record_batch(told, kind="duty", area=duties[0].street, handed_over=str(account))
    return len(duties)


@operation("programmes.duties.carried_over", inner=True)
def carry_over_duties(*, by: Actor, at: datetime, move: AreaMove) -> int:
    """Open duties go over when areas are reorganised (待办随区域调整); what ended keeps the area of its day.

    A move of single buildings takes along what is owed at their doors, and to those who live there.
    """
    duties = Duty.objects.within(by).open().filter(area=move.old)
    if move.buildings is not None:
        # People were carried over before: whose file lies in the successor now lived in those buildings.
        owed = set(duties.filter(person__isnull=False).values_list("person", flat=True))
        new = community_of(move.new)
        moved = [who for who, home in communities_of_people(owed, by=by).items() if home == new]
        doors = [
            door.public_id
            for one in move.buildings
            for door in dwellings_of(load_building(one, by=by), by=by)
        ]
        duties = duties.filter(Q(dwelling__in=doors) | Q(person__in=moved))
    moved_on = 0
    if level(move.old) is Level.GRID and community_of(move.old) != community_of(move.new):
        # A grid goes to another community: what is owed to who lives in it and lies with the community goes along.
        others = Duty.objects.within(by).open().filter(area=community_of(move.old), person__isnull=False)
        homes = communities_of_people(others.values_list("person", flat=True), by=by)
        who = [person for person, home in homes.items() if home == community_of(move.new)]
        moved_on = others.filter(person__in=who).update(area=community_of(move.new))
    return moved_on + duties.update(area=move.new, street=street_of(move.new))


def _creditor(kind: str, creditor: UUID | None, *, by: Actor) -> tuple[Whom, str]:
    if kind == "organisation" and creditor:
        found = load_organisation(creditor, by=by)
        return Whom(area=found.area), found.name
    return find_whom(kind, creditor, by=by), ""


def _load(duty: UUID, *, by: Actor) -> Duty:
    found = Duty.objects.within(by).select_for_update(of=("self",)).filter(public_id=duty).first()
    if found is None:
        raise NoDuty
    by.must(WORK, area=found.area)
    if finding := why_not_end(found.state):
        raise CannotEnd(finding.sentence, findings=[finding])
    return found


def _end(
    duty: Duty,
    state: State,
    *,
    by: Actor,
    at: datetime,
    entry: UUID | None = None,
    excuse: Excuse | str = "",
    why: str = "",
) -> None:
    _ended(duty, state, by=by, at=at, entry=entry, excuse=excuse, why=why)
    record(duty, kind="duty", area=duty.area, state=str(state), excuse=str(excuse))


def _ended(
    duty: Duty,
    state: State,
    *,
    by: Actor,
    at: datetime,
    entry: UUID | None = None,
    excuse: Excuse | str = "",
    why: str = "",
) -> None:
    duty.state, duty.entry, duty.excuse, duty.ended_why = state, entry, excuse, why.strip()[:200]
    duty.ended_at, duty.ended_by, duty.ended_by_name = at, by.key, by.name[:80]
    duty.save()
