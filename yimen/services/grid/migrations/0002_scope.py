"""Row-level security of the grid: an issue belongs to its community."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("grid", "0001_initial")]

    operations = [ScopeTable("grid_issue", area="area")]
