"""Digests and seals of the trail (摘要与封印): SM3, and HMAC-SM3 for what needs a key (GM/T 0004-2012)."""

import functools
import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.hazmat.primitives import constant_time, hashes, hmac
from django.core.serializers.json import DjangoJSONEncoder

if TYPE_CHECKING:
    from yimen.foundations.audit.models import TrailRow

KEYED = b"\x02"


def new_salt() -> bytes:
    """Sixteen random bytes, so that an erased detail cannot be guessed back from its digest."""
    return os.urandom(16)


def plain(body: dict[str, Any]) -> dict[str, Any]:
    """The detail as the database will give it back: JSON values only."""
    return json.loads(json.dumps(body, cls=DjangoJSONEncoder))


def facts_of(row: "TrailRow") -> dict[str, Any]:
    """What the digest of a trail row covers besides its detail."""
    return {
        "deed": str(row.deed),
        "verb": row.verb,
        "inner_verb": row.inner_verb,
        "actor": row.actor,
        "on_behalf_of": row.on_behalf_of,
        "at": row.at.timestamp(),
        "subject_kind": row.subject_kind,
        "subject": str(row.subject) if row.subject else "",
        "area": row.area,
    }


def keyed_digest(row: "TrailRow", *, detail: bytes, key: bytes) -> bytes:
    """The digest of a trail row that only who holds the key can make (带密钥摘要).

    It carries the digest of the detail, so that the facts are proven also when the detail was erased, and covers the id by
    which the row is known, so that a copy of a true row is none.
    """
    return keyed_digest_over(row.public_id, facts=canonical(facts_of(row)), detail=detail, key=key)


def keyed_digest_over(public_id: UUID, *, facts: bytes, detail: bytes, key: bytes) -> bytes:
    """The same for who has the facts in their canonical form already."""
    return KEYED + detail + _mark(public_id, facts, detail, key)


def is_keyed(digest: bytes) -> bool:
    """Rows from before the key are 32 bytes long and carry no mark."""
    return digest[:1] == KEYED and len(digest) == 65


def row_holds(row: "TrailRow", *, detail: bytes | None, key: bytes) -> bool:
    """Does a row say what it said when it was written? ``detail`` is the digest of its detail, None when that was erased."""
    digest = bytes(row.digest)
    if not is_keyed(digest):
        return detail is None or digest_over(facts_of(row), detail) == digest
    kept = digest[1:33]
    return detail in (None, kept) and constant_time.bytes_eq(
        _mark(row.public_id, canonical(facts_of(row)), kept, key), digest[33:]
    )


def detail_digest(*, salt: bytes, body: dict[str, Any]) -> bytes:
    """The salted digest of a readable detail: it stands for the detail where that must not go."""
    return _sm3(salt + canonical(body))


def digest_over(facts: dict[str, Any], detail: bytes) -> bytes:
    """The digest of a trail row as it was made before there was a key in it, told the digest of its detail."""
    return _sm3(canonical(facts) + detail)


def seal_head(*, key: bytes, previous: bytes, rows: Iterable[tuple[int, bytes]]) -> bytes:
    """The head of a seal: keyed over the head before it and over (id, digest) of each covered row, by id."""
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(previous)
    for number, digest in rows:
        mac.update(number.to_bytes(8, "big") + digest)
    return mac.finalize()


def _mark(public_id: UUID, facts: bytes, detail: bytes, key: bytes) -> bytes:
    mac = _keyed(key).copy()
    mac.update(public_id.bytes + detail + facts)
    return mac.finalize()


@functools.cache
def _keyed(key: bytes) -> hmac.HMAC:
    """Begun with a key of its own, so that no head of a seal is ever the mark of a row."""
    own = hmac.HMAC(key, hashes.SM3())
    own.update(b"yimen.audit.trail_row")
    return hmac.HMAC(own.finalize(), hashes.SM3())


def _sm3(content: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize()


def canonical(value: dict[str, Any]) -> bytes:
    """One way to write facts down, so that the same facts have the same digest."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
