"""A resident uses her rights over her own data (个人信息权利): copy, correction, deletion, restriction."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_look, unchanged
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import Doubt, RightAnswer, RightKind
from yimen.registers.people.engine.rights_practice import answer_due, practice_on
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.events import PersonRestricted
from yimen.registers.people.models import Person, ReachWay, RightsRequest
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.permissions import CORRECT, LIFT_RESTRICTION, SERVE_RIGHTS
from yimen.registers.people.queries.persons import get_person
from yimen.registers.people.rules.requests import why_not_answered, why_not_more, why_not_received


class CannotServeRights(NotPossible):
    code = "people.cannot_serve_rights"
    sentence = "{why}"


class NoSuchRequest(NotFound):
    code = "people.no_such_request"
    sentence = "没有找到这个请求，或不在您的范围内。"


@operation("people.right.asked")
def receive_request(
    *, by: Actor, at: datetime, person: UUID, kind: str, wish: str, asked_by: str, identity: str
) -> RightsRequest:
    """Take in what a resident asks about her own data (受理权利请求); it is answered within the period of the practice."""
    found = get_person(person, by=by, permission=SERVE_RIGHTS)
    told = {
        "wish": clean_line(wish)[:500],
        "asked_by": clean_line(asked_by)[:100],
        "identity": clean_line(identity)[:100],
    }
    if kind not in RightKind.values:
        raise CannotServeRights(why="请选择请求的种类。")
    on = day_of(at)
    waiting = RightsRequest.objects.within(by).filter(person=found, answer=RightAnswer.OPEN).count()
    why = why_not_received(**told) or why_not_more(waiting=waiting, most=practice_on(on).most_open)
    if why:
        raise CannotServeRights(why=why)
    made = RightsRequest.objects.create(
        person=found,
        area=found.area,
        kind=kind,
        received_at=at,
        received_by=by.key,
        received_by_name=by.name,
        due_on=answer_due(on=on),
        **told,
    )
    record(found, kind="person", area=found.area, request=str(made.public_id), asks=kind)
    return made


@operation("people.right.answered")
def answer_request(
    *, by: Actor, at: datetime, asked: UUID, granted: bool, reason: str, erase: Collection[str] = ()
) -> RightsRequest:
    """Answer it with a reason (答复权利请求). Granted, what she wanted erased goes, or her file says that its use is restricted.

    A correction is done on the file, with its paper; what the law keeps is not erased but restricted (第四十七条第二款).
    """
    row = (
        RightsRequest.objects.within(by)
        .select_for_update(of=("self",))
        .filter(public_id=asked)
        .select_related("person")
        .first()
    )
    if row is None:
        raise NoSuchRequest()
    found = get_person(row.person.public_id, by=by, permission=CORRECT, lock=True)
    if row.answer != RightAnswer.OPEN:
        raise CannotServeRights(why=f"已经由{row.answered_by_name}答复。")
    gone = sorted(erase) if granted and row.kind == RightKind.ERASE else []
    why = why_not_answered(
        granted=granted, reason=clean_line(reason), erases=row.kind == RightKind.ERASE, erase=gone
    )
    if why:
        raise CannotServeRights(why=why)
    if gone:
        _erase(found, gone, by=by, at=at)
    if granted and row.kind == RightKind.RESTRICT and Doubt.RESTRICTED not in found.doubts:
        found.doubts = sorted([*found.doubts, Doubt.RESTRICTED.value])
        found.save(update_fields=["doubts"])
        announce(PersonRestricted(subject=found.public_id, area=found.community))
    row.answer = RightAnswer.GRANTED if granted else RightAnswer.REFUSED
    row.reason, row.erased = clean_line(reason)[:500], gone
    row.answered_at, row.answered_by, row.answered_by_name = at, by.key, by.name
    row.save()
    record(
        found, kind="person", area=found.area, request=str(row.public_id), answer=str(row.answer), erased=gone
    )
    return row


@operation("people.restriction.lifted")
def lift_restriction(*, by: Actor, at: datetime, person: UUID, reason: str) -> Person:
    """The use of a file is no longer restricted (解除限制使用), because she said so: by a named post, with the reason."""
    found = get_person(person, by=by, permission=LIFT_RESTRICTION, lock=True)
    if Doubt.RESTRICTED not in found.doubts:
        unchanged()
        return found
    if not clean_line(reason):
        raise CannotServeRights(why="请写明为什么解除。")
    found.doubts = [doubt for doubt in found.doubts if doubt != Doubt.RESTRICTED]
    found.save(update_fields=["doubts"])
    record(found, kind="person", area=found.area, lifted=clean_line(reason)[:200])
    return found


@operation("people.copy.handed_out")
def hand_out_copy(*, by: Actor, at: datetime, person: UUID, asked_by: str, identity: str) -> Person:
    """Hand a resident a copy of her own data (复制本人信息): noted with who asked and how she was known, and as a look."""
    found = get_person(person, by=by, permission=SERVE_RIGHTS)
    told = {"asked_by": clean_line(asked_by)[:100], "identity": clean_line(identity)[:100]}
    if why := why_not_received(wish="copy", **told):
        raise CannotServeRights(why=why)
    record_look(
        by=by, at=at, subject=found.public_id, area=found.area, why=f"应本人要求复制档案：{told['identity']}"
    )
    record(found, kind="person", area=found.area, copy=True, **told)
    return found


def _erase(found: Person, gone: list[str], *, by: Actor, at: datetime) -> None:
    before = snapshots_of([found])
    if "phone" in gone:
        found.phone = ""
        found.sources.pop("phone", None)
        found.save(update_fields=["phone", "sources"])
    if "ways" in gone:
        ReachWay.objects.filter(person=found).delete()
    keep_in_step(by=by, at=at, before=before)
