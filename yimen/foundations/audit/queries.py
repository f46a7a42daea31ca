"""Read the trail: for the person concerned, for the page of a record, and for the auditor."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from yimen.foundations.audit.engine.digests import detail_digest, is_keyed, row_holds, seal_head
from yimen.foundations.audit.gateways import heads_outside
from yimen.foundations.audit.models import (
    Backup,
    Look,
    Proving,
    Seal,
    SealedRow,
    TrailDetail,
    TrailRow,
    Unsealed,
    UnusualReading,
)
from yimen.foundations.audit.permissions import VIEW_TRAIL
from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.ids import uuid7_ms
from yimen.kernel.refusals import NotAllowed

DAYS_OF_HEADS = 366
FAULTS_NAMED = 50
ARCHIVED = "audit.trail.archived"


@dataclass(frozen=True)
class SealState:
    """How far the seals reach (封印情况): the last seal, and how many rows none covers yet."""

    last: Seal | None
    unsealed: int


@dataclass(frozen=True)
class Verification:
    """What checking the trail found (核验): ``faults`` are sentences; none means every seal holds.

    ``outside`` counts the heads that were told outside of the database and compared.
    """

    seals: int
    sealed: int
    unsealed: int
    erased: int
    faults: tuple[str, ...]
    outside: int = 0


def trail_of(subject: UUID, *, by: Actor) -> QuerySet[TrailRow]:
    """What was done to ``subject``, newest first, within what ``by`` may see."""
    return _within(TrailRow.objects.filter(subject=subject), by).order_by("-id")


def trail(*, by: Actor) -> QuerySet[TrailRow]:
    """The whole trail that ``by`` may see, newest first (审计员)."""
    return _within(TrailRow.objects.all(), by).order_by("-id")


def audited_trail(*, by: Actor) -> QuerySet[TrailRow]:
    """The trail of the areas in which ``by`` audits, newest first. Refuses who audits nowhere."""
    return _audited(TrailRow.objects.order_by("-id"), by)


def audited_looks(*, by: Actor) -> QuerySet[Look]:
    """Who looked at which file and why (查阅记录), in the areas in which ``by`` audits. Refuses who audits nowhere."""
    return _audited(Look.objects.order_by("-id"), by)


def audited_unusual(*, by: Actor) -> QuerySet[UnusualReading]:
    """What stood out in reading (异常查阅), in the areas in which ``by`` audits, newest first. Refuses who audits nowhere."""
    return _audited(UnusualReading.objects.order_by("-id"), by)


def written_at(row: TrailRow | Look) -> datetime:
    """When the server wrote the row (落笔时间), which its id carries; ``row.at`` is when the deed was told to be."""
    return datetime.fromtimestamp(uuid7_ms(row.public_id) / 1000, tz=STREET_TIME)


def seals_of(rows: list[TrailRow]) -> dict[int, Seal]:
    """The seal that covers each row, by row id; rows not sealed yet are left out. One query."""
    sealed = SealedRow.objects.filter(row_id__in=[row.id for row in rows]).select_related("seal")
    return {one.row_id: one.seal for one in sealed}


def seal_state() -> SealState:
    """The last seal and how many rows are not yet under one, in two queries."""
    return SealState(Seal.objects.order_by("-id").first(), Unsealed.objects.count())


def last_proving() -> Proving | None:
    """When derived numbers were last recomputed (最近核对), and what differed."""
    return Proving.objects.order_by("-id").first()


def last_archived() -> tuple[int, int]:
    """Up to which seal and which look the trail was archived before (归档到哪里); zeros when it never was."""
    told = TrailDetail.objects.filter(row__verb=ARCHIVED).order_by("-row_id").values_list("body", flat=True)
    body = told.first() or {}
    return body.get("last_seal", 0), body.get("last_look", 0)


def last_backup() -> Backup | None:
    """The newest backup that was noted (最近备份)."""
    return Backup.objects.order_by("-made_at").first()


def heads_by_day() -> list[Seal]:
    """The last seal of each day (每日封印), newest first: what is copied out, so that nobody can replace the chain."""
    days = Seal.objects.annotate(day=TruncDate("made_at", tzinfo=STREET_TIME))
    return list(days.order_by("-day", "-id").distinct("day")[:DAYS_OF_HEADS])


def details_of(rows: list[TrailRow], *, by: Actor) -> dict[int, dict]:
    """The readable details of ``rows`` that are still kept, by row id."""
    seen = {row.id for row in rows if by.reaches(row.area) or row.actor == by.key}
    return dict(TrailDetail.objects.filter(row_id__in=seen).values_list("row_id", "body"))


def looks_at(subject: UUID, *, by: Actor) -> QuerySet[Look]:
    """Who looked at the file of ``subject`` (谁看过我的档案), newest first."""
    looks = Look.objects.filter(subject=subject).order_by("-id")
    return looks if by.person == subject else _within(looks, by)


def looks_at_files(subjects: Collection[UUID], *, by: Actor) -> QuerySet[Look]:
    """Who looked at any of these files within reach, newest first: of one person who has several (谁看过我的档案)."""
    return _within(Look.objects.filter(subject__in=subjects).order_by("-id"), by)


def looked_lately(
    subject: UUID, *, by: Actor, since: datetime, until: datetime, why: str | None = None
) -> bool:
    """Has ``by`` looked at this file after ``since`` and by ``until``, for the same reason if one is told (近期查阅)?"""
    return bool(_first_look(subject, by.key, since, until, why))


def looks_lately(
    subject: UUID | OuterRef, *, actor: str, since: datetime, until: datetime, why: str | None = None
) -> QuerySet[Look]:
    """The looks of one actor at a file, to be asked for within another query (近期查阅)."""
    found = Look.objects.filter(subject=subject, actor=actor, at__gt=since, at__lte=until)
    return found if why is None else found.filter(why=why)


def done_lately(*verbs: str, by: Actor, since: datetime) -> int:
    """How many deeds of ``by`` after ``since`` were one of these, by itself or as part of another deed (近期次数)."""
    mine = TrailRow.objects.filter(Q(verb__in=verbs) | Q(inner_verb__in=verbs), actor=by.key, at__gt=since)
    return mine.aggregate(deeds=Count("deed", distinct=True))["deeds"]


@kept
def _first_look(subject: UUID, actor: str, since: datetime, until: datetime, why: str | None) -> QuerySet:
    found = looks_lately(subject, actor=actor, since=since, until=until, why=why)
    return found.values_list("id", flat=True)[:1]


def verify(*, by: Actor) -> Verification:
    """Recompute every digest and every seal; only an actor who reaches everything can (核验全部留痕)."""
    with connection.cursor() as cursor:
        # The whole trail is read; that takes as long as it takes.
        cursor.execute("SET LOCAL statement_timeout = 0")
    faults: list[str] = []
    sealed = 0
    previous = b""
    key_id, key = settings.YIMEN_SEAL_KEY
    expected = None
    heads: dict[int, str] = {}
    keyless = _Keyless()
    foreign: set[int] = set()
    for seal in Seal.objects.order_by("id"):
        if seal.previous_id != expected:
            faults.append(f"第 {seal.id} 号封印之前少了一枚封印。")
        numbers = SealedRow.objects.filter(seal=seal).order_by("row_id").values_list("row_id", flat=True)
        digests = dict(TrailRow.objects.filter(id__in=list(numbers)).values_list("id", "digest"))
        pairs = [(number, bytes(digests[number])) for number in numbers if number in digests]
        sealed += len(pairs)
        if len(pairs) != seal.rows:
            faults.append(f"第 {seal.id} 号封印应有 {seal.rows} 条留痕，现有 {len(pairs)} 条。")
        if seal.key_id != key_id:
            faults.append(f"第 {seal.id} 号封印用的是另一把密钥（{seal.key_id}），手头的密钥核不了。")
            foreign.update(number for number, _ in pairs)
        elif seal_head(key=key, previous=previous, rows=pairs) != bytes(seal.head):
            faults.append(f"第 {seal.id} 号封印对不上：它覆盖的留痕或封印本身被改动过。")
        keyless.look_at(pairs)
        previous, expected = bytes(seal.head), seal.id
        heads[seal.id] = previous.hex()
    unsealed = TrailRow.objects.filter(~Exists(SealedRow.objects.filter(row_id=OuterRef("id"))))
    keyless.look_at(
        (row, bytes(digest)) for row, digest in unsealed.order_by("id").values_list("id", "digest")
    )
    faults += _verify_waiting(unsealed)
    faults += [f"{numbers}留痕不是本系统写下的：没有密钥标记。" for numbers in _in_runs(keyless.slipped_in)]
    erased = _verify_rows(faults, foreign, key=key)
    return Verification(
        seals=len(heads),
        sealed=sealed,
        unsealed=unsealed.count(),
        erased=erased,
        outside=_verify_outside(faults, heads),
        faults=tuple(faults),
    )


class _Keyless:
    """Rows without a key in their digest, in the order of their seals: once one has it, every further one has."""

    def __init__(self) -> None:
        self.begun = False
        self.slipped_in: list[int] = []

    def look_at(self, pairs: Iterable[tuple[int, bytes]]) -> None:
        for number, digest in pairs:
            if is_keyed(digest):
                self.begun = True
            elif self.begun:
                self.slipped_in.append(number)


def _verify_rows(faults: list[str], foreign: set[int], *, key: bytes) -> int:
    """Every row says what it said when it was written, with its detail or without. Answers how many are without."""
    wrong = []
    for detail in TrailDetail.objects.select_related("row").order_by("id").iterator(chunk_size=2000):
        kept = detail_digest(salt=bytes(detail.salt), body=detail.body)
        if detail.row_id not in foreign and not row_holds(detail.row, detail=kept, key=key):
            wrong.append(detail.row_id)
    erased = 0
    bare = TrailRow.objects.filter(~Exists(TrailDetail.objects.filter(row_id=OuterRef("id"))))
    for row in bare.order_by("id").iterator(chunk_size=2000):
        erased += 1
        if row.id not in foreign and not row_holds(row, detail=None, key=key):
            wrong.append(row.id)
    faults += [f"{numbers}留痕的内容与摘要不符。" for numbers in _in_runs(wrong)]
    return erased


def _verify_outside(faults: list[str], heads: dict[int, str]) -> int:
    """What was told outside is here as it was told: else the end of the chain, or all of it, was cut off or made anew."""
    compared = 0
    gone, changed = [], []
    for told in heads_outside():
        compared += 1
        if told is None:
            faults.append(f"库外封印记录第 {compared} 行读不出来。")
        elif told[0] not in heads:
            gone.append(told[0])
        elif heads[told[0]] != told[1]:
            changed.append(told[0])
    faults += [f"库外记录中的{numbers}封印，库里已经没有：链尾被截断过。" for numbers in _in_runs(gone, "号")]
    faults += [f"{numbers}封印与库外记录不符：链被换过。" for numbers in _in_runs(changed, "号")]
    return compared


def _in_runs(numbers: list[int], counted: str = "条") -> list[str]:
    """Numbers in words, those that follow each other as one: a million wrong rows are no million lines."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(sorted(numbers)), key=lambda placed: placed[1] - placed[0])
    ]
    return [
        f"第 {run[0]} {counted}"
        if len(run) == 1
        else f"第 {run[0]} 至 {run[-1]} {counted}（共 {len(run)} {counted}）"
        for run in runs
    ]


