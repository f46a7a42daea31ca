"""Row-level security of editions: with their table."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

_OF_RETURN = {"through": "returns.Return", "column": "table_id"}


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("returns", "0003_editions")]

    operations = [
        ScopeTable("returns_edition", **_OF_RETURN),
        ScopeTable("returns_editionpart", **_OF_RETURN),
    ]
