"""Row-level security of community self-government: filings by their community, stated dates with their case."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("desk", "0002_scope"), ("council", "0001_initial")]

    operations = [
        ScopeTable("council_filing", area="area"),
        ScopeTable("council_promisedanswer", through="desk.Case", column="case", to="public_id"),
    ]
