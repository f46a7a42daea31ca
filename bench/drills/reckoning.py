"""The reckoning (对账): what the windows know of their cases against what stands in the database."""

import hashlib
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import psycopg

from bench.drills.window import Asked
from bench.product import Product

DRAINED_WITHIN = 420.0

MARKED = (
    "desk_case",
    "audit_replay",
    "audit_trailrow",
    "bus_announcement",
    "ledger_entry",
    "documents_letter",
)
# Everything that one acceptance leaves, counted for each case; one row for each (case, kind of trace).
TRACES = """
WITH cases AS (SELECT id, public_id, sheet FROM desk_case WHERE id > %(desk_case)s),
told AS (SELECT subject, deed FROM bus_announcement WHERE name = 'desk.case_accepted' AND id > %(bus_announcement)s),
traces AS (
    SELECT c.public_id, 'step ' || s.kind AS what FROM cases c JOIN desk_casestep s ON s.case_id = c.id
    UNION ALL SELECT c.public_id, 'paper ' || p.key || ' ' || p.state FROM cases c JOIN desk_casepaper p ON p.case_id = c.id
    UNION ALL SELECT c.public_id, 'sheet' FROM cases c JOIN forms_answersheet a ON a.public_id = c.sheet
    UNION ALL SELECT c.public_id, 'letter ' || l.key FROM cases c JOIN documents_letter l ON l.subject = c.public_id
    UNION ALL SELECT c.public_id, 'entry ' || i.item FROM cases c JOIN ledger_entry e ON e.source = c.public_id
        JOIN ledger_entryitem i ON i.entry_id = e.id
    UNION ALL SELECT c.public_id, 'trail ' || t.verb || ' ' || t.inner_verb || ' ' || t.subject_kind
        FROM cases c JOIN told ON told.subject = c.public_id JOIN audit_trailrow t ON t.deed = told.deed
        JOIN audit_traildetail d ON d.row_id = t.id
    UNION ALL SELECT c.public_id, 'told ' || a.name
        FROM cases c JOIN told ON told.subject = c.public_id JOIN bus_announcement a ON a.deed = told.deed
    UNION ALL SELECT c.public_id, 'heard ' || d.handler
        FROM cases c JOIN told ON told.subject = c.public_id JOIN bus_announcement a ON a.deed = told.deed
        JOIN bus_delivery d ON d.announcement_id = a.id
    UNION ALL SELECT c.public_id, 'replay' FROM cases c JOIN audit_replay r
        ON r.answer ->> 'model' = 'desk.Case' AND (r.answer ->> 'pk')::bigint = c.id
)
SELECT c.public_id, array_agg(what || ' × ' || many ORDER BY what)
FROM cases c LEFT JOIN (SELECT public_id, what, count(*) AS many FROM traces GROUP BY 1, 2) t USING (public_id)
GROUP BY 1
"""
# Rows that belong to nothing: what a half-written acceptance would leave.
STRAYS = {
    "trail rows of an accepted case that is not there": """
        SELECT count(*) FROM audit_trailrow t WHERE t.id > %(audit_trailrow)s AND t.subject_kind = 'case'
        AND NOT EXISTS (SELECT FROM desk_case c WHERE c.public_id = t.subject)""",
    "trail rows without their detail": """
        SELECT count(*) FROM audit_trailrow t WHERE t.id > %(audit_trailrow)s
        AND NOT EXISTS (SELECT FROM audit_traildetail d WHERE d.row_id = t.id)""",
    "entries of a case that is not there": """
        SELECT count(*) FROM ledger_entry e WHERE e.id > %(ledger_entry)s AND e.source_kind = 'case'
        AND NOT EXISTS (SELECT FROM desk_case c WHERE c.public_id = e.source)""",
    "letters of a case that is not there": """
        SELECT count(*) FROM documents_letter l WHERE l.id > %(documents_letter)s
        AND NOT EXISTS (SELECT FROM desk_case c WHERE c.public_id = l.subject)""",
    "announcements about a case that is not there": """
        SELECT count(*) FROM bus_announcement a WHERE a.id > %(bus_announcement)s AND a.name LIKE 'desk.case%%'
        AND NOT EXISTS (SELECT FROM desk_case c WHERE c.public_id = a.subject)""",
    "keys without an answer": """
        SELECT count(*) FROM audit_replay r WHERE r.id > %(audit_replay)s AND r.answer IS NULL""",
    "case numbers given twice": "SELECT count(*) - count(DISTINCT number) FROM desk_case",
    "letter numbers given twice": "SELECT count(*) - count(DISTINCT (unit_area, number)) FROM documents_letter",
    "jobs that failed": "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'",
    "jobs still said to be running": "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'",
    "events waiting for a handler": """
        SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND task_name = 'bus.deliver'""",
    "figures that differ from the entries": """
        SELECT count(*) FROM (
            SELECT area, item, month, sum(acts) AS acts, sum(quantity) AS quantity FROM
                (SELECT area, item, month, acts, quantity FROM ledger_tally
                 UNION ALL SELECT area, item, month, acts, quantity FROM ledger_delta) f GROUP BY 1, 2, 3
        ) f FULL JOIN (
            SELECT i.area, i.item, i.month, sum(e.acts) AS acts, sum(e.quantity) AS quantity
            FROM ledger_entryitem i JOIN ledger_entry e ON e.id = i.entry_id GROUP BY 1, 2, 3
        ) e USING (area, item, month)
        WHERE (coalesce(f.acts, 0), coalesce(f.quantity, 0)) <> (coalesce(e.acts, 0), coalesce(e.quantity, 0))""",
    "persons in the figures that differ from the entries": """
        SELECT count(*) FROM (
            SELECT area, item, month, person, sum(acts) AS acts FROM ledger_presence GROUP BY 1, 2, 3, 4
        ) p FULL JOIN (
            SELECT i.area, i.item, i.month, coalesce(k.public_id, e.person) AS person, sum(e.acts) AS acts
            FROM ledger_entryitem i JOIN ledger_entry e ON e.id = i.entry_id
            LEFT JOIN people_person o ON o.public_id = e.person AND o.merged_into_id IS NOT NULL
            LEFT JOIN people_person k ON k.id = o.merged_into_id
            WHERE e.person IS NOT NULL GROUP BY 1, 2, 3, 4
        ) e USING (area, item, month, person)
        WHERE coalesce(p.acts, 0) <> coalesce(e.acts, 0)""",
}

