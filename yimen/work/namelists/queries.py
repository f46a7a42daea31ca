"""Reads of namelists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from yimen.foundations.definitions.api import Definition
from yimen.foundations.documents.api import file_content
from yimen.foundations.forms.api import carried_form
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.clock import midnight
from yimen.kernel.refusals import Conflict, NotFound
from yimen.registers.places.api import area_name, areas_under
from yimen.work.namelists.choices import OPEN, Fit, Outcome, State
from yimen.work.namelists.engine.sheets import Sheet, read_sheet
from yimen.work.namelists.models import ListRow, NameList, RowDeed
from yimen.work.namelists.permissions import HOLD, VIEW, WORK


class NoList(NotFound):
    code = "namelists.no_list"
    sentence = "没有这个名单任务，或不在您的范围内。"


class NoRow(NotFound):
    code = "namelists.no_row"
    sentence = "名单上没有这一行，或不在您的范围内。"


class ListIsOver(Conflict):
    code = "namelists.over"
    sentence = "这个名单任务已经结束，不能再改。"


class NotADraft(Conflict):
    code = "namelists.sent_out"
    sentence = "名单已经下发，不能再改表头和对上情况。"


@dataclass(frozen=True)
class Progress:
    """How far it is with the rows of an area (进度); ``area`` is "" for all together."""

    area: str
    by_outcome: dict[str, int] = field(default_factory=dict)

    @property
    def all(self) -> int:
        return sum(self.by_outcome.values())

    @property
    def open(self) -> int:
        return sum(self.by_outcome.get(one, 0) for one in OPEN)

    @property
    def again(self) -> int:
        return self.by_outcome.get(Outcome.AGAIN, 0)

    @property
    def ended(self) -> int:
        return self.all - self.open


def lists(*, by: Actor) -> QuerySet[NameList]:
    """The lists of one's area (名单任务清单): drafts only for whoever sends lists out."""
    if not by.can_somewhere(VIEW):
        return NameList.objects.none()
    held = Q(area__begins_with_any=by.areas_for(HOLD)) if by.can_somewhere(HOLD) else Q(pk__in=())
    return NameList.objects.within(by).filter(~Q(state=State.DRAFT) | held).defer("questions")


def areas_to_ask_in(*, by: Actor, on: date) -> dict[str, str]:
    """Where one may send a list out (可以在哪里下发): code and name; a street with its communities."""
    found: dict[str, str] = {}
    for held in by.areas_for(HOLD):
        found[held] = area_name(held)
        if len(held) == Level.STREET.digits:
            found |= {one.code: one.name for one in areas_under(held, Level.COMMUNITY, on=on)}
    return found


def get_list(public_id: UUID, *, by: Actor) -> NameList:
    """One list (名单任务). Refuses as `NoList`; a draft stands only before who may send it out."""
    found = NameList.objects.within(by).filter(public_id=public_id).first()
    if found is None or (found.is_draft and not by.can(HOLD, area=found.area)):
        raise NoList
    return found


def locked_list(public_id: UUID, *, by: Actor, draft: bool = False) -> NameList:
    """The list, held until the end, where this actor sends lists out and it is not over (名单任务，锁住)."""
    found = NameList.objects.within(by).select_for_update(of=("self",)).filter(public_id=public_id).first()
    if found is None:
        raise NoList
    by.must(HOLD, area=found.area)
    if found.state == State.CLOSED:
        raise ListIsOver
    if draft and not found.is_draft:
        raise NotADraft
    return found


def rows_of(found: NameList, *, by: Actor) -> QuerySet[ListRow]:
    """The rows of a list within reach (名单)."""
    return ListRow.objects.within(by).filter(name_list=found)


def rows_listed(found: NameList, *, by: Actor) -> QuerySet[ListRow]:
    """The same for a list page, without what stays sealed; each with the public id of its list as ``list_key``."""
    return rows_of(found, by=by).defer("phone", "answers").annotate(list_key=F("name_list__public_id"))


def my_rows(*, by: Actor) -> QuerySet[ListRow]:
    """What is to be worked in one's areas (我的名单), by list, area and place in the sheet."""
    areas = by.areas_for(WORK)
    if not areas:
        return ListRow.objects.none()
    rows = ListRow.objects.within(by).filter(area__begins_with_any=areas, name_list__state=State.RUNNING)
    return (
        rows.exclude(outcome=Outcome.DROPPED)
        .defer("phone", "answers")
        .annotate(
            list_key=F("name_list__public_id"),
            list_title=F("name_list__title"),
            due_on=F("name_list__due_on"),
        )
    )


def lists_to_work(*, by: Actor) -> list[tuple[str, str]]:
    """The running lists that have rows in one's areas, to choose from (选名单)."""
    mine = NameList.objects.within(by).filter(state=State.RUNNING).order_by("due_on", "id")
    return [(str(public_id), title) for public_id, title in mine.values_list("public_id", "title")]


