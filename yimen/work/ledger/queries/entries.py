"""The entries themselves: behind a figure, of a person, of a case, of a worker's day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.periods import Month
from yimen.registers.people.api import person_stamp
from yimen.work.ledger.engine.places import under, under_now
from yimen.work.ledger.models import Entry, EntryItem, ListedQuerySet, Presence
from yimen.work.ledger.rules import EVERYONE, About, Bands


def about_person(person: UUID, *, by: Actor) -> About:
    """The person as she stands now, for an entry about her (对象快照). Refuses who is not within reach."""
    stamp = person_stamp(person, by=by)
    return About(
        person=stamp.public_id,
        sex=stamp.sex,
        birth_on=stamp.birth_on,
        residence=stamp.residence_kind,
        household=stamp.household,
    )


def entries(
    *,
    items: Iterable[str],
    area: str,
    first: Month,
    last: Month,
    by: Actor,
    bands: Bands = EVERYONE,
    own: bool = False,
    with_taken_back: bool = False,
    folds: Mapping[str, str] | None = None,
) -> ListedQuerySet:
    """The entries behind a figure: as many as its acts. What was taken back stands in the list only when asked for,
    then in pairs: the deed and the entry that takes it back. ``own``: only of the area itself (本级); ``folds``: by the areas
    of today, as the figure (按现行区划)."""
    found = (
        _within(EntryItem, by, folds)
        .filter(_chosen(items, area, first, last, by, own, folds), *_narrowed(bands, "entry__"))
        .select_related("entry")
        .order_by("-id")
    )
    if with_taken_back:
        return found
    return found.filter(~Exists(Entry.objects.filter(corrects=OuterRef("entry"))), entry__acts=1)


def persons_behind(
    *,
    items: Iterable[str],
    area: str,
    first: Month,
    last: Month,
    by: Actor,
    bands: Bands = EVERYONE,
    own: bool = False,
    folds: Mapping[str, str] | None = None,
) -> ListedQuerySet:
    """The persons behind a number of persons: one row each, with ``times``, how many acts there were for her."""
    found = _within(Presence, by, folds).filter(
        _chosen(items, area, first, last, by, own, folds), *_narrowed(bands, ""), acts__gt=0
    )
    hers = found.filter(person=OuterRef("person"))
    times = hers.order_by().values("person").annotate(times=Sum("acts")).values("times")
    return (
        found.filter(~Exists(hers.filter(id__lt=OuterRef("id"))))
        .annotate(times=Subquery(times))
        .order_by("-id")
    )


def entries_of_person(people: Sequence[UUID], *, by: Actor) -> QuerySet[Entry]:
    """What was done for one person (办过的事), wherever it was done, newest first; ``people`` are all her ids.

    An entry that was taken back is left out together with the one that takes it back.
    """
    taken_back = Entry.objects.filter(corrects=OuterRef("pk"))
    return Entry.objects.within(by).filter(~Exists(taken_back), person__among=people, acts=1).order_by("-id")


def latest_on_file(people: Sequence[UUID], *, by: Actor, limit: int) -> list[Entry]:
    """Those of them that stand on her file, the latest entered first: the card, and the first page of a timeline."""
    return _latest_on_file(by, list(people), limit=limit)


def on_file_of(people: Sequence[UUID], *, by: Actor) -> QuerySet[Entry]:
    """What was done for one person and stands on her file (档案上的办事经历): not what its item keeps off it."""
    return entries_of_person(people, by=by).filter(on_file=True)


@kept
def _latest_on_file(by: Actor, people: list[UUID], *, limit: int) -> QuerySet[Entry]:
    found = on_file_of(people, by=by)
    return found.order_by("-recorded_at", "-public_id")[:limit]


def deeds_by_person(
    people: Iterable[UUID], *, items: Iterable[str], since: date | None = None, by: Actor
) -> list[tuple[UUID, str, date, int]]:
    """What was done for many people (办过的次数): person, item, last day and how often, in one query.

    An entry that was taken back is left out. The days are those of the deed.
    """
    taken_back = Entry.objects.filter(corrects=OuterRef("pk"))
    rows = Entry.objects.within(by).filter(
        ~Exists(taken_back), person__in=list(people), item__in=list(items), acts=1
    )
    if since:
        rows = rows.filter(happened_on__gte=since)
    told = rows.values("person", "item").annotate(last=Max("happened_on"), times=Count("pk"))
    return [(row["person"], row["item"], row["last"], row["times"]) for row in told]


def deeds_between(first: date, last: date, *, also: Iterable[str] = (), by: Actor) -> ListedQuerySet:
    """What was done for residents from a day to a day (期间办过的事), as their files tell it; ``also`` are items that these leave
    out. What was taken back is left out together with the entry that takes it back.
    """
    taken_back = Entry.objects.filter(corrects=OuterRef("pk"))
    told = Q(on_file=True) | Q(item__in=list(also))
    done = Entry.objects.within(by).filter(told, ~Exists(taken_back), acts=1, person__isnull=False)
    return done.filter(happened_on__range=(first, last))


def entries_of_source(source: UUID, *, by: Actor) -> QuerySet[Entry]:
    """The entries that came from one case, duty, gathering or grant, oldest first."""
    return Entry.objects.within(by).filter(source=source).order_by("id")


def done_by(actor_key: str, *, on: date, by: Actor) -> ListedQuerySet:
    """What one worker entered on one day (今天我办了什么), oldest first; what was entered late is among it."""
    day = _bounds(on)
    return (
        Entry.objects.within(by)
        .filter(done_by=actor_key, recorded_at__gte=day[0], recorded_at__lt=day[1])
        .order_by("id")
    )


def acts_today(actor_key: str, *, on: date, by: Actor) -> int:
    """How many deeds one worker entered on one day, less what was taken back."""
    return sum(_acts_between(by, actor_key, *_bounds(on)))


@kept
def _acts_between(by: Actor, actor_key: str, begins: datetime, ends: datetime) -> QuerySet:
    rows = Entry.objects.within(by).filter(done_by=actor_key, recorded_at__gte=begins, recorded_at__lt=ends)
    return rows.values_list("acts", flat=True)


def _bounds(on: date) -> tuple[datetime, datetime]:
    midnight = datetime.combine(on, time(), tzinfo=STREET_TIME)
    return midnight, midnight + timedelta(days=1)


def _within(model: type[EntryItem | Presence], by: Actor, folds: Mapping[str, str] | None) -> ListedQuerySet:
    """The rows to choose from. By the areas of today `_chosen` asks for reach itself: of the successor, where one took over."""
    return model.objects.all() if folds else model.objects.within(by)


def _chosen(
    items: Iterable[str],
    area: str,
    first: Month,
    last: Month,
    by: Actor,
    own: bool,
    folds: Mapping[str, str] | None,
) -> Q:
    months = (first.first_day, last.first_day)
    place = under_now(area, by=by, folds=folds) if folds and not own else under(area, by=by, own=own)
    return place & Q(item__in=list(items), month__range=months)


def _narrowed(bands: Bands, prefix: str) -> list[Q]:
    columns = {"sex": bands.sexes, "age_band": bands.age_bands, "residence": bands.residences}
    return [Q(**{f"{prefix}{column}__in": wanted}) for column, wanted in columns.items() if wanted]
