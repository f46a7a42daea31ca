"""Row-level security of home visits: by their community, or with their case."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("desk", "0002_scope"), ("homevisit", "0001_initial")]

    operations = [
        ScopeTable("homevisit_homevisit", area="area", through="desk.Case", column="case", to="public_id"),
    ]
