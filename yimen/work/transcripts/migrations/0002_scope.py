"""Row-level security of transcripts: by the area of the case, and ties to case or person."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("transcripts", "0001_initial")]

    operations = [ScopeTable("transcripts_transcript", area="area", subject=("case", "person"))]
