"""An archive of old trail (留痕归档): lines of JSON that prove themselves, without the readable details.

First a head, then the rows of each seal and the seal itself, the looks, and an end that counts them and carries a keyed mark over
every line before. A row stands with the digest of its detail, so its facts are proven although what people read is not there.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from django.db.models import QuerySet

from yimen.foundations.audit.engine.digests import detail_digest, facts_of, is_keyed, row_holds, seal_head
from yimen.foundations.audit.models import Look, Seal, SealedRow, TrailDetail, TrailRow

FORM = "yimen-trail-1"
FAULTS_NAMED = 50


@dataclass(frozen=True)
class Archived:
    """What an archive holds (归档内容), up to which seal and look, and the mark at its end."""

    first_seal: int
    last_seal: int
    last_look: int
    seals: int
    rows: int
    erased: int
    looks: int
    mark: str


def write_archive(
    to: IO[bytes], *, after_seal: int, after_look: int, before: datetime, key_id: str, key: bytes
) -> Archived | None:
    """Write what was sealed after ``after_seal`` and before ``before``, and the looks; None when there is no such seal."""
    seals = Seal.objects.filter(id__gt=after_seal, made_at__lt=before).order_by("id")
    first = seals.first()
    if first is None:
        return None
    told = _Teller(to)
    previous = Seal.objects.filter(id=first.previous_id).first()
    told.line({"form": FORM, "key_id": key_id, "previous": bytes(previous.head).hex() if previous else ""})
    rows = erased = looks = many = 0
    last = first
    for seal in seals:
        for line in _rows_of(seal):
            told.line(line)
            rows, erased = rows + 1, erased + (line["detail"] == "")
        told.line(
            {"seal": seal.id, "made_at": seal.made_at.isoformat(), "rows": seal.rows, "key_id": seal.key_id,
             "head": bytes(seal.head).hex()}
        )  # fmt: skip
        last, many = seal, many + 1
    last_look = after_look
    for look in _looks_between(after_look, before).iterator(2000):
        told.line({"look": look.id, "actor": look.actor, "at": look.at.isoformat(), "subject": str(look.subject),
                   "area": look.area})  # fmt: skip
        last_look, looks = look.id, looks + 1
    counts = {"seals": many, "rows": rows, "erased": erased, "looks": looks}
    mark = told.mark(key)
    told.line({"end": mark, "last_seal": last.id, "last_look": last_look, **counts})
    return Archived(first_seal=first.id, last_seal=last.id, last_look=last_look, mark=mark, **counts)


def faults_of(lines: Iterable[bytes], *, key_id: str, key: bytes) -> list[str]:
    """What does not hold in an archive (核验归档), in sentences; none means that nobody changed, took out or put in a line."""
    faults: list[str] = []
    told = _Teller(None)
    counts = {"seals": 0, "rows": 0, "erased": 0, "looks": 0}
    pairs: list[tuple[int, bytes]] = []
    previous, ended, keyed = None, False, False
    for number, raw in enumerate(lines, start=1):
        line = _read(raw)
        if line is None or ended or (number == 1) != ("form" in line):
            return [*faults, f"第 {number} 行不是归档的内容。"]
        try:
            if "form" in line:
                if (line["form"], line["key_id"]) != (FORM, key_id):
                    return [f"归档用的是另一把密钥或另一种格式（{line['key_id']}），手头的密钥核不了。"]
                previous = bytes.fromhex(line["previous"])
            elif "row" in line:
                counts["rows"] += 1
                counts["erased"] += line["detail"] == ""
                pairs.append((line["row"], bytes.fromhex(line["digest"])))
                digest, told_detail = pairs[-1][1], bytes.fromhex(line["detail"]) or None
                if keyed and not is_keyed(digest):
                    faults.append(f"第 {number} 行：留痕 {line['row']} 不是本系统写下的。")
                elif not row_holds(_row_of(line, digest), detail=told_detail, key=key):
                    faults.append(f"第 {number} 行：留痕 {line['row']} 的内容与摘要不符。")
                keyed = keyed or is_keyed(digest)
            elif "seal" in line:
                counts["seals"] += 1
                head = bytes.fromhex(line["head"])
                if line["rows"] != len(pairs):
                    faults.append(
                        f"第 {line['seal']} 号封印应有 {line['rows']} 条留痕，归档里有 {len(pairs)} 条。"
                    )
                elif line["key_id"] == key_id and seal_head(key=key, previous=previous, rows=pairs) != head:
                    faults.append(f"第 {line['seal']} 号封印对不上。")
                previous, pairs = head, []
            elif "look" in line:
                counts["looks"] += 1
            else:
                ended = True
                if line["end"] != told.mark(key):
                    faults.append("结尾的标记对不上：文件被改动过。")
                if {name: line[name] for name in counts} != counts or pairs:
                    faults.append("行数与结尾所记的不符。")
        except (KeyError, TypeError, ValueError, OverflowError):
            return [*faults, f"第 {number} 行不是归档的内容。"]
        told.take(raw)
    if not ended:
        faults.append("文件不完整：没有结尾。")
    return faults if len(faults) <= FAULTS_NAMED else [*faults[:FAULTS_NAMED], f"共 {len(faults)} 处。"]


def _looks_between(after: int, before: datetime) -> QuerySet[Look]:
    """The looks up to the first that is not before the moment, in their order.

    A slow request may be numbered after one that began later: told by time alone, the one between would be told by no archive.
    """
    further = Look.objects.filter(id__gt=after)
    end = further.filter(at__gte=before).order_by("id").values_list("id", flat=True).first()
    return (further if end is None else further.filter(id__lt=end)).order_by("id")


def _row_of(line: dict[str, Any], digest: bytes) -> TrailRow:
    """The row that a line tells of, as it stood in the table."""
    facts = dict(line["facts"])
    facts["at"] = datetime.fromtimestamp(facts["at"], UTC)
    facts["subject"] = facts["subject"] or None
    return TrailRow(public_id=UUID(line["public_id"]), digest=digest, **facts)


def _rows_of(seal: Seal) -> Iterator[dict[str, Any]]:
    sealed = [one.row for one in SealedRow.objects.filter(seal=seal).select_related("row").order_by("row_id")]
    details = {
        one.row_id: detail_digest(salt=bytes(one.salt), body=one.body).hex()
        for one in TrailDetail.objects.filter(row_id__in=[row.id for row in sealed])
    }
    for row in sealed:
        yield {
            "row": row.id, "public_id": str(row.public_id), "facts": facts_of(row), "digest": bytes(row.digest).hex(),
            "detail": details.get(row.id, ""),
        }  # fmt: skip


def _read(raw: bytes) -> dict[str, Any] | None:
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


class _Teller:
    """Writes lines and keeps the digest of all of them."""

    def __init__(self, to: IO[bytes] | None) -> None:
        self.to, self.digest = to, hashes.Hash(hashes.SM3())

    def line(self, line: dict[str, Any]) -> None:
        raw = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        if self.to is not None:
            self.to.write(raw)
        self.take(raw)

    def take(self, raw: bytes) -> None:
        self.digest.update(raw)

    def mark(self, key: bytes) -> str:
        """The keyed mark over every line so far."""
        return seal_head(key=key, previous=self.digest.copy().finalize(), rows=()).hex()
