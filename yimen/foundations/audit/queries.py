"""Read the trail: for the person concerned, for the page of a record, and for the auditor."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from yimen.foundations.audit.engine.digests import digest_of, facts_of, seal_head
from yimen.foundations.audit.models import Look, Seal, SealedRow, TrailDetail, TrailRow
from yimen.kernel.actor import Actor


@dataclass(frozen=True)
class Verification:
    """What checking the trail found (核验): ``faults`` are sentences; none means every seal holds."""

    seals: int
    sealed: int
    unsealed: int
    erased: int
    faults: tuple[str, ...]


def trail_of(subject: UUID, *, by: Actor) -> QuerySet[TrailRow]:
    """What was done to ``subject``, newest first, within what ``by`` may see."""
    return _within(TrailRow.objects.filter(subject=subject), by).order_by("-id")


def trail(*, by: Actor) -> QuerySet[TrailRow]:
    """The whole trail that ``by`` may see, newest first (审计员)."""
    return _within(TrailRow.objects.all(), by).order_by("-id")


def details_of(rows: list[TrailRow], *, by: Actor) -> dict[int, dict]:
    """The readable details of ``rows`` that are still kept, by row id."""
    seen = {row.id for row in rows if by.reaches(row.area) or row.actor == by.key}
    return dict(TrailDetail.objects.filter(row_id__in=seen).values_list("row_id", "body"))


def looks_at(subject: UUID, *, by: Actor) -> QuerySet[Look]:
    """Who looked at the file of ``subject`` (谁看过我的档案), newest first."""
    looks = Look.objects.filter(subject=subject).order_by("-id")
    return looks if by.person == subject else _within(looks, by)


def verify(*, by: Actor) -> Verification:
    """Recompute every digest and every seal; only an actor who reaches everything can (核验全部留痕)."""
    faults: list[str] = []
    sealed = 0
    previous = b""
    key_id, key = settings.YIMEN_SEAL_KEY
    expected = None
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
        elif seal_head(key=key, previous=previous, rows=pairs) != bytes(seal.head):
            faults.append(f"第 {seal.id} 号封印对不上：它覆盖的留痕或封印本身被改动过。")
        previous, expected = bytes(seal.head), seal.id
    erased = _verify_digests(faults)
    unsealed = TrailRow.objects.exclude(id__in=SealedRow.objects.values("row_id")).count()
    return Verification(
        seals=Seal.objects.count(), sealed=sealed, unsealed=unsealed, erased=erased, faults=tuple(faults)
    )


def _verify_digests(faults: list[str]) -> int:
    details = TrailDetail.objects.select_related("row").order_by("id")
    for detail in details.iterator(chunk_size=2000):
        whole = digest_of(facts_of(detail.row), salt=bytes(detail.salt), body=detail.body)
        if whole != bytes(detail.row.digest):
            faults.append(f"第 {detail.row_id} 条留痕的内容与摘要不符。")
    return TrailRow.objects.count() - TrailDetail.objects.count()


def _within(rows: QuerySet, by: Actor) -> QuerySet:
    """Rows in the actor's areas, and her own; the database applies the same."""
    own = rows.filter(actor=by.key)
    for area in by.reach:
        own = own | (rows.filter(area__startswith=area) if area else rows)
    return own
