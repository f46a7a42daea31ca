"""Show that every derived number still follows from its facts (核对数字)."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from yimen.foundations.audit.ports import EXAMPLES, Found, Proof, proofs

# The sides meet on their names, so that what is missing on either side differs too; PostgreSQL spills what is large.
_COUNTED = """
SELECT count(*), count(*) FILTER (WHERE kept.value IS DISTINCT FROM truth.value)
FROM ({kept}) AS kept (name, value) FULL JOIN ({truth}) AS truth (name, value) USING (name)
"""
_NAMED = """
SELECT name::text, kept.value::text, truth.value::text
FROM ({kept}) AS kept (name, value) FULL JOIN ({truth}) AS truth (name, value) USING (name)
WHERE kept.value IS DISTINCT FROM truth.value ORDER BY name LIMIT {examples}
"""


@dataclass(frozen=True)
class Proven:
    """One line of the result: the proof, what it found, and how long it took."""

    key: str
    title: str
    found: Found
    seconds: float

    @property
    def holds(self) -> bool:
        return not self.found.different


def prove(cursor: Any, *, only: Iterable[str] = ()) -> Iterator[Proven]:
    """Run the plugged proofs (核对), all or those whose key begins so, on a cursor that sees one instant."""
    begins = tuple(only)
    # Whole tables are compared. Where statistics are missing, in a restored or a test database, the planner believes them small
    # and would walk one for each row of the other.
    cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL jit = off")
    try:
        for proof in proofs:
            if begins and not proof.key.startswith(begins):
                continue
            began = time.monotonic()
            found = proof.check(cursor) if proof.check else _compare(cursor, proof)
            yield Proven(proof.key, proof.title, found, time.monotonic() - began)
    finally:
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT; SET LOCAL jit = DEFAULT")


def _compare(cursor: Any, proof: Proof) -> Found:
    sides = {"kept": proof.kept, "truth": proof.truth, "examples": EXAMPLES}
    cursor.execute(_COUNTED.format(**sides))
    compared, different = cursor.fetchone()
    if not different:
        return Found(compared)
    cursor.execute(_NAMED.format(**sides))
    lines = [
        f"{name}：现为 {kept or '无'}，应为 {truth or '无'}" if proof.tells else str(name)
        for name, kept, truth in cursor.fetchall()
    ]
    return Found(compared, different, tuple(lines))
