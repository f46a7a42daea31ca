"""Row-level security of 一表通: a table by its area, its rows and cells with it."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

_OF_RETURN = {"through": "returns.Return", "column": "table_id"}


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("returns", "0001_initial")]

    operations = [
        ScopeTable("returns_return", area="area"),
        ScopeTable("returns_returnrow", **_OF_RETURN),
        ScopeTable("returns_returncell", **_OF_RETURN),
    ]
