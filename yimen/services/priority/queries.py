"""Reads of priority service: what holds of a person, and what a service week brought to whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, DateField, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from yimen.foundations.access.api import grants_of_many
from yimen.foundations.access.ports import roles
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.consents import api as consents
from yimen.registers.people import api as people
from yimen.services.priority.choices import Source
from yimen.services.priority.engine.grounds import practice
from yimen.services.priority.models import PriorityMark
from yimen.services.priority.permissions import VIEW, VIEW_WEEK
from yimen.work.ledger.api import deeds_between, titles_of

WEEK = timedelta(days=6)
SERVED_FIRST = "served_first"


class NoMark(NotFound):
    code = "priority.no_mark"
    sentence = "没有这个优先标记，或不在您的范围内。"


def marks_on(ids: Iterable[UUID], *, by: Actor, on: date) -> list[PriorityMark]:
    """The marks of this person (all ids that mean her) that hold on a day; none for who may not see them."""
    if not by.can_somewhere(VIEW):
        return []
    rows = PriorityMark.objects.within(by).filter(person__in=list(ids)).exclude(_outdated(on, by=by))
    return list(rows.on(on).order_by("-until", "id"))


def asked_words(*, on: date) -> str:
    """What is read to her before a mark rests on her consent (询问时的告知内容)."""
    return consents.words_on(SERVED_FIRST, on=on)


def holders_on(*, on: date) -> QuerySet:
    """Whose marks hold on a day, to narrow a list of residents by (有优先标记的); within the reach that the database holds."""
    return PriorityMark.objects.on(on).values("person")


def get_mark(public_id: UUID, *, by: Actor, lock: bool = False) -> PriorityMark:
    """One mark within reach; refuses who may not see any."""
    rows = PriorityMark.objects.within(by)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(public_id=public_id).first()
    if found is None or not by.can_somewhere(VIEW):
        raise NoMark
    return found


def week_of_marks(monday: date, *, by: Actor) -> QuerySet[PriorityMark]:
    """Who had a mark in a week (服务周), each once, with ``got``: 0 for whom nothing was done in it, so that they come first.

    Residents of the actor's areas only, and nobody who wants her data used for little (限制使用).
    """
    areas = by.areas_for(VIEW_WEEK)
    if not areas:
        return PriorityMark.objects.none()
    sunday = monday + WEEK
    holding = PriorityMark.objects.within(by).filter(since__lte=sunday, until__gt=monday)
    holding = holding.exclude(_outdated(sunday, by=by))
    longer = Q(until__gt=OuterRef("until")) | Q(until=OuterRef("until"), id__lt=OuterRef("id"))
    deeds = deeds_between(monday, sunday, also=practice(on=sunday).also, by=by)
    # Two questions, so that each finds her by the index of entries; the second is of files put into hers.
    hers = Exists(deeds.filter(person=OuterRef("person"))) | Exists(
        deeds.filter(person__in=people.absorbed_ids(OuterRef(OuterRef("person")), by=by))
    )
    listed = people.residents(by=by).filter(area__begins_with_any=areas)
    return (
        holding.filter(person__in=listed.values("public_id"))
        .filter(~Exists(holding.filter(longer, person=OuterRef("person"))))
        .annotate(
            got=Case(When(hers, then=1), default=0, output_field=IntegerField()),
            monday=Value(monday, output_field=DateField()),
        )
    )


def _outdated(on: date, *, by: Actor) -> Q:
    """Marks that rest on a consent to words that count no more (须重新征得同意的): they stand on no page until she is asked."""
    outdated = consents.asked_anew(SERVED_FIRST, on=on, by=by)
    return Q(source=Source.CONSENT, person__in=outdated.values("person"))


def what_they_got(
    persons: Sequence[UUID], monday: date, *, by: Actor
) -> dict[UUID, list[tuple[date, str, str]]]:
    """What was done for each of these people in a week (得到的服务): day, what, and by whom with her post.

    Four queries however many they are. What only some posts may read by name is told to others in general words.
    """
    sunday = monday + WEEK
    rule = practice(on=sunday)
    kept = people.ids_of_people(persons, by=by)
    rows = deeds_between(monday, sunday, also=rule.also, by=by).filter(person__in=list(kept))
    entries = list(rows.order_by("happened_on", "id"))
    hidden = {one.item for one in rule.guarded if not by.can_somewhere(one.permission)}
    posts = _posts({entry.done_by for entry in entries}, on=sunday)
    found: dict[UUID, list[tuple[date, str, str]]] = defaultdict(list)
    for entry in entries:
        what = rule.guarded_words if entry.item in hidden else titles_of([entry.item], on=entry.happened_on)
        who = " ".join(part for part in (posts.get(entry.done_by, ""), entry.done_by_name) if part)
        found[kept[entry.person]].append((entry.happened_on, what, who))
    return found


def _posts(keys: Iterable[str], *, on: date) -> dict[str, str]:
    """The posts of these workers on a day (岗位), by actor key; one query."""
    accounts = {}
    for key in keys:
        kind, _, account = key.partition(":")
        if kind == "account":
            accounts[key] = UUID(account)
    titles = {key: role.title for key, role in roles(on=on).items()}
    held = grants_of_many(accounts.values(), on=on)
    return {
        key: "、".join(dict.fromkeys(titles.get(grant.role, "") for grant in held.get(account, ())))
        for key, account in accounts.items()
    }


def ended_before(before: date, *, by: Actor) -> QuerySet[PriorityMark]:
    """Marks that ended before a day (早已到期的优先标记)."""
    return PriorityMark.objects.within(by).filter(until__lte=before)


def live_in(area: str) -> QuerySet[PriorityMark]:
    """The marks of an area that ends (本辖区的优先标记)."""
    return PriorityMark.objects.filter(area=area)
