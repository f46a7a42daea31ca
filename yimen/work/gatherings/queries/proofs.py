"""How the numbers on a gathering are proven (核对): seats and helpers against its lists, heads against the ledger."""

from yimen.foundations.audit.ports import Proof

SEATS = Proof(
    key="gatherings.seats",
    title="活动的报名、候补、帮手人数，对名单",
    kept="""
    SELECT id, taken || '/' || waiting || '/' || helping FROM gatherings_gathering
    WHERE taken + waiting + helping > 0
    """,
    truth="""
    SELECT gathering_id, sum(taken) || '/' || sum(waiting) || '/' || sum(helping) FROM (
        SELECT gathering_id, (seat = 'in')::int AS taken, (seat = 'waiting')::int AS waiting, 0 AS helping
        FROM gatherings_signup WHERE seat <> 'withdrawn'
        UNION ALL
        SELECT gathering_id, 0, 0, 1 FROM gatherings_helper WHERE left_at IS NULL
    ) AS listed GROUP BY 1
    """,
)
HEADS = Proof(
    key="gatherings.heads",
    title="活动的人次，对台账记录",
    kept="SELECT public_id, heads FROM gatherings_gathering WHERE heads > 0",
    truth="""
    SELECT entry.source, sum(entry.quantity) FROM ledger_entry AS entry
    JOIN ledger_entryitem AS counted ON counted.entry_id = entry.id AND counted.item = 'gathering_attended'
    WHERE entry.source_kind = 'gathering' GROUP BY 1 HAVING sum(entry.quantity) <> 0
    """,
)
# Who reaches a list is decided by these copies: they are the gathering's own.
COPIES = Proof(
    key="gatherings.copies",
    title="名单和帮手的区域、名单号，对活动",
    kept="""
    SELECT 'signup ' || id, area || '|' || roster FROM gatherings_signup
    UNION ALL SELECT 'helper ' || id, area || '|' || roster FROM gatherings_helper
    """,
    truth="""
    SELECT 'signup ' || listed.id, held.area || '|' || held.roster FROM gatherings_signup AS listed
    JOIN gatherings_gathering AS held ON held.id = listed.gathering_id
    UNION ALL
    SELECT 'helper ' || listed.id, held.area || '|' || held.roster FROM gatherings_helper AS listed
    JOIN gatherings_gathering AS held ON held.id = listed.gathering_id
    """,
)
PROOFS = (SEATS, HEADS, COPIES)
