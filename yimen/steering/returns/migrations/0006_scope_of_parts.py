"""Row-level security of what went down: a part by its community, its steps with it."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("returns", "0005_parts")]

    operations = [
        ScopeTable("returns_part", area="area"),
        ScopeTable("returns_partstep", through="returns.Part", column="part_id"),
    ]
