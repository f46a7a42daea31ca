"""Read one's inbox and the list of people to be told."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from yimen.foundations.bus.api import kept
from yimen.foundations.messages.choices import CallState, WayKind
from yimen.foundations.messages.models import CallTask, CallTry, Message
from yimen.foundations.messages.permissions import WORK_CALLS
from yimen.foundations.messages.ports import Way, reach_ways
from yimen.kernel.actor import Actor
from yimen.kernel.clock import midnight
from yimen.kernel.refusals import NotFound
from yimen.standards.masking import mask_phone

CLEARED = "（已按期抹去）"


def inbox(*, by: Actor) -> QuerySet[Message]:
    """One's own messages (收件箱), newest first."""
    return Message.objects.of(by)


def first_unread(*, by: Actor, most: int) -> list[Message]:
    """The newest that were not read yet, for the first page."""
    return _first_unread(by.key, most=most)


@kept
def _first_unread(addressee: str, *, most: int) -> QuerySet[Message]:
    return Message.objects.addressed_to(addressee).unread().order_by("-id")[:most]


def unread_count(*, by: Actor) -> int:
    """How many of them were not read yet (未读数), for the bell."""
    return next(iter(_unread_of(by.key)), 0)


@kept
def _unread_of(addressee: str) -> QuerySet:
    waiting = Message.objects.addressed_to(addressee).unread().order_by()
    return waiting.values("addressee").annotate(count=Count("pk")).values_list("count", flat=True)


def all_calls(*, by: Actor, on: date) -> QuerySet[CallTask]:
    """Everybody to be told, and who was (电话/敲门名单), where `by` may work the list; `is_late` on the day."""
    return _tasks(by, by.areas_for(WORK_CALLS), on)


def calls_to_make(*, by: Actor, on: date) -> QuerySet[CallTask]:
    """Those whose next try is due on the day or before (今天要告知的), the oldest first."""
    return _due(all_calls(by=by, on=on), on)


def first_calls(*, by: Actor, on: date, most: int) -> list[CallTask]:
    """The first of them, for the first page."""
    return _first_calls(by, by.areas_for(WORK_CALLS), on, most=most)


@kept
def _first_calls(by: Actor, areas: Sequence[str], on: date, *, most: int) -> QuerySet[CallTask]:
    return _due(_tasks(by, areas, on), on)[:most]


def _tasks(by: Actor, areas: Sequence[str], on: date) -> QuerySet[CallTask]:
    tasks = CallTask.objects.within(by).filter(area__begins_with_any=areas)
    is_late = ExpressionWrapper(Q(state=CallState.OPEN, due_on__lt=on), output_field=BooleanField())
    return tasks.annotate(is_late=is_late)


def _due(tasks: QuerySet[CallTask], on: date) -> QuerySet[CallTask]:
    return tasks.filter(state=CallState.OPEN, next_on__lte=on).order_by("next_on", "id")


def get_call(task: UUID, *, by: Actor) -> CallTask:
    """One task of the list. Refuses what is out of reach as not found."""
    found = CallTask.objects.within(by).filter(public_id=task).first()
    if found is None:
        raise NotFound()
    by.must(WORK_CALLS, area=found.area)
    return found


def tries_of(task: CallTask, *, by: Actor) -> list[CallTry]:
    """What was tried so far (告知经过), oldest first."""
    return list(CallTry.objects.within(by).filter(task=task).order_by("id"))


def phone_of(task: CallTask, *, by: Actor) -> str:
    """The number behind the task's way, asked from the register (号码); "" when it has none."""
    way = Way(WayKind(task.way), key=task.way_key, note=task.way_note)
    numbers = (source.phone_of(task.person, way=way, by=by) for source in reach_ways)
    return next((number for number in numbers if number), "")


def masked_phone(task: CallTask, *, by: Actor) -> str:
    """The same with its middle hidden (138****5678), to know before asking that there is one."""
    number = phone_of(task, by=by)
    return mask_phone(number) if number else ""


def sent_before(before: date, *, by: Actor) -> QuerySet[Message]:
    """Messages that were sent before a day (多年前的消息)."""
    return Message.objects.filter(sent_at__lt=midnight(before))


def told_before(before: date, *, by: Actor) -> QuerySet[CallTask]:
    """Calls that were closed before a day, where a name still stands."""
    closed = CallTask.objects.within(by).exclude(state=CallState.OPEN).filter(closed_at__lt=midnight(before))
    return closed.exclude(name=CLEARED)