def get_row(public_id: UUID, *, by: Actor, locked: bool = False) -> ListRow:
    """One row with its list (名单行). Refuses as `NoRow`; ``locked`` holds it until the end."""
    rows = ListRow.objects.within(by).select_related("name_list").filter(public_id=public_id)
    found = (rows.select_for_update(of=("self",)) if locked else rows).first()
    if found is None or (found.name_list.is_draft and not by.can(HOLD, area=found.name_list.area)):
        raise NoRow
    return found


def next_row(row: ListRow, *, by: Actor) -> ListRow | None:
    """The next open row of the same list that this actor may work, in the same area first (下一户)."""
    rows = my_rows(by=by).filter(name_list=row.name_list_id, outcome=Outcome.WAITING).exclude(pk=row.pk)
    return rows.filter(area=row.area).order_by("id").first() or rows.order_by("id").first()


def deeds_of(row: ListRow, *, by: Actor) -> list[RowDeed]:
    """What was done with a row, in its order (名单行经过)."""
    return list(RowDeed.objects.within(by).filter(row=row).order_by("id"))


def form_of_list(found: NameList) -> Definition:
    """The questions of a list as forms read them (题目)."""
    return carried_form(found.title, found.questions, key="namelist", on=found.uploaded_at.date())


def sheet_of(found: NameList, *, by: Actor, name: str = "", head: int = 0) -> Sheet:
    """The sheet of a list as it was uploaded (原表), read as it was told or as asked here."""
    data = file_content(found.file, subject=found.public_id, by=by)
    return read_sheet(data, found.kind, name=name or found.sheet, head=head or found.head)


def progress_of(found: NameList, *, by: Actor) -> list[Progress]:
    """How far it is, by the area each row went to (进度); one query."""
    lines: dict[str, dict[str, int]] = {}
    counted = rows_of(found, by=by).values_list("area", "outcome").annotate(n=Count("id"))
    for area, outcome, n in counted.order_by("area", "outcome"):
        lines.setdefault(area, {})[outcome] = n
    return [Progress(area, outcomes) for area, outcomes in lines.items()]


def together(lines: Iterable[Progress]) -> Progress:
    """The sum over areas (合计)."""
    sums: dict[str, int] = {}
    for line in lines:
        for outcome, n in line.by_outcome.items():
            sums[outcome] = sums.get(outcome, 0) + n
    return Progress("", sums)


def progress_of_many(found: Sequence[NameList], *, by: Actor) -> dict[int, Progress]:
    """How far it is, for a page of lists (进度); one query."""
    sums: dict[int, dict[str, int]] = {one.pk: {} for one in found}
    rows = ListRow.objects.within(by).filter(name_list__in=[one.pk for one in found])
    for number, outcome, n in rows.values_list("name_list_id", "outcome").annotate(n=Count("id")).order_by():
        sums[number][outcome] = n
    return {number: Progress("", outcomes) for number, outcomes in sums.items()}


def fits_of(found: NameList, *, by: Actor) -> dict[str, int]:
    """How many rows are matched, have several who fit, or nobody (对上情况); and how many have no place to go to yet."""
    return rows_of(found, by=by).aggregate(
        **{str(one): Count("id", filter=Q(fit=one)) for one in Fit},
        homeless=Count("id", filter=Q(area=found.area)),
        all=Count("id"),
    )


def open_rows_of(people: Sequence[UUID], *, by: Actor) -> QuerySet[ListRow]:
    """The rows of lists that are not over which mean somebody (名单上的人)."""
    return ListRow.objects.within(by).filter(person__in=list(people)).exclude(name_list__state=State.CLOSED)


def open_in(area: str) -> QuerySet[ListRow]:
    """The open rows that stand in exactly this area; they follow it when areas are reorganised."""
    return ListRow.objects.filter(area=area, outcome__in=OPEN)


def rows_before(before: date, *, by: Actor) -> QuerySet[ListRow]:
    """The rows of lists that ended before a day, or were uploaded before it and never sent out (到期的名单)."""
    over = Q(name_list__state=State.CLOSED, name_list__closed_at__lt=midnight(before))
    left = Q(name_list__state=State.DRAFT, name_list__uploaded_at__lt=midnight(before))
    return ListRow.objects.within(by).filter(over | left)


def lists_with_work(*, by: Actor, most: int) -> list[dict[str, Any]]:
    """The lists with open rows in one's areas, the most urgent first (还有没核实的): key, title, last day, how many."""
    rows = my_rows(by=by).filter(outcome__in=OPEN)
    counted = rows.values("list_key", "list_title", "due_on").annotate(n=Count("id"))
    return list(counted.order_by("due_on", "list_key")[:most])
