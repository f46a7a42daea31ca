"""Who reaches the community that took over reads what was done in the one that ended (区域承接的台账), wherever it lay."""

from django.db import migrations

_TABLES = ("entry", "entryitem", "delta", "tally", "areatally", "presence")
_READ = """
CREATE POLICY taken_over ON ledger_{table} FOR SELECT
USING (left(area, 12) = ANY ((SELECT places_taken_over())::text[]));
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_one_person_of_two_files"), ("places", "0011_taken_over")]

    operations = [
        migrations.RunSQL(_READ.format(table=table), f"DROP POLICY taken_over ON ledger_{table}")
        for table in _TABLES
    ]
