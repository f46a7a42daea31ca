"""Numbers of persons are kept: how they grow stands on each delta, and the tallies of all people together hold their sums."""

from django.db import migrations, models

import yimen.foundations.bus.fields
from yimen.foundations.access.fields import ScopeTable

_HEADS = ("month_heads", "year_heads", "street_month_heads", "street_year_heads")

# Whether a person is new in the street depends on rows of the communities beside one's own, which row-level security hides.
# So the owner's function looks, and tells four differences (-1, 0, 1) for each item, and neither where nor when she occurred.
# Two deeds for one person wait for each other: else both might find her new, or neither.
_NEW_HEADS = """
CREATE FUNCTION ledger_new_heads(deed_area text, deed_month date, deed_person uuid, deed_items text[], deed_acts integer)
RETURNS TABLE (item text, month_heads integer, year_heads integer, street_month_heads integer, street_year_heads integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ledger ' || deed_person, 0));
    -- A statement of its own: it sees what was committed while we waited.
    RETURN QUERY
    SELECT counted.item,
           (stood.here_month + deed_acts > 0)::integer - (stood.here_month > 0)::integer,
           (stood.here_year + deed_acts > 0)::integer - (stood.here_year > 0)::integer,
           (stood.street_month + deed_acts > 0)::integer - (stood.street_month > 0)::integer,
           (stood.street_year + deed_acts > 0)::integer - (stood.street_year > 0)::integer
    FROM unnest(deed_items) AS counted (item)
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(acts) FILTER (WHERE here AND present.month = deed_month), 0) AS here_month,
               coalesce(sum(acts) FILTER (WHERE here), 0) AS here_year,
               coalesce(sum(acts) FILTER (WHERE present.month = deed_month), 0) AS street_month,
               coalesce(sum(acts), 0) AS street_year
        FROM (
            SELECT presence.month, presence.acts, left(presence.area, 12) = left(deed_area, 12) AS here
            FROM ledger_presence AS presence
            WHERE presence.person = deed_person AND presence.item = counted.item
              AND presence.street = left(deed_area, 9)
              AND presence.month >= date_trunc('year', deed_month)
              AND presence.month < date_trunc('year', deed_month) + interval '1 year'
        ) AS present
    ) AS stood;
END
$$;
REVOKE ALL ON FUNCTION ledger_new_heads(text, date, uuid, text[], integer) FROM PUBLIC;
"""

# Of the rows that make a person occur somewhere, one counts her: the first.
FILL = """
INSERT INTO ledger_areatally (area, street, item, month, acts, quantity,
                              month_heads, year_heads, street_month_heads, street_year_heads)
SELECT area, street, item, month, sum(acts), sum(quantity),
       sum(month_heads), sum(year_heads), sum(street_month_heads), sum(street_year_heads)
FROM (
    SELECT area, street, item, month, acts, quantity,
           0 AS month_heads, 0 AS year_heads, 0 AS street_month_heads, 0 AS street_year_heads
    FROM ledger_tally
    UNION ALL
    SELECT area, street, item, month, 0, 0,
           (row_number() OVER (PARTITION BY person, item, street, left(area, 12), month ORDER BY id) = 1)::integer,
           (row_number() OVER (PARTITION BY person, item, street, left(area, 12), date_trunc('year', month)
                               ORDER BY id) = 1)::integer,
           (row_number() OVER (PARTITION BY person, item, street, month ORDER BY id) = 1)::integer,
           (row_number() OVER (PARTITION BY person, item, street, date_trunc('year', month) ORDER BY id) = 1)::integer
    FROM ledger_presence WHERE acts > 0
) AS figure
GROUP BY area, street, item, month
"""
_FILL_AT_LEISURE = f"SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '256MB'; {FILL}"


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("ledger", "0005_source_demand")]

    operations = [
        *(
            migrations.AddField("delta", name, models.IntegerField(default=0, db_default=0))
            for name in _HEADS
        ),
        migrations.CreateModel(
            name="AreaTally",
            fields=[
                *((name, models.IntegerField(default=0, db_default=0)) for name in _HEADS),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("area", yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15)),
                ("street", yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15)),
                ("item", models.CharField(max_length=60)),
                ("month", models.DateField()),
                ("acts", models.IntegerField()),
                ("quantity", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("street", "item", "month", "area"), name="areatally_once")
                ],
            },
        ),
        ScopeTable("ledger_areatally", area="area"),
        # The same columns, the person first: one index finds a person's rows and keeps them unique.
        migrations.RemoveConstraint("presence", "presence_once"),
        migrations.AddConstraint(
            "presence",
            models.UniqueConstraint(
                fields=("person", "item", "month", "street", "area", "sex", "age_band", "residence"),
                name="presence_of_person",
            ),
        ),
        migrations.AddIndex(
            "presence", models.Index(fields=["street", "item", "month"], name="presence_street")
        ),
        migrations.RunSQL(_NEW_HEADS, "DROP FUNCTION ledger_new_heads(text, date, uuid, text[], integer)"),
        migrations.RunSQL(_FILL_AT_LEISURE, migrations.RunSQL.noop),
    ]
