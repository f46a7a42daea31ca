"""Row-level security of full exports: by their area."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("exports", "0001_initial")]

    operations = [ScopeTable("exports_fullexport", area="area")]
