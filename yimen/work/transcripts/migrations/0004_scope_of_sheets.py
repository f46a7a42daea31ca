"""Row-level security of sheets that come back: by the area in which they were read."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("transcripts", "0003_sheets")]

    operations = [
        ScopeTable("transcripts_outsidesheet", area="area"),
        ScopeTable("transcripts_outsiderow", area="area"),
    ]
