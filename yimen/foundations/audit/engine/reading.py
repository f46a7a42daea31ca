"""Count what accounts read on a day (查阅数), one statement for a rule."""

from datetime import date, datetime, time, timedelta

from django.db import connection

from yimen.foundations.audit.models import Look, TrailDetail, TrailRow
from yimen.foundations.audit.rules import ReadingRule, ReadingTally
from yimen.kernel.clock import STREET_TIME

# A file that is opened ten times counts once.
_FILES = f"""
SELECT id, actor, at, area, subject AS thing, 1 AS weight FROM {Look._meta.db_table}
WHERE starts_with(why, %(begins)s) AND (%(subjects)s::uuid[] IS NULL OR subject = ANY (%(subjects)s::uuid[]))
"""  # nosec B608 - the name of our own table
_EXPORTS = f"""
SELECT deed.id, deed.actor, deed.at, deed.area, deed.subject AS thing,
       CASE WHEN jsonb_typeof(detail.body -> 'rows') = 'number' THEN (detail.body ->> 'rows')::bigint ELSE 0 END AS weight
FROM {TrailRow._meta.db_table} AS deed JOIN {TrailDetail._meta.db_table} AS detail ON detail.row_id = deed.id
WHERE deed.verb = %(verb)s
"""  # nosec B608 - the names of our own tables
_COUNT = {_FILES: "count(DISTINCT thing)", _EXPORTS: "sum(weight)"}


def tallies_of(rule: ReadingRule, *, on: date) -> list[ReadingTally]:
    """The accounts that stand out by ``rule`` on a day (异常查阅), each with what it reads on a usual day."""
    source = _EXPORTS if rule.verb else _FILES
    counted = _COUNT[source]
    begins = datetime.combine(on, time(), tzinfo=STREET_TIME)
    hour = "extract(hour FROM at AT TIME ZONE %(zone)s) = ANY (%(hours)s)"
    text = f"""
    WITH today AS (
      SELECT actor, min(area) AS area, {counted}::bigint AS count, array_agg(id ORDER BY id) AS rows
      FROM ({source}) AS read
      WHERE at >= %(day)s AND at < %(ends)s AND starts_with(actor, 'account:') AND {hour}
      GROUP BY actor HAVING {counted} >= %(at_least)s
    ), days AS (
      SELECT actor, {counted} AS count FROM ({source}) AS read
      WHERE at >= %(since)s AND at < %(day)s AND actor IN (SELECT actor FROM today) AND {hour}
      GROUP BY actor, (at AT TIME ZONE %(zone)s)::date
    ), usual AS (
      SELECT actor, round(avg(count), 1) AS usual FROM days GROUP BY actor
    )
    SELECT actor, area, count, rows, coalesce(usual.usual, 0)
    FROM today LEFT JOIN usual USING (actor) ORDER BY actor
    """  # nosec B608 - built of our own texts
    given = {
        "begins": rule.begins,
        "subjects": None if rule.subjects is None else list(rule.subjects),
        "verb": rule.verb,
        "zone": STREET_TIME.key,
        "hours": list(rule.hours),
        "day": begins,
        "ends": begins + timedelta(days=1),
        "since": begins - timedelta(days=rule.usual_days),
        "at_least": rule.at_least,
    }
    with connection.cursor() as cursor:
        # At night the days of a month may be counted; that takes as long as it takes.
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(text, given)
        found = [
            ReadingTally(actor, area, count, usual, tuple(rows))
            for actor, area, count, rows, usual in cursor.fetchall()
        ]
    return [tally for tally in found if rule.stands_out(tally.count, tally.usual)]