WAITING = """
    SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR status = 'todo'
    AND (scheduled_at IS NULL OR scheduled_at < now() + interval '5 minutes')"""

# What the minute's tick would put into the queue.
FREE = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args)
    SELECT 'default', 'bus.free_stalled', '{"timestamp": 0}'
    WHERE NOT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = 'bus.free_stalled' AND status = 'todo')"""


@dataclass
class Found:
    """What came of the comparison; ``wrong`` is empty when nothing was lost and nothing doubled."""

    answered: int = 0
    unanswered_in: int = 0
    unanswered_out: int = 0
    cases: int = 0
    traces: tuple[str, ...] = ()
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, object]:
        """For the log of a drill."""
        return {
            "accepted and answered": self.answered,
            "left without an answer, and whole in the database": self.unanswered_in,
            "left without an answer, and not there at all": self.unanswered_out,
            "cases in the database": self.cases,
            "each case has": list(self.traces),
        }


def marks(owner: psycopg.Connection) -> dict[str, int]:
    """Where each table ends now; what a drill writes comes after it."""
    return {
        table: owner.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]  # type: ignore[index]
        for table in MARKED
    }


def compare(owner: psycopg.Connection, since: dict[str, int], asked: list[Asked]) -> Found:
    """Every answered page is exactly one case with all that belongs to it; every other one is that or nothing at all."""
    found = Found()
    kept = _cases_by_key(owner, since)
    for page in asked:
        cases = kept.pop(hashlib.sha256(page.key.encode()).hexdigest(), [])
        found.answered += page.answered
        if page.refused:
            found.wrong.append(f"refused: {page.refused}")
        elif page.answered and cases != [page.case]:
            found.wrong.append(f"answered with case {page.case}, kept as {cases or 'nothing'}")
        elif len(cases) > 1:
            found.wrong.append(f"one page became {len(cases)} cases")
        elif not page.answered:
            found.unanswered_in += len(cases)
            found.unanswered_out += not cases
    found.wrong += [f"a case that no window asked for: {cases}" for cases in kept.values()]
    found.cases = one(owner, "SELECT count(*) FROM desk_case WHERE id > %(desk_case)s", since)
    if found.cases != found.answered + found.unanswered_in:
        found.wrong.append(
            f"{found.cases} cases for {found.answered} answers and {found.unanswered_in} others"
        )
    _compare_traces(owner, since, found)
    for what, question in STRAYS.items():
        if many := one(owner, question, since):
            found.wrong.append(f"{what}: {many}")
    return found


def drain(product: Product, *, hurry: bool = False) -> float:
    """Wait until no job is due and none is said to be running; answers how many seconds that took.

    With ``hurry`` the minute of silence after which a worker counts as dead is taken as over.
    """
    begun = time.monotonic()
    while time.monotonic() < begun + DRAINED_WITHIN:
        with product.owner() as owner:
            if not one(owner, WAITING):
                break
            if hurry and time.monotonic() > begun + 10:
                owner.execute(
                    "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '5 minutes'"
                    " WHERE last_heartbeat < now() - interval '12 seconds'"
                )
                owner.execute(FREE)
        time.sleep(1)
    return time.monotonic() - begun


def _cases_by_key(owner: psycopg.Connection, since: dict[str, int]) -> dict[str, list[str]]:
    rows = owner.execute(
        "SELECT r.request_key, c.public_id FROM audit_replay r JOIN desk_case c ON c.id = (r.answer ->> 'pk')::bigint"
        " WHERE r.answer ->> 'model' = 'desk.Case' AND r.id > %(audit_replay)s",
        since,
    )
    found: dict[str, list[str]] = {}
    for key, case in rows:
        found.setdefault(key, []).append(str(case))
    return found


def _compare_traces(owner: psycopg.Connection, since: dict[str, int], found: Found) -> None:
    """All cases were the same deed, so each has left the same; one that lacks a row or has one twice stands out."""
    seen = Counter(tuple(row[1]) for row in owner.execute(TRACES, since))
    if not seen:
        return
    (found.traces, _), *others = seen.most_common()
    for traces, many in others:
        lacks, more = set(found.traces) - set(traces), set(traces) - set(found.traces)
        found.wrong.append(f"{many} cases lack {sorted(lacks)} and have {sorted(map(str, more))}")


def one(owner: psycopg.Connection, question: str, given: dict[str, Any] | None = None) -> int:
    """The number that a question answers."""
    row = owner.execute(question, given).fetchone()
    return int(row[0]) if row else 0
