"""Each street's tallies carry a mark that changes with them, so that a host may keep in memory what it has read."""

from django.db import migrations, models

import yimen.foundations.bus.fields

# By triggers, so that nobody who writes tallies can forget it. The mark is never used twice: one that is rolled back stood
# for figures nobody else has seen. Two writers of a street wait for each other here, until the first is committed.
_MARKED = """
CREATE FUNCTION ledger_mark_tallies() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO ledger_tallymark AS known (street, mark)
    SELECT street, gen_random_uuid() FROM (SELECT DISTINCT street FROM moved ORDER BY street) AS moved
    ON CONFLICT (street) DO UPDATE SET mark = excluded.mark;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION ledger_mark_tallies() FROM PUBLIC;
CREATE TRIGGER mark_added AFTER INSERT ON ledger_areatally
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION ledger_mark_tallies();
CREATE TRIGGER mark_changed AFTER UPDATE ON ledger_areatally
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION ledger_mark_tallies();
CREATE TRIGGER mark_changed_from AFTER UPDATE ON ledger_areatally
    REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION ledger_mark_tallies();
CREATE TRIGGER mark_removed AFTER DELETE ON ledger_areatally
    REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION ledger_mark_tallies();
"""
_UNMARKED = """
DROP TRIGGER mark_added ON ledger_areatally;
DROP TRIGGER mark_changed ON ledger_areatally;
DROP TRIGGER mark_changed_from ON ledger_areatally;
DROP TRIGGER mark_removed ON ledger_areatally;
DROP FUNCTION ledger_mark_tallies();
"""
_FILL = "INSERT INTO ledger_tallymark (street, mark) SELECT street, gen_random_uuid() FROM ledger_areatally GROUP BY street"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_import_as_a_source")]

    operations = [
        migrations.CreateModel(
            name="TallyMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "street",
                    yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15, unique=True),
                ),
                ("mark", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.RunSQL(_MARKED, _UNMARKED),
    ]
