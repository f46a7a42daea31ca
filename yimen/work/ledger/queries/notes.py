"""Notes (随手记) as their writer and those who may open the file read them."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.work.ledger.choices import WRITTEN
from yimen.work.ledger.engine import words
from yimen.work.ledger.engine.places import under
from yimen.work.ledger.models import Entry, ListedQuerySet
from yimen.work.ledger.permissions import VIEW_LATE


class NoNote(NotFound):
    code = "ledger.no_note"
    sentence = "没有这条随手记，或不在您的范围内。"


def get_note(public_id: UUID, *, by: Actor) -> Entry:
    """One note within reach, for its writer and who may open the file; refuses everybody else."""
    found = Entry.objects.within(by).filter(public_id=public_id, source_kind__in=WRITTEN, acts=1).first()
    if found is None:
        raise NoNote
    if not words.may_read(found, by=by):
        raise NotAllowed(permission="people.view_file", area=found.area)
    return found


def my_notes(*, by: Actor, first: date, last: date) -> ListedQuerySet:
    """The notes one wrote from ``first`` to ``last`` (我的随手记), newest first; what was taken back is left out."""
    return (
        Entry.objects.within(by)
        .filter(
            ~Exists(Entry.objects.filter(corrects=OuterRef("pk"))),
            done_by=by.key,
            source_kind__in=WRITTEN,
            acts=1,
            recorded_at__gte=_midnight(first),
            recorded_at__lt=_midnight(last + timedelta(days=1)),
        )
        .order_by("-id")
    )


def is_taken_back(entry: Entry) -> bool:
    """Was this deed taken back (已更正)?"""
    return Entry.objects.filter(corrects=entry).exists()


def days_at_the_door(dwelling: UUID, *, by: Actor, limit: int) -> list[Entry]:
    """The last notes at a door: day, kind and worker; their words are not for the door (门上不显示内容)."""
    found = Entry.objects.within(by).filter(
        ~Exists(Entry.objects.filter(corrects=OuterRef("pk"))), dwelling=dwelling, acts=1
    )
    return list(found.defer("note").order_by("-id")[:limit])


def late_shares(*, area: str, month: Month, by: Actor) -> QuerySet:
    """What each worker entered in a month and how much of it late (补录占比): done_by, name, acts, late, reasons."""
    by.must(VIEW_LATE, area=area)
    late = Q(backdated=True)
    return (
        Entry.objects.within(by)
        .filter(
            under(area, by=by),
            acts=1,
            done_by__startswith="account:",
            recorded_at__gte=_midnight(month.first_day),
            recorded_at__lt=_midnight(month.next().first_day),
        )
        .values("done_by")
        .annotate(
            name=Max("done_by_name"),
            acts=Count("id"),
            late=Count("id", filter=late),
            explained=Count("id", filter=late & ~Q(late_reason="")),
        )
        .order_by("name", "done_by")
    )


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=STREET_TIME)
