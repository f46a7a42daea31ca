"""Stock and flow of people (人口存量与流量), counted anew in SQL from dated rows.

It is written a second time on purpose, in another language than `rules.population`: what the rule gets wrong every time,
the figures and the rule would agree on. A test holds the two against each other over invented lives.
"""

from yimen.foundations.audit.ports import Proof
from yimen.kernel.periods import AGE_BANDS
from yimen.registers.people.queries.proofs.stays import CHAINS
from yimen.registers.people.rules.population import HALF_A_YEAR

_BANDS = ", ".join(f"({band.since})" for band in AGE_BANDS)


def _after(day: str, interval: str) -> str:
    """``day`` so much later; a day that the month lacks becomes the first of the next one."""
    later = f"({day} + {interval})::date"
    return f"({later} + (extract(day FROM {later}) < extract(day FROM {day}))::int)"


def _band(day: str, birth: str) -> str:
    """The age band on ``day``; who is not born yet is in the first, whose birth is unknown in none."""
    years = f"extract(year FROM age({day}, {birth}))"
    oldest_first = AGE_BANDS[:0:-1]
    whens = " ".join(f"WHEN {years} >= {band.since} THEN '{band.key}'" for band in oldest_first)
    return f"CASE WHEN {birth} IS NULL THEN '' {whens} ELSE '{AGE_BANDS[0].key}' END"


# asked: on which days must be known of whom in which cell she is. `stock`: the days on which it may change. A flow counts on
# one day and is of the kind she was on another: who left is of yesterday's kind, who died of the day before.
TRUE_CELLS = f"""
WITH {CHAINS}, bands (age) AS (VALUES {_BANDS}),
person AS (
    SELECT id, sex, birth_on, died_on, counted_from FROM people_person WHERE merged_into_id IS NULL
), hukou AS (
    SELECT person_id, since, until, area FROM people_residence WHERE kind = 'hukou'
), changes AS (
    SELECT id AS person_id, counted_from AS day FROM person
    UNION SELECT person_id, since FROM people_residence
    UNION SELECT person_id, until FROM people_residence WHERE until IS NOT NULL
    UNION SELECT person_id, {_after("chain_since", f"interval '{HALF_A_YEAR} months'")} FROM lives WHERE area <> ''
    UNION SELECT id, {_after("birth_on", "make_interval(years => band.age)")} FROM person CROSS JOIN bands AS band
        WHERE birth_on IS NOT NULL
    UNION SELECT id, died_on FROM person WHERE died_on IS NOT NULL
), asked AS (
    SELECT person_id, 'stock' AS measure, day AS on_day, day AS at_day FROM changes
    UNION ALL
    SELECT stay.person_id, CASE WHEN stay.since = person.birth_on THEN 'born' ELSE 'arrived' END, stay.since, stay.since
    FROM lives AS stay JOIN person ON person.id = stay.person_id
    WHERE stay.area <> '' AND (person.died_on IS NULL OR stay.since < person.died_on) AND NOT EXISTS (
        SELECT 1 FROM lives AS other
        WHERE other.person_id = stay.person_id AND other.until = stay.since AND other.area = stay.area)
    UNION ALL
    SELECT stay.person_id, 'left', stay.until, stay.until - 1
    FROM lives AS stay JOIN person ON person.id = stay.person_id
    WHERE stay.area <> '' AND stay.until IS NOT NULL AND (person.died_on IS NULL OR stay.until < person.died_on)
        AND NOT EXISTS (
            SELECT 1 FROM lives AS other
            WHERE other.person_id = stay.person_id AND other.since = stay.until AND other.area = stay.area)
    UNION ALL
    SELECT id, 'died', died_on, greatest(died_on - 1, counted_from) FROM person WHERE died_on IS NOT NULL
), known AS (
    SELECT asked.person_id, asked.measure, asked.on_day, person.sex, {_band("asked.on_day", "person.birth_on")} AS band,
        coalesce(stay.area, '') AS home, coalesce(hukou.area, '') AS registered,
        asked.at_day >= {_after("stay.chain_since", f"interval '{HALF_A_YEAR} months'")} AS settled,
        asked.measure = 'stock' AND person.died_on IS NOT NULL AND asked.at_day >= person.died_on AS gone
    FROM asked JOIN person ON person.id = asked.person_id AND asked.on_day >= person.counted_from
    LEFT JOIN lives AS stay ON stay.person_id = asked.person_id
        AND stay.since <= asked.at_day AND (stay.until IS NULL OR asked.at_day < stay.until)
    LEFT JOIN hukou ON hukou.person_id = asked.person_id
        AND hukou.since <= asked.at_day AND (hukou.until IS NULL OR asked.at_day < hukou.until)
), seen AS (
    SELECT person_id, measure, on_day, sex, band,
        CASE WHEN home <> '' AND NOT gone THEN home || '|' || sex || '|' || band || '|' || CASE
            WHEN left(registered, 9) = left(home, 9) THEN 'local' WHEN settled THEN 'settled' ELSE 'short' END END AS cell,
        CASE WHEN registered <> '' AND left(registered, 9) <> left(home, 9) AND NOT gone
            THEN registered || '|' || sex || '|' || band || '|away' END AS away
    FROM known
), stock AS (
    SELECT on_day, cell, away, lag(cell) OVER before AS cell_before, lag(away) OVER before AS away_before
    FROM seen WHERE measure = 'stock' WINDOW before AS (PARTITION BY person_id ORDER BY on_day)
), amounts (measure, on_day, cell, amount) AS (
    SELECT 'stock', on_day, cell, 1 FROM stock WHERE cell IS DISTINCT FROM cell_before AND cell IS NOT NULL
    UNION ALL SELECT 'stock', on_day, cell_before, -1 FROM stock
        WHERE cell IS DISTINCT FROM cell_before AND cell_before IS NOT NULL
    UNION ALL SELECT 'stock', on_day, away, 1 FROM stock WHERE away IS DISTINCT FROM away_before AND away IS NOT NULL
    UNION ALL SELECT 'stock', on_day, away_before, -1 FROM stock
        WHERE away IS DISTINCT FROM away_before AND away_before IS NOT NULL
    UNION ALL SELECT measure, on_day, cell, 1 FROM seen WHERE measure <> 'stock' AND cell IS NOT NULL
)
SELECT left(cell, 12) AS area, substr(cell, 14) AS cell, measure, date_trunc('month', on_day)::date AS month,
    sum(amount) AS amount
FROM amounts GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0
"""  # nosec B608 - composed of constants
_LEVELS = "(VALUES (6), (9), (12)) AS levels (digits)"

POPULATION = Proof(
    key="people.population",
    title="人口存量与流量（社区、街道、区县），对居住、户籍、出生与死亡",
    kept=f"""
    SELECT concat_ws('|', area, sex, band, kind, measure, month), sum(amount) FROM (
        SELECT area, sex, band, kind, measure, month, amount FROM people_populationtally
        UNION ALL
        SELECT left(area, digits), sex, band, kind, measure, month, amount FROM people_populationdelta CROSS JOIN {_LEVELS}
    ) AS figure GROUP BY 1 HAVING sum(amount) <> 0
    """,  # nosec B608 - composed of constants
    truth=f"""
    SELECT concat_ws('|', left(area, digits), cell, measure, month), sum(amount)
    FROM ({TRUE_CELLS}) AS counted CROSS JOIN {_LEVELS} GROUP BY 1 HAVING sum(amount) <> 0
    """,  # nosec B608 - composed of constants
)
