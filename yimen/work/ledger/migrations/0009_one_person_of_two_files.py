"""Two files that became one count as one person (并档): presence stands under the kept file, and follows when it is undone."""

from django.db import migrations

_NEW_HEADS = """
CREATE FUNCTION ledger_new_heads(deed_area text, deed_month date, deed_person uuid, deed_items text[], deed_acts integer)
RETURNS TABLE (item text{more}, month_heads integer, year_heads integer, street_month_heads integer, street_year_heads integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
{declared}BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ledger ' || deed_person, 0));
{resolved}    -- A statement of its own: it sees what was committed while we waited.
    RETURN QUERY
    SELECT counted.item{told},
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
            WHERE presence.person = {whose} AND presence.item = counted.item
              AND presence.street = left(deed_area, 9)
              AND presence.month >= date_trunc('year', deed_month)
              AND presence.month < date_trunc('year', deed_month) + interval '1 year'
        ) AS present
    ) AS stood;
END
$$;
REVOKE ALL ON FUNCTION ledger_new_heads(text, date, uuid, text[], integer) FROM PUBLIC;
"""
_BEFORE = _NEW_HEADS.format(more="", declared="", resolved="", told="", whose="deed_person")
# Who merges holds both files: so after the lock of the file that is named it is settled which one counts.
_NOW = _NEW_HEADS.format(
    more=", person uuid",
    declared="DECLARE\n    counts uuid;\n",
    resolved="""    counts := people_who(deed_person);
    IF counts <> deed_person THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('ledger ' || counts, 0));
    END IF;
""",
    told=", counts",
    whose="counts",
)
_DROP = "DROP FUNCTION ledger_new_heads(text, date, uuid, text[], integer);"


def _growth(heads: str, window: str) -> str:
    """By how many of the two a number of persons grows, told once for each of its cells."""
    return f"""
        CASE WHEN row_number() OVER {window} = 1 THEN
            (sum(gone - moved) OVER {window} > 0)::integer + (sum(come + moved) OVER {window} > 0)::integer
            - (sum(gone) OVER {window} > 0)::integer - (sum(come) OVER {window} > 0)::integer
        ELSE 0 END AS {heads}"""


# What was done for `whose` (as the entries name her) stands under `from_whom` and is put under `to_whom`: the deltas say how the
# numbers of persons change by it. Whoever calls it holds both persons, as `ledger_new_heads` does.
_MOVE = f"""
CREATE FUNCTION ledger_move_acts(whose uuid, from_whom uuid, to_whom uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    WITH hers AS MATERIALIZED (
        SELECT counted.area, counted.street, counted.item, counted.month, entry.sex, entry.age_band, entry.residence,
               sum(entry.acts)::integer AS acts
        FROM ledger_entry AS entry JOIN ledger_entryitem AS counted ON counted.entry_id = entry.id
        WHERE entry.person = whose
        GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(entry.acts) <> 0
    ), stood AS (
        SELECT area, street, item, month, CASE WHEN person = from_whom THEN acts ELSE 0 END AS gone,
               CASE WHEN person = to_whom THEN acts ELSE 0 END AS come, 0 AS moved
        FROM ledger_presence WHERE person IN (from_whom, to_whom)
        UNION ALL SELECT area, street, item, month, 0, 0, acts FROM hers
    ), grown AS (
        SELECT area, street, item, month,{
    ",".join(
        _growth(heads, window)
        for heads, window in (
            ("month_heads", "here_month"),
            ("year_heads", "here_year"),
            ("street_month_heads", "street_month"),
            ("street_year_heads", "street_year"),
        )
    )
}
        FROM stood
        WINDOW here_month AS (PARTITION BY item, street, left(area, 12), month),
               here_year AS (PARTITION BY item, street, left(area, 12), date_trunc('year', month)),
               street_month AS (PARTITION BY item, street, month),
               street_year AS (PARTITION BY item, street, date_trunc('year', month))
    ), present AS (
        INSERT INTO ledger_presence AS known (area, street, item, month, person, sex, age_band, residence, acts)
        SELECT area, street, item, month, side.person, sex, age_band, residence, side.sign * acts
        FROM hers CROSS JOIN (VALUES (from_whom, -1), (to_whom, 1)) AS side (person, sign)
        ON CONFLICT (person, item, month, street, area, sex, age_band, residence)
        DO UPDATE SET acts = known.acts + excluded.acts
    )
    INSERT INTO ledger_delta (area, street, item, month, sex, age_band, residence, acts, quantity,
                              month_heads, year_heads, street_month_heads, street_year_heads)
    SELECT area, street, item, month, '', '', '', 0, 0, month_heads, year_heads, street_month_heads, street_year_heads
    FROM grown
    WHERE (month_heads, year_heads, street_month_heads, street_year_heads) <> (0, 0, 0, 0);
    DELETE FROM ledger_presence WHERE person = from_whom AND acts = 0;
END
$$;
REVOKE ALL ON FUNCTION ledger_move_acts(uuid, uuid, uuid) FROM PUBLIC;
"""  # nosec B608 - composed of constants

# Merges that stand already: counted as one from now on, and undoing them parts the numbers again.
_MERGED = """
SET LOCAL statement_timeout = 0;
SELECT ledger_move_acts(other.public_id, other.public_id, keeper.public_id)
FROM people_person AS other JOIN people_person AS keeper ON keeper.id = other.merged_into_id ORDER BY other.id;
UPDATE people_alias AS made
SET state = made.state || jsonb_build_object('plugs', coalesce(made.state -> 'plugs', '{}')
    || jsonb_build_object('ledger', jsonb_build_object('keep', keeper.public_id, 'alias', other.public_id)))
FROM people_person AS other, people_person AS keeper
WHERE other.id = made.alias_id AND keeper.id = made.person_id AND made.undone_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0014_who_answers"), ("ledger", "0008_marks_of_tallies")]

    operations = [
        migrations.RunSQL(_DROP + _NOW, _DROP + _BEFORE),
        migrations.RunSQL(_MOVE, "DROP FUNCTION ledger_move_acts(uuid, uuid, uuid)"),
        migrations.RunSQL(_MERGED, migrations.RunSQL.noop),
    ]
