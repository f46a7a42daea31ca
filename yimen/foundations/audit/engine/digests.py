"""Digests and seals of the trail (摘要与封印): SM3, and HMAC-SM3 for what needs a key (GM/T 0004-2012)."""

import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes, hmac
from django.core.serializers.json import DjangoJSONEncoder

if TYPE_CHECKING:
    from yimen.foundations.audit.models import TrailRow


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


def digest_of(facts: dict[str, Any], *, salt: bytes, body: dict[str, Any]) -> bytes:
    """The digest of a trail row: its own facts, and the salted digest of its readable detail."""
    return digest_over(facts, detail_digest(salt=salt, body=body))


def detail_digest(*, salt: bytes, body: dict[str, Any]) -> bytes:
    """The salted digest of a readable detail: it stands for the detail where that must not go."""
    return _sm3(salt + _canonical(body))


def digest_over(facts: dict[str, Any], detail: bytes) -> bytes:
    """The digest of a trail row, told the digest of its detail."""
    return _sm3(_canonical(facts) + detail)


def seal_head(*, key: bytes, previous: bytes, rows: Iterable[tuple[int, bytes]]) -> bytes:
    """The head of a seal: keyed over the head before it and over (id, digest) of each covered row, by id."""
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(previous)
    for number, digest in rows:
        mac.update(number.to_bytes(8, "big") + digest)
    return mac.finalize()


def _sm3(content: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize()


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
