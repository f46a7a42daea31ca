"""Row-level security of the trail: rows of one's areas, and one's own. Everybody may append."""

from django.db import migrations

_REACH = "area ^@ ANY ((SELECT nullif(current_setting('yimen.reach', true), '')::text[])::text[])"
_OWN = "actor = (SELECT current_setting('yimen.actor', true))"


def _policies(table: str, seen: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f" CREATE POLICY seen ON {table} FOR SELECT USING ({seen});"
        f" CREATE POLICY appended ON {table} FOR INSERT WITH CHECK (true);",
        f"DROP POLICY appended ON {table}; DROP POLICY seen ON {table};"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        _policies("audit_trailrow", f"{_REACH} OR {_OWN}"),
        # The person concerned reads her own looks through her account; the query adds that condition.
        _policies(
            "audit_look",
            f"{_REACH} OR {_OWN} OR subject::text = (SELECT current_setting('yimen.person', true))",
        ),
        _policies(
            "audit_traildetail",
            "EXISTS (SELECT 1 FROM audit_trailrow WHERE audit_trailrow.id = audit_traildetail.row_id)",
        ),
        # Erasing a detail is the one lawful change, and only where its row is seen.
        migrations.RunSQL(
            "CREATE POLICY erased ON audit_traildetail FOR DELETE USING"
            " (EXISTS (SELECT 1 FROM audit_trailrow WHERE audit_trailrow.id = audit_traildetail.row_id))",
            "DROP POLICY erased ON audit_traildetail",
        ),
    ]