def _verify_waiting(unsealed: QuerySet[TrailRow]) -> list[str]:
    """A row without a seal waits for one, and what waits is there: else somebody wrote behind the product's back."""
    slipped_in = unsealed.filter(~Exists(Unsealed.objects.filter(row_id=OuterRef("id"))))
    taken_out = Unsealed.objects.filter(~Exists(TrailRow.objects.filter(id=OuterRef("row_id"))))
    return [
        *(
            f"第 {row.id} 条留痕没有封印，也不在待封之列。"
            for row in slipped_in.order_by("id")[:FAULTS_NAMED]
        ),
        *(f"第 {row.row_id} 条留痕在封印之前被删除。" for row in taken_out.order_by("row_id")[:FAULTS_NAMED]),
    ]


def _audited(rows: QuerySet, by: Actor) -> QuerySet:
    areas = by.areas_for(VIEW_TRAIL)
    if not areas:
        raise NotAllowed(permission=VIEW_TRAIL, area="")
    condition = Q()
    for area in areas:
        condition |= Q(area__startswith=area)
    return rows.filter(condition)


def _within(rows: QuerySet, by: Actor) -> QuerySet:
    """Rows in the actor's areas, and her own; the database applies the same."""
    own = rows.filter(actor=by.key)
    for area in by.reach:
        own = own | (rows.filter(area__startswith=area) if area else rows)
    return own
