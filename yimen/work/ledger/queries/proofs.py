"""How the figures of the ledger are proven (核对): tallies with what waits, presence and persons, counted anew from entries."""

from yimen.foundations.audit.ports import Proof

_CELL = "concat_ws('|', {0}.area, {0}.item, {0}.month, {1}.sex, {1}.age_band, {1}.residence)"
_KEPT_CELL = _CELL.format("figure", "figure")
_TRUE_CELL = _CELL.format("counted", "entry")
_ENTRIES = "ledger_entryitem AS counted JOIN ledger_entry AS entry ON entry.id = counted.entry_id"
# Whom an entry means: the file that was kept of two (并档), by the merges that stand, and not by the file's own copy of it.
_WHOSE = f"""
    {_ENTRIES} LEFT JOIN (
        SELECT other.public_id AS alias, keeper.public_id AS keeper FROM people_alias AS made
        JOIN people_person AS other ON other.id = made.alias_id JOIN people_person AS keeper ON keeper.id = made.person_id
        WHERE made.undone_at IS NULL
    ) AS merged ON merged.alias = entry.person
"""  # nosec B608 - composed of constants
_WHO = "coalesce(merged.keeper, entry.person)"

TALLIES = Proof(
    key="ledger.tallies",
    title="台账汇总数与增量，对台账记录",
    kept=f"""
    SELECT {_KEPT_CELL}, sum(acts) || '/' || sum(quantity) FROM (
        SELECT area, item, month, sex, age_band, residence, acts, quantity FROM ledger_tally
        UNION ALL
        SELECT area, item, month, sex, age_band, residence, acts, quantity FROM ledger_delta
    ) AS figure GROUP BY 1 HAVING sum(acts) <> 0 OR sum(quantity) <> 0
    """,  # nosec B608 - composed of constants
    truth=f"""
    SELECT {_TRUE_CELL}, sum(entry.acts) || '/' || sum(entry.quantity) FROM {_ENTRIES}
    GROUP BY 1 HAVING sum(entry.acts) <> 0 OR sum(entry.quantity) <> 0
    """,  # nosec B608 - composed of constants
)
PRESENCE = Proof(
    key="ledger.presence",
    title="在册人数，对台账记录",
    kept=f"SELECT {_KEPT_CELL} || '|' || person, acts FROM ledger_presence AS figure WHERE acts <> 0",  # nosec B608
    truth=f"""
    SELECT {_TRUE_CELL} || '|' || {_WHO}, sum(entry.acts) FROM {_WHOSE}
    WHERE entry.person IS NOT NULL GROUP BY 1 HAVING sum(entry.acts) <> 0
    """,  # nosec B608 - composed of constants
)
_HEADS = "month_heads, year_heads, street_month_heads, street_year_heads"
AREA_TALLIES = Proof(
    key="ledger.area_tallies",
    title="台账合计数与增量，对台账记录",
    kept="""
    SELECT concat_ws('|', area, item, month), sum(acts) || '/' || sum(quantity) FROM (
        SELECT area, item, month, acts, quantity FROM ledger_areatally
        UNION ALL SELECT area, item, month, acts, quantity FROM ledger_delta
    ) AS figure GROUP BY 1 HAVING sum(acts) <> 0 OR sum(quantity) <> 0
    """,
    truth=f"""
    SELECT concat_ws('|', counted.area, counted.item, counted.month), sum(entry.acts) || '/' || sum(entry.quantity)
    FROM {_ENTRIES} GROUP BY 1 HAVING sum(entry.acts) <> 0 OR sum(entry.quantity) <> 0
    """,  # nosec B608 - composed of constants
)
HEADS = Proof(
    key="ledger.heads",
    title="人数（社区和街道，每月和全年），对台账记录",
    kept=f"""
    WITH grown AS MATERIALIZED (
        SELECT left(area, 12) AS place, street, item, month, to_char(month, 'YYYY') AS year, {_HEADS} FROM ledger_areatally
        UNION ALL SELECT left(area, 12), street, item, month, to_char(month, 'YYYY'), {_HEADS} FROM ledger_delta
    )
    SELECT concat_ws('|', '区', place, item, month), sum(month_heads)
    FROM grown GROUP BY 1 HAVING sum(month_heads) <> 0
    UNION ALL SELECT concat_ws('|', '区', place, item, year), sum(year_heads)
    FROM grown GROUP BY 1 HAVING sum(year_heads) <> 0
    UNION ALL SELECT concat_ws('|', '街', street, item, month), sum(street_month_heads)
    FROM grown GROUP BY 1 HAVING sum(street_month_heads) <> 0
    UNION ALL SELECT concat_ws('|', '街', street, item, year), sum(street_year_heads)
    FROM grown GROUP BY 1 HAVING sum(street_year_heads) <> 0
    """,  # nosec B608 - composed of constants
    truth=f"""
    WITH stood AS MATERIALIZED (
        SELECT left(counted.area, 12) AS place, counted.street, counted.item, counted.month, {_WHO} AS person
        FROM {_WHOSE} WHERE entry.person IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(entry.acts) > 0
    )
    SELECT concat_ws('|', '区', place, item, month), count(DISTINCT person) FROM stood GROUP BY 1
    UNION ALL SELECT concat_ws('|', '区', place, item, to_char(month, 'YYYY')), count(DISTINCT person) FROM stood GROUP BY 1
    UNION ALL SELECT concat_ws('|', '街', street, item, month), count(DISTINCT person) FROM stood GROUP BY 1
    UNION ALL SELECT concat_ws('|', '街', street, item, to_char(month, 'YYYY')), count(DISTINCT person) FROM stood GROUP BY 1
    """,  # nosec B608 - composed of constants
)
# The street of a figure is that of its area, and an entry counts in the month and the area of its deed.
PLACES = Proof(
    key="ledger.places",
    title="台账项目的区域与月份，对台账记录",
    kept="SELECT id, street || '|' || area || '|' || month FROM ledger_entryitem",
    truth="""
    SELECT counted.id, left(entry.area, 9) || '|' || entry.area || '|' || date_trunc('month', entry.happened_on)::date
    FROM ledger_entryitem AS counted JOIN ledger_entry AS entry ON entry.id = counted.entry_id
    """,
)
STREETS = Proof(
    key="ledger.streets",
    title="台账数字的街道，对其区域",
    kept="""
    SELECT 'tally ' || id, street FROM ledger_tally UNION ALL SELECT 'delta ' || id, street FROM ledger_delta
    UNION ALL SELECT 'area tally ' || id, street FROM ledger_areatally
    UNION ALL SELECT 'presence ' || id, street FROM ledger_presence UNION ALL SELECT 'entry ' || id, street FROM ledger_entry
    """,
    truth="""
    SELECT 'tally ' || id, left(area, 9) FROM ledger_tally UNION ALL SELECT 'delta ' || id, left(area, 9) FROM ledger_delta
    UNION ALL SELECT 'area tally ' || id, left(area, 9) FROM ledger_areatally
    UNION ALL SELECT 'presence ' || id, left(area, 9) FROM ledger_presence
    UNION ALL SELECT 'entry ' || id, left(area, 9) FROM ledger_entry
    """,
)
# Who takes a deed back takes back all of it: its place, day, person and quantity.
CORRECTIONS = Proof(
    key="ledger.corrections",
    title="更正冲销的记录，对被更正的记录",
    kept="""
    SELECT id, concat_ws('|', area, happened_on, person, sex, age_band, residence, acts, quantity,
        (SELECT string_agg(item, ',' ORDER BY item) FROM ledger_entryitem WHERE entry_id = entry.id))
    FROM ledger_entry AS entry WHERE corrects_id IS NOT NULL
    """,
    truth="""
    SELECT back.id, concat_ws('|', wrong.area, wrong.happened_on, wrong.person, wrong.sex, wrong.age_band,
        wrong.residence, -wrong.acts, -wrong.quantity,
        (SELECT string_agg(item, ',' ORDER BY item) FROM ledger_entryitem WHERE entry_id = wrong.id))
    FROM ledger_entry AS back JOIN ledger_entry AS wrong ON wrong.id = back.corrects_id
    """,
    tells=False,
)
PROOFS = (TALLIES, AREA_TALLIES, PRESENCE, HEADS, PLACES, STREETS, CORRECTIONS)
