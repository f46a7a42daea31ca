"""What a merge would do, before it is done; and what was written since, before it is taken back (并档预览)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Model

from yimen.foundations.audit.api import called, trail_of
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.registers.people.choices import HOUSEHOLDER, DocumentKind, Doubt
from yimen.registers.people.models import AccountPerson, Alias, Membership, Person, PersonDocument
from yimen.registers.people.permissions import MERGE
from yimen.registers.people.ports import FileDeed, file_cards, merge_reconcilers, timeline_sources
from yimen.registers.people.queries.persons import NoSuchPerson
from yimen.registers.people.queries.rows_on_file import naming_column
from yimen.registers.people.rules.merging import TAKEN_OVER, doubts_after, taken_over, why_not_one_person
from yimen.registers.people.rules.rights import may_with_person

SHOWN = 50


@dataclass(frozen=True)
class Moved:
    """So many rows of one kind are read under the kept file from then on (归到保留的档案)."""

    title: str
    count: int


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do (合并预览): what is taken over, what follows, what stands in its way, what to look at first."""

    keep: UUID
    alias: UUID
    keep_name: str
    keep_number: str
    alias_number: str
    taken_over: tuple[str, ...]
    moved: tuple[Moved, ...]
    follows: tuple[str, ...]
    why_not: tuple[Finding, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """A merge that stands (已合并): which file was put into which, when and why."""

    alias: UUID
    alias_name: str
    alias_number: str
    keep: UUID
    keep_name: str
    merged_at: datetime
    merged_by: str
    reason: str
    may_undo: bool


def better_kept(one: UUID, other: UUID, *, by: Actor) -> UUID:
    """Which of the two is better kept (保留哪一份): the one with an id card, else the older file."""
    both = list(Person.objects.within(by).filter(public_id__in=[one, other]).order_by("id"))
    carded = PersonDocument.objects.filter(
        person__in=[person.id for person in both], kind=DocumentKind.ID_CARD, until__isnull=True
    )
    with_card = set(carded.values_list("person_id", flat=True))
    ordered = sorted(both, key=lambda person: (person.id not in with_card, person.id))
    return ordered[0].public_id if ordered else one


def why_not_merge(keeper: Person, other: Person, *, by: Actor) -> list[Finding]:
    """Everything that forbids merging these two (为什么不能合并): of the register, and of the apps above."""
    own = why_not_one_person(
        keeper_died=keeper.died_on,
        other_died=other.died_on,
        accounts=AccountPerson.objects.filter(person__in=[keeper, other]).count(),
        other_keeps=Person.objects.filter(merged_into=other).exists(),
        other_number=other.number,
    )
    return own + [
        clash
        for port in merge_reconcilers
        for clash in port.clashes(keeper.public_id, other.public_id, by=by)
    ]


def preview_merge(keep: UUID, alias: UUID, *, by: Actor) -> MergePreview:
    """What merging ``alias`` into ``keep`` would do; nothing is written (合并预览)."""
    people = {one.public_id: one for one in Person.objects.within(by).filter(public_id__in=[keep, alias])}
    if len(people) < 2:
        raise NoSuchPerson()
    keeper, other = people[keep], people[alias]
    for one in (keeper, other):
        by.must(MERGE, area=one.area)
    seats = {
        seat.person_id: seat
        for seat in Membership.objects.filter(person__in=[keeper, other], until__isnull=True).select_related(
            "household"
        )
    }
    cards: dict[int, set[str]] = {keeper.id: set(), other.id: set()}
    papers = PersonDocument.objects.filter(person__in=[keeper, other], until__isnull=True)
    for paper in papers:
        if paper.kind == DocumentKind.ID_CARD:
            cards[paper.person_id].add(paper.number_hash)
    fields = taken_over(_known(keeper), _known(other))
    lifted = keeper.doubts != doubts_after(
        keeper.doubts, [], other_has_papers=any(paper.person_id == other.id for paper in papers)
    )
    return MergePreview(
        keep=keep,
        alias=alias,
        keep_name=keeper.name,
        keep_number=keeper.number,
        alias_number=other.number,
        taken_over=tuple(TAKEN_OVER[field] for field in fields) + (("证件（不再欠证件）",) if lifted else ()),
        moved=rows_naming((other.public_id,), area=other.area, by=by),
        follows=_follows(keeper, other, seats),
        why_not=tuple(why_not_merge(keeper, other, by=by)),
        warnings=_warnings(keeper, other, cards),
    )


def merges_of(keeper: UUID, *, by: Actor) -> list[Merged]:
    """The files that were put into this one and stand so, newest first."""
    rows = Alias.objects.within(by).filter(person__public_id=keeper, undone_at__isnull=True)
    return [_merged(row, by=by) for row in rows.select_related("person", "alias").order_by("-id")]


def merge_of(alias: UUID, *, by: Actor) -> Merged:
    """The merge by which this file was put into another one; refuses when there is none within reach."""
    row = (
        Alias.objects.within(by)
        .filter(alias__public_id=alias, undone_at__isnull=True)
        .select_related("person", "alias")
        .first()
    )
    if row is None:
        raise NoSuchPerson()
    by.must(MERGE, area=row.alias.area)
    return _merged(row, by=by)


def written_since_merge(merged: Merged, *, by: Actor) -> list[FileDeed]:
    """What was written on the kept file since the merge (合并以后写入的): it stays there, and a person has to sort it."""
    area = Person.objects.within(by).values_list("area", flat=True).get(public_id=merged.keep)
    told = [
        FileDeed(
            at=row.at, order=f"trail.{row.id}", title=called(row.inner_verb or row.verb) or row.verb, by=""
        )
        for row in trail_of(merged.keep, by=by).filter(at__gt=merged.merged_at)[:SHOWN]
    ]
    for source in timeline_sources:
        if may_with_person(by, source.permission, area=area):
            deeds = source.deeds((merged.keep,), by=by, before=None, limit=SHOWN)
            told += [deed for deed in deeds if deed.at > merged.merged_at]
    return sorted(told, key=lambda deed: (deed.at, deed.order), reverse=True)[:SHOWN]


def rows_naming(people: Sequence[UUID], *, area: str, by: Actor) -> tuple[Moved, ...]:
    """How many rows of each kind name these files of one person (各类记录条数): only kinds that this actor may see at all, and of
    those only rows that show to her.

    One statement, and one for each kind of which not every row shows.
    """
    titles = {card.key: card.title for card in file_cards}
    plugs = [
        plug
        for plug in (*timeline_sources, *file_cards)
        if plug.rows and may_with_person(by, plug.permission, area=area)
    ]
    kinds = {plug.rows: titles.get(plug.key, "") for plug in plugs}
    shown = {plug.rows: plug.count(people, by=by) for plug in plugs if plug.count}
    counts = _rows_of(people, kinds.keys() - shown.keys()) | shown
    return tuple(
        Moved(kinds[model] or str(model._meta.verbose_name), counts[model])
        for model in sorted(kinds, key=_table)
        if counts[model]
    )


def _rows_of(people: Sequence[UUID], models: Iterable[type[Model]]) -> dict[type[Model], int]:
    """How many rows of each of these tables name these files."""
    ordered = sorted(models, key=_table)
    if not ordered:
        return {}
    text = ", ".join(
        f'(SELECT count(*) FROM "{_table(model)}" WHERE {naming_column(model)} = ANY(%(ids)s))'  # nosec B608 - our own tables
        for model in ordered
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {text}", {"ids": list(people)})  # nosec B608 - as above
        return dict(zip(ordered, cursor.fetchone(), strict=True))


def _table(model: type[Model]) -> str:
    return model._meta.db_table


def _merged(row: Alias, *, by: Actor) -> Merged:
    return Merged(
        alias=row.alias.public_id,
        alias_name=row.alias.name,
        alias_number=row.alias.number,
        keep=row.person.public_id,
        keep_name=row.person.name,
        merged_at=row.merged_at,
        merged_by=row.merged_by_name,
        reason=row.reason,
        may_undo=by.can(MERGE, area=row.alias.area),
    )


def _known(person: Person) -> dict:
    return {field: getattr(person, field) for field in TAKEN_OVER}


def _follows(keeper: Person, other: Person, seats: dict[int, Membership]) -> tuple[str, ...]:
    """What happens to what is live and only once (唯一的现状): household seat and account."""
    lines = []
    seat, own = seats.get(other.id), seats.get(keeper.id)
    if seat:
        house = f"{seat.household.householder or '未定户主'} 户"
        if own and own.household_id == seat.household_id:
            lines.append(f"两份都在 {house}，保留原来的与户主关系，另一份的位置结束。")
        elif own:
            lines.append(f"保留的一份已在 {own.household.householder or '未定户主'} 户，另一份离开 {house}。")
        else:
            lines.append(f"在 {house} 的位置由保留的一份接替。")
        if seat.role == HOUSEHOLDER and own:
            lines.append(f"{house}将没有户主，请合并后重新登记户主。")
    if AccountPerson.objects.filter(person=other).exists():
        lines.append("登录账号改为关联保留的一份。")
    return tuple(lines)


def _warnings(keeper: Person, other: Person, cards: dict[int, set[str]]) -> tuple[str, ...]:
    lines = []
    if cards[keeper.id] and cards[other.id]:
        lines.append("两份档案各有一个身份证号码：请确认其中一个是录错的，否则是两个人。")
    elif cards[other.id]:
        lines.append("身份证登记在另一份上：建议换过来，保留有身份证的一份。")
    if keeper.birth_on and other.birth_on and keeper.birth_on != other.birth_on:
        lines.append("出生日期不同：保留本份的，另一份的仍可查到。")
    if Doubt.RESTRICTED in other.doubts and Doubt.RESTRICTED not in keeper.doubts:
        lines.append("另一份档案限制使用：合并后保留的一份同样限制，撤销合并也不会自动解除。")
    if keeper.community != other.community:
        lines.append("两份档案在不同社区：人口数按保留的一份计。")
    return tuple(lines)
