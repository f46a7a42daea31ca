"""Roll the population up (人口统计归并): deltas into tallies, without a writer waiting."""

from datetime import datetime

from django.db import connection

from yimen.foundations.audit.api import operation, unchanged
from yimen.kernel.actor import Actor

# So many take some seconds at most: a statement that takes twenty is ended, and would be tried again for ever.
MOST_AT_ONCE = 20_000

# Each change goes to its community, street and county; rows not yet visible stay for the next time.
_ROLL_UP = """
WITH gone AS (
    -- By a range, not a list of ids: a list is walked once per row where the planner does not know how many there are.
    DELETE FROM people_populationdelta WHERE id <= (
        SELECT id FROM (SELECT id FROM people_populationdelta ORDER BY id LIMIT %s) AS bite ORDER BY id DESC LIMIT 1
    )
    RETURNING area, month, measure, sex, band, kind, amount
), summed AS (
    SELECT left(area, digits) AS area, month, measure, sex, band, kind, sum(amount) AS amount
    FROM gone CROSS JOIN (VALUES (6), (9), (12)) AS levels (digits)
    GROUP BY 1, 2, 3, 4, 5, 6
), kept AS (
    INSERT INTO people_populationtally AS tally (area, month, measure, sex, band, kind, amount)
    SELECT area, month, measure, sex, band, kind, amount FROM summed WHERE amount <> 0
    ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (area, measure, month, sex, band, kind) DO UPDATE SET amount = tally.amount + EXCLUDED.amount
    RETURNING 1
)
SELECT count(*) FROM gone
"""


@operation("people.population.rolled_up")
def roll_up_population(*, by: Actor, at: datetime) -> int:
    """Add the changes not yet rolled up to the tallies and forget them, in one statement. Answers how many.

    Only one runs at a time; readers sum tallies and changes in one statement and see the same before and after.
    """
    unchanged()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('people.population'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_ROLL_UP, [MOST_AT_ONCE])
        return cursor.fetchone()[0]
