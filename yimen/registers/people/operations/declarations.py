"""What somebody declares by the code on the stairs, and what a worker makes of it (住户申报)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotFound, NotPossible
from yimen.kernel.text import clean_line, clean_name
from yimen.registers.people.choices import DeclarationState, DeclaredKind
from yimen.registers.people.engine.sheets import sent_hash, sent_hashes, source_hash, source_hashes
from yimen.registers.people.models import Declaration
from yimen.registers.people.operations.doors import move_in, move_out
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.rules.contacts import kept_phone
from yimen.registers.people.rules.declarations import why_not_declare, why_too_many
from yimen.registers.places.api import (
    CHECK_DWELLINGS,
    DwellingKind,
    count_heads,
    door_practice,
    dwelling_to_check,
)

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
AT_ONCE = 500


class CannotDeclare(NotPossible):
    code = "people.cannot_declare"
    sentence = "还不能申报：{why}"


class CannotAnswerDeclaration(NotPossible):
    code = "people.cannot_answer_declaration"
    sentence = "还不能处理：{why}"


class DeclarationAnswered(Conflict):
    code = "people.declaration_answered"
    sentence = "这份申报已经由{who}处理过了。"


class NoSuchDeclaration(NotFound):
    code = "people.no_such_declaration"
    sentence = "没有找到这份申报，或不在您的范围内。"


@operation("people.declaration.received")
def receive_declaration(
    *,
    by: Actor,
    at: datetime,
    dwelling: UUID,
    kind: str,
    since: date,
    name: str = "",
    phone: str = "",
    use: str = "",
    long: bool | None = None,
    heads: int | None = None,
    source: str = "",
    sent_as: str = "",
) -> Declaration:
    """Keep what somebody told of herself at a door (收到住户申报); it changes nothing until a worker confirms it.

    ``source`` is where it came from, kept as a keyed hash to count by; ``sent_as`` makes the same page sent twice one
    declaration. Refuses more than the street allows from one place in an hour and at one door in a day.
    """
    door, today = dwelling_to_check(dwelling, by=by), day_of(at)
    findings = why_not_declare(
        kind=kind,
        name=name,
        phone=phone,
        since=since,
        heads=heads,
        today=today,
        collective=door.kind == DwellingKind.COLLECTIVE,
    )
    if findings:
        raise CannotDeclare(why=findings[0].sentence, findings=findings)
    sent, came_from = sent_hash(sent_as), source_hash(source)
    _one_at_a_time(came_from)
    known = Declaration.objects.filter(sent_hash__in=sent_hashes(sent_as)).first() if sent else None
    if known is not None:
        unchanged()
        return known
    lately = Declaration.objects.filter(source_hash__in=source_hashes(source), received_at__gt=at - _HOUR)
    here = Declaration.objects.filter(dwelling=door, received_at__gt=at - _DAY)
    practice = door_practice(on=today)
    most = {"source": practice.declarations_an_hour, "door": practice.declarations_a_day_at_a_door}
    counts = {"source": lately.count() if came_from else 0, "door": here.count()}
    if finding := why_too_many(counts, most):
        raise CannotDeclare(why=finding.sentence, findings=[finding])
    made = Declaration.objects.create(
        dwelling=door,
        kind=DeclaredKind(kind),
        name="" if kind == DeclaredKind.HEADS else clean_name(name)[:80],
        phone="" if kind == DeclaredKind.HEADS else kept_phone(phone),
        since=since,
        use=use if kind == DeclaredKind.MOVED_IN else "",
        long=long if kind == DeclaredKind.MOVED_IN else None,
        heads=heads if kind == DeclaredKind.HEADS else None,
        source_hash=came_from,
        sent_hash=sent,
        received_at=at,
    )
    record(made, kind="declaration", area=door.area, declared=kind)
    return made


@operation("people.declaration.confirmed")
def confirm_declaration(
    *,
    by: Actor,
    at: datetime,
    declaration: UUID,
    person: UUID | None = None,
    use: str = "",
    compared: str | None = None,
) -> Declaration:
    """A worker found it so (确认住户申报): who came is moved in, who left moved out, heads are counted.

    ``person`` is whose file it is: of who came when she is on file, of who left always. Doubles are asked about as when
    somebody is put on file.
    """
    found = _open(declaration, by)
    door = found.dwelling.public_id
    if found.kind == DeclaredKind.MOVED_IN:
        move_in(
            by=by,
            at=at,
            dwelling=door,
            on=found.since,
            use=use or found.use,
            person=person,
            name=found.name,
            phone=found.phone,
            compared=compared,
        )
    elif found.kind == DeclaredKind.MOVED_OUT:
        if person is None:
            raise CannotAnswerDeclaration(why="请选是谁搬走了。")
        move_out(by=by, at=at, dwelling=door, people=[person], on=found.since)
    else:
        count_heads(by=by, at=at, dwelling=door, heads=found.heads or 0, on=found.since)
    return _answered(by, at, found, DeclarationState.CONFIRMED)


@operation("people.declaration.refused")
def refuse_declaration(*, by: Actor, at: datetime, declaration: UUID, reason: str) -> Declaration:
    """It is not so (不采纳住户申报): with a reason, and nothing on file changes."""
    found = _open(declaration, by)
    if not clean_line(reason):
        raise CannotAnswerDeclaration(why="请写一句为什么不采纳。")
    return _answered(by, at, found, DeclarationState.REFUSED, reason=clean_line(reason)[:200])


@operation("people.declarations.forgotten")
def forget_declarations(*, by: Actor, at: datetime) -> int:
    """Empty name, telephone and source of what was answered so many days ago (到期抹去申报)."""
    today = day_of(at)
    over = at - timedelta(days=door_practice(on=today).keep_days)
    rows = Declaration.objects.within(by).filter(forgotten_on__isnull=True, answered_at__lt=over)
    numbers = list(rows.order_by("id").values_list("id", flat=True)[:AT_ONCE])
    if not numbers:
        unchanged()
        return 0
    for one in Declaration.objects.filter(id__in=numbers):
        one.name = one.phone = one.source_hash = one.sent_hash = ""
        one.forgotten_on = today
        one.save(update_fields=["name", "phone", "source_hash", "sent_hash", "forgotten_on"])
    record_batch([{"forgotten": len(numbers)}], kind="declaration", area="")
    return len(numbers)


def _open(declaration: UUID, by: Actor) -> Declaration:
    rows = Declaration.objects.within(by).select_for_update(of=("self",)).select_related("dwelling")
    found = rows.filter(public_id=declaration).first()
    if found is None:
        raise NoSuchDeclaration
    by.must(CHECK_DWELLINGS, area=found.dwelling.area)
    by.must(REGISTER, area=found.dwelling.area)
    if found.state != DeclarationState.OPEN:
        raise DeclarationAnswered(who=found.answered_by_name or "别人")
    return found


def _answered(
    by: Actor, at: datetime, found: Declaration, state: DeclarationState, *, reason: str = ""
) -> Declaration:
    found.state, found.reason = state, reason
    found.answered_at, found.answered_by, found.answered_by_name = at, by.key, by.name[:80]
    found.save(update_fields=["state", "reason", "answered_at", "answered_by", "answered_by_name"])
    record(found, kind="declaration", area=found.dwelling.area, answered=state.value)
    return found


def _one_at_a_time(source: str) -> None:
    # What is sent at the same moment would all count the same number before it.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"people.declaration:{source}"]
        )
