"""Row-level security of imports: by area; a row also follows the record it became."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("imports", "0001_initial")]

    operations = [
        ScopeTable("imports_batch", area="area"),
        ScopeTable("imports_chunk", area="area"),
        ScopeTable("imports_importedrow", area="area", subject="subject"),
    ]
