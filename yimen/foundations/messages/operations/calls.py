"""Work the list of people to be told by telephone or at the door, and stop everything for one who died."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_look
from yimen.foundations.bus.api import act_as, announce
from yimen.foundations.messages.choices import CallState
from yimen.foundations.messages.engine.telling import Outcome, telling_on
from yimen.foundations.messages.events import DeathHeard, PersonTold
from yimen.foundations.messages.models import CallTask, CallTry, Message
from yimen.foundations.messages.operations.telling import tell_role
from yimen.foundations.messages.permissions import WORK_CALLS
from yimen.foundations.messages.queries import phone_of
from yimen.foundations.messages.rules import next_try
from yimen.kernel.actor import EVERYWHERE, Actor, system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotFound, NotPossible


class CallClosed(Conflict):
    code = "messages.call_closed"
    sentence = "这条告知已经有了结果：{state}。"


class CannotMark(NotPossible):
    code = "messages.cannot_mark"
    sentence = "{why}"


@dataclass(frozen=True)
class OpenedCall:
    """A call task with the number to dial (号码), "" when the register has none."""

    task: CallTask
    phone: str


@operation("messages.call.opened")
def open_call(*, by: Actor, at: datetime, task: UUID) -> OpenedCall:
    """Show the full number of a task to the worker who is about to call (显示号码); leaves a look at the person."""
    found = _load(by, task)
    by.must(WORK_CALLS, area=found.area)
    record_look(by=by, at=at, subject=found.person, area=found.area, why="电话告知，显示号码")
    return OpenedCall(found, phone_of(found, by=by))


@operation("messages.call.tried")
def mark_told(*, by: Actor, at: datetime, task: UUID, outcome: str, note: str = "") -> CallTask:
    """Write down what came of a call or a knock (登记告知结果).

    `outcome` is a key of the definition of telling: some end the task, the others count as tries in vain and end it after
    the last. Hearing of a death stops everything else to this person at once. Refused: an unknown outcome, a missing
    word of explanation, a task that has ended.
    """
    found = _load(by, task, lock=True)
    by.must(WORK_CALLS, area=found.area)
    on = day_of(at)
    calls = telling_on(on).calls
    chosen = calls.outcome(outcome)
    if chosen is None:
        raise CannotMark(why="没有这种告知结果，请从列出的结果中选择。")
    if found.state != CallState.OPEN:
        raise CallClosed(state=CallState(found.state).label)
    if chosen.needs_note and not note.strip():
        raise CannotMark(why=f"结果为“{chosen.label}”时，请写一句说明。")
    CallTry.objects.create(
        task=found,
        outcome=chosen.key,
        label=chosen.label,
        note=note.strip()[:200],
        tried_at=at,
        tried_by=by.key,
    )
    found.outcome = chosen.key
    if chosen.closes_as:
        _close(found, CallState(chosen.closes_as), by=by, at=at, why=note.strip() or chosen.label)
    else:
        _count(found, chosen, by=by, at=at)
    record(found, kind="call", area=found.area, outcome=chosen.key, state=found.state, tries=found.tries)
    if chosen.stops_person:
        announce(DeathHeard(subject=found.person, area=found.area, task=found.public_id))
        stop_for_person(person=found.person, by=by, at=at, why=f"告知时获悉：{chosen.label}")
    return found


@operation("messages.person.stopped", inner=True)
def stop_for_person(*, person: UUID, by: Actor, at: datetime, why: str) -> int:
    """Stop all calling and telling of one person (停止告知), because she died: open tasks end, unread messages go.

    Also those of other streets, which `by` cannot see: no family shall be called by an office that did not know.
    Answers how many were stopped.
    """
    on = day_of(at)
    everywhere = system_actor("messages.stop_for_person", areas=(EVERYWHERE,), on_behalf_of=by.key)
    with act_as(everywhere, on=on):
        tasks = list(CallTask.objects.select_for_update().filter(person=person, state=CallState.OPEN))
        for task in tasks:
            _close(task, CallState.STOPPED, by=by, at=at, why=why, tell=False)
            record(task, kind="call", area=task.area, state=task.state, why=task.closed_why)
        unread = Message.objects.filter(person=person, withdrawn_at=None).unread()
        messages = list(unread.select_for_update())
        for message in messages:
            message.withdrawn_at = at
            message.save(update_fields=["withdrawn_at"])
            record(message, kind="message", area=message.area, withdrawn=True)
    return len(tasks) + len(messages)


@operation("messages.person.started_again", inner=True)
def start_again_for_person(*, person: UUID, by: Actor, at: datetime, stopped_at: datetime) -> int:
    """Undo `stop_for_person` (恢复告知), because it was an error: what was stopped at that moment is open
    again, a call not before today. Answers how many came back.
    """
    on = day_of(at)
    everywhere = system_actor("messages.start_again_for_person", areas=(EVERYWHERE,), on_behalf_of=by.key)
    with act_as(everywhere, on=on):
        held = CallTask.objects.select_for_update().filter(person=person, state=CallState.STOPPED)
        tasks = list(held.filter(closed_at=stopped_at))
        for task in tasks:
            task.state, task.next_on = CallState.OPEN, max(task.next_on, on)
            task.closed_at, task.closed_by, task.closed_why = None, "", ""
            task.save(update_fields=["state", "next_on", "closed_at", "closed_by", "closed_why"])
            record(task, kind="call", area=task.area, state=task.state)
        gone = Message.objects.select_for_update().filter(person=person, withdrawn_at=stopped_at)
        messages = list(gone)
        for message in messages:
            message.withdrawn_at = None
            message.save(update_fields=["withdrawn_at"])
            record(message, kind="message", area=message.area, withdrawn=False)
    return len(tasks) + len(messages)


def _load(by: Actor, task: UUID, *, lock: bool = False) -> CallTask:
    tasks = CallTask.objects.within(by).filter(public_id=task)
    found = (tasks.select_for_update() if lock else tasks).first()
    if found is None:
        raise NotFound()
    return found


def _count(task: CallTask, chosen: Outcome, *, by: Actor, at: datetime) -> None:
    on = day_of(at)
    calls = telling_on(on).calls
    days = calls.again_after_days if chosen.again_after_days is None else chosen.again_after_days
    then = next_try(tries=task.tries, most=calls.tries, on=on, after_days=days)
    task.tries = then.tries
    if then.on is not None:
        task.next_on = then.on
        task.save(update_fields=["tries", "next_on", "outcome"])
        return
    _close(task, CallState.UNREACHED, by=by, at=at, why=f"联系 {then.tries} 次未果")
    if calls.tell_role_when_unreached:
        tell_role(
            by=by,
            at=at,
            role=calls.tell_role_when_unreached,
            role_area=task.area,
            area=task.area,
            title="有居民多次未联系上，请安排上门",
            text=f"{task.name}：{task.title}。已联系 {then.tries} 次未果，请安排上门告知。",
            link=f"/messages/calls/{task.public_id}/",
            person=task.person,
        )


def _close(task: CallTask, state: CallState, *, by: Actor, at: datetime, why: str, tell: bool = True) -> None:
    task.state, task.closed_at, task.closed_by, task.closed_why = state, at, by.key, why[:200]
    task.save(update_fields=["state", "closed_at", "closed_by", "closed_why", "outcome", "tries"])
    if tell:
        announce(PersonTold(subject=task.person, area=task.area, task=task.public_id, state=str(state)))
